"""Run a page without a browser, and read what it shows."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from pages.parts.session import UPLOADS_KEY

FRAME = "../../pages/frame.py"


def page(at="", tables=None, **params):
    """The page at an address, drawn once. tables: those that its session holds."""
    test = AppTest.from_file(FRAME, default_timeout=30)
    if tables is not None:
        test.session_state[UPLOADS_KEY] = tables
    for name, value in params.items():
        test.query_params[name] = value
    if at:
        test.switch_page(f"{at}.py")
    return test.run()


def open_options(test):
    """Open the options of the Map page; their content runs only while they are open."""
    test.session_state["map_options"] = True
    return test.run()


def html(test):
    return "\n".join(element.proto.body for element in test.get("html"))


def heading(test):
    """The heading over the map, as a reader sees it."""
    return unescape(re.search('<h1 class="atlas-heading">(.*?)</h1>', html(test))[1])


def address(test, name):
    """A parameter of the address, which AppTest keeps as it was set: a text or a list of one."""
    value = test.query_params[name]
    return value if isinstance(value, str) else value[0]
