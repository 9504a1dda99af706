"""A view in a frame of another page leads to the same view in the atlas."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.runtime.context import ContextProxy

from tests.cases import for_each
from tests.pages.run import html, page


@pytest.fixture(autouse=True)
def _in_a_frame(monkeypatch):
    monkeypatch.setattr(ContextProxy, "is_embedded", property(lambda _: True))


@for_each(
    "at, params",
    [
        ("", {"measure": "urbanization", "year": "2020", "lang": "zh"}),
        ("compare", {"view": "years", "measure": "urbanization", "provinces": "110000,520000"}),
        ("data", {"measure": "urbanization"}),
    ],
)
def test_the_link_opens_the_whole_page_as_it_is_shown(at, params):
    shown = html(page(at, **params))
    (link,) = re.findall(r'<p class="embed"><a href="([^"]*)"', shown)
    address = urlsplit(unescape(link))
    assert address.path == f"/{at}"
    given = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert given == {"lang": "en", **params}
