"""The tenth place in services may be another province's: marked and explained everywhere."""

from __future__ import annotations

import re
from datetime import date

import pytest

from geo.analysis import (
    build_difference_map,
    build_time_series,
    published_measures,
    snapshot_of,
    spearman_correlation,
    time_series_notes,
)
from geo.captions import build_map_legend, legend_keys
from geo.exports import parse_query
from geo.maps import classify_snapshot
from geo.measures import count_marks
from geo.pictures import request_from_address
from geo.pictures.rendering import lay_out
from geo.text import InputError, translator
from tests.cases import for_each, pair_maps, relate

pytestmark = pytest.mark.slow

SERVICES = "report_information_services"
SHANXI, SHAANXI = "140000", "610000"
BOTH = f"{SHANXI},{SHAANXI}"
PICTURES = (
    {"kind": "map"},
    {"kind": "map_ranking"},
    {"kind": "comparison", "provinces": BOTH},
    {"kind": "scatter", "measure2": "internet_penetration", "provinces": BOTH},
    {"kind": "course", "provinces": BOTH},
    {"kind": "profile", "province": SHANXI},
    {"kind": "two_maps", "measure2": "report_comprehensive"},
)


def picture(lang: str, **params: str):
    parameters = {"measure": SERVICES, "year": "2017", "lang": lang, **params}
    return lay_out(request_from_address(parameters, "https://atlas.example/", date(2026, 11, 29)))


@for_each("lang", ["en", "zh"])
@for_each("params", PICTURES)
def test_every_picture_explains_the_mark(lang, params):
    texts = [item.text for item in picture(lang, **params).text_items()]
    # The sentence may break into lines.
    assert re.search(r"\? .*Shanxi", " ".join(texts)), texts


@for_each("lang", ["en", "zh"])
@for_each("kind", ["map", "map_ranking"])
def test_a_legend_counts_the_two_cells(lang, kind):
    snapshot = snapshot_of(SERVICES, 2017)
    ((mark, counts),) = count_marks([snapshot])
    assert (mark.sign, counts) == ("?", [2])
    name = translator(lang)(mark.name)
    legend_texts = [item.text for item in picture(lang, kind=kind).text_items("legend")]
    assert name in " ".join(legend_texts)  # a narrow column breaks it
    keys = legend_keys(
        build_map_legend(
            published_measures()[SERVICES], classify_snapshot(snapshot), translator(lang)
        )
    )
    assert f"<b>?</b> {name}" in keys


@for_each("lang", ["en", "zh"])
def test_lists_of_names_bear_the_mark(lang):
    t = translator(lang)
    names = {"en": "Shaanxi ?", "zh": "陕西 ?"}[lang]
    ranking = " ".join(item.text for item in picture(lang, kind="map_ranking").text_items())
    assert names in ranking
    series = build_time_series(published_measures()[SERVICES], (SHANXI, SHAANXI), "ranks")
    assert [point.doubtful for point in series.points] == [True]
    notes = " ".join(time_series_notes(series, (SHANXI, SHAANXI), t))
    assert names in notes


def test_it_is_left_out_of_correlations():
    relation = relate(SERVICES, 2017, "internet_penetration", 2016)
    assert [pair.adcode for pair in relation.doubtful] == [SHANXI]
    assert spearman_correlation(relation).count == 9


def test_the_third_map_carries_the_doubt_of_both_maps():
    pair = pair_maps(SERVICES, 2017, "report_comprehensive", 2017)
    cells = build_difference_map(pair).choropleth.snapshot.cells
    doubtful = [adcode for adcode, cell in cells.items() if cell.is_doubtful]
    assert doubtful == [SHANXI, SHAANXI]


def read_picture(params: dict[str, str]):
    return request_from_address(params, "https://atlas.example/", date(2026, 11, 29))


@pytest.mark.parametrize("parse", [parse_query, read_picture])
def test_a_file_does_not_promise_a_default(parse):
    with pytest.raises(InputError) as caught:
        parse({"measure": "<b>none"})
    assert "is not valid" in str(caught.value)
    assert "default" not in str(caught.value)
