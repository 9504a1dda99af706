"""The style sheets of the pages: what each wears over what all of them wear."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from geo import webmap

STYLES: Final = Path(__file__).parent / "styles"
SHARED_SHEETS: Final = (
    webmap.WEB / "sheet.css",
    *(STYLES / f"{name}.css" for name in ("atlas", "map", "tables")),
)


def load_shared_styles() -> None:
    """What every page wears, and the map, which is the page to be shown first."""
    st.html(_style_element(SHARED_SHEETS))


def load_styles(*names: str) -> None:
    """The sheets of a page, by their names in ``styles``.

    In one block: every block of Streamlit costs the browser time.
    """
    st.html(_style_element(tuple(STYLES / f"{name}.css" for name in names)))


@cache
def _style_element(sheets: tuple[Path, ...]) -> str:
    return "<style>{}</style>".format("".join(path.read_text("utf-8") for path in sheets))
