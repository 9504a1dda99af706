"""What the drill-down pages say: peers, strengths, changes, sentences, correlations."""

from __future__ import annotations

import re
from itertools import product

import pytest

from geo.analysis import (
    LEADING_COUNT,
    PEER_KINDS,
    STANDOUT_COUNT,
    all_changes,
    change_of,
    comparable_standings,
    compare_with_peers,
    dimension_matrix,
    find_peers,
    is_nominal,
    longest_period,
    measure_correlations,
    published_measures,
    published_ten,
    resident_population,
    snapshot_of,
    standing_in,
    strengths_and_weaknesses,
    trend_points,
)
from geo.analysis.peers import LINKS
from geo.captions import describe_leaders, describe_province, describe_risers
from geo.captions.sentences import Sentence
from geo.measures import (
    Status,
    adjacent_provinces,
    dimension_ids,
    format_number,
    format_value,
    indicators_of,
    measure_name,
)
from geo.text import translator
from geo.units import boundaries, evaluated_adcodes, provinces

INDICATORS = [m for m in published_measures().values() if m.kind == "indicator"]


# ---- peers ----


def test_land_neighbours_are_those_of_the_boundaries_and_hainan_is_linked():
    assert {p.adcode for p in find_peers("110000", "neighbours", 2017)} == {"120000", "130000"}
    assert [p.adcode for p in find_peers("460000", "neighbours", 2017)] == ["440000"]
    assert "460000" in {p.adcode for p in find_peers("440000", "neighbours", 2017)}
    for adcode, near in boundaries().neighbours.items():
        lines = {p.adcode for p in find_peers(adcode, "neighbours", 2017)}
        assert lines == {*near, *LINKS.get(adcode, ())}


def test_peers_by_income_are_the_five_nearest():
    values = snapshot_of("gdp_per_capita", 2017).values_by_adcode()
    peers = find_peers("520000", "income", 2017)
    gaps = sorted(abs(values[a] - values["520000"]) for a in evaluated_adcodes() if a != "520000")
    assert [abs(p.distance) for p in peers] == pytest.approx(gaps[:5])


def test_peers_by_region_and_profile():
    northeast = {p.adcode for p in find_peers("220000", "region", 2017)}
    assert northeast == {"210000", "230000"}
    peers = find_peers("110000", "profile", 2017)
    assert peers[0].adcode == "310000"
    assert [p.distance for p in peers] == sorted(p.distance for p in peers)
    ranks = [
        {s.measure.id: s.cell.percentile for s in comparable_standings(a, 2017)}
        for a in ("110000", "310000")
    ]
    shared = ranks[0].keys() & ranks[1].keys()
    mean = sum(abs(ranks[0][m] - ranks[1][m]) for m in shared) / len(shared)
    assert peers[0].distance == pytest.approx(mean)


@pytest.mark.parametrize("kind", list(PEER_KINDS))
def test_only_neighbours_are_known_of_units_that_are_not_evaluated(kind):
    assert bool(find_peers("810000", kind, 2017)) == (kind == "neighbours")


# ---- strengths ----


@pytest.mark.parametrize("adcode", evaluated_adcodes())
def test_strengths_and_weaknesses_follow_their_rule(adcode):
    strong, weak = (
        [one.standing for one in strengths_and_weakness]
        for strengths_and_weakness in strengths_and_weaknesses(adcode, 2017)
    )
    every = comparable_standings(adcode, 2017)
    assert all(standing.cell.status is not Status.DOUBTFUL for standing in every)
    assert {s.measure.id for s in every if s.cell.rank <= LEADING_COUNT} <= {
        s.measure.id for s in strong
    }
    assert len(strong) >= STANDOUT_COUNT
    rest = sorted(s.cell.percentile for s in every if s not in strong)
    assert [s.cell.percentile for s in weak] == rest[:STANDOUT_COUNT]
    lowest = min(s.cell.percentile for s in strong)
    assert all(s.cell.percentile <= lowest or s.cell.rank > LEADING_COUNT for s in weak)


def test_against_peers_is_the_distance_to_their_median():
    near = ["310000", "120000", "320000"]
    lead, lag = compare_with_peers("110000", near, 2017)
    for one in (*lead, *lag):
        cells = one.standing.snapshot.cells
        theirs = sorted(
            cells[a].percentile
            for a in near
            if cells[a].percentile is not None and cells[a].status is not Status.DOUBTFUL
        )
        middle = theirs[1] if len(theirs) == 3 else sum(theirs) / 2
        assert one.gap == pytest.approx(one.standing.cell.percentile - middle)
    assert all(one.gap > 0 for one in lead)
    assert all(one.gap < 0 for one in lag)


# ---- changes ----


def test_a_break_parts_the_years():
    assert longest_period(published_measures()["enterprises_with_ecommerce"]) == (2017, 2022)
    assert longest_period(published_measures()["fixed_broadband_per_100"]) == (2016, 2024)
    assert longest_period(published_measures()["internet_penetration"]) is None


def test_a_doubtful_cell_in_between_forbids_a_change():
    measure = published_measures()["software_revenue_share_gdp"]
    assert snapshot_of(measure.id, 2021).cells["150000"].status is Status.DOUBTFUL
    assert change_of(measure, "150000") is None
    for change in (g for m in INDICATORS for g in all_changes(m)):
        assert change.first.status is not Status.DOUBTFUL
        assert change.last.status is not Status.DOUBTFUL


def test_nominal_is_money_of_the_year_over_what_is_no_money():
    assert is_nominal(published_measures()["it_service_revenue_per_resident"])
    assert is_nominal(published_measures()["disposable_income"])
    assert not is_nominal(published_measures()["software_revenue_share_gdp"])
    assert not is_nominal(published_measures()["telecom_volume_per_resident"])
    assert not is_nominal(published_measures()["urbanization"])


# ---- sentences ----


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text))


def read(figure, lang):
    """What a figure of a sentence must show, read from the data again."""
    t = translator(lang)
    measure = published_measures()[figure.measure]
    snapshot = snapshot_of(figure.measure, figure.year)
    if figure.part in {"count", "level"}:
        return None  # checked where they are counted
    if not figure.adcode:
        value = snapshot.national.value
        return {
            format_value(value, measure, t),
            format_number(value, measure, t),
        }
    cell = snapshot.cells[figure.adcode]
    if figure.part == "value":
        return {
            format_value(cell.value, measure, t),
            format_number(cell.value, measure, t),
        }
    if figure.part == "gap":
        percent = standing_in(figure.adcode, measure, figure.year).gap_to_national_pct
        return {t.format_number(abs(percent))}
    return {str(getattr(cell, figure.part))}


def check(sentence: Sentence, lang: str) -> None:
    """Every figure is that of its cell, and no other number stands in the sentence."""
    known = {str(year) for year in range(2016, 2025)}
    for figure in sentence.figures:
        assert figure.text in sentence.text
        allowed = read(figure, lang)
        assert allowed is None or figure.text in allowed
        known |= numbers(figure.text)
    titles = "".join(measure_name(m, translator(lang)) for m in published_measures().values())
    titles += "".join(m.unit_en + m.unit_zh for m in published_measures().values())
    assert numbers(sentence.text) <= known | numbers(titles)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("adcode", list(provinces()))
@pytest.mark.parametrize("year", [2017, 2024])
def test_a_portrait_is_three_to_six_sentences_of_traced_numbers(adcode, lang, year):
    sentences = describe_province(adcode, year, translator(lang))
    assert 3 <= len(sentences) <= 6
    for sentence in sentences:
        if provinces()[adcode].evaluated:
            check(sentence, lang)
        assert sentence.text.endswith("." if lang == "en" else "。")
        assert "{" not in sentence.text


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("highest", [True, False])
def test_a_portrait_names_or_counts_every_indicator_level_with_the_last_one_named(highest, lang):
    t = translator(lang)
    counted = 0
    for adcode, year in product(evaluated_adcodes(), range(2016, 2025)):
        sentence = next(
            (
                s
                for s in describe_province(adcode, year, t)
                if re.search("; its low|最靠后", s.text)
            ),
            None,
        )
        if sentence is None:
            continue
        text = re.split("; its low|；", sentence.text)[0 if highest else 1]
        sign = 1 if highest else -1
        standings = comparable_standings(adcode, year)
        results = {s.measure.id: sign * s.cell.percentile for s in standings}
        named = set()
        rest = text.lower()
        for s in sorted(standings, key=lambda s: -len(measure_name(s.measure, t))):
            if (name := measure_name(s.measure, t).lower()) in rest:
                named.add(s.measure.id)
                rest = rest.replace(name, "")
        last = min(results[measure] for measure in named)
        assert {measure for measure, percentile in results.items() if percentile > last} <= named
        more = sum(p >= last for p in results.values()) - len(named)
        levels = [int(n) for n in re.findall(r"\d+(?= more)|(?<=另有)\d+", text)]
        one_more = re.search("one more|另有一项", text) is not None
        assert levels == ([more] if more > 1 else []), (adcode, year)
        assert one_more == (more == 1), (adcode, year)
        counted += more > 0
    assert counted > 20


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("measure", INDICATORS, ids=lambda m: m.id)
def test_sentences_on_leaders_and_gains_hold_for_every_year(measure, lang):
    t = translator(lang)
    for year in measure.years:
        sentence = describe_leaders(measure, year, t)
        check(sentence, lang)
        snapshot = snapshot_of(measure.id, year)
        named = [f.adcode for f in sentence.figures if f.part == "value"]
        assert all(snapshot.cells[a].status is not Status.DOUBTFUL for a in named)
        sound = [c for c in snapshot.cells.values() if c.rank and c.status is not Status.DOUBTFUL]
        assert snapshot.cells[named[0]].value == max(c.value for c in sound)
        assert any(f.part == "count" for f in sentence.figures) == (len(sound) < 31)
    check(describe_risers(measure, t), lang)


def test_a_gain_at_current_prices_says_nominal():
    assert (
        "nominal"
        in describe_risers(
            published_measures()["it_service_revenue_per_resident"], translator("en")
        ).text
    )
    assert (
        "名义"
        in describe_risers(
            published_measures()["it_service_revenue_per_resident"], translator("zh")
        ).text
    )
    assert (
        "nominal"
        not in describe_risers(published_measures()["urbanization"], translator("en")).text
    )


# ---- ties and falls ----


def raw_changes(measure):
    """Each province's change over the span, from the cells and not from geo.analysis.change."""
    first, last = longest_period(measure)
    years = [year for year in measure.years if first <= year <= last]
    cells = {year: snapshot_of(measure.id, year).cells for year in years}
    sound = [
        a
        for a in evaluated_adcodes()
        if all(cells[y][a].status is not Status.DOUBTFUL for y in years)
        and cells[first][a].value is not None
        and cells[last][a].value is not None
    ]
    return {a: cells[last][a].value - cells[first][a].value for a in sound}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_only_rises_are_named_as_rises_and_falls_are_counted(lang):
    faults = []
    for measure in (
        m for m in published_measures().values() if m.kind != "report" and longest_period(m)
    ):
        changes = raw_changes(measure)
        text = describe_risers(measure, translator(lang)).text
        # A measure's own name may hold that of a place: “Peking University” in Chinese.
        result = text.replace(measure_name(measure, translator(lang)), "")
        names = {a for a in evaluated_adcodes() if provinces()[a].name_in(lang) in result}
        rose = sorted((a for a in changes if changes[a] > 1e-9), key=lambda a: -changes[a])
        fell = sum(change < -1e-9 for change in changes.values())
        lines = {a for a in rose if changes[a] >= changes[rose[min(2, len(rose) - 1)]] - 1e-9}
        if names != lines:
            faults.append(f"{measure.id}: names {names}, not {lines}")
        if bool(fell) != (("fell in" if lang == "en" else "下降") in text):
            faults.append(f"{measure.id}: {fell} fell: {text}")
        if fell and not re.search(rf"\b{fell} of|有{fell}个下降", text):
            faults.append(f"{measure.id}: {fell} fell: {text}")
        few = 0 < len(rose) <= 3 < len(changes)
        if few != bool(re.search("rose only|仅.+上升", text)):
            faults.append(f"{measure.id}: {len(rose)} rose: {text}")
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_leaders_name_or_count_everybody_level_at_the_last_place_named(lang):
    faults = []
    for measure in (m for m in published_measures().values() if m.kind != "report"):
        for year in measure.years:
            cells = snapshot_of(measure.id, year).cells.values()
            sound = [c for c in cells if c.value is not None and c.status is not Status.DOUBTFUL]
            values = sorted((c.value for c in sound), reverse=True)
            cut = values[min(2, len(values) - 1)]
            sentence = describe_leaders(measure, year, translator(lang))
            head = re.split(r"doubtful:|存疑", sentence.text)[0]
            head = head.replace(measure_name(measure, translator(lang)), "")
            counted = [int(f.text) for f in sentence.figures if f.part == "level"]
            named = [c for c in sound if provinces()[c.adcode].name_in(lang) in head]
            if len(named) + sum(counted) != sum(value >= cut for value in values):
                faults.append(f"{measure.id} {year}: {sentence.text}")
            if any(c.value < cut for c in named):
                faults.append(f"{measure.id} {year} names a lower one: {sentence.text}")
            shared = values.count(values[0]) > 1
            if shared != bool(re.search("share first place|并列第一", sentence.text)):
                faults.append(f"{measure.id} {year}, share first place: {sentence.text}")
    assert faults == []


def test_the_two_provinces_with_the_same_published_score_share_first_place():
    cells = snapshot_of("egov_capability", 2019).cells
    assert {cells[a].status for a in ("330000", "440000")} == {Status.VALUE}
    text = describe_leaders(published_measures()["egov_capability"], 2019, translator("en")).text
    assert "Zhejiang and Guangdong share first place at 96.73" in text


# ---- the dimension ----


@pytest.mark.slow
def test_the_matrix_has_31_rows_the_published_ten_first():
    for name in dimension_ids():
        rows = dimension_matrix(name, 2017)
        assert sorted(row.adcode for row in rows) == sorted(evaluated_adcodes())
        ten = [cell.adcode for cell in published_ten(name)]
        assert [row.adcode for row in rows][: len(ten)] == ten
        assert {len(row.standings) for row in rows} == {len(indicators_of(name))}
    assert published_ten("network_security") == published_ten("policy_environment") == []


def test_correlations_against_a_reckoning_by_hand():
    correlations = measure_correlations("technology_industry", 2017)
    # Two doubtful figures of the technology market in 2017 must stay out.
    a, b = "software_revenue_share_gdp", "technology_market_share_gdp"
    cells = [snapshot_of(m, 2017).cells for m in (a, b)]
    both = [
        p
        for p in evaluated_adcodes()
        if all(c[p].value is not None and c[p].status is not Status.DOUBTFUL for c in cells)
    ]

    def ranks(value):
        values = [value[p].value for p in both]
        return [sum(v < x for v in values) + (values.count(x) + 1) / 2 for x in values]

    x, y = (ranks(cell) for cell in cells)
    middle = (len(both) + 1) / 2
    top = sum((i - middle) * (j - middle) for i, j in zip(x, y, strict=True))
    below = (sum((i - middle) ** 2 for i in x) * sum((j - middle) ** 2 for j in y)) ** 0.5
    assert correlations.coefficients.loc[a, b] == pytest.approx(top / below)
    assert correlations.counts.loc[a, b] == len(both)


def test_trend_has_the_country_four_regions_and_the_chosen():
    points = trend_points(published_measures()["urbanization"], ["110000"])
    lines = {p.line for p in points}
    assert lines == {"national", "Eastern", "Central", "Western", "Northeast", "110000"}
    assert {p.year for p in points} == set(range(2016, 2025))


def test_places_beside():
    snapshot = snapshot_of("report_comprehensive", 2017)
    assert adjacent_provinces(snapshot, "110000") == ("", "440000")
    assert adjacent_provinces(snapshot, "420000") == ("510000", "")
    assert adjacent_provinces(snapshot, "520000") is None
    assert adjacent_provinces(snapshot_of("report_network_security", 2017), "350000") is None


def test_population():
    people, year = resident_population("110000", 2017)
    assert (round(people / 1e4), year) == (2194, 2017)
    assert resident_population("810000", 2017) is None
