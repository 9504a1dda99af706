"""What all pages share: title, navigation and language; then it runs the page."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

from geo.server import freeze_objects
from geo.text import N_
from pages.parts.page_frame import ICON, draw_header, page_objects
from pages.parts.state import current_page

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


view, t, _ = current_page()
st.set_page_config(page_title=t(N_("Digital China Atlas")), page_icon=ICON, layout="wide")
page = st.navigation(list(page_objects(t).values()), position="hidden")
draw_header(view, t)
page.run()
freeze_objects()
