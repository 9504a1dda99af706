"""One process of the atlas: ``streamlit run`` that listens only when all is loaded.

Streamlit takes the port before it imports the app, which needs ten seconds for it. A proxy would
send readers to a process that does not answer yet, and could not tell it from one that is busy.
"""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from streamlit.web import cli

import geo.exports
import geo.pictures
import pages.parts.share  # noqa: F401  what app.py imports takes seconds, too
from deploy.json_lines import PROCESS_FORMAT
from geo.server import add_request_ids, check_data
from geo.text import AtlasError
from pages.parts.session_id import session_request_id

APP: Final = Path(__file__).parents[1] / "app.py"


def main(options: list[str]) -> None:
    """Load what the app loads, then run it. options: of ``streamlit run``."""
    with suppress(AtlasError):  # the app ends with its sentence
        check_data()
        geo.pictures.font_files()
    add_request_ids(session_request_id)
    logging.basicConfig(format=PROCESS_FORMAT, force=True)  # a library has set another
    command = ["run", str(APP), "--logger.messageFormat", PROCESS_FORMAT, *options]
    cli.main(command, prog_name="streamlit")


if __name__ == "__main__":
    main(sys.argv[1:])
