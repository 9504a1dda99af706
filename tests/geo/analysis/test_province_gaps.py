"""Provinces side by side: gaps, scales, the difference of two in words, the files."""

from __future__ import annotations

import csv
import io
import re
from random import Random
from statistics import mean

import pytest

from geo.analysis import (
    NATIONAL_ENDS,
    PageState,
    compare_measures,
    compared_provinces,
    comparison_csv,
    comparison_table,
    format_row_cell,
    province_with_peers,
    provinces_of_region,
    published_measures,
    report_top_ten,
    snapshot_of,
)
from geo.analysis.province_gaps import Z_ENDS, compare_measure
from geo.captions import describe_row_difference, describe_two_provinces, provinces_caption
from geo.maps import assign_markers, strip_of_values_svg
from geo.maps.strips import PAD, STEP
from geo.measures import Status, format_value, measure_name
from geo.tables import dataset
from geo.text import translator
from geo.units import evaluated_adcodes, find_province, provinces

FIVE = ("110000", "440000", "520000", "540000", "310000")
EN = translator("en")


def figures(measure, year):
    """Sound values of a measure, from the cells."""
    return {
        a: c.value
        for a, c in snapshot_of(measure, year).cells.items()
        if c.value is not None and c.status is not Status.DOUBTFUL
    }


def flat(chosen, year=2017, order="dimension"):
    return [row for group in compare_measures(chosen, year, order).values() for row in group]


# ---- gaps and their order ----


def test_a_gap_is_the_spread_of_percentile_ranks():
    row = compare_measure(published_measures()["gdp_per_capita"], FIVE, 2017)
    values = figures("gdp_per_capita", 2017)
    assert len(values) == 31
    shares = [100 * sum(v < values[a] for v in values.values()) / 30 for a in FIVE]
    assert row.gap == pytest.approx(max(shares) - min(shares))
    assert row.gap == pytest.approx(100 * (29 - 1) / 30)  # Beijing is first, Guizhou 29th


def test_doubtful_figures_do_not_make_a_gap():
    measure = published_measures()["mobile_internet_users_per_100"]
    cells = snapshot_of(measure.id, 2017).cells
    assert [cells[a].status is Status.DOUBTFUL for a in ("110000", "310000")] == [True, True]
    assert cells["110000"].rank == 1
    sound = [cells[a].rank for a in ("440000", "520000", "540000")]
    row = compare_measure(measure, FIVE, 2017)
    assert row.gap == pytest.approx(100 * (max(sound) - min(sound)) / 30)
    assert row.gap < 100
    assert row.doubtful == ["110000", "310000"]
    assert compare_measure(measure, ("110000", "310000", "440000"), 2017).gap is None


def test_the_reports_lists_have_no_gap():
    assert {row.gap for row in compare_measures(FIVE, 2017, "gap")["report"]} == {None}


def test_by_gap_each_kind_stays_among_its_own_and_the_largest_is_first():
    rows = compare_measures(FIVE, 2017, "gap")
    assert list(rows) == ["report", "index", "indicators", "context"]
    for name, group in rows.items():
        gaps = [-1 if row.gap is None else row.gap for row in group]
        assert gaps == sorted(gaps, reverse=True)
        kinds = {compared_row.measure.kind for compared_row in group}
        assert kinds == {{"report": "report", "index": "index"}.get(name, "indicator")}
    assert len({entry.gap for entry in rows["indicators"]}) > 5
    both = [sorted(item.measure.id for item in flat(FIVE, order=o)) for o in ("gap", "dimension")]
    assert both[0] == both[1] == sorted(published_measures())


def test_every_row_has_its_nearest_year():
    years = {row.measure.id: row.year for row in flat(FIVE, 2024)}
    assert years["gdp_per_capita"] == 2024
    assert years["internet_penetration"] == 2016
    assert years["report_comprehensive"] == 2021


# ---- scales ----


def test_percent_of_national():
    row = compare_measure(published_measures()["gdp_per_capita"], FIVE, 2017)
    values = row.scaled_values("national")
    cells, national = row.snapshot.cells, row.snapshot.national.value
    for adcode in evaluated_adcodes():
        assert values[adcode] == pytest.approx(100 * cells[adcode].value / national)
    placed = row.on_scale("national")
    assert placed.ends == NATIONAL_ENDS
    assert placed.national == pytest.approx(100)


def test_z_leaves_doubtful_figures_out_of_mean_and_deviation():
    measure = "mobile_internet_users_per_100"
    values = figures(measure, 2017)
    assert 20 < len(values) < 31
    middle = mean(values.values())
    spread = (sum((v - middle) ** 2 for v in values.values()) / len(values)) ** 0.5
    result = compare_measure(published_measures()[measure], FIVE, 2017).scaled_values("z")
    cells = snapshot_of(measure, 2017).cells
    for adcode in FIVE:
        assert result[adcode] == pytest.approx((cells[adcode].value - middle) / spread)
    sound = [result[adcode] for adcode in values]
    assert mean(sound) == pytest.approx(0, abs=1e-9)


def test_no_sound_z_lies_beyond_the_scale():
    for measure in published_measures().values():
        for year in measure.years if measure.kind == "indicator" else ():
            values = compare_measure(measure, (), year).scaled_values("z")
            sound = figures(measure.id, year)
            assert all(Z_ENDS[0] <= values[a] <= Z_ENDS[1] for a in sound if a in values)


def test_published_places_stay_ranks_and_unlisted_provinces_have_none():
    row = compare_measure(published_measures()["report_comprehensive"], FIVE, 2017)
    for show in ("value", "rank", "national", "z"):
        values = row.scaled_values(show)
        assert {a: values[a] for a in FIVE if a in values} == {
            "110000": 1, "440000": 2, "310000": 5,
        }  # fmt: skip
        assert len(values) == 10
        assert row.on_scale(show).ends == (-31, -1)
        guizhou = row.snapshot.cells["520000"]
        assert format_row_cell(row, guizhou, show, EN) == "Outside the published ten"
    among = compare_measure(
        published_measures()["report_network_security"], ("350000", "110000"), 2017
    )
    assert among.scaled_values("rank") == {}
    assert among.on_scale("rank") is None


def test_the_national_value_stands_between_the_ranks_above_and_below():
    row = compare_measure(published_measures()["gdp_per_capita"], FIVE, 2017)
    above = sum(v > row.snapshot.national.value for v in row.snapshot.values_by_adcode().values())
    assert row.on_scale("rank").national == -(above + 0.5)
    assert row.on_scale("rank").values["110000"] == -1


# ---- the strip ----


def test_marks_that_would_cover_each_other_stand_below_each_other():
    row = compare_measure(published_measures()["websites_per_1000"], FIVE, 2017)
    placed = row.on_scale("value")
    drawn = strip_of_values_svg(
        placed.values, placed.national, assign_markers("", FIVE), placed.ends, width=420, apart=True
    )
    places = [(float(x), float(y)) for x, y in re.findall(r"translate\(([\d.]+) ([\d.]+)\)", drawn)]
    assert len(places) == 5
    for one in places:
        for other in places:
            near = abs(one[0] - other[0]) < STEP and abs(one[1] - other[1]) < STEP
            assert one is other or not near
    assert max(y for _, y in places) > 11


def test_doubtful_marks_are_hollow_and_what_lies_beyond_is_at_the_end():
    marked = assign_markers("", ("110000", "310000"))
    drawn = strip_of_values_svg(
        {"110000": 900.0, "310000": 100.0}, None, marked, (0.0, 300.0), ["310000"], width=420
    )
    assert f'translate({420 - PAD:.1f} 11.0)" d=' in drawn
    fills = re.findall(r'fill="(#\w+)" stroke="(#\w+)"/>', drawn)[-2:]
    assert fills == [(marked["110000"].colour, "#ffffff"), ("#ffffff", marked["310000"].colour)]


# ---- words ----


# A seeded draw of pairs and triples.
SEVERAL = [
    tuple(Random(number).sample(evaluated_adcodes(), 2 + number % 2)) for number in range(60)
]


def percentiles_of(chosen, year):
    """The percentile ranks of all chosen in each open indicator where all are sound."""
    result = {}
    for row in flat(chosen, year):
        cells = [snapshot_of(row.measure.id, row.year).cells[adcode] for adcode in chosen]
        sound = all(c.rank and c.status is not Status.DOUBTFUL for c in cells)
        if sound and row.measure.kind == "indicator" and row.measure.dimension != "context":
            result[row.measure.id] = [c.percentile for c in cells]
    return result


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_difference_of_two_counts_the_indicators_as_far_ahead_as_the_last_one_named(lang):
    counted = 0
    for chosen in (lines for lines in SEVERAL if len(lines) == 2):
        for year in (2017, 2020, 2024):
            both = percentiles_of(chosen, year)
            for sentence in describe_two_provinces(flat(chosen, year), translator(lang)):
                first = re.match(
                    "(?:In .{4}, |.{4}年，在.+的位次中，)"
                    "(.+?)(?: was furthest ahead of |领先.+最多的指标是)",
                    sentence.text,
                )
                if not first:
                    continue
                assert len(re.findall(r"个省份的位次中|among \d+ provinces", sentence.text)) == 1
                sign = 1 if first[1] == provinces()[chosen[0]].name_in(lang) else -1
                leads = {m: round(sign * (one - other), 6) for m, (one, other) in both.items()}
                named = {f.measure for f in sentence.figures if f.part == "rank"}
                last = min(leads[measure] for measure in named)
                assert {m for m, lead in leads.items() if lead > last} <= named
                more = sum(lead >= last for lead in leads.values()) - len(named)
                levels = [int(f.text) for f in sentence.figures if f.part == "level"]
                assert levels == ([more] if more > 1 else []), (chosen, year)
                one_more = re.search("one more|另有一项", sentence.text) is not None
                assert one_more == (more == 1), (chosen, year)
                counted += more > 0
    assert counted > 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_widest_gap_counts_the_indicators_that_lie_as_far_apart(lang):
    counted = 0
    for chosen in SEVERAL:
        spreads = [
            round(max(value) - min(value), 6) for value in percentiles_of(chosen, 2017).values()
        ]
        alt = provinces_caption(chosen, 2017, translator(lang)).alt.text
        assert re.search("Largest gap|差距最大", alt)
        more = spreads.count(max(spreads)) - 1
        match = re.search(r"the gap is equal in (\d+) more|另有(\d+)项差距相同", alt)
        assert (int(match[1] or match[2]) if match else 0) == more, chosen
        counted += more > 0
    assert counted > 0


def numbers(text):
    return set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("year", [2017, 2020, 2024])
@pytest.mark.parametrize("two", [("110000", "520000"), ("540000", "310000"), ("460000", "630000")])
def test_every_number_of_the_difference_is_that_of_a_cell(two, year, lang):
    t = translator(lang)
    titles = "".join(measure_name(m, t) for m in published_measures().values())
    for sentence in describe_two_provinces(flat(two, year), t):
        known = {str(y) for y in range(2016, 2025)}
        kinds = set()
        for figure in sentence.figures:
            assert figure.text in sentence.text
            known |= numbers(figure.text)
            if figure.part in {"count", "level"}:
                continue
            kinds.add(published_measures()[figure.measure].kind)
            cell = snapshot_of(figure.measure, figure.year).cells[figure.adcode]
            assert figure.text == str(getattr(cell, figure.part))
            assert cell.status is not Status.DOUBTFUL
            assert str(figure.year) in sentence.text
        assert len(kinds) <= 1  # a published rank and one of ours are never in one sentence
        assert numbers(sentence.text) <= known | numbers(titles)
        assert sentence.text.endswith("." if lang == "en" else "。")


@pytest.mark.parametrize("two", [("110000", "520000"), ("120000", "540000")])
def test_the_counts_are_those_of_the_ranks(two):
    rows = flat(two)
    tally = {1: 0, 0: 0, -1: 0}
    for name in dataset().measures.index:
        measure = published_measures()[name]
        every = snapshot_of(name, measure.nearest_year(2017)).cells
        cells = [every[a] for a in two]
        if measure.dimension == "context" or any(
            c.value is None or c.status is Status.DOUBTFUL for c in cells
        ):
            continue
        tally[(cells[0].value > cells[1].value) - (cells[0].value < cells[1].value)] += 1
    text = next(
        describe_two_province.text
        for describe_two_province in describe_two_provinces(rows, EN)
        if describe_two_province.text.startswith("Of the")
    )
    one, other = (provinces()[adcode].name_in("en") for adcode in two)
    result = (
        f"{tally[1]}, {other} in {tally[-1]}, and {tally[0]} are tied."
        if tally[0]
        else f"{tally[1]} and {other} in {tally[-1]}."
    )
    assert text == (
        f"Of the {sum(tally.values())} indicators of the six dimensions with reliable values for"
        f" both, {one} ranks higher in {result}"
    )
    # Tianjin and Xizang have as many computers; Beijing and Guizhou share no figure.
    assert tally[0] == (two[0] == "120000")


def test_what_is_left_out_is_named_and_not_compared():
    text = [s.text for s in describe_two_provinces(flat(("110000", "520000")), EN)]
    assert text[-1] == (
        "Excluded as doubtful: “Mobile internet subscriptions per 100 residents” "
        "(Beijing, 2017) and “Transaction value in technical market relative to gross "
        "regional product” (Guizhou, 2017)."
    )
    assert not any("Mobile internet subscriptions" in adcode for adcode in text[:-1])


def test_a_province_outside_the_list_is_said_to_be():
    text = describe_two_provinces(flat(("110000", "520000")), EN)[0].text
    assert text == (
        "In the report’s comprehensive ranking of 2017: Beijing rank 1 of 31 and Guizhou outside"
        " the published ten."
    )


def test_the_difference_of_a_measure_in_its_unit():
    def difference_text(measure, *two):
        sentence = describe_row_difference(
            compare_measure(published_measures()[measure], two, 2017), EN
        )
        return sentence and sentence.text

    values = figures("gdp_per_capita", 2017)
    gap = EN.format_number(values["110000"] - values["520000"])
    assert (
        difference_text("gdp_per_capita", "110000", "520000")
        == f"Beijing higher by {gap} CNY per person"
    )
    assert (
        difference_text("gdp_per_capita", "520000", "110000")
        == f"Beijing higher by {gap} CNY per person"
    )
    assert difference_text("urbanization", "520000", "110000").endswith("percentage points")
    assert difference_text("index_comprehensive", "520000", "110000").endswith("points")
    assert difference_text("mobile_internet_users_per_100", "110000", "520000") is None
    assert difference_text("software_revenue_share_gdp", "110000", "540000") is None


# ---- table and file ----


def test_table_and_file_hold_every_measure_by_every_province():
    rows = compare_measures(FIVE, 2017, "dimension")
    table = comparison_table(rows, "value", EN)
    assert table[0] == [
        "Measure", "Year", *(provinces()[a].name_in("en") for a in FIVE), "Gap",
    ]  # fmt: skip
    lines = {line[0]: line for line in table[1:]}
    assert len(lines) == len(published_measures())
    gdp = lines["Gross regional product per capita"]
    assert gdp[2] == format_value(figures("gdp_per_capita", 2017)["110000"],
                                      published_measures()["gdp_per_capita"], EN)  # fmt: skip
    assert lines["Mobile internet subscriptions per 100 residents"][2].endswith(" ?")
    assert lines["Comprehensive ranking"][4] == "Outside the published ten"
    text = comparison_csv(rows, "z", EN)
    parsed = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {len(line) for line in parsed} == {3 + 3 * 5 + 1}
    gdp = next(line for line in parsed if line[0] == "Gross regional product per capita")
    z = compare_measure(published_measures()["gdp_per_capita"], FIVE, 2017).scaled_values("z")[
        "110000"
    ]
    assert float(gdp[3]) == pytest.approx(z)
    assert gdp[4:6] == ["1", "Calculated by this atlas from published data"] or gdp[4] == "1"
    report = next(line for line in parsed if line[0] == "Comprehensive ranking")
    assert report[3:6] == ["", "1", "Published rank"]


def test_words_for_each_way_of_showing():
    row = compare_measure(published_measures()["gdp_per_capita"], FIVE, 2017)
    beijing, guizhou = row.cells[0], row.cells[2]
    assert format_row_cell(row, beijing, "rank", EN) == "1 of 31"
    percent = 100 * beijing.value / row.snapshot.national.value
    assert format_row_cell(row, beijing, "national", EN) == f"{percent:.0f}%"
    assert format_row_cell(row, guizhou, "z", EN).startswith("−")
    assert format_row_cell(row, beijing, "z", EN).startswith("+")
    missing = compare_measure(published_measures()["software_revenue_share_gdp"], ("540000",), 2017)
    assert format_row_cell(missing, missing.cells[0], "z", EN) == "Not published"


# ---- groups ----


def test_groups_to_choose_at_once():
    assert set(provinces_of_region("Northeast")) == {"210000", "220000", "230000"}
    assert len(provinces_of_region("Western")) == 12
    assert report_top_ten()[:2] == ("110000", "440000")
    assert len(report_top_ten()) == 10
    assert province_with_peers("440000", "neighbours", 2017)[0] == "440000"
    assert "810000" not in province_with_peers("440000", "neighbours", 2017)
    assert find_province("Hainan").adcode in province_with_peers("440000", "neighbours", 2017)
    assert compared_provinces(PageState(lang="en"))[:2] == ("110000", "440000")
