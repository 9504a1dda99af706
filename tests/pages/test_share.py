"""What a page gives away follows the page and its view, and no address of it is dead."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from unittest.mock import Mock
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.analysis import parse_state
from geo.exports import CSV_PATH, parse_file_query
from geo.pictures import FIGURE_KINDS, request_from_address
from geo.text import translator
from pages.parts.share import share_targets
from pages.parts.share.shortcuts import SHORTCUTS
from tests.pages.run import html, page

COMPARED = "110000,440000,520000"
# A page, its view, and the kind of its picture.
VIEWS = [
    ("", {"measure": "gdp_per_capita", "year": "2020", "province": "440000"}, "map"),
    ("province", {"province": "520000"}, "profile"),
    ("dimension", {}, ""),
    ("compare", {"view": "provinces", "provinces": COMPARED}, "comparison"),
    ("compare", {"view": "maps", "measure": "gdp_per_capita"}, "two_maps"),
    ("compare", {"view": "scatter", "measure": "gdp_per_capita"}, "scatter"),
    ("compare", {"view": "both", "measure": "gdp_per_capita"}, "both"),
    ("compare", {"view": "years", "provinces": COMPARED}, "course"),
    ("index", {}, "index"),
    ("briefing", {"kind": "profile", "province": "520000"}, "profile"),
    ("data", {"measure": "gdp_per_capita"}, ""),
]


def read_targets(at, **params):
    found = re.search(r'data-share="([^"]*)"', html(page(at, **params)))
    targets = json.loads(unescape(found[1]))
    slots = {"{link}": targets["link"], "{query}": urlsplit(targets["link"]).query}
    return {name: fill_slots(value, slots) for name, value in targets.items()}


def fill_slots(value, slots):
    """The text, or the texts, as the browser fills them."""
    if isinstance(value, list):
        return [fill_slots(text, slots) for text in value]
    return re.sub(r"\{(link|query)\}", lambda slot: slots[slot[0]], value)


def query_of(text):
    return {name: values[0] for name, values in parse_qs(text).items()}


@pytest.mark.parametrize(("at", "params", "kind"), VIEWS)
def test_what_is_shared_follows_the_page_and_its_view(at, params, kind):
    targets = read_targets(at, lang="en", **params)
    link = urlsplit(targets["link"])
    assert link.path == f"/{at}"
    assert query_of(link.query).items() >= {"lang": "en", **params}.items()
    assert parse_state(query_of(link.query))[1] == []
    assert targets["cite"].endswith("{origin}" + targets["link"])
    if kind:
        picture = request_from_address(query_of(targets["picture"]), "/", date(2026, 11, 30))
        assert picture.kind == kind
        for name in ("measure", "province"):
            if name in params and name in FIGURE_KINDS[kind].fields:
                assert getattr(picture, name) == params[name]
    else:
        assert "picture" not in targets
    for table in targets.get("tables", []):
        assert parse_file_query(CSV_PATH, query_of(table)).measure


def test_two_measures_have_two_tables_and_two_citations():
    targets = read_targets("compare", lang="en", view="maps", measure="gdp_per_capita",
                           measure2="urbanization")  # fmt: skip
    assert [query_of(table)["measure"] for table in targets["tables"]] == [
        "gdp_per_capita",
        "urbanization",
    ]
    assert targets["cite"].count("{origin}") == 2


def test_what_can_be_embedded_has_an_address_for_it():
    for at, params, kind in VIEWS:
        address = read_targets(at, lang="en", **params).get("embed", "")
        assert bool(address) == (kind in ("map", "course", "both")), at
        if address:
            assert query_of(urlsplit(address).query)["embed"] == "true"


def test_a_slide_has_an_address_where_a_map_of_one_measure_is_shown():
    assert query_of(read_targets("", measure="urbanization", year="2020")["slide"]).items() >= {
        ("measure", "urbanization"), ("year", "2020"),
    }  # fmt: skip
    assert query_of(read_targets("index")["slide"])["measure"] == "index_comprehensive"
    assert "slide" not in read_targets("index", recipe="1~outliers-log")
    assert "slide" not in read_targets("province", province="520000")


def test_a_recipe_of_the_readers_own_is_in_the_picture_and_has_no_table():
    targets = read_targets("index", recipe="1~outliers-log")
    assert query_of(targets["picture"])["recipe"] == "1~outliers-log"
    assert "tables" not in targets


def test_no_address_is_offered_for_what_cannot_be_drawn():
    assert "picture" not in read_targets("compare", view="years", provinces="none")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_dialogs_are_on_every_page_with_all_shortcuts(lang):
    for at in ("", "province", "data"):
        text = html(page(at, lang=lang))
        for name in ("share", "keys"):
            assert text.count(f'<dialog class="atlas-dialog" data-name="{name}"') == 1
            assert f'data-dialog="{name}"' in text
        signs = [unescape(sign) for sign in re.findall(r"<kbd>(.*?)</kbd>", text)]
        assert signs == [
            sign for group in SHORTCUTS for shortcut in group.shortcuts for sign in shortcut.keys
        ]


def test_the_data_of_a_session_have_no_address():
    measure = Mock(kind="own")
    view = Mock(shown_measure=measure, pane="provinces")
    assert share_targets("map", "/", "Own", view, {}, translator("en")) == {"own": True}


@pytest.mark.parametrize("pane", ["maps", "scatter", "both"])
def test_data_of_a_session_as_the_second_measure_have_no_address_either(pane):
    view = Mock(shown_measure=Mock(kind="indicator"), second_measure=Mock(kind="own"), pane=pane)
    assert share_targets("compare", "/compare", "", view, {}, translator("en")) == {"own": True}


def test_no_attribute_holds_a_closing_tag_that_the_browser_would_drop():
    for text in re.findall(r'data-fill="([^"]*)"', html(page(""))):
        assert "</" not in unescape(text)


def test_the_picture_is_offered_once():
    text = html(page("", measure="gdp_per_capita"))
    assert "/picture." not in text
    assert text.count('data-href="{png}"') == 1
