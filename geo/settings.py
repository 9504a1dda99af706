"""The settings of the atlas: the one table of environment variables, their defaults and uses.

``docs/settings.md`` prints them with the limits (``geo/limits.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Setting:
    """An environment variable.

    default: what holds if it is not set; empty means nothing. help: what it does, in Markdown.
    read_by: ``atlas``, the server itself; ``streamlit``; or ``make``, its targets and the tests.
    """

    name: str
    default: str
    help: str
    read_by: Literal["atlas", "streamlit", "make"] = "atlas"

    def read(self, environment: Mapping[str, str]) -> str:
        """Return the value in an environment, or the default.

        >>> METRICS.read({}), METRICS.read({"ATLAS_METRICS": "open"})
        ('closed', 'open')
        """
        return environment.get(self.name, self.default)


FRAME_ANCESTORS: Final = Setting(
    "ATLAS_FRAME_ANCESTORS",
    "",
    "origins that may show the atlas in a frame, with blanks between them:"
    " `https://portal.example.cn https://*.example.org`",
)
METRICS: Final = Setting(
    "ATLAS_METRICS",
    "closed",
    "`open` lets `/_stcore/metrics` answer; then the proxy should keep readers from it",
)
KEEP: Final = Setting(
    "ATLAS_KEEP",
    "on",
    "`off` stores no workspaces, as `none` in `ATLAS_DATABASE`: a reload of the page loses the data"
    " of readers, which it says",
)
DATABASE: Final = Setting(
    "ATLAS_DATABASE",
    "sqlite:///.build/atlas.db",
    "where workspaces are stored, encrypted: `sqlite:///file.db` (a relative path starts from the"
    " folder of `app.py`), `postgresql://user:password@host/name`, or `none`; several servers may"
    " share a database",
)
MAP_REVIEW: Final = Setting(
    "ATLAS_MAP_REVIEW",
    "",
    "the number of the map review, if the map that this server shows was reviewed:"
    " `审图号 GS(2024)1234`; it stands on pages, pictures, slides and files in place of the note"
    " that the map was not reviewed",
)

SETTINGS: Final = (
    FRAME_ANCESTORS,
    METRICS,
    KEEP,
    DATABASE,
    MAP_REVIEW,
    Setting(
        "STREAMLIT_SERVER_ALLOWED_HOSTS",
        "",
        "host names under which sessions may be opened; without it, any",
        "streamlit",
    ),
    Setting(
        "STREAMLIT_SERVER_XSRF_COOKIE_SAME_SITE",
        "lax",
        "`none` lets readers upload inside a frame of another site; needs HTTPS",
        "streamlit",
    ),
    Setting("PORT", "8501", "the port of `make run`", "make"),
    Setting("WORKERS", "2", "tests at the same time", "make"),
    Setting(
        "ATLAS_ALL_CASES",
        "",
        "`1` draws every combination of the largest products; `make test-all` sets it",
        "make",
    ),
    Setting(
        "ATLAS_REPORT",
        "",
        "folder with a copy of the report, against which the tests read its facts",
        "make",
    ),
    Setting(
        "CHROMIUM",
        "",
        "path of the Chromium of the browser tests; without it, the one that is found",
        "make",
    ),
)
