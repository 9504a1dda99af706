"""What every page shares: title, navigation, language; then the page itself runs."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geo import start  # noqa: E402  (the root must be on the path first)
from geo.text import N_  # noqa: E402
from pages.parts import header, nav, state  # noqa: E402

view, say, _ = state.current()
st.set_page_config(page_title=say(N_("Digital China Atlas")), page_icon=header.ICON, layout="wide")
page = st.navigation(list(nav.pages(say).values()), position="hidden")
header.draw(view, say)
page.run()
start.settle()
