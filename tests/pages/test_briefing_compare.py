"""The page of briefings asks for what a picture of two maps, or of provinces, needs."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from geo.pictures import SLIDE_PART, picture_queue
from tests.pages.run import html, page


def picture_parameters(test):
    """The parameters of the picture that the page previews."""
    address = unescape(re.search(r'src="/picture\.png\?([^"]*)"', html(test))[1])
    return {name: parse_q[0] for name, parse_q in parse_qs(address).items()}


def test_two_maps_are_composed_with_both_measures():
    test = page("briefing", kind="two_maps", lang="en", measure="gdp_per_capita", year="2016",
                measure2="gdp_per_capita", year2="2023", classed="own", third="hidden")  # fmt: skip
    assert not test.exception
    texts = picture_parameters(test)
    assert texts["measure2"] == "gdp_per_capita"
    assert (texts["year"], texts["year2"], texts["classed"], texts["third"]) == (
        "2016", "2023", "own", "hidden",
    )  # fmt: skip
    assert {"measure", "measure2", "province"} <= {box.key for box in test.selectbox}


@pytest.mark.parametrize(
    ("chosen", "compared"),
    [("110000,440000", "110000,440000"), ("110000", "110000,440000,320000"),
     ("", "110000,440000,320000")],
)  # fmt: skip
def test_a_comparison_has_its_provinces_or_an_example(chosen, compared):
    test = page("briefing", kind="comparison", lang="en", year="2023", provinces=chosen)
    assert not test.exception
    assert picture_parameters(test)["provinces"] == compared
    assert picture_parameters(test)["year"] == "2023"
    assert [box.key for box in test.multiselect] == ["provinces"]


def test_the_slide_of_a_comparison_is_of_a_measure_and_year_that_exist(monkeypatch):
    drawn = []
    result = picture_queue().render

    def record(picture, form):
        drawn.append(picture)
        return result(picture, form)

    monkeypatch.setattr(picture_queue(), "render", record)
    test = page("briefing", kind="comparison", lang="en", year="2023", provinces="110000,440000")
    test.button(key="make_slide").click().run(timeout=60)
    assert not test.exception
    assert [(value.size, value.kind, value.measure) for value in drawn] == [
        (SLIDE_PART.id, "map", "index_comprehensive")
    ]
