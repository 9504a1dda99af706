"""Write docs/settings.md from the tables of settings and limits: ``make settings``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from geo.limits import LIMITS
from geo.settings import SETTINGS

DOCUMENT: Final = Path(__file__).parents[1] / "docs" / "settings.md"
READERS: Final = {
    "atlas": "the atlas",
    "streamlit": "Streamlit",
    "caddy": "Caddy",
    "make": "make and the tests",
}
HEAD: Final = """\
# Settings and limits

`make settings` writes this file from `geo/settings.py` and `geo/limits.py`.

## Settings

Environment variables. A setting of the atlas that cannot be read stops the start with a sentence.
"""
LIMITS_HEAD: Final = """
## Limits

At most, unless the name begins with `MIN`. Names in small letters are limits of uploads. Streamlit
receives files up to `maxUploadSize` in `.streamlit/config.toml`, which is `session_bytes` in MB. A
cache drops what was not used for longest. Limits of a drawing or of a method of the index stand in
the code that draws or calculates.
"""


def format_document() -> str:
    """Return the text of docs/settings.md."""
    settings = [
        (
            f"`{setting.name}`",
            f"`{setting.default}`" if setting.default else "none",
            READERS[setting.read_by],
            setting.help,
        )
        for setting in SETTINGS
    ]
    limits = [(f"`{limit.name}`", f"{limit.value:,}", limit.unit, limit.reason) for limit in LIMITS]
    settings_table = _format_table(("name", "default", "read by", "what it does"), settings)
    limits_table = _format_table(("name", "value", "of", "why"), limits)
    return f"{HEAD}\n{settings_table}{LIMITS_HEAD}\n{limits_table}"


def _format_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


if __name__ == "__main__":
    DOCUMENT.write_text(format_document(), "utf-8")
