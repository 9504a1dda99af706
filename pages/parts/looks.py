"""The style sheets of the pages: what each wears over what all of them wear."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from geo import webmap

STYLES: Final = Path(__file__).parent / "styles"
EVERYWHERE: Final = (
    webmap.WEB / "sheet.css",
    *(STYLES / f"{name}.css" for name in ("atlas", "map", "tables")),
)


def everywhere() -> None:
    """What every page wears, and the map, which is the page to be shown first."""
    st.html(_style(EVERYWHERE))


def wear(*names: str) -> None:
    """The sheets of a page, by their names in ``styles``.

    In one block: every block of Streamlit costs the browser time.
    """
    st.html(_style(tuple(STYLES / f"{name}.css" for name in names)))


@cache
def _style(sheets: tuple[Path, ...]) -> str:
    return "<style>{}</style>".format("".join(path.read_text("utf-8") for path in sheets))
