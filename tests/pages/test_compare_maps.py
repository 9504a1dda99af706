"""The panes with maps: what their frames are given, legends, warnings, the table beside them."""

from __future__ import annotations

import pytest

from geo.analysis import published_measures
from geo.measures import measure_name
from geo.text import translator
from tests.cases import choose_evenly, pair_in_turn
from tests.pages.run import address, html, page

MAPS = {"view": "maps", "lang": "en", "provinces": "110000,440000"}


@pytest.fixture
def frames(monkeypatch):
    """What each frame of a map is given."""
    given = []
    monkeypatch.setattr(
        "pages.parts.map_view.st_folium", lambda *args, **options: given.append(options)
    )
    return given


def test_each_count_of_panes_has_a_key_of_its_own(frames):
    assert not page("compare", **MAPS).exception
    assert not page("compare", **MAPS, third="hidden").exception
    assert not page("compare", **{**MAPS, "view": "both"}).exception
    assert [frame["key"] for frame in frames] == [
        "atlas_pair_map_3",
        "atlas_pair_map_2",
        "atlas_both",
    ]


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ({"measure": "urbanization", "measure2": "urbanization"}, "equal colours mean equal"),
        ({"measure": "urbanization", "measure2": "gdp_per_capita"}, "The units differ"),
        ({"measure": "report_comprehensive", "measure2": "gdp_per_capita"},
         "The report publishes ranks without scores"),
        ({"classed": "own"}, "equal colours do not mean equal values"),
        ({"measure": "urbanization", "measure2": "urbanization", "year": "2020", "year2": "2020"},
         "both maps show the same"),
        ({"measure": "enterprises_with_ecommerce", "measure2": "enterprises_with_ecommerce"},
         "has a break in 20"),
        ({"measure2": "report_comprehensive", "year2": "2020"}, "the list of 2020 has no ranks"),
    ],
)  # fmt: skip
def test_a_line_says_what_the_colours_mean_or_why_there_is_no_third(value, result):
    assert result in html(page("compare", **MAPS, **value))


def test_unlocked_gives_two_legends_and_a_warning():
    text = html(page("compare", **MAPS, classed="own", measure="gdp_per_capita"))
    assert 'data-panes="0"' in text
    assert 'data-panes="1"' in text
    assert 'class="marked"' in text
    locked = html(page("compare", **MAPS, measure="gdp_per_capita"))
    assert 'data-panes="0,1"' in locked
    assert 'class="marked"' not in locked


def test_the_table_says_the_same_as_the_maps():
    text = html(page("compare", **MAPS, measure="gdp_per_capita", year="2016",
                     measure2="gdp_per_capita", year2="2020"))  # fmt: skip
    assert 'data-shows="gdp_per_capita/2016+gdp_per_capita/2020"' in text
    row = text[text.index("Guangdong") :]
    assert "CNY per person · Rank" in row[:200]
    assert "from 2016 to 2020" in row[:400]


def test_both_measures_change_places():
    test = page("compare", **MAPS, measure="urbanization", year="2018", measure2="gdp_per_capita",
                year2="2021")  # fmt: skip
    test.button(key="swap").click().run()
    assert [address(test, n) for n in ("measure", "year", "measure2", "year2")] == [
        "gdp_per_capita", "2021", "urbanization", "2018",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "view", "lang"),
    pair_in_turn(choose_evenly(published_measures(), 12), ["maps", "both"], ["en", "zh"]),
)
def test_every_measure_beside_product_per_head(measure, view, lang):
    test = page("compare", view=view, lang=lang, measure=measure, measure2="gdp_per_capita")
    assert not test.exception
    assert measure_name(published_measures()[measure], translator(lang)).split("（")[0][:6] in html(
        test
    ) or (view == "maps")


def test_the_square_counts_provinces_and_names_its_corners():
    text = html(page("compare", view="both", lang="en", measure="gdp_per_capita",
                     measure2="urbanization"))  # fmt: skip
    for words in ("both high", "both low", "A high, B low", "A low, B high"):
        assert words in text
    fields = [int(part.split("<")[0]) for part in text.split('provinces">')[1:10]]
    assert sum(fields) == 31
