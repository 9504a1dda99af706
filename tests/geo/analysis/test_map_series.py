"""All years of a measure on one map: fixed classes, texts, changes, breaks, size."""

from __future__ import annotations

from itertools import pairwise

import pytest

from geo.analysis import (
    SERIES_PATH,
    Display,
    break_years,
    build_map_series,
    build_measure_map,
    classify_years,
    map_time,
    published_measures,
    series_checksum,
    value_texts,
)
from geo.colours import COLOURS
from geo.exports import RENDERERS, is_immutable, parse_file_query
from geo.text import InputError, translator
from geo.units import provinces
from tests.cases import choose_evenly

MOST_BYTES = 12_000
EN = translator("en")
ROWS = {adcode: row for row, adcode in enumerate(provinces())}


def series_of(measure_id, **choice):
    return build_map_series(published_measures()[measure_id], EN, **choice)


def frame_of(series, year):
    return next(frame for frame in series["frames"] if frame["year"] == year)


def look_of(series, year, adcode):
    return series["looks"][int(frame_of(series, year)["looks"][ROWS[adcode]], 36)]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "measure_id",
    ["gdp_per_capita", "index_information_services", *choose_evenly(published_measures(), 8)],
)
def test_all_years_of_a_measure_are_one_small_script(measure_id, lang):
    params = {"measure": measure_id, "lang": lang}
    body = RENDERERS[SERIES_PATH](parse_file_query(SERIES_PATH, params)).body
    assert body.startswith(b'document.currentScript.series={"adcodes":["110000",')
    assert body.endswith(b"};")
    assert len(body) <= MOST_BYTES


def test_a_class_means_the_same_values_in_every_year():
    measure = published_measures()["gdp_per_capita"]
    maps = classify_years(measure, "value", "quantiles", 5)
    assert list(maps) == list(measure.years)
    assert len({choropleth.breaks.breaks for choropleth in maps.values()}) == 1
    spans = {}
    for choropleth in maps.values():
        for adcode, place in choropleth.index.items():
            spans.setdefault(place, []).append(choropleth.snapshot.cells[adcode].value)
    bounds = [(min(values), max(values)) for _, values in sorted(spans.items())]
    assert len(bounds) == 5
    assert all(low[1] < high[0] for low, high in pairwise(bounds))
    # All values together are cut into fifths, not those of one year.
    counts = [len(values) for _, values in sorted(spans.items())]
    assert max(counts) - min(counts) <= 2


def test_a_year_has_the_texts_and_ranks_of_its_snapshot():
    series = series_of("gdp_per_capita")
    snapshot = published_measures()["gdp_per_capita"].snapshot(2018)
    frame = frame_of(series, 2018)
    assert frame["values"][ROWS["110000"]] == "160,408"
    assert frame["national"] == "66,307"
    assert series["unit"] == " CNY per person"
    assert frame["ranks"] == [cell.rank or 0 for cell in snapshot.cells.values()]
    assert frame["of"] == 31
    assert frame["values"][ROWS["710000"]] == ""
    look = [-1, "not_covered", COLOURS["status-not-covered"], "cross"]
    assert look_of(series, 2018, "710000") == look
    assert look_of(series, 2018, "110000")[0] == 4
    assert series["classes"][0][1].startswith("up to ")


def test_a_change_is_on_the_year_before_and_missing_at_a_break():
    frame = frame_of(series_of("gdp_per_capita"), 2018)
    assert frame["changes"][ROWS["510000"]] == "+5,857"
    assert frame_of(series_of("gdp_per_capita"), 2016)["changes"] == []
    for measure in published_measures().values():
        for year in break_years(measure) if measure.kind == "indicator" else ():
            series = build_map_series(measure, EN)
            assert series["breaks"] == list(break_years(measure))
            assert frame_of(series, year)["changes"] == []


def test_a_doubtful_value_is_marked_and_has_no_change():
    count = 0
    for measure in choose_evenly(
        [m for m in published_measures().values() if m.kind == "indicator"], 15
    ):
        series = build_map_series(measure, EN)
        for frame in series["frames"]:
            cells = measure.snapshot(frame["year"]).cells
            for row, adcode in enumerate(cells):
                doubtful = cells[adcode].is_doubtful
                assert (frame["marks"][row] == "?") is doubtful
                if doubtful and frame["changes"]:
                    assert frame["changes"][row] == ""
                count += doubtful
    assert count


def test_ranks_have_their_tiers_and_a_list_its_change_of_places():
    ranks = series_of("gdp_per_capita", display_kind="rank")
    assert ranks["classes"][0][1] == "Rank 1 to 3"
    assert look_of(ranks, 2018, "110000")[0] == 0
    report = series_of("report_comprehensive")
    assert report["changeUnit"] == ""
    assert not any(frame_of(report, 2017)["values"])


def test_a_wrong_method_is_refused():
    with pytest.raises(InputError):
        RENDERERS[SERIES_PATH](parse_file_query(SERIES_PATH, {"lang": "en"}))
    with pytest.raises(InputError):
        parse_file_query(SERIES_PATH, {"measure": "gdp_per_capita", "method": "magic"})


def test_a_file_depends_on_what_its_address_says_and_nothing_else():
    params = {"measure": "gdp_per_capita", "lang": "en"}
    query = parse_file_query(SERIES_PATH, params)
    assert parse_file_query(SERIES_PATH, {**params, "year": "2020", "province": "110000"}) == query
    for name, value in {"lang": "zh", "classes": "7", "display": "rank"}.items():
        assert parse_file_query(SERIES_PATH, {**params, name: value}) != query


def test_only_an_address_with_the_current_checksum_is_kept_for_good():
    params = {"measure": "gdp_per_capita"}
    assert is_immutable({**params, "data": series_checksum()})
    assert not is_immutable({**params, "data": "0" * 12})
    assert not is_immutable(params)


def test_the_time_bar_of_a_map():
    measure = published_measures()["gdp_per_capita"]
    shown = build_measure_map(measure, 2018, Display())
    time = map_time(shown, True, "own", 3, (1.5, 2.0), EN)
    assert time["series"] == (
        "/map-series.js?measure=gdp_per_capita&lang=en&method=own&classes=1.5,2&data="
        + series_checksum()
    )
    assert (time["year"], time["all"], time["plays"]) == (2018, True, True)
    change = build_measure_map(measure, 2018, Display("change", 2016))
    time = map_time(change, True, "quantiles", 5, (), EN)
    assert (time["all"], time["plays"]) == (False, False)
    report = build_measure_map(published_measures()["report_comprehensive"], 2017, Display())
    years = published_measures()["report_comprehensive"].years
    assert bool(map_time(report, False, "quantiles", 5, (), EN)["series"]) is (len(years) > 1)


def test_values_for_the_map_are_short():
    measure = published_measures()["gdp_per_capita"]
    texts = value_texts(build_measure_map(measure, 2018, Display()), EN)
    assert texts[0] == "160,408"
    assert texts[ROWS["710000"]] == ""
    ranks = value_texts(build_measure_map(measure, 2018, Display("rank")), EN)
    assert ranks[0] == "1"
    change = value_texts(build_measure_map(measure, 2018, Display("percent", 2016)), EN)
    assert change[0].startswith("+")
