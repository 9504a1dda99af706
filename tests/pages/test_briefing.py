"""The page of briefings: what it asks for is what the address of the picture says."""

from __future__ import annotations

import io
import re
from html import unescape
from urllib.parse import parse_qsl, urlparse

import pytest
import streamlit as st
from pptx import Presentation

from geo.pictures import FIGURE_KINDS, FIGURE_SIZES
from tests.pages.run import address, html, page


def picture(test):
    """The parameters of the picture that the page shows."""
    result = re.search(r'<img class="sheet" src="([^"]+)"', html(test))[1]
    return dict(parse_qsl(urlparse(unescape(result)).query))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", FIGURE_KINDS)
def test_every_kind_in_both_languages(kind, lang):
    test = page(
        "briefing", lang=lang, kind=kind, measure="gdp_per_capita", provinces="110000,440000"
    )
    assert not test.exception
    assert not test.warning
    assert picture(test)["lang"] == lang


def test_every_choice_goes_into_the_address_and_the_picture():
    test = page("briefing", lang="en", measure="gdp_per_capita", year="2020")
    test.selectbox(key="kind").set_value("map_ranking").run()
    test.selectbox(key="size").set_value("square").run()
    test.selectbox(key="words").set_value("both").run()
    test.selectbox(key="province").set_value("440000").run()
    test.text_input(key="title").set_value("{{7*7}} <b>$x$</b>").run()
    test.toggle(key="qr").set_value(True).run()
    texts = picture(test)
    assert texts == {
        "kind": "map_ranking", "size": "square", "title": "{{7*7}} <b>$x$</b>", "qr": "1",
        "lang": "both", "measure": "gdp_per_capita", "year": "2020", "province": "440000",
    }  # fmt: skip
    for name in ("kind", "size", "title", "qr", "province"):
        assert address(test, name) == texts[name]
    assert "<b>$x$" not in html(test)


def test_a_misfit_is_noted_and_the_default_is_shown():
    test = page("briefing", lang="en", kind="hologram", size="16-9")
    assert "hologram" in test.warning[0].value
    assert picture(test) == {"lang": "en", "measure": "index_comprehensive", "year": "2017"}


def test_a_profile_and_an_index_fill_in_what_they_need():
    assert picture(page("briefing", kind="profile"))["province"] == "110000"
    assert picture(page("briefing", kind="index"))["measure"] == "index_comprehensive"


def test_png_in_four_sizes_svg_and_pdf_by_one_click_each():
    text = unescape(html(page("briefing", lang="en", size="4-3")))
    assert "4-3" in FIGURE_SIZES
    for scale in (2, 3, 4):
        assert f"scale={scale}" in text
    for form in ("png", "svg", "pdf"):
        assert f"/picture.{form}?size=4-3" in text


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["slide", "pack"])
def test_slides_are_made_and_offered(monkeypatch, kind):
    offered = {}
    monkeypatch.setattr(
        st,
        "download_button",
        lambda label, body, **options: offered.update(body=body, **options),
    )
    test = page("briefing", lang="en", measure="gdp_per_capita", provinces="110000,440000")
    test.button(key=f"make_{kind}").click().run(timeout=120)
    assert not test.exception
    deck = Presentation(io.BytesIO(offered["body"]))
    assert offered["file_name"] == f"gdp_per_capita-2017-{kind}-en.pptx"
    assert len(deck.slides) == 1 if kind == "slide" else 6 <= len(deck.slides) <= 20
