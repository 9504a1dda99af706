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

view, t, _ = state.current_page()
st.set_page_config(page_title=t(N_("Digital China Atlas")), page_icon=header.ICON, layout="wide")
page = st.navigation(list(nav.page_objects(t).values()), position="hidden")
header.draw_header(view, t)
page.run()
start.freeze_objects()
