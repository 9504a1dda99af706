"""Two maps that mean the same by the same colour, and the third that says how they differ."""

from __future__ import annotations

import re
from itertools import combinations, product

import numpy as np
import pytest

from geo.analysis import (
    PageState,
    build_bivariate,
    build_difference_map,
    compared_provinces,
    comparison_panes,
    published_measures,
    snapshot_of,
    toggle_province,
)
from geo.analysis.bivariate import bivariate_colours
from geo.analysis.map_pairs import ALL_TIERS, common_basis
from geo.index import default_recipe
from geo.maps import STATUS_STYLES, MapStyleLayer, map_state
from geo.measures import Status
from geo.tables import dataset
from geo.text import InputError, translator
from geo.units import evaluated_adcodes
from tests.cases import choose_evenly, pair_maps

FIGURES = [m for m in published_measures().values() if m.kind != "report" and not m.is_total]
TOTALS = [m for m in published_measures().values() if m.is_total]
LISTS = [m for m in published_measures().values() if m.kind == "report"]
SAME_UNIT = [
    (a.id, b.id)
    for a, b in combinations([m for m in published_measures().values() if m.kind == "indicator"], 2)
    if (a.unit_en, a.unit_zh) == (b.unit_en, b.unit_zh)
]


def looks(side):
    """What decides a cell's colour, and the colour."""
    return [
        (cell, side.choropleth.colour(cell), side.choropleth.pattern(cell))
        for cell in side.snapshot.cells.values()
    ]


def colours_by(key, value):
    result = {}
    for side in (value.first, value.second):
        for cell, colour, _ in looks(side):
            if key(cell) is not None:
                result.setdefault(key(cell), set()).add(colour)
    return result


@pytest.mark.parametrize("measure", FIGURES, ids=lambda m: m.id)
def test_equal_values_have_equal_colours_over_all_pairs_of_years(measure):
    for early, late in choose_evenly(combinations(measure.years, 2), 8):
        pair = pair_maps(measure.id, early, measure.id, late)
        assert pair.basis == "value"
        result = colours_by(lambda cell: cell.value, pair)
        assert all(len(colours) == 1 for colours in result.values())
        # Higher values never have a lighter class.
        shades = [map_class.colour for map_class in pair.first.choropleth.classes]
        order = [shades.index(*result[value]) for value in sorted(result)]
        assert order == sorted(order)
        assert shades == [item.colour for item in pair.second.choropleth.classes]


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), SAME_UNIT)
def test_equal_values_of_two_measures_of_one_unit_have_equal_colours(first, second):
    for year, year2 in product(
        published_measures()[first].years, published_measures()[second].years
    ):
        pair = pair_maps(first, year, second, year2)
        assert pair.basis == "value"
        result = colours_by(lambda cell: cell.value, pair)
        assert all(len(colours) == 1 for colours in result.values())


def test_other_units_share_the_classes_of_their_percentiles():
    for first, second in combinations([m for m in FIGURES if m.kind == "indicator"], 2):
        if (first.unit_en, first.unit_zh) == (second.unit_en, second.unit_zh):
            continue
        pair = pair_maps(first.id, first.years[-1], second.id, second.years[-1])
        assert pair.basis == "percentile"
        for side in (pair.first, pair.second):
            for cell, colour, _ in looks(side):
                if cell.percentile is not None:
                    fifth = min(max(int(np.ceil(cell.percentile / 20)) - 1, 0), 4)
                    assert colour == side.choropleth.classes[fifth].colour
        assert [c.colour for c in pair.first.choropleth.classes] == [
            c.colour for c in pair.second.choropleth.classes
        ]


@pytest.mark.parametrize("value", LISTS, ids=lambda m: m.id)
def test_a_list_of_the_report_is_compared_by_place_alone(value):
    for year in value.years:
        for other in FIGURES:
            pair = pair_maps(value.id, year, other.id, other.nearest_year(year))
            assert pair.basis == "rank"
            placed = {
                cell.rank: colour
                for cell, colour, pattern in looks(pair.second)
                if cell.rank is not None
            }
            for cell, colour, pattern in looks(pair.first):
                if cell.status is Status.RANK:
                    assert colour == placed.get(cell.rank, colour)
                    assert not pattern
                else:
                    assert (colour, pattern) == (
                        STATUS_STYLES[cell.status].fill,
                        STATUS_STYLES[cell.status].pattern,
                    )


@pytest.mark.parametrize("total", TOTALS, ids=lambda m: m.id)
def test_a_total_has_circles_beside_any_other_measure_and_no_bivariate_map(total):
    for other in published_measures().values():
        year, year2 = total.years[-1], other.years[-1]
        pair = pair_maps(total.id, year, other.id, year2)
        assert pair.basis == ("value" if other is total else "")
        for side in (pair.first, pair.second):
            assert (side.choropleth.circles is not None) == side.measure.is_total
            assert not (side.measure.is_total and side.choropleth.index)
        for sides in ((pair.first, pair.second), (pair.second, pair.first)):
            with pytest.raises(InputError, match="A total is not shown"):
                build_bivariate(*sides)


def test_the_tiers_cover_every_place_once():
    places = [place for first, last in ALL_TIERS for place in range(first, last + 1)]
    assert places == list(range(1, 32))


def test_unlocked_each_map_is_as_on_its_own():
    pair = pair_maps("gdp_per_capita", 2016, "gdp_per_capita", 2024, shared=False)
    assert pair.basis == ""
    assert pair.first.choropleth.breaks != pair.second.choropleth.breaks


def test_what_compares():
    all_of = published_measures()
    assert common_basis(all_of["urbanization"], all_of["tertiary_share_gdp"]) == "value"
    # Subscriptions and users are both "per 100 residents" in English, and told apart in Chinese.
    assert (
        common_basis(all_of["internet_penetration"], all_of["fixed_broadband_per_100"])
        == "percentile"
    )
    assert common_basis(all_of["index_comprehensive"], all_of["egov_capability"]) == "percentile"


# ---- the third map ----


def comparable(measure, first, second):
    if measure.kind == "index":
        return default_recipe(first) == default_recipe(second)
    rows = dataset().breaks
    broken = rows.loc[rows["indicator"].isin(measure.series_ids), "year"]
    return not any(first < year <= second for year in broken)


@pytest.mark.parametrize("measure", FIGURES, ids=lambda m: m.id)
def test_a_difference_is_later_less_earlier_and_brown_below_zero(measure):
    for first, second in choose_evenly(combinations(measure.years, 2), 8):
        pair = pair_maps(measure.id, second, measure.id, first)  # the later year at the left
        if not comparable(measure, first, second):
            with pytest.raises(InputError, match=r"break|different indicators"):
                build_difference_map(pair)
            continue
        difference = build_difference_map(pair)
        assert (difference.early, difference.late) == (first, second)
        old, new = (snapshot_of(measure.id, year).cells for year in (first, second))
        below, _ = difference.sides
        for adcode, cell in difference.choropleth.snapshot.cells.items():
            if cell.value is None:
                assert None in (old[adcode].value, new[adcode].value)
                continue
            assert cell.value == new[adcode].value - old[adcode].value
            assert (difference.choropleth.index[adcode] < below) == (cell.value <= 0)
            doubtful = Status.DOUBTFUL in (old[adcode].status, new[adcode].status)
            assert (cell.status is Status.DOUBTFUL) == doubtful


def test_no_difference_over_a_break_or_between_other_sets():
    with pytest.raises(InputError, match="break in 2017"):
        build_difference_map(
            pair_maps("enterprises_with_ecommerce", 2016, "enterprises_with_ecommerce", 2020)
        )
    assert build_difference_map(
        pair_maps("enterprises_with_ecommerce", 2017, "enterprises_with_ecommerce", 2020)
    )
    with pytest.raises(InputError, match="different indicators"):
        build_difference_map(pair_maps("index_comprehensive", 2016, "index_comprehensive", 2024))
    with pytest.raises(InputError, match="show the same"):
        build_difference_map(pair_maps("urbanization", 2020, "urbanization", 2020))


def test_change_in_rank_of_a_list_and_a_figure():
    difference = build_difference_map(
        pair_maps("report_comprehensive", 2017, "gdp_per_capita", 2017)
    )
    cells = difference.choropleth.snapshot.cells
    assert (difference.basis, difference.ranked_again) == ("moved", 0)
    assert cells["440000"].value == 2 - 7  # second in the report, seventh by product per head
    assert cells["110000"].value == 0
    assert cells["130000"].status is Status.OUTSIDE
    assert sum(cell.value is not None for cell in cells.values()) == 10
    with pytest.raises(InputError, match="list of 2020"):
        build_difference_map(pair_maps("report_comprehensive", 2017, "report_comprehensive", 2020))


def test_change_in_rank_is_reckoned_anew_where_one_ranks_fewer():
    few = next(
        (m, y)
        for m in FIGURES
        for y in m.years
        if 10 < len(snapshot_of(m.id, y).values_by_adcode()) < 31 and m.kind == "indicator"
    )
    measure, year = few
    difference = build_difference_map(pair_maps("gdp_per_capita", 2020, measure.id, year))
    ours, theirs = (
        snapshot_of("gdp_per_capita", 2020).values_by_adcode(),
        snapshot_of(measure.id, year).values_by_adcode(),
    )
    both_of = [a for a in theirs if a in ours]
    assert difference.ranked_again == len(both_of)
    for adcode in both_of:
        places = [1 + sum(v[o] > v[adcode] for o in both_of) for v in (ours, theirs)]
        assert difference.choropleth.snapshot.cells[adcode].value == places[0] - places[1]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_two_maps_and_the_third_are_small_on_the_wire(lang):
    largest = 0
    for first, second in combinations([m.id for m in published_measures().values()], 2):
        years = (published_measures()[first].years[-1], published_measures()[second].years[-1])
        pair = pair_maps(first, years[0], second, years[1])
        try:
            extra = build_difference_map(pair)
        except InputError:
            extra = None
        state = map_state(comparison_panes(pair, extra, translator(lang)), "", translator(lang))
        largest = max(largest, len(MapStyleLayer(state).state.encode()))
    assert largest <= 20_000


def test_the_third_map_says_points_where_shares_differ():
    pair = pair_maps("urbanization", 2016, "urbanization", 2024)
    difference = build_difference_map(pair)
    pane = comparison_panes(pair, difference, translator("en"))[2]
    assert pane.title == "Change from 2016 to 2024 (percentage points)"
    cell = difference.choropleth.snapshot.cells["110000"]
    assert pane.tooltip_lines(cell) == [f"+{cell.value:.1f} percentage points from 2016 to 2024"]


# ---- both on one map ----


def test_nine_fields_hold_the_provinces_by_thirds_of_both():
    pair = pair_maps("gdp_per_capita", 2020, "urbanization", 2020, shared=False)
    bivariate = build_bivariate(pair.first, pair.second)
    for adcode in evaluated_adcodes():
        field = bivariate.choropleth.index[adcode]
        for side, place, bounds in (
            (pair.first, field // 3, bivariate.first_thirds),
            (pair.second, field % 3, bivariate.second_thirds),
        ):
            value = side.snapshot.cells[adcode].value
            lower, upper = bounds[place].lower, bounds[place].upper
            assert lower is None or value > lower
            assert upper is None or value <= upper
    assert sum(bivariate.field_count(i, j) for i in range(3) for j in range(3)) == 31
    assert [t.count for t in bivariate.first_thirds] == [
        sum(bivariate.field_count(i, j) for j in range(3)) for i in range(3)
    ]


def test_published_places_fall_into_their_tiers_and_the_rest_keeps_its_look():
    pair = pair_maps("report_comprehensive", 2017, "gdp_per_capita", 2017, shared=False)
    bivariate = build_bivariate(pair.first, pair.second)
    assert bivariate.choropleth.index["110000"] == 8  # first of both
    assert len(bivariate.choropleth.index) == 10
    assert bivariate.choropleth.snapshot.cells["130000"].status is Status.OUTSIDE


# How readers without red or green cones see linear RGB (Machado, Oliveira and Fernandes, 2009).
CONES = {
    "usual": np.eye(3),
    "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                          [-0.011820, 0.042940, 0.968881]]),
    "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
}  # fmt: skip


def lab(colour, cones):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ np.clip(cones @ linear, 0, 1) / np.array([0.9505, 1, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("cones", CONES)
def test_the_nine_colours_are_told_apart(cones):
    nine = [lab(colour, CONES[cones]) for colour in bivariate_colours()]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in bivariate_colours())
    assert min(np.linalg.norm(a - b) for a, b in combinations(nine, 2)) > 20
    light = np.array([entry[0] for entry in nine]).reshape(3, 3)
    assert (np.diff(light, axis=0) < 0).all()  # darker with the first measure
    assert (np.diff(light, axis=1) < 0).all()  # and with the second


# ---- who is compared ----


def test_who_is_compared_where_the_address_says_nothing_or_none():
    assert compared_provinces(PageState(lang="en")) == ("110000", "440000", "320000")
    assert compared_provinces(PageState(lang="en", province="520000"))[0] == "520000"
    assert compared_provinces(PageState(lang="en", requested_provinces=())) == ()
    view = PageState(lang="en", requested_provinces=("110000", "440000"))
    assert toggle_province(view, "440000") == ("110000",)
    assert toggle_province(view, "310000") == ("110000", "440000", "310000")
