"""The words around pictures, held against the figures for all measures, years and provinces."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from geo import wording
from geo.captions import comparison_caption, index_caption, listtitles, map_caption, profile_caption
from geo.captions.caption import MAX_TITLE_LENGTH
from geo.captions.maps import map_title
from geo.captions.pairtitles import notable_differences
from geo.captions.sources import BOUNDARIES
from geo.cells import Scale, Status
from geo.compare.pair import build_map_pair
from geo.compare.third import build_difference_map
from geo.dataset import dataset
from geo.errors import InputError
from geo.index.model import score_index
from geo.index.recipe import presets
from geo.indicators import dimension_ids, indicators_of
from geo.measures import all_measures, snapshot_of
from geo.provinces import evaluated_adcodes, provinces
from geo.sentences import Sentence, SentenceBuilder
from geo.text import translator
from pages.parts import about

LANGUAGES = ("en", "zh")
EVERY = list(all_measures().values())
INDICATORS = [m for m in EVERY if m.kind == "indicator"]
LISTS = [m for m in EVERY if m.kind == "report"]
INDEXES = [m for m in EVERY if m.kind == "index"]
GAPS = (Status.OUTSIDE, Status.NOT_PUBLISHED, Status.NOT_COVERED, Status.NOT_EVALUATED)
SUPERLATIVE = re.compile(r"highest|lowest|\bmost\b|furthest|least|最高|最低|最大|最多|最小")
ids = pytest.mark.parametrize("measure", EVERY, ids=lambda m: m.id)
langs = pytest.mark.parametrize("lang", LANGUAGES)


# ---- reading the figures anew ----


def sound(own):
    """Cells with a figure that is not doubtful, highest first."""
    found = [c for c in own.cells.values() if c.value is not None]
    return sorted((c for c in found if c.status is not Status.DOUBTFUL), key=lambda c: -c.value)


def formatted(value, measure, lang):
    """A value as written by hand: bare, or with its sign of percent."""
    bare = f"{value:,.{measure.decimals}f}"
    unit = measure.unit_zh if lang == "zh" else measure.unit_en
    return {bare, bare + unit, f"{bare} {unit}"}


def read(figure, lang):
    """What a figure must show, from its cell; None for counts, which their tests reckon."""
    measure = all_measures()[figure.measure]
    if figure.part not in {"value", "rank", "of", "low", "high", "gap"}:
        return None
    own = snapshot_of(measure.id, figure.year)
    if not figure.adcode:
        return formatted(own.national.value, measure, lang)
    cell = own.cells[figure.adcode]
    if figure.part == "value":
        return formatted(cell.value, measure, lang)
    if figure.part == "gap":
        return {f"{abs(100 * (cell.value / own.national.value - 1)):,.0f}"}
    if figure.part == "rank":
        return {str(cell.rank), *chinese_places(cell.rank)}
    return {str(getattr(cell, figure.part))}


def chinese_places(rank):
    """The first ten places in Chinese words, as lists of places have them."""
    return {"第" + "一二三四五六七八九十"[rank - 1]} if rank <= 10 else set()


def numbers(text):
    return re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)


def walk(sentence, lang):
    """Figures stand in their order and show their cells; what stands beside them is returned."""
    at, rest = 0, ""
    for figure in sentence.figures:
        whole = re.compile(rf"(?<![\d.,]){re.escape(figure.shown)}(?!\d|[.,]\d)")
        found = whole.search(sentence.text, at)
        assert found, figure
        rest += sentence.text[at : found.start()] + " "
        at = found.end()
        allowed = read(figure, lang)
        assert allowed is None or figure.shown in allowed, figure
    return rest + sentence.text[at:]


def check(sentence, lang, known=()):
    """No number stands in the sentence that is no figure, year or part of a name."""
    rest = walk(sentence, lang)
    names = {n for m in EVERY for n in numbers(m.name_en + m.name_zh + m.unit_en + m.unit_zh)}
    years = {str(year) for year in range(2016, 2025)}
    assert set(numbers(rest)) <= names | years | set(known)


def shown(sentence, part):
    return [f.shown for f in sentence.figures if f.part == part]


# ---- the pen ----


def test_figures_stand_in_the_order_of_the_sentence_whatever_the_order_of_writing():
    measure = all_measures()["urbanization"]
    pen = SentenceBuilder(translator("en"))
    later = pen.cite("2", measure, 2017, "110000", "rank")
    sooner = pen.cite("1", measure, 2017, "310000", "rank")
    pen.cite("3", measure, 2017, "310000", "rank")
    made = pen.build("{sooner} before {later}", sooner=sooner, later=later)
    assert made.text == "1 before 2"
    assert [f.adcode for f in made.figures] == ["310000", "110000"]


# ---- titles of one map ----


@langs
@ids
def test_a_title_shows_its_cells_and_fits_a_slide(measure, lang):
    for year in measure.years:
        made = map_caption(measure, year, translator(lang)).title
        check(made, lang)
        assert len(made.text) <= MAX_TITLE_LENGTH[lang]
        assert "{" not in made.text


@langs
@pytest.mark.parametrize("measure", INDICATORS, ids=lambda m: m.id)
def test_a_superlative_needs_one_sound_first_of_31_or_names_the_gap(measure, lang):
    for year in measure.years:
        own = snapshot_of(measure.id, year)
        cells = sound(own)
        made = map_caption(measure, year, translator(lang)).title
        assert shown(made, "count") == ([] if len(cells) == 31 else [str(len(cells))]) or (
            cells[0].value == cells[1].value
        )
        if cells[0].value == cells[1].value:
            assert not SUPERLATIVE.search(made.text)
            continue
        assert SUPERLATIVE.search(made.text)
        assert provinces()[cells[0].adcode].name_in(lang) in made.text
        values = [f.adcode for f in made.figures if f.part == "value"]
        assert values in ([], [cells[0].adcode], [cells[0].adcode, cells[-1].adcode])
        if re.search(r"lowest|最低", made.text):
            assert cells[-1].value < cells[-2].value
            assert values[-1] == cells[-1].adcode


@langs
@pytest.mark.parametrize("measure", INDEXES, ids=lambda m: m.id)
def test_the_open_index_is_named_and_tells_how_sure_its_first_place_is(measure, lang):
    for year in measure.years:
        cells = sound(snapshot_of(measure.id, year))
        made = map_caption(measure, year, translator(lang)).title
        assert ("open index" if lang == "en" else "开放指数") in made.text
        assert not SUPERLATIVE.search(made.text)
        if cells[0].value > cells[1].value:
            first = cells[0]
            interval = [("low", str(first.low)), ("high", str(first.high))]
            if first.low == first.high == 1:
                assert re.search("by every method|各方法均居第1位", made.text)
                interval = []
            assert [(f.part, f.shown) for f in made.figures if f.part != "of"] == [
                ("rank", "1"), *interval,
            ]  # fmt: skip
            assert shown(made, "of") == [str(len(cells))]
        else:
            assert shown(made, "count") == [str(len(cells))]


@langs
@pytest.mark.parametrize("measure", LISTS, ids=lambda m: m.id)
def test_a_list_of_the_report_tells_what_is_published_and_no_more(measure, lang):
    for year in measure.years:
        own = snapshot_of(measure.id, year)
        made = map_caption(measure, year, translator(lang)).title
        placed = sorted((c for c in own.cells.values() if c.rank), key=lambda c: c.rank)
        ranks = [(f.adcode, f.shown) for f in made.figures if f.part == "rank"]
        assert [adcode for adcode, _ in ranks] == [c.adcode for c in placed][: len(ranks)]
        for (_, place), cell in zip(ranks, placed, strict=False):
            assert place in {str(cell.rank), *chinese_places(cell.rank)}
        assert not SUPERLATIVE.search(made.text)
        assert ("report" if lang == "en" else "报告") in made.text
        if own.scale is Scale.NAMED:
            assert shown(made, "count") == ["10"]
            assert not ranks
        elif own.scale is Scale.PARTIAL:
            assert shown(made, "count") == [str(len(placed))]
        elif own.scale is Scale.AMONG_TEN:
            assert shown(made, "of") == ["10"]
        else:
            assert len(ranks) == 3
            assert shown(made, "of") == ["31"]


@langs
@ids
def test_a_title_about_a_province_is_about_its_cell(measure, lang):
    for year in measure.years:
        own = snapshot_of(measure.id, year)
        for adcode, cell in own.cells.items():
            made = map_title(own, measure, translator(lang), adcode)
            check(made, lang, known=("31",))
            assert provinces()[adcode].name_in(lang) in made.text
            assert {f.adcode for f in made.figures} <= {adcode}
            assert len(made.text) <= MAX_TITLE_LENGTH[lang]
            level = sum(c.value == cell.value for c in own.cells.values()) > 1
            if cell.status is Status.DOUBTFUL:
                assert ("doubtful" if lang == "en" else "存疑") in made.text
                assert not shown(made, "rank")
            elif cell.value is not None:
                assert shown(made, "rank") == [str(cell.rank)]
                assert ("shares" if lang == "en" else "并列") in made.text or not level
            elif cell.status in GAPS:
                assert not made.figures


# ---- the other words of one map ----


@langs
@ids
def test_the_alternative_text_has_classes_ends_and_gaps(measure, lang):
    t = translator(lang)
    for year in measure.years:
        own = snapshot_of(measure.id, year)
        made = map_caption(measure, year, t).alt
        walk(made, lang)
        for cell in own.cells.values():
            if cell.status in (Status.DOUBTFUL, Status.NOT_PUBLISHED, Status.TOO_FEW):
                assert provinces()[cell.adcode].name_in(lang) in made.text
        values = [f.adcode for f in made.figures if f.part == "value" and f.adcode]
        if own.scale is not Scale.QUANTITY:
            placed = {a for a, c in own.cells.items() if c.rank}
            assert {f.adcode for f in made.figures if f.part == "rank"} == placed
            continue
        cells = sound(own)
        assert shown(made, "count") == ([] if len(cells) == 31 else [str(len(cells))])
        classed = sum(c.value is not None for c in own.cells.values())
        assert sum(map(int, shown(made, "members"))) == classed
        ends = {c.adcode for c in cells if c.value in (cells[0].value, cells[-1].value)}
        assert ends <= set(values)
        assert not {c.adcode for c in own.cells.values() if c.status is Status.DOUBTFUL} & set(
            values
        )


@langs
@pytest.mark.parametrize("measure", INDICATORS, ids=lambda m: m.id)
def test_the_source_names_body_and_copy_of_each_series(measure, lang):
    made = map_caption(measure, measure.years[-1], translator(lang)).source
    for series in measure.indicators:
        row = dataset().catalogue.loc[series]
        assert row[f"source_{lang}"] in made
        assert row[f"via_{lang}"] in made


@langs
def test_pages_name_the_issuing_bodies_of_pictures_in_short(lang):
    t = translator(lang)
    for measure in EVERY:
        made = map_caption(measure, measure.years[0], t).source
        page = about.sources_block(measure, measure.years[0], t).unescape()
        assert t(BOUNDARIES) in page
        if measure.kind == "report":
            assert made in page
        for name in measure.series_ids:
            issuer = dataset().catalogue.loc[name, f"source_{lang}"]
            assert issuer in page
            assert issuer in made


@langs
@ids
def test_notes_end_with_the_boundaries_and_own_up(measure, lang):
    t = translator(lang)
    for year in measure.years:
        own = snapshot_of(measure.id, year)
        made = map_caption(measure, year, t).notes
        assert made[-1].text == t(BOUNDARIES)
        text = " ".join(note.text for note in made[:-1])
        for cell in own.cells.values():
            if cell.status is Status.DOUBTFUL:
                assert provinces()[cell.adcode].name_in(lang) in text
        current = measure.indicators and [
            dataset().catalogue.loc[name, "prices"] == "current" for name in measure.indicators
        ]
        nominal = bool(current) and current[0] and not all(current[1:] or [False])
        assert (t("At current prices: changes over years are nominal.") in text) == nominal
        ours = ("not its index", "并非报告的指数")[lang == "zh"]
        assert (ours in text) == (measure.kind == "index")


def test_notes_of_the_open_index_have_its_weights_and_its_agreement():
    made = map_caption(all_measures()["index_comprehensive"], 2017, translator("en")).notes
    weights = next(note for note in made if note.text.startswith("Weights"))
    assert shown(weights, "weight") == ["20"] * 5
    agreed = next(note for note in made if shown(note, "ours"))
    published = snapshot_of("report_comprehensive", 2017).cells
    ten = {a for a, cell in published.items() if cell.rank}
    for part, other in (("ours", "index_comprehensive"), ("wealth", "gdp_per_capita")):
        first = {a for a, c in snapshot_of(other, 2017).cells.items() if c.rank and c.rank <= 10}
        assert shown(agreed, part) == [str(len(ten & first))]
    assert shown(agreed, "chance") == ["3.2"]
    assert "our open index" in agreed.text
    assert "report of 2017" in agreed.text


@langs
@pytest.mark.parametrize("recipe", list(presets()))
def test_an_index_by_other_choices_says_so(recipe, lang):
    t = translator(lang)
    made = index_caption(score_index(presets()[recipe].recipe, 2017), t)
    name = t(presets()[recipe].name)
    marked = t("Made with the set “{name}”, not with the atlas’s default", name=name)
    assert (marked in made.subtitle) == (recipe != "default")
    assert (marked in made.notes[1].text) == (recipe != "default")
    default = map_caption(all_measures()["index_comprehensive"], 2017, t)
    assert (made == default) == (recipe == "default")


# ---- two maps ----


def pairs_of_years():
    found = []
    for measure in EVERY:
        years = list(
            dict.fromkeys([*pairwise(measure.years), (measure.years[0], measure.years[-1])])
        )
        found += [(measure.id, a, measure.id, b) for a, b in years if a != b]
    return found


def pairs_of_measures():
    """A measure of each kind beside one of each, and each measure beside the next."""
    found = [(a, b) for a, b in pairwise(EVERY)]
    found += [(a, b) for a in LISTS for b in INDEXES if a.dimension == b.dimension]
    found += [(b, a) for a in LISTS[:3] for b in INDICATORS[::6]]
    return [(a.id, a.nearest_year(2017), b.id, b.nearest_year(2017)) for a, b in found]


def made_of(own, lang):
    both = build_map_pair(*own)
    try:
        difference = build_difference_map(both)
    except InputError:
        difference = None
    return both, difference, comparison_caption(both, difference, translator(lang))


@langs
@pytest.mark.parametrize("own", pairs_of_years(), ids=str)
def test_a_change_is_of_sound_cells_without_a_break_and_nominal_where_it_is(own, lang):
    both, difference, made = made_of(own, lang)
    measure, early, late = both.first.measure, own[1], own[3]
    check(made.title, lang)
    assert len(made.title.text) <= MAX_TITLE_LENGTH[lang]
    if measure.kind == "report":
        return
    if difference is None or measure.kind == "index":
        assert not made.title.figures
        assert not SUPERLATIVE.search(made.title.text)
        return
    broken = dataset().breaks
    rows = broken[broken["indicator"].isin(measure.series_ids)]
    assert not [year for year in rows["year"] if early < year <= late]
    prices = [dataset().catalogue.loc[n, "prices"] == "current" for n in measure.series_ids]
    nominal = prices[0] and not all(prices[1:] or [False])
    assert (("nominal" if lang == "en" else "名义") in made.title.text) == nominal
    between = [snapshot_of(measure.id, y).cells for y in measure.years if early <= y <= late]
    changes = {
        a: between[-1][a].value - between[0][a].value
        for a in evaluated_adcodes()
        if between[0][a].value is not None
        and between[-1][a].value is not None
        and not any(cells[a].status is Status.DOUBTFUL for cells in between)
    }
    assert {c.adcode for c in notable_differences(both, difference)} == set(changes)
    most = max(changes.values())
    first = [a for a, change in changes.items() if change == pytest.approx(most, abs=1e-9)]
    if len(first) == 1:
        assert provinces()[first[0]].name_in(lang) in made.title.text
        assert {f.adcode for f in made.title.figures} <= {"", first[0]}
        assert shown(made.title, "count") == ([] if len(changes) == 31 else [str(len(changes))])
    elif shown(made.title, "level"):
        assert shown(made.title, "level") == [str(len(first))]


@langs
@pytest.mark.parametrize("measure", LISTS, ids=lambda m: m.id)
def test_a_change_of_places_runs_from_the_earlier_year_whichever_map_is_first(measure, lang):
    for early, late in combinations(measure.years, 2):
        one, other = (
            made_of((measure.id, first, measure.id, second), lang)[2].title.text
            for first, second in ((early, late), (late, early))
        )
        if re.search(r"\bmoves? |[前后]移", one):
            assert other == one, (early, late)


@langs
@pytest.mark.parametrize("own", pairs_of_measures(), ids=str)
def test_places_in_two_maps_are_compared_by_names_of_their_kinds(own, lang):
    both, difference, made = made_of(own, lang)
    own = made.title
    check(own, lang)
    assert len(own.text) <= MAX_TITLE_LENGTH[lang] or difference is None
    kinds = {both.first.measure.kind, both.second.measure.kind}
    if kinds == {"report", "index"}:
        assert ("open index" if lang == "en" else "开放指数") in own.text
        assert re.search("report|ublished" if lang == "en" else "报告", own.text)
    if difference is None or not own.figures:
        assert not SUPERLATIVE.search(own.text)
        return
    cells = [c for c in difference.drawn.snapshot.cells.values() if c.value is not None]
    cells = [c for c in cells if c.status is not Status.DOUBTFUL]
    furthest = max(abs(c.value) for c in cells)
    movers = [c.adcode for c in cells if abs(c.value) == furthest]
    if both.same_measure or len(movers) > 1 or not furthest:
        assert shown(own, "moved") == ([f"{furthest:g}"] if furthest else [])
    else:
        # Two measures: nothing moves, the places in both are said.
        assert not re.search(r"\bmove|up by|down by|前移|后移", own.text)
        places = [int(re.sub(r"\D", "", place)) for place in shown(own, "place")]
        assert abs(places[0] - places[1]) == furthest
        if not difference.anew:
            sides = (both.first.snapshot, both.second.snapshot)
            assert places == [side.cells[movers[0]].rank for side in sides]
    if len(movers) == 1:
        assert provinces()[movers[0]].name_in(lang) in own.text
        assert shown(own, "count") == ([] if len(cells) == 31 else [str(len(cells))])
    else:
        assert shown(own, "level") == [str(len(movers))]
        assert shown(own, "count") == [str(len(cells))]


@langs
@pytest.mark.parametrize("own", [*pairs_of_years()[::5], *pairs_of_measures()[::3]], ids=str)
def test_the_words_of_two_maps_are_whole(own, lang):
    both, difference, made = made_of(own, lang)
    t = translator(lang)
    walk(made.alt, lang)
    assert made.notes[-1].text == t(BOUNDARIES)
    assert len({note.text for note in made.notes}) == len(made.notes)
    for side in (both.first, both.second):
        assert str(side.year) in made.subtitle
    if difference is None:
        with pytest.raises(InputError) as caught:
            build_difference_map(both)
        told = [note.text for note in made.notes]
        assert t(caught.value.message, **caught.value.slots) in told
    for text in (made.title.text, made.subtitle, made.alt.text, made.source):
        assert "{" not in text
        assert not any(0xE000 <= ord(sign) <= 0xF8FF for sign in text)


# ---- a province ----


@langs
@pytest.mark.parametrize("adcode", list(provinces()))
@pytest.mark.parametrize("year", [2016, 2017, 2024])
def test_a_profile_counts_its_places(adcode, year, lang):
    made = profile_caption(adcode, year, translator(lang))
    name = provinces()[adcode].name_in(lang)
    assert name in made.title.text
    assert len(made.title.text) <= MAX_TITLE_LENGTH[lang]
    if adcode not in evaluated_adcodes():
        assert not made.title.figures
        return
    own = [m for group in dimension_ids() for m in indicators_of(group)]
    cells = [snapshot_of(m.id, m.nearest_year(year)).cells[adcode] for m in own]
    counted = [c for c in cells if c.rank and c.status is not Status.DOUBTFUL]
    assert {f.part: int(f.shown) for f in made.title.figures} == {
        "first ten": sum(c.rank <= 10 for c in counted),
        "indicators": len(counted),
        "last ten": sum(c.rank > c.of - 10 for c in counted),
    }
    check(made.title, lang)
    walk(made.alt, lang)
    doubtful = [m for m, c in zip(own, cells, strict=True) if c.status is Status.DOUBTFUL]
    told = " ".join(note.text for note in made.notes)
    assert all((m.name_zh if lang == "zh" else m.name_en) in told for m in doubtful)


def test_a_note_can_be_told_apart_from_its_figures():
    assert str(Sentence("a")) == "a"
    assert Sentence("a").figures == ()


@langs
def test_a_name_that_may_mean_two_provinces_is_certain_of_neither(lang):
    t, own = translator(lang), snapshot_of("report_information_services", 2017)
    measure = all_measures()["report_information_services"]
    shanxi, shaanxi = own.cells["140000"], own.cells["610000"]
    assert (shanxi.may_mean, shaanxi.may_mean) == ("610000", "140000")
    for cell, other in ((shanxi, "610000"), (shaanxi, "140000")):
        assert (
            provinces()[other].name_in(lang)
            in listtitles.list_title_for_province(cell, own, measure, t).text
        )
        assert wording.format_place(cell, t).endswith("?")
        assert wording.is_doubtful(cell)
    assert provinces()["610000"].name_in(lang) in wording.format_rank(shanxi, t)
    made = map_caption(measure, 2017, t)
    assert sum("Shaanxi" in note.text for note in made.notes) == 1
    assert provinces()["610000"].name_in(lang) in made.alt.text
    for adcode in ("140000", "610000", "110000"):
        profile = profile_caption(adcode, 2017, t)
        told = [note.text for note in profile.notes if note.text.startswith("?")]
        assert len(told) == (adcode != "110000")
    others = [c for a, c in own.cells.items() if a not in ("140000", "610000")]
    assert not any(cell.may_mean for cell in others)
