"""What all pages share: title, navigation and language; then it runs the page."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

from geo.metrics import time_rerun
from geo.server import freeze_objects
from geo.text import N_
from pages.parts.embed import draw_embed
from pages.parts.page_frame import (
    HOME,
    ICON,
    PAGES,
    draw_entrance,
    draw_header,
    missing_page,
    page_objects,
    shared_params,
)
from pages.parts.save_view import draw_save_dialog
from pages.parts.session import restore_workspace
from pages.parts.shared import take_link
from pages.parts.state import current_page, notify, write_params
from pages.parts.visitor import check_visitor
from pages.parts.widgets import found_province

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


visitor = check_visitor()
if visitor.may_look:
    if fault := restore_workspace():
        notify(fault)
    take_link()
view, t, _ = current_page()
st.set_page_config(page_title=t(N_("Digital China Atlas")), page_icon=ICON, layout="wide")
objects = page_objects(t)
missing = missing_page(t)
pages = [*objects.values(), *([missing] if missing else [])]
page = st.navigation(pages, position="hidden")
name = page.url_path or HOME
with time_rerun(name if name in PAGES else "missing", "page"):
    if not visitor.may_look:
        draw_entrance(view, t)
    elif st.context.is_embedded:
        draw_embed(name)
    else:
        draw_header(view, t)
        draw_save_dialog(name)
        if adcode := found_province():
            # On the map its panel opens; other pages lead to the page of the province.
            if page.url_path:
                st.switch_page(objects["province"], query_params=shared_params(province=adcode))
            write_params(province=adcode)
        page.run()
freeze_objects()
