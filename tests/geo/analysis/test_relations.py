"""Two measures together: every number calculated a second way, ranks never invented."""

from __future__ import annotations

import csv
import io
import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from geo.analysis import (
    SCATTER_HEIGHT_PX,
    NamedMark,
    build_plot_area,
    build_quarters,
    describe_correlation,
    fit_line,
    format_quarter,
    place_names,
    published_measures,
    region_colour,
    relation_csv,
    scatter_labels,
    scatter_points,
    snapshot_of,
    spearman_correlation,
    text_width_px,
)
from geo.analysis.relations import (
    describe_left_out,
    describe_slope,
    pearson_correlation,
    spearman_interval,
)
from geo.analysis.scatter import HEAVY, NAME_PX, WIDTHS
from geo.measures import Status
from geo.text import translator
from geo.units import evaluated_adcodes
from tests.cases import relate

VALUES = ("gdp_per_capita", 2020, "fixed_broadband_per_100", 2020)
DOUBTS = ("technology_market_share_gdp", 2019, "technology_market_share_gdp", 2022)
LIST = ("report_comprehensive", 2017, "gdp_per_capita", 2017)
LISTS = ("report_comprehensive", 2017, "report_information_services", 2017)


def sound_figures(measure, year, measure2, year2):
    """The two columns straight from the cells, doubtful ones left aside."""
    a, b = snapshot_of(measure, year).cells, snapshot_of(measure2, year2).cells
    values = [
        (a[p].value, b[p].value)
        for p in evaluated_adcodes()
        if a[p].value is not None
        and b[p].value is not None
        and Status.DOUBTFUL not in (a[p].status, b[p].status)
    ]
    return np.array(values).T


@pytest.mark.parametrize("value", [VALUES, DOUBTS, (*DOUBTS[:2], *VALUES[:2])])
def test_correlations_and_line_are_those_of_the_textbook(value):
    relation = relate(*value)
    x, y = sound_figures(*value)
    assert len(relation.reliable) == len(x)
    linear = pearson_correlation(relation)
    assert linear.value == pytest.approx(np.corrcoef(x, y)[0, 1])
    reach = 1.959964 / math.sqrt(len(x) - 3)
    assert linear.low == pytest.approx(math.tanh(math.atanh(linear.value) - reach), abs=1e-6)
    assert linear.high == pytest.approx(math.tanh(math.atanh(linear.value) + reach), abs=1e-6)
    ranks = spearman_correlation(relation)
    by_hand = np.corrcoef(stats.rankdata(x), stats.rankdata(y))[0, 1]
    assert ranks.value == pytest.approx(by_hand)
    reach *= math.sqrt(1 + by_hand**2 / 2)
    assert ranks.low == pytest.approx(math.tanh(math.atanh(by_hand) - reach), abs=1e-6)
    assert ranks.high == pytest.approx(math.tanh(math.atanh(by_hand) + reach), abs=1e-6)
    assert (linear.count, ranks.count) == (len(x), len(x))
    slope, intercept = np.polyfit(x, y, 1)
    line = fit_line(relation)
    assert (line.slope, line.intercept) == (pytest.approx(slope), pytest.approx(intercept))


def test_the_interval_of_a_published_example():
    # statpsych's ci.spear, after Bonett and Wright.
    low, high = spearman_interval(0.8699639, 15)
    assert (round(low, 7), round(high, 7)) == (0.5840951, 0.9638297)
    assert spearman_interval(1.0, 10) == (1.0, 1.0)


def test_doubtful_figures_enter_nothing_and_are_named():
    relation = relate(*DOUBTS)
    assert len(relation.doubtful) == 5
    assert {"540000", "220000"} <= {pair.adcode for pair in relation.doubtful}
    text = " ".join(describe_left_out(relation, translator("en")))
    assert "Xizang" in text
    assert "Jilin" in text
    assert sum(build_quarters(relation, "median").count_of.values()) == len(relation.reliable) == 26


def test_report_lists_are_compared_by_rank_alone():
    relation = relate(*LIST)
    assert relation.by_rank
    assert pearson_correlation(relation) is None
    assert fit_line(relation) is None
    cells = snapshot_of("report_comprehensive", 2017).cells
    listed = {a: c.rank for a, c in cells.items() if c.rank}
    wealth = snapshot_of("gdp_per_capita", 2017).values_by_adcode()
    order = sorted(listed, key=listed.get)
    expected = stats.spearmanr(range(10), [-wealth[a] for a in order]).statistic
    correlation = spearman_correlation(relation)
    assert correlation.count == 10
    assert correlation.value == pytest.approx(expected)
    assert "linear" not in describe_correlation(relation, translator("en"))


def test_what_has_no_rank_stands_beyond_the_last_place():
    for result in (LIST, LISTS):
        relation = relate(*result)
        where = build_plot_area(relation)
        assert len(where.places) == 31
        for pair in relation.pairs:
            for axis, at, cell in zip(
                (where.x, where.y), where.places[pair.adcode], (pair.a, pair.b), strict=True
            ):
                assert 0 < axis.share(at) < 1
                if cell.status is Status.OUTSIDE:
                    assert at > 10.5
                    band = axis.bands[0]
                    assert band.near < at < band.far
                else:
                    assert at == cell.rank
        # The first place is at the right and on top.
        assert where.x.share(1) > where.x.share(10)
    assert len(set(build_plot_area(relate(*LISTS)).places.values())) == 31


def test_a_place_among_ten_and_a_name_without_order_are_no_ranks():
    for list_, year in (("report_network_security", 2017), ("report_comprehensive", 2020)):
        relation = relate(list_, year, "gdp_per_capita", 2017)
        assert spearman_correlation(relation) is None
        assert build_quarters(relation, "median") is None
        assert "The correlation is not available" in describe_correlation(
            relation, translator("en")
        )
        for adcode, (x, _) in build_plot_area(relation).places.items():
            assert x > 0.5, adcode
            assert any(band.near < x < band.far for band in build_plot_area(relation).x.bands)


def test_quarters_around_medians_and_national_values():
    relation = relate(*VALUES)
    x, y = sound_figures(*VALUES)
    quarters = build_quarters(relation, "median")
    assert (quarters.a, quarters.b) == (np.median(x), np.median(y))
    assert quarters.count_of[True, True] == sum((x >= np.median(x)) & (y >= np.median(y)))
    assert quarters.count_of[False, True] == sum((x < np.median(x)) & (y >= np.median(y)))
    national = build_quarters(relation, "national")
    assert national.a == snapshot_of(*VALUES[:2]).national.value
    assert national.count_of[True, False] == sum((x >= national.a) & (y < national.b))
    ranked = build_quarters(relate(*LIST), "median")
    assert (ranked.a, ranked.b) == (10.5, 16)
    assert ranked.count_of[True, True] + ranked.count_of[True, False] == 10
    assert sum(ranked.count_of.values()) == 31
    corner = format_quarter(build_quarters(relate(*LISTS), "median"), True, False, translator("en"))
    assert corner == "A: in the ten,\nB: outside: 3"


def test_axes_start_at_nought_only_where_that_is_near():
    where = build_plot_area(relate(*VALUES))
    assert where.x.start == 0
    assert 20 < where.y.start < 26
    for measure in published_measures().values():
        if measure.kind == "indicator":
            result = (measure.id, measure.years[-1], measure.id, measure.years[0])
            where = build_plot_area(relate(*result))
            for x, y in where.places.values():
                assert 0 <= where.x.share(x) < 1
                assert 0 <= where.y.share(y) < 1


def test_the_slope_is_told_with_units():
    relation = relate(*VALUES)
    line = fit_line(relation)
    text = describe_slope(line, relation, translator("en"))
    assert f"{line.slope * 100_000:.1f} per 100 residents higher" in text
    assert "100,000 CNY per person" in text
    assert "does not show causes" in text


def overlaps(first, second):
    """Whether two boxes share more than the rounding of numbers: stacked names may touch."""
    across = min(first[1], second[1]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[2], second[2])
    return min(across, down) > 1e-6


def box(mark, spot, width):
    wide = text_width_px(mark.name) * (HEAVY if mark.bold else 1)
    left = mark.across * width + spot.dx_px
    left -= {"left": 0, "right": wide, "center": wide / 2}[spot.align]
    middle = mark.down_px + spot.dy_px
    return left, left + wide, middle - NAME_PX / 2, middle + NAME_PX / 2


def check_apart(marks, value, widths):
    for width in widths:
        boxes = {i: box(marks[i], spot, width) for i, spot in value.items()}
        for i, pair in boxes.items():
            assert pair[0] >= -1e-6
            assert pair[1] <= width + 1e-6
            for j, mark in enumerate(marks):
                if j != i:
                    x, r = mark.across * width, mark.radius_px
                    assert not overlaps(pair, (x - r, x + r, mark.down_px - r, mark.down_px + r))
        for first, second in itertools.combinations(boxes.values(), 2):
            assert not overlaps(first, second)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.floats(0, 400),
            st.floats(2, 13),
            st.sampled_from(evaluated_adcodes()),
        ),
        min_size=1,
        max_size=31,
    ),
    st.integers(0, len(WIDTHS) - 2),
)
def test_names_never_touch_at_any_width_of_a_range(drawn, at):
    marks = [NamedMark(name, across, down, radius) for across, down, radius, name in drawn]
    widths = (WIDTHS[at], WIDTHS[at + 1])
    check_apart(marks, place_names(marks, widths, 400), np.linspace(*widths, 9))


def test_a_name_that_another_mark_passes_under_is_not_free_because_both_ends_are():
    """In the narrow chart the left mark is right of the name, in the wide one left of it."""
    marks = [NamedMark("Tibet", 1, 8, 4), NamedMark("Beijing", 0.9, 8, 4)]
    positions = place_names(marks, (120, 2000), 16)
    check_apart(marks, positions, np.linspace(120, 2000, 400))
    assert 0 not in positions
    assert 0 in place_names(marks, (120, 130), 16)
    assert 0 in place_names(marks, (1200, 2000), 16)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("value", [VALUES, LIST, LISTS])
def test_most_provinces_have_a_name_on_a_wide_screen_and_the_chosen_everywhere(value, lang):
    relation = relate(*value)
    where = build_plot_area(relation)
    chosen = ("520000", "440000")
    drawn = scatter_points(where, chosen, 2017)
    results = list(scatter_labels(where, drawn, chosen, [], translator(lang)))
    wide = {label.dot.adcode for label in results if label.least == 960}
    assert len(wide) >= 30
    for least in WIDTHS[:-1]:
        assert set(chosen) <= {label.dot.adcode for label in results if label.least == least}
    assert all(
        0 < SCATTER_HEIGHT_PX * (1 - where.y.share(dot.y)) < SCATTER_HEIGHT_PX for dot in drawn
    )


def test_the_area_of_a_mark_goes_with_its_residents():
    where = build_plot_area(relate(*VALUES))
    areas = {dot.adcode: dot.area_px2 for dot in scatter_points(where, [], 2020)}
    assert areas["440000"] / areas["330000"] == pytest.approx(12_624 / 6_468, rel=0.01)


def test_the_file_holds_every_province_with_plain_numbers():
    relation = relate(*LIST)
    rows = list(
        csv.reader(io.StringIO(relation_csv(relation, translator("en")).removeprefix("\ufeff")))
    )
    assert len(rows) == 32
    beijing = rows[1]
    assert beijing[:3] == ["110000", "Beijing", "Eastern"]
    assert beijing[3:7] == ["", "", "1", "Published rank"]
    assert float(beijing[7]) == pytest.approx(
        snapshot_of("gdp_per_capita", 2017).values_by_adcode()["110000"]
    )
    hebei = next(row for row in rows if row[1] == "Hebei")
    assert hebei[5:7] == ["", "Outside the published ten"]


@pytest.mark.parametrize(
    ("adcode", "colour"),
    [
        ("110000", "#4f7cac"),
        ("410000", "#a9744f"),
        ("520000", "#6f8f4e"),
        ("210000", "#8b74ad"),
    ],
)
def test_a_province_has_the_colour_of_its_region(adcode, colour):
    assert region_colour(adcode) == colour


def test_a_unit_outside_the_report_has_no_colour_of_a_region():
    with pytest.raises(ValueError, match="not in"):
        region_colour("810000")
