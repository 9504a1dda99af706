"""What the two drill-down pages share in looks."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

STYLE = Path(__file__).parent / "drilldown.css"


def style() -> None:
    """The style of the drill-down pages, for screen and for paper."""
    st.html(STYLE)
