"""The words around pictures, held against the figures for all measures, years and provinces."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from geo.analysis import (
    boundary_line,
    boundary_statement,
    build_difference_map,
    published_measures,
    snapshot_of,
)
from geo.captions import comparison_caption, index_caption, map_caption, profile_caption
from geo.captions.caption import map_subtitle
from geo.captions.maps import list_title_for_province, map_title
from geo.captions.pairs import notable_differences
from geo.captions.sentences import Sentence, SentenceBuilder
from geo.index import presets, score_index
from geo.measures import Scale, Status, dimension_ids, format_place, format_rank, indicators_of
from geo.tables import dataset
from geo.text import LANGUAGES, InputError, translator
from geo.units import evaluated_adcodes, provinces
from pages.parts.about import sources_block_of
from tests.cases import for_each, pair_maps

EVERY = list(published_measures().values())
INDICATORS = [m for m in EVERY if m.kind == "indicator"]
LISTS = [m for m in EVERY if m.kind == "report"]
INDEXES = [m for m in EVERY if m.kind == "index"]
GAPS = (Status.OUTSIDE, Status.NOT_PUBLISHED, Status.NOT_COVERED, Status.NOT_EVALUATED)
SUPERLATIVE = re.compile(
    r"ranks? (?:highest|first)|\bmost\b|furthest|least|widest"
    r"|居(?:\d+个省份)?[首前]|最[高低大多小]"
)
ids = for_each("measure", EVERY)
langs = for_each("lang", LANGUAGES)


# ---- reading the figures again ----


def sound(value):
    """Cells with a figure that is not doubtful, highest first."""
    result = [c for c in value.cells.values() if c.value is not None]
    return sorted((c for c in result if c.status is not Status.DOUBTFUL), key=lambda c: -c.value)


def formatted(value, measure, lang):
    """A value as written by hand: bare, or with its sign of percent."""
    bare = f"{value:,.{measure.decimals}f}"
    unit = measure.unit_zh if lang == "zh" else measure.unit_en
    return {bare, bare + unit, f"{bare} {unit}"}


def read(figure, lang):
    """What a figure must show, from its cell; None for counts, which their tests calculate."""
    measure = published_measures()[figure.measure]
    if figure.part not in {"value", "rank", "of", "low", "high", "gap"}:
        return None
    snapshot = snapshot_of(measure.id, figure.year)
    if not figure.adcode:
        return formatted(snapshot.national.value, measure, lang)
    cell = snapshot.cells[figure.adcode]
    if figure.part == "value":
        return formatted(cell.value, measure, lang)
    if figure.part == "gap":
        return {f"{abs(100 * (cell.value / snapshot.national.value - 1)):,.0f}"}
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
        whole = re.compile(rf"(?<![\d.,]){re.escape(figure.text)}(?!\d|[.,]\d)")
        match = whole.search(sentence.text, at)
        assert match, figure
        rest += sentence.text[at : match.start()] + " "
        at = match.end()
        allowed = read(figure, lang)
        assert allowed is None or figure.text in allowed, figure
    return rest + sentence.text[at:]


def check(sentence, lang, known=()):
    """No number stands in the sentence that is no figure, year or part of a name."""
    rest = walk(sentence, lang)
    names = {n for m in EVERY for n in numbers(m.name_en + m.name_zh + m.unit_en + m.unit_zh)}
    years = {str(year) for year in range(2016, 2025)}
    assert set(numbers(rest)) <= names | years | set(known)


def figure_texts(sentence, part):
    return [f.text for f in sentence.figures if f.part == part]


# ---- the pen ----


def test_figures_stand_in_the_order_of_the_sentence_whatever_the_order_of_writing():
    measure = published_measures()["urbanization"]
    pen = SentenceBuilder(translator("en"))
    later = pen.cite("2", measure, 2017, "110000", "rank")
    sooner = pen.cite("1", measure, 2017, "310000", "rank")
    pen.cite("3", measure, 2017, "310000", "rank")
    sentence = pen.build("{sooner} before {later}", sooner=sooner, later=later)
    assert sentence.text == "1 before 2"
    assert [f.adcode for f in sentence.figures] == ["310000", "110000"]


# ---- titles of one map ----


@pytest.mark.slow
@langs
@ids
def test_a_title_shows_its_cells_and_fits_a_slide(measure, lang):
    for year in measure.years:
        sentence = map_caption(measure, year, translator(lang)).title
        check(sentence, lang)
        assert len(sentence.text) <= LANGUAGES[lang].title_length
        assert "{" not in sentence.text


@langs
@for_each("measure", INDICATORS)
def test_a_superlative_needs_one_sound_first_of_31_or_names_the_gap(measure, lang):
    for year in measure.years:
        snapshot = snapshot_of(measure.id, year)
        cells = sound(snapshot)
        sentence = map_caption(measure, year, translator(lang)).title
        assert figure_texts(sentence, "count") == (
            [] if len(cells) == 31 else [str(len(cells))]
        ) or (cells[0].value == cells[1].value)
        if cells[0].value == cells[1].value:
            assert re.search("share first place|并列", sentence.text)
            continue
        assert SUPERLATIVE.search(sentence.text)
        assert provinces()[cells[0].adcode].name_in(lang) in sentence.text
        check_leaders(sentence.text, cells, lang)


def check_leaders(text, cells, lang):
    """The provinces that a headline names are the first, and clearly ahead of the next."""
    places = {text.find(provinces()[c.adcode].name_in(lang)): c for c in cells}
    named = [cell for at, cell in sorted(places.items()) if at >= 0]
    assert 1 <= len(named) <= 3
    assert named == cells[: len(named)]
    assert len(named) == len(cells) or named[-1].value > cells[len(named)].value
    # Fewer than three have a reason: a tie behind them, or a title that would be too long.
    if len(named) < 3 and len(cells) > 3 and len({c.value for c in cells[:4]}) == 4:
        assert len(text) > LANGUAGES[lang].title_length - 40


@langs
@for_each("measure", INDEXES)
def test_the_open_index_is_named_and_tells_how_sure_its_first_place_is(measure, lang):
    for year in measure.years:
        cells = sound(snapshot_of(measure.id, year))
        sentence = map_caption(measure, year, translator(lang)).title
        assert ("open index" if lang == "en" else "开放指数") in sentence.text.lower()
        foot = map_caption(measure, year, translator(lang)).foot
        if cells[0].value == cells[1].value:
            assert re.search("share first place|并列", sentence.text)
            assert figure_texts(sentence, "count") == [str(len(cells))]
            continue
        check_leaders(sentence.text, cells, lang)
        assert figure_texts(sentence, "count") == ([] if len(cells) == 31 else [str(len(cells))])
        (caution,) = [c.sentence for c in foot.cautions if is_about_ranks(c.sentence)]
        if cells[0].one_indicator:
            assert not caution.figures
            continue
        held = {c.adcode: (str(c.low), str(c.high)) for c in cells}
        told = {}
        for figure in caution.figures:
            told.setdefault(figure.adcode, []).append((figure.part, figure.text))
        assert list(told) == [c.adcode for c in cells[: len(told)]]
        for adcode, parts in told.items():
            assert all(text == held[adcode][part == "high"] for part, text in parts)
        check(caution, lang)


def is_about_ranks(sentence):
    return bool(re.match("Ranks by choice|One indicator|位次", sentence.text))


@langs
@for_each("measure", LISTS)
def test_a_list_of_the_report_tells_what_is_published_and_no_more(measure, lang):
    for year in measure.years:
        snapshot = snapshot_of(measure.id, year)
        sentence = map_caption(measure, year, translator(lang)).title
        placed = sorted((c for c in snapshot.cells.values() if c.rank), key=lambda c: c.rank)
        ranks = [(f.adcode, f.text) for f in sentence.figures if f.part == "rank"]
        assert [adcode for adcode, _ in ranks] == [c.adcode for c in placed][: len(ranks)]
        for (_, place), cell in zip(ranks, placed, strict=False):
            assert place in {str(cell.rank), *chinese_places(cell.rank)}
        assert ("report" if lang == "en" else "报告") in sentence.text
        if snapshot.scale is Scale.NAMED:
            assert figure_texts(sentence, "count") == ["10"]
            assert not ranks
        elif snapshot.scale is Scale.PARTIAL:
            assert figure_texts(sentence, "count") == [str(len(placed))]
        elif snapshot.scale is Scale.AMONG_TEN:
            assert figure_texts(sentence, "of") == ["10"]
        else:
            assert not ranks
            first = [provinces()[c.adcode].name_in(lang) for c in placed[:3]]
            assert translator(lang).join_names(first) in sentence.text


@pytest.mark.slow
@langs
@ids
def test_a_title_about_a_province_is_about_its_cell(measure, lang):
    for year in measure.years:
        snapshot = snapshot_of(measure.id, year)
        for adcode, cell in snapshot.cells.items():
            sentence = map_title(snapshot, measure, translator(lang), adcode)
            check(sentence, lang, known=("31",))
            assert provinces()[adcode].name_in(lang) in sentence.text
            assert {f.adcode for f in sentence.figures} <= {adcode}
            assert len(sentence.text) <= LANGUAGES[lang].title_length
            level = sum(c.value == cell.value for c in snapshot.cells.values()) > 1
            if cell.status is Status.DOUBTFUL:
                assert ("doubtful" if lang == "en" else "存疑") in sentence.text
                assert not figure_texts(sentence, "rank")
            elif cell.value is not None:
                assert figure_texts(sentence, "rank") == [str(cell.rank)]
                assert ("shares" if lang == "en" else "并列") in sentence.text or not level
            elif cell.status in GAPS:
                assert not sentence.figures


# ---- the other words of one map ----


@pytest.mark.slow
@langs
@ids
def test_the_alternative_text_has_classes_ends_and_gaps(measure, lang):
    t = translator(lang)
    for year in measure.years:
        snapshot = snapshot_of(measure.id, year)
        sentence = map_caption(measure, year, t).alt
        walk(sentence, lang)
        for cell in snapshot.cells.values():
            if cell.status in (Status.DOUBTFUL, Status.NOT_PUBLISHED, Status.TOO_FEW):
                assert provinces()[cell.adcode].name_in(lang) in sentence.text
        values = [f.adcode for f in sentence.figures if f.part == "value" and f.adcode]
        if snapshot.scale is not Scale.QUANTITY:
            placed = {a for a, c in snapshot.cells.items() if c.rank}
            assert {f.adcode for f in sentence.figures if f.part == "rank"} == placed
            continue
        cells = sound(snapshot)
        assert figure_texts(sentence, "count") == ([] if len(cells) == 31 else [str(len(cells))])
        classed = sum(c.value is not None for c in snapshot.cells.values())
        in_classes = 0 if measure.is_total else classed  # circles have no classes
        assert sum(map(int, figure_texts(sentence, "members"))) == in_classes
        ends = {c.adcode for c in cells if c.value in (cells[0].value, cells[-1].value)}
        assert ends <= set(values)
        assert not {c.adcode for c in snapshot.cells.values() if c.status is Status.DOUBTFUL} & set(
            values
        )


@langs
@for_each("measure", INDICATORS)
def test_the_source_names_body_and_copy_of_each_series(measure, lang):
    text = map_caption(measure, measure.years[-1], translator(lang)).source
    for series in measure.series_ids:
        row = dataset().catalogue.loc[series]
        assert row[f"source_{lang}"] in text
        assert row[f"via_{lang}"] in text


@langs
def test_pages_name_the_issuing_bodies_of_pictures_in_short(lang):
    t = translator(lang)
    for measure in EVERY:
        text = map_caption(measure, measure.years[0], t).source
        page = sources_block_of([(measure, measure.years[0])], t).unescape()
        assert boundary_line(t) in page
        if measure.kind == "report":
            assert text in page
        for name in measure.series_ids:
            issuer = dataset().catalogue.loc[name, f"source_{lang}"]
            assert issuer in page
            assert issuer in text


@pytest.mark.slow
@langs
@ids
def test_notes_end_with_the_boundaries_and_own_up(measure, lang):
    t = translator(lang)
    for year in measure.years:
        snapshot = snapshot_of(measure.id, year)
        sentences = map_caption(measure, year, t).notes
        assert sentences[-1].text == boundary_statement(t)
        text = " ".join(note.text for note in sentences[:-1])
        for cell in snapshot.cells.values():
            if cell.status is Status.DOUBTFUL:
                assert provinces()[cell.adcode].name_in(lang) in text
        current = measure.series_ids and [
            dataset().catalogue.loc[name, "prices"] == "current" for name in measure.series_ids
        ]
        nominal = bool(current) and current[0] and not all(current[1:] or [False])
        assert (t("At current prices: changes over years are nominal.") in text) == nominal
        ours = ("not its index", "并非报告的指数")[lang == "zh"]
        assert (ours in text) == (measure.kind == "index")


def test_notes_of_the_open_index_have_its_weights_and_its_agreement():
    sentences = map_caption(
        published_measures()["index_comprehensive"], 2017, translator("en")
    ).notes
    weights = next(note for note in sentences if note.text.startswith("Weights"))
    assert figure_texts(weights, "weight") == ["20"] * 5
    agreed = next(note for note in sentences if figure_texts(note, "ours"))
    published = snapshot_of("report_comprehensive", 2017).cells
    ten = {a for a, cell in published.items() if cell.rank}
    for part, other in (("ours", "index_comprehensive"), ("wealth", "gdp_per_capita")):
        first = {a for a, c in snapshot_of(other, 2017).cells.items() if c.rank and c.rank <= 10}
        assert figure_texts(agreed, part) == [str(len(ten & first))]
    assert figure_texts(agreed, "chance") == ["3.2"]
    assert "the open index of this atlas" in agreed.text
    assert "report of 2017" in agreed.text


@pytest.mark.slow
@langs
@for_each("recipe", list(presets()))
def test_an_index_by_other_choices_says_so(recipe, lang):
    t = translator(lang)
    caption = index_caption(score_index(presets()[recipe].recipe, 2017), t)
    name = t(presets()[recipe].name)
    marked = t("Calculated with the preset “{name}”, not with the default of the atlas", name=name)
    cautions = [caution.sentence.text.rstrip(".。") for caution in caption.foot.cautions]
    assert (marked in cautions) == (recipe != "default")
    assert (marked in caption.notes[1].text) == (recipe != "default")
    default = map_caption(published_measures()["index_comprehensive"], 2017, t)
    assert (caption == default) == (recipe == "default")


# ---- two maps ----


def pairs_of_years():
    result = []
    for measure in EVERY:
        years = list(
            dict.fromkeys([*pairwise(measure.years), (measure.years[0], measure.years[-1])])
        )
        result += [(measure.id, a, measure.id, b) for a, b in years if a != b]
    return result


def pairs_of_measures():
    """A measure of each kind beside one of each, and each measure beside the next."""
    measures = [(a, b) for a, b in pairwise(EVERY)]
    measures += [(a, b) for a in LISTS for b in INDEXES if a.dimension == b.dimension]
    measures += [(b, a) for a in LISTS[:3] for b in INDICATORS[::6]]
    return [(a.id, a.nearest_year(2017), b.id, b.nearest_year(2017)) for a, b in measures]


def made_of(value, lang):
    both = pair_maps(*value)
    try:
        difference = build_difference_map(both)
    except InputError:
        difference = None
    return both, difference, comparison_caption(both, difference, translator(lang))


@pytest.mark.slow
@langs
@for_each("value", pairs_of_years())
def test_a_change_is_of_sound_cells_without_a_break_and_nominal_where_it_is(value, lang):
    both, difference, caption = made_of(value, lang)
    measure, early, late = both.first.measure, value[1], value[3]
    check(caption.title, lang)
    assert len(caption.title.text) <= LANGUAGES[lang].title_length
    if measure.kind == "report":
        return
    if difference is None or measure.kind == "index":
        assert not caption.title.figures
        assert not SUPERLATIVE.search(caption.title.text)
        return
    broken = dataset().breaks
    rows = broken[broken["indicator"].isin(measure.series_ids)]
    assert not [year for year in rows["year"] if early < year <= late]
    prices = [dataset().catalogue.loc[n, "prices"] == "current" for n in measure.series_ids]
    nominal = prices[0] and not all(prices[1:] or [False])
    assert (("nominal" if lang == "en" else "名义") in caption.title.text) == nominal
    between = [snapshot_of(measure.id, y).cells for y in measure.years if early <= y <= late]
    changes = {
        a: between[-1][a].value - between[0][a].value
        for a in evaluated_adcodes()
        if between[0][a].value is not None
        and between[-1][a].value is not None
        and not any(cells[a].status is Status.DOUBTFUL for cells in between)
    }
    assert {c.adcode for c in notable_differences(both, difference)} == set(changes)
    if measure.is_total:  # by the share of the earlier value, as its map shows it
        changes = {a: change / between[0][a].value for a, change in changes.items()}
    most = max(changes.values())
    first = [a for a, change in changes.items() if change == pytest.approx(most, abs=1e-9)]
    if len(first) == 1:
        assert provinces()[first[0]].name_in(lang) in caption.title.text
        assert {f.adcode for f in caption.title.figures} <= {"", first[0]}
        assert figure_texts(caption.title, "count") == (
            [] if len(changes) == 31 else [str(len(changes))]
        )
    elif figure_texts(caption.title, "level"):
        assert figure_texts(caption.title, "level") == [str(len(first))]


@langs
@for_each("measure", LISTS)
def test_a_change_of_places_runs_from_the_earlier_year_whichever_map_is_first(measure, lang):
    for early, late in combinations(measure.years, 2):
        one, other = (
            made_of((measure.id, first, measure.id, second), lang)[2].title.text
            for first, second in ((early, late), (late, early))
        )
        if re.search(r"(gained|lost) most|moved most|[前后]移", one):
            assert other == one, (early, late)


@langs
@for_each("value", pairs_of_measures())
def test_places_in_two_maps_are_compared_by_names_of_their_kinds(value, lang):
    both, difference, caption = made_of(value, lang)
    value = caption.title
    check(value, lang)
    assert len(value.text) <= LANGUAGES[lang].title_length or difference is None
    kinds = {both.first.measure.kind, both.second.measure.kind}
    if kinds == {"report", "index"}:
        assert ("open index" if lang == "en" else "开放指数") in value.text.lower()
        assert re.search("report|ublished" if lang == "en" else "报告", value.text)
    if difference is None or not value.figures:
        assert not SUPERLATIVE.search(value.text)
        return
    cells = [c for c in difference.choropleth.snapshot.cells.values() if c.value is not None]
    cells = [c for c in cells if not c.is_doubtful]
    furthest = max(abs(c.value) for c in cells)
    movers = [c.adcode for c in cells if abs(c.value) == furthest]
    if both.same_measure or len(movers) > 1 or not furthest:
        assert figure_texts(value, "moved") == ([f"{furthest:g}"] if furthest else [])
    else:
        # Two measures: nothing moves, the places in both are said.
        assert not re.search(r"\bmove|gained|lost|前移|后移", value.text)
        places = [int(re.sub(r"\D", "", place)) for place in figure_texts(value, "place")]
        assert abs(places[0] - places[1]) == furthest
        if not difference.ranked_again:
            sides = (both.first.snapshot, both.second.snapshot)
            assert places == [side.cells[movers[0]].rank for side in sides]
    if len(movers) == 1:
        assert provinces()[movers[0]].name_in(lang) in value.text
        assert figure_texts(value, "count") == ([] if len(cells) == 31 else [str(len(cells))])
    else:
        assert figure_texts(value, "level") == [str(len(movers))]
        assert figure_texts(value, "count") == [str(len(cells))]


@pytest.mark.slow
@langs
@for_each("value", [*pairs_of_years()[::5], *pairs_of_measures()[::3]])
def test_the_words_of_two_maps_are_whole(value, lang):
    both, difference, caption = made_of(value, lang)
    t = translator(lang)
    walk(caption.alt, lang)
    assert caption.notes[-1].text == boundary_statement(t)
    assert len({note.text for note in caption.notes}) == len(caption.notes)
    for side in (both.first, both.second):
        assert str(side.year) in caption.subtitle
    if difference is None:
        with pytest.raises(InputError) as caught:
            build_difference_map(both)
        lines = [note.text for note in caption.notes]
        assert t(caught.value.message, **caught.value.slots) in lines
    for text in (caption.title.text, caption.subtitle, caption.alt.text, caption.source):
        assert "{" not in text
        assert not any(0xE000 <= ord(sign) <= 0xF8FF for sign in text)


# ---- a province ----


@langs
@for_each("adcode", list(provinces()))
@for_each("year", [2016, 2017, 2024])
def test_a_profile_counts_its_places(adcode, year, lang):
    caption = profile_caption(adcode, year, translator(lang))
    name = provinces()[adcode].name_in(lang)
    assert name in caption.title.text
    assert len(caption.title.text) <= LANGUAGES[lang].title_length
    if adcode not in evaluated_adcodes():
        assert not caption.title.figures
        return
    measures = [m for group in dimension_ids() for m in indicators_of(group)]
    cells = [snapshot_of(m.id, m.nearest_year(year)).cells[adcode] for m in measures]
    counted = [c for c in cells if c.rank and c.status is not Status.DOUBTFUL]
    best = min(c.rank for c in counted)
    leading = [c for c in counted if c.rank == best]
    parts = {f.part: f.text for f in caption.title.figures}
    if len(leading) == 1:
        assert parts["rank"] == str(best)
    else:
        assert (parts["best"], parts["indicators"]) == (str(len(leading)), str(len(counted)))
        assert parts.get("rank", "1") == str(best)
    (note,) = [n for n in caption.notes if figure_texts(n, "first ten")]
    assert {f.part: int(f.text) for f in note.figures} == {
        "first ten": sum(c.rank <= 10 for c in counted),
        "indicators": len(counted),
        "last ten": sum(c.rank > c.of - 10 for c in counted),
    }
    check(caption.title, lang)
    walk(caption.alt, lang)
    doubtful = [m for m, c in zip(measures, cells, strict=True) if c.status is Status.DOUBTFUL]
    text = " ".join(note.text for note in caption.notes)
    assert all((m.name_zh if lang == "zh" else m.name_en) in text for m in doubtful)


def test_a_note_can_be_told_apart_from_its_figures():
    assert str(Sentence("a")) == "a"
    assert Sentence("a").figures == ()


@langs
def test_a_name_that_may_mean_two_provinces_is_certain_of_neither(lang):
    t, snapshot = translator(lang), snapshot_of("report_information_services", 2017)
    measure = published_measures()["report_information_services"]
    shanxi, shaanxi = snapshot.cells["140000"], snapshot.cells["610000"]
    assert (shanxi.may_mean, shaanxi.may_mean) == ("610000", "140000")
    for cell, other in ((shanxi, "610000"), (shaanxi, "140000")):
        assert (
            provinces()[other].name_in(lang)
            in list_title_for_province(cell, snapshot, measure, t).text
        )
        assert format_place(cell, t).endswith("?")
        assert cell.is_doubtful
    assert provinces()["610000"].name_in(lang) in format_rank(shanxi, t)
    caption = map_caption(measure, 2017, t)
    assert sum("Shaanxi" in note.text for note in caption.notes) == 1
    assert provinces()["610000"].name_in(lang) in caption.alt.text
    for adcode in ("140000", "610000", "110000"):
        profile = profile_caption(adcode, 2017, t)
        lines = [note.text for note in profile.notes if note.text.startswith("?")]
        assert len(lines) == (adcode != "110000")
    others = [c for a, c in snapshot.cells.items() if a not in ("140000", "610000")]
    assert not any(cell.may_mean for cell in others)


@langs
def test_a_map_of_the_open_index_names_the_atlas_as_its_author(lang):
    t = translator(lang)
    words = {
        "en": "calculated by this atlas, not by the report",
        "zh": "由本图集计算，并非报告结果",
    }[lang]
    for measure in INDEXES:
        assert words in map_subtitle(measure, measure.years[-1], t), measure.id
