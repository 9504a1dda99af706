"""Every superlative, rise, tie and place that the atlas writes, checked against the cells.

The sentences are read back from their text (tests.geo.captions.sentence_reader) and held against
the cells by a few lines that share no code with those that write them: all measures, years,
provinces, and a seeded thousand of pairs, in both languages.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from functools import cache

import pytest

from geo.analysis import build_difference_map, published_measures, snapshot_of
from geo.captions import describe_leaders, describe_province, describe_risers
from geo.captions.maps import title_for_country, title_for_province
from geo.captions.pairs import pair_title
from geo.measures import Scale
from geo.tables import dataset
from geo.text import InputError, translator
from geo.units import evaluated_adcodes, provinces
from tests.cases import pair_maps
from tests.geo.captions.sentence_reader import adcodes, items, number, read

LANGS = ("en", "zh")
PAIRS = 1000
PORTRAIT_YEARS = (2017, 2020, 2023)
OPEN = [entry for entry in published_measures().values() if entry.kind in ("indicator", "index")]

EVERYONE = 31
LEADERS = [
    "{measure}, {year}: highest in {list}{gap}.",
    "{measure}, {year}: {first}, followed by {list}{gap}.",
    "{measure}, {year}: {first}{gap}.",
]
SHARED = [
    "{count} provinces share first place at {value}, the maximum of the scale",
    "{count} provinces share first place at {value}",
    "{names} share first place at {value}, the maximum of the scale",
    "{names} share first place at {value}",
]
RISERS = [
    "{head}: no province rose; the value fell in {fallen} of {compared}.",
    "{head}: rose only in {list}; the value fell in {fallen} of {compared}.",
    "{head}: rose only in {list}{gap}.",
    "{head}: largest rise in {list}; the value fell in {fallen} of {compared}.",
    "{head}: largest rise in {list}{gap}.",
]
HEADS = [
    "{measure}, {first} to {last}, nominal (current prices)",
    "{measure}, {first} to {last}",
]
NO_CHANGE = [
    "{measure}: available for {year} only, so there is no change to give.",
    "{measure}: no two years are comparable.",
]
HIGHEST = [
    f"{{names}} {verb} in {{topic}}{rest}"
    for verb in ("ranks highest", "rank first and second", "rank highest")
    for rest in (
        " in {year}", "", " in {year}, of {count} provinces with reliable values",
    )
] + [
    f"{{names}} {verb} of {{count}} provinces in {{topic}}"
    for verb in ("ranks highest", "rank first and second", "rank highest")
] + [
    "{names} leads {topic} in {year}",
    "{names} take the first two places in {topic} in {year}",
    "{names} lead {topic} in {year}",
]  # fmt: skip
STANDS = [
    *(
        f"{{name}} {verb} of {{of}}{rest}"
        for verb in ("ranks {place}", "shares {place} place")
        for rest in (" provinces in {topic} in {year}", " in {topic}")
    ),
    *(
        f"{{name}} {verb} of {{of}} in {{topic}}{year}, {gap} {{national}}"
        for verb in ("ranks {place}", "shares {place} place")
        for year in (" in {year}", "")
        for gap in ("equal to", "{gap}% above", "{gap}% below")
    ),
]
NO_STANDING = [
    "{topic}: the series does not cover {name}",
    "{topic}: {name} has too few values for a score",
    "{topic}: no value is published for {name}",
    "{topic}: the value of {name}, {value}, is doubtful",
]
MOST = [
    "{topic} rose most in {name}, {period}: from {first} to {last}",
    "{topic} rose most in {name}, {period}",
    "{topic} rose most in {name} of {count} provinces, {period}: {first} to {last}",
    "{topic} rose most in {name} of {count} provinces, {period}",
    "{topic} rose most in {name} (of {count}), {period}",
    "{topic} rose nowhere; least fall in {name}, {period}: from {first} to {last}",
    "{topic} rose nowhere; least fall in {name}, {period}",
    "{topic} rose in none of {count} provinces; least fall in {name}, {period}: {first} to {last}",
    "{topic} rose in none of {count} provinces; least fall in {name}, {period}",
]
GROWTH = [
    "{topic} grew fastest in {name}, {period}: by {percent}%",
    "{topic} grew fastest in {name}, {period}",
    "{topic} grew fastest in {name} of {count} provinces, {period}: by {percent}%",
    "{topic} grew fastest in {name} of {count} provinces, {period}",
    "{topic} grew fastest in {name} (of {count}), {period}",
    "{topic} grew nowhere; least fall in percent in {name}, {period}",
    "{topic} grew nowhere; least fall in {name}, {period}",
    "{topic} grew in none of {count} provinces; least fall in percent in {name}, {period}",
    "{topic} grew in none of {count} provinces; least fall in {name}, {period}",
]
ALIKE = [
    "{level} of {count} provinces share the largest rise in {topic}, {period}",
    "{names} share the largest rise of {count} provinces in {topic}, {period}",
]
MOVES = [
    f"{{name}} {verb} most places{of}{topic}, {{early}} to {{late}}: {way} {{moved}}"
    for verb, way in (("gained", "up"), ("lost", "down"))
    for of in ("", " of {count} provinces")
    for topic in (" in {topic}", "")
] + [
    "{level} of {count} provinces moved most in {topic}, {early} to {late}: {moved} places",
    "{level} of {count} provinces moved most, {early} to {late}: {moved} places",
]
DIFFERS = [
    "{name} has the widest gap: {first_place} in {first}, {second_place} in {second}",
    "Of {count} provinces, {name} has the widest gap: {first_place} in {first}, {second_place} in"
    " {second}",
    "Widest gap of {count}: {name}, {first_place} in {first}, {second_place} in {second}",
    "{level} of {count} provinces differ most, by {moved} ranks, between {first} and {second}",
]
SAME_PLACES = [
    "All {count} provinces have the same rank in {first} and in {second}",
    "All {count} provinces rank the same in {topic} in {early} and in {late}",
    "All {count} provinces rank the same in {early} and in {late}",
]
BESIDE = [
    "{topic} in {first} and in {second}",
    "{first} compared with {second}",
    "Two measures side by side: {first} and {second}",
]


@cache
def values(measure: str, year: int) -> dict[str, float]:
    """The values that may be called first or last: published or derived, and not doubtful."""
    return {
        adcode: cell.value
        for adcode, cell in snapshot_of(measure, year).cells.items()
        if cell.value is not None and not cell.is_doubtful
    }


def place_of(adcode: str, held: dict[str, float]) -> int:
    return 1 + sum(value > held[adcode] for value in held.values())


def is_shown(result: float, value: float, measure) -> bool:
    return abs(result - value) <= 0.5 * 10**-measure.decimals + 1e-9


def check_count(slots: dict[str, str], held: int) -> None:
    """A sentence says of how many it holds; without a count, it holds of all 31."""
    counts = [number(slots[name]) for name in ("count", "compared") if slots.get(name)]
    if slots.get("gap") and number_in(slots["gap"]):
        counts.append(number(slots["gap"]))
    assert counts == ([held] if counts else []), (slots, held)
    assert counts or held == EVERYONE, slots


def number_in(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


# ---- one measure ----


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", OPEN, ids=lambda entry: entry.id)
def test_leaders_are_the_highest_and_all_that_are_level(measure, lang):
    t = translator(lang)
    for year in measure.years:
        if snapshot_of(measure.id, year).scale is not Scale.QUANTITY:
            continue
        held = values(measure.id, year)
        _, slots = read(describe_leaders(measure, year, t).text, LEADERS, t)
        assert int(number(slots["year"])) == year
        check_count({"gap": slots.get("gap", "")}, len(held))
        counter = Counter()  # how many are told of, by value
        named = set()
        if slots.get("first"):
            _, shared = read(slots["first"], SHARED, t)
            top = max(held.values())
            level = {a for a, value in held.items() if value == top}
            assert is_shown(number(shared["value"]), top, measure)
            if shared.get("names"):
                assert set(adcodes(shared["names"], t)) == level
            else:
                assert number(shared["count"]) == len(level)
            assert len(level) > 1
            counter[top], named = len(level), named | level
        for item in items(slots.get("list", ""), t):
            (result,) = item.numbers
            rest = {a: value for a, value in held.items() if a not in named}
            best = max(rest.values())
            level = {a for a, value in rest.items() if value == best}
            assert is_shown(result, best, measure), (year, item)
            if item.adcode:
                assert item.adcode in level, (year, item)
                named.add(item.adcode)
            else:
                assert item.count == len(level)
                named |= level
            counter[best] += item.count
        for value, count in counter.items():
            assert count == sum(held_value == value for held_value in held.values()), (year, value)
        assert sum(counter.values()) >= min(3, len(held))


@cache
def changes(measure: str, first: int, last: int) -> dict[str, float]:
    """The change of each province that has a sound value in every year from first to last."""
    years = [year for year in published_measures()[measure].years if first <= year <= last]
    held = [values(measure, year) for year in years]
    return {a: held[-1][a] - held[0][a] for a in held[0] if all(a in entry for entry in held)}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "measure", [entry for entry in OPEN if entry.kind == "indicator"], ids=lambda value: value.id
)
def test_rises_are_the_largest_and_falls_are_counted(measure, lang):
    t = translator(lang)
    message, slots = read(describe_risers(measure, t).text, RISERS + NO_CHANGE, t)
    if message in NO_CHANGE:
        return
    _, head = read(slots["head"], HEADS, t)
    # The unit of the measure may have a year, too, as in prices of 2015.
    first, last = (int(re.findall(r"\d{4}", head[end])[-1]) for end in ("first", "last"))
    held = changes(measure.id, first, last)
    rose = {a: change for a, change in held.items() if change > 1e-9}
    fell = [a for a, change in held.items() if change < -1e-9]
    if "{fallen}" in message:
        assert number(slots["fallen"]) == len(fell) > 0
        assert number(slots["compared"]) == len(held)
    else:
        assert not fell
        check_count({"gap": slots["gap"]}, len(held))
    named = items(slots["list"], t) if slots.get("list") else []
    for item in named:
        before, after = item.numbers
        assert after > before or measure.decimals == 0
        assert is_shown(before, values(measure.id, first)[item.adcode], measure)
        assert is_shown(after, values(measure.id, last)[item.adcode], measure)
    lines = {item.adcode for item in named}
    assert lines <= set(rose)
    others = [change for a, change in rose.items() if a not in lines]
    assert all(change < min(rose[a] for a in lines) for change in others) if lines else not rose
    if "only" in message:
        assert lines == set(rose)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", OPEN, ids=lambda entry: entry.id)
def test_titles_of_maps_name_the_leaders_and_nobody_else(measure, lang):
    t = translator(lang)
    for year in measure.years:
        snapshot = snapshot_of(measure.id, year)
        held = values(measure.id, year)
        text = title_for_country(snapshot, measure, t).text
        top = max(held.values())
        first = [a for a, value in held.items() if value == top]
        if len(first) > 1:
            named = adcodes(text, t)
            assert set(named) == set(first) or number_in(text), (year, text)
            continue
        message, slots = read(text, HIGHEST, t)
        named = adcodes(slots["names"], t)
        best = sorted(held, key=lambda adcode: -held[adcode])
        assert named[0] == first[0]
        assert {held[a] for a in named} == {held[a] for a in best[: len(named)]}, (year, text)
        assert all(held[a] < min(held[n] for n in named) for a in held if a not in named)
        assert (len(named) == 1) == ("ranks" in message or "leads" in message)
        assert (len(named) == 2) == ("first and second" in message or "first two" in message)
        if slots.get("year"):
            assert int(number(slots["year"])) == year
        check_count(slots, len(held))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", OPEN, ids=lambda entry: entry.id)
def test_titles_of_maps_with_a_province_tell_its_place(measure, lang):
    t = translator(lang)
    for number_of, adcode in enumerate(provinces()):
        year = measure.years[number_of % len(measure.years)]
        snapshot = snapshot_of(measure.id, year)
        text = title_for_province(snapshot.cells[adcode], snapshot, measure, t).text
        message, slots = read(text, STANDS + NO_STANDING, t)
        assert adcodes(slots["name"], t) == [adcode]
        if message in NO_STANDING:
            assert adcode not in values(measure.id, year)
            continue
        every = snapshot.values_by_adcode()
        assert number(slots["place"]) == place_of(adcode, every), (year, text)
        assert number(slots["of"]) == len(every)
        level = sum(value == every[adcode] for value in every.values()) > 1
        assert ("shares" in message) == level
        if slots.get("gap"):
            apart = 100 * (every[adcode] / snapshot.national.value - 1)
            assert is_shown(
                number(slots["gap"]), abs(apart), published_measures()["population_density"]
            )
            assert ("above" in message) == (apart > 0)


# ---- two measures or years ----


def pairs_of(seed: str) -> list[tuple[str, int, str, int]]:
    draw = random.Random(seed)
    every = [
        measure
        for measure in published_measures().values()
        if measure.kind in ("indicator", "index", "report")
    ]
    results = []
    for turn in range(PAIRS):
        first = draw.choice(every)
        second = first if turn % 2 else draw.choice(every)
        results.append((first.id, draw.choice(first.years), second.id, draw.choice(second.years)))
    return results


def ranks_of(measure: str, year: int, among: set[str]) -> dict[str, int]:
    """Places of some provinces in a measure: its published ranks, or counted among its values."""
    cells = snapshot_of(measure, year).cells
    return {a: cells[a].rank for a in among if cells[a].rank}


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_a_thousand_pairs_of_maps_tell_changes_and_places_as_they_are(lang):
    t = translator(lang)
    counter = Counter()
    for entry in pairs_of("pairs of maps"):
        try:
            both = pair_maps(*entry)
            difference = build_difference_map(both)
        except InputError:
            continue
        text = pair_title(both, difference, t).text
        message, slots = read(
            text, [*MOST, *GROWTH, *ALIKE, *MOVES, *DIFFERS, *SAME_PLACES, *BESIDE], t
        )
        counter[message] += 1
        if message in MOST + GROWTH + ALIKE:
            check_change(entry, message, slots, t)
        elif message not in BESIDE:
            check_places(entry, difference, message, slots, t)
    assert sum(counter[message] for message in MOST) > 200
    assert sum(counter[message] for message in (*MOVES, *DIFFERS)) > 400


def check_change(value, message, slots, t):
    measure = published_measures()[value[0]]
    early, late = sorted((value[1], value[3]))
    held = changes(measure.id, early, late)
    broken = dataset().breaks.query("indicator in @measure.series_ids")["year"]
    assert not [year for year in broken if early < year <= late], value
    assert (message in GROWTH) == measure.is_total or message in ALIKE
    if measure.is_total:  # by the share of the earlier value, as its map shows it
        held = {a: change / values(measure.id, early)[a] for a, change in held.items()}
    most = max(held.values())
    first = {a for a, change in held.items() if abs(change - most) < 1e-9}
    check_count(slots, len(held))
    if message in ALIKE:
        assert len(first) > 1
        if slots.get("names"):
            assert set(adcodes(slots["names"], t)) == first
        else:
            assert number(slots["level"]) == len(first)
        return
    assert set(adcodes(slots["name"], t)) == first, value
    assert any(verb in message for verb in ("rose most", "grew fastest")) == (most > 0)
    if slots.get("percent"):
        assert number(slots["percent"]) == pytest.approx(100 * most, abs=0.051)
    if slots.get("first"):
        (adcode,) = first
        assert is_shown(number(slots["first"]), values(measure.id, early)[adcode], measure)
        assert is_shown(number(slots["last"]), values(measure.id, late)[adcode], measure)


def check_places(value, difference, message, slots, t):
    """Places among the provinces that both maps have, from the earlier year to the later."""
    one, other = value[:2], value[2:]
    if one[0] == other[0] and one[1] > other[1]:
        one, other = other, one
    cells = [snapshot_of(*side).cells for side in (one, other)]
    both = {a for a in evaluated_adcodes() if cells[0][a].rank and cells[1][a].rank}
    places = [{a: side[a].rank for a in both} for side in cells]
    if difference.ranked_again:  # counted again among those that both have
        places = [{a: 1 + sum(side[b] < side[a] for b in both) for a in both} for side in places]
    sound = {a for a in both if not any(side[a].is_doubtful for side in cells)}
    moves = {a: places[0][a] - places[1][a] for a in sound}
    furthest = max(abs(move) for move in moves.values())
    movers = {a for a, move in moves.items() if abs(move) == furthest}
    if message in SAME_PLACES:
        assert furthest == 0
    else:
        assert furthest > 0
    check_count(slots, len(sound))
    if slots.get("moved"):
        assert number(slots["moved"]) == furthest, value
    if slots.get("level"):
        assert number(slots["level"]) == len(movers) > 1, value
    if slots.get("name"):
        (mover,) = movers
        assert adcodes(slots["name"], t) == [mover], value
        if message in MOVES:
            assert ("gained" in message) == (moves[mover] > 0), value
        else:
            results = [number(slots["first_place"]), number(slots["second_place"])]
            assert results == [side[mover] for side in places], value


# ---- one province ----

RANKS = [
    "The report of {year} ranks {name} {place} in its comprehensive index.",
    "The report of {year} publishes only the first ten provinces of its comprehensive ranking;"
    " {name} is not among them.",
]
INCOMES = [
    f"Gross regional product per capita was {{value}} yuan{year} ({{place}}), {{gap}}%"
    f" {side} the national value of {{national}} yuan."
    for side in ("above", "below")
    for year in ("", " in {year}")
]
LEADS = (
    "In {year}, {name} ranked first among {of} provinces in {list}{more}; its lowest ranks were in"
    " {lowest}{fewer}."
)
LISTS = [
    LEADS,
    "In {year}, the highest ranks of {name} among {of} provinces were in {list}{more}; its lowest"
    " were in {lowest}{fewer}.",
]
TRENDS = [
    "{measure} rose from {first} in {first_year} to {last} in {last_year} (national value:"
    " {before} to {after}).",
    "{measure} fell from {first} in {first_year} to {last} in {last_year} (national value:"
    " {before} to {after}).",
]
PEERS = "By its ranks in the open indicators, {name} is most similar to {list}."


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("adcode", evaluated_adcodes())
def test_the_portrait_of_a_province_states_its_places(adcode, lang):
    t = translator(lang)
    by_name = {
        t.localized(measure, "name"): measure for measure in OPEN if measure.kind == "indicator"
    }
    for year in PORTRAIT_YEARS:
        year_said = ""
        for sentence in describe_province(adcode, year, t):
            known = [*RANKS, *INCOMES, *LISTS, *TRENDS, PEERS]
            message, slots = read(sentence.text, known, t)
            if slots.get("name"):
                assert adcodes(slots["name"], t) == [adcode]
            if message in RANKS:
                rank = snapshot_of("report_comprehensive", 2017).cells[adcode].rank
                place = slots.get("place")
                assert (number(place) if place else None) == rank
            elif message in INCOMES:
                assert slots.get("year") != year_said
                snapshot = snapshot_of("gdp_per_capita", int(slots.get("year", year_said)))
                value, nation = snapshot.cells[adcode].value, snapshot.national.value
                assert number(slots["value"]) == round(value)
                assert number(slots["place"]) == place_of(adcode, snapshot.values_by_adcode())
                assert ("above" in message) == (value >= nation)
                assert abs(number(slots["gap"]) - abs(100 * (value / nation - 1))) <= 0.5
            elif message in LISTS:
                year_said = slots["year"]
                assert sentence.text.count(year_said) == 1
                assert len(re.findall(r"31个省份|31 provinces", sentence.text)) == 1
                check_list(adcode, slots["list"] + slots["more"], slots, by_name, best=True)
                check_list(adcode, slots["lowest"] + slots["fewer"], slots, by_name, best=False)
            elif message in TRENDS:
                check_trend(adcode, slots, by_name)


def check_list(adcode, text, slots, by_name, best):
    """The ranks are true, and the list runs from its best (worst) percentile inwards.

    A rank has the year and the number of provinces of its sentence, unless it says its own; a
    measure without a rank is one in which the province is first.
    """
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    lower_names = {name.lower(): measure for name, measure in by_name.items()}
    shares = []
    for name, inside in re.findall(rf"({names})(?: ?[(（]([^)）]+)[)）])?", text, re.IGNORECASE):
        measure = lower_names[name.lower()]
        year, *ranks = sorted(map(int, re.findall(r"\d+", inside)), reverse=True) or [1]
        if year < 2000:
            ranks, year = [year, *ranks], int(slots["year"])
        of, rank = ranks if len(ranks) > 1 else (int(slots["of"]), ranks[0])
        held = snapshot_of(measure.id, year).values_by_adcode()
        assert (rank, of) == (place_of(adcode, held), len(held)), (name, inside)
        shares.append((rank - 1) / max(1, of - 1))
    assert 1 <= len(shares) <= 3
    assert shares == sorted(shares, reverse=not best)


def check_trend(adcode, slots, by_name):
    entry = by_name[slots["measure"]]
    for value, year, nation in (("first", "first_year", "before"), ("last", "last_year", "after")):
        at = snapshot_of(entry.id, int(slots[year]))
        assert is_shown(number(slots[value]), at.cells[adcode].value, entry)
        assert is_shown(number(slots[nation]), at.national.value, entry)


@pytest.mark.parametrize("name", ["gdp_per_capita", "disposable_income", "urbanization"])
def test_rises_at_current_prices_are_called_nominal(name):
    said = str(describe_risers(published_measures()[name], translator("en")))
    assert ("nominal (current prices)" in said) == (name != "urbanization")
