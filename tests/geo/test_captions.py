"""Titles, alternative texts and notes hold for every measure, year and province."""

from __future__ import annotations

import re
from functools import cache

import pytest

from geo import wording
from geo.captions import caption, comparison_caption, profile_caption
from geo.cells import Cell, Scale, Status
from geo.choropleth import choropleth
from geo.dataset import dataset
from geo.index.agreement import agreement
from geo.indexwords import default_result
from geo.indicators import Measure
from geo.measures import measures, snapshot
from geo.provinces import evaluated, provinces
from geo.sentences import Figure, Pen, Sentence, titles
from geo.text import Texts, texts

CASES = [(m.id, y) for m in measures().values() for y in m.years]
LANGS = ["en", "zh"]
# What a title may not say unless one province alone stands there, its figure is sound, and all
# 31 have a sound one.
SUPERLATIVE = {"en": r"is highest|is first|lowest", "zh": r"(?<!并列)最高|居首|最低"}
SHARED = {"en": "share the highest", "zh": "并列最高"}
GAP = {"en": r"of \d+ with", "zh": r"限\d+个"}
LONGEST = {"en": 116, "zh": 50}


def again(figure: Figure, lang: str) -> set[str]:
    """What a figure must show, reckoned anew from the cells."""
    say, measure = texts(lang), measures()[figure.measure]
    own = snapshot(figure.measure, figure.year)
    if not figure.adcode:
        return of_all(figure, lang)
    cell = own.cells[figure.adcode]
    if figure.part == "value":
        return written(cell.value, measure, say)
    if figure.part == "gap":
        return {say.number(abs(100 * (cell.value / own.national.value - 1)))}
    return {str(getattr(cell, figure.part))}


def written(value: float, measure: Measure, say: Texts) -> set[str]:
    return {wording.quantity(value, measure, say), wording.number(value, measure, say)}


def of_all(figure: Figure, lang: str) -> set[str]:
    """What a figure about all provinces must show."""
    say, measure = texts(lang), measures()[figure.measure]
    own = snapshot(figure.measure, figure.year)
    kind, *rest = figure.part.split(maxsplit=1)
    if kind == "value":
        return written(own.national.value, measure, say)
    if kind == "count":
        return {str(len(sound_cells(figure.measure, figure.year)))}
    if kind == "status":
        return {str(sum(c.status == rest[0] for c in own.cells.values()))}
    if kind == "class":
        drawn = choropleth(own)
        place, *count = rest[0].split()
        label = wording.class_label(drawn.classes[int(place)], own, say)
        return {str(list(drawn.index.values()).count(int(place)))} if count else {label}
    found = agreement(default_result(figure.year), 2017)
    [one] = [a for a in found if a.index == measure.dimension]
    told = {
        "published": one.published,
        "agreed": one.ours,
        "agreed wealth": one.wealth,
        "agreed chance": say.number(one.chance, 1),
    }
    return {str(told[figure.part])}


def check(sentence: Sentence, lang: str) -> None:
    """The figures stand in the text in their order, and each is that of its cell."""
    at = 0
    for figure in sentence.figures:
        found = sentence.text.find(figure.shown, at)
        assert found >= 0, (figure, sentence.text)
        at = found + len(figure.shown)
        if figure.part != "chosen":
            assert figure.shown in again(figure, lang), (figure, sentence.text)
    assert not re.search("[{}\ue000\ue001]", sentence.text)


@cache
def known(lang: str) -> frozenset[str]:
    """The numbers of names, units, texts from tables and years, which no cell holds."""
    say = texts(lang)
    words = [wording.titled(m, say) + wording.remark(m.caveat, say) for m in measures().values()]
    words += [wording.dimension_name(d, say) for d in dataset().dimensions.index]
    years = [str(year) for year in range(2016, 2025)]
    return frozenset(numbers(" ".join([*words, *years]))) | {"34"}


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)


def untraced(sentence: Sentence, lang: str) -> set[str]:
    """The numbers of a sentence that stand in no figure and in no name."""
    told = {n for f in sentence.figures for n in numbers(f.shown)}
    return set(numbers(sentence.text)) - told - known(lang)


def sound_cells(measure: str, year: int) -> list[Cell]:
    cells = snapshot(measure, year).cells.values()
    return [c for c in cells if c.value is not None and c.status is not Status.DOUBTFUL]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("measure", "year"), CASES)
def test_the_words_of_a_map_hold_what_the_cells_hold(measure, year, lang):
    say = texts(lang)
    own = caption(measures()[measure], year, say)
    for sentence in (own.title, own.alt, *own.notes):
        check(sentence, lang)
    assert untraced(own.title, lang) == set()
    assert untraced(own.alt, lang) == set()
    assert len(own.title.text) <= LONGEST[lang]
    assert own.title.text[-1] not in ".。"
    assert own.alt.text[-1] in ".。"
    assert own.source[-1] in ".。"
    assert wording.measure_name(measures()[measure], say) in own.subtitle
    assert str(year) in own.subtitle
    assert say.pick(measures()[measure].unit_en, measures()[measure].unit_zh) in own.subtitle
    assert "审图" in own.notes[-1].text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("measure", "year"), CASES)
def test_a_superlative_is_of_one_sound_cell_among_31_or_names_the_gap(measure, year, lang):
    own = snapshot(measure, year)
    title = titles.of_map(measures()[measure], year, texts(lang)).text
    said = re.search(SUPERLATIVE[lang], title)
    if own.scale is not Scale.QUANTITY:
        assert not said
        return
    cells = sound_cells(measure, year)
    most, least = max(c.value for c in cells), min(c.value for c in cells)
    first = [c.adcode for c in cells if c.value == most]
    last = [c.adcode for c in cells if c.value == least]
    named = [provinces()[adcode].name(lang) for adcode in first]
    assert bool(said) == (len(first) == 1)
    assert (SHARED[lang] in title) == (len(first) > 1)
    assert all(one in title for one in named)
    assert bool(re.search(GAP[lang], title)) == (len(cells) < 31)
    if re.search("lowest|最低", title):
        assert len(cells) == 31
        assert len(last) == 1
        assert provinces()[last[0]].name(lang) in title


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("measure", list(measures()))
def test_the_words_of_a_map_with_a_chosen_province(measure, lang):
    own, say = measures()[measure], texts(lang)
    for year in own.years:
        cells = snapshot(measure, year).cells
        for adcode, cell in cells.items():
            title = titles.of_map(own, year, say, adcode)
            check(title, lang)
            assert untraced(title, lang) == set()
            assert provinces()[adcode].name(lang) in title.text
            assert len(title.text) <= LONGEST[lang]
            assert not re.search(SUPERLATIVE[lang], title.text)
            if cell.status is Status.DOUBTFUL:
                assert (
                    wording.status(cell, say).lower() in title.text.lower() or "存疑" in title.text
                )
                assert not any(f.part == "rank" for f in title.figures)
    alt = caption(own, own.years[-1], say, "150000").alt
    check(alt, lang)
    assert untraced(alt, lang) == set()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("measure", "year"), CASES)
def test_a_rank_is_the_reports_or_ours_and_a_sentence_says_which(measure, year, lang):
    own = caption(measures()[measure], year, texts(lang), "350000")
    report, index = (
        {"en": "report", "zh": "报告"}[lang],
        {"en": "pen index", "zh": "开放指数"}[lang],
    )
    for sentence in (own.title, *own.notes):
        kinds = {measures()[f.measure].kind for f in sentence.figures}
        assert not {"report", "index"} <= kinds
        if "index" in kinds:
            assert index in sentence.text
        if "report" in kinds and any(f.part == "rank" for f in sentence.figures):
            assert report in sentence.text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("adcode", list(provinces()))
def test_the_words_of_a_profile(adcode, lang):
    for year in (2017, 2024):
        own = profile_caption(adcode, year, texts(lang))
        for sentence in (own.title, own.alt, *own.notes):
            check(sentence, lang)
        assert len(own.title.text) <= LONGEST[lang]
        assert provinces()[adcode].name(lang) in own.title.text
        assert {f.measure for f in own.title.figures} <= {"report_comprehensive"}
        ranked = snapshot("report_comprehensive", 2017).cells[adcode].status is Status.RANK
        assert bool(own.title.figures) == ranked


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("measure", "year"), CASES)
def test_the_words_of_a_comparison(measure, year, lang):
    adcodes = list(evaluated())
    for chosen in (adcodes[:1], adcodes[2:5], ["150000", "540000", "440000"], adcodes[:10]):
        own = comparison_caption(measures()[measure], year, chosen, texts(lang))
        check(own.title, lang)
        check(own.alt, lang)
        assert all(provinces()[adcode].name(lang) in own.alt.text for adcode in chosen)
        assert all(int(f.shown) == len(chosen) for f in own.title.figures if f.part == "chosen")
        assert len(own.title.text) <= LONGEST[lang]


# ---- single cases, read by hand ----


def said(measure, year, lang="en", province=""):
    return caption(measures()[measure], year, texts(lang), province)


def test_titles_read_as_they_should():
    for case, title in {
        ("urbanization", 2023): (
            "Urban share of residents, 2023: Shanghai is highest (89.5), Xizang lowest (38.9)"
        ),
        ("report_comprehensive", 2017): (
            "Informatization development evaluation index: Beijing, Guangdong, and Jiangsu lead"
            " the report’s list of 2017"
        ),
        ("report_comprehensive", 2020): (
            "The report of 2020 names 10 leading provinces, without an order"
        ),
        ("report_industrial_digitalization", 2018): (
            "Industrial digitalization: only 6 ranks of the report’s list of 2018 are known"
        ),
        ("report_network_security", 2017): (
            "Network security: Fujian at rank 5 of 10 among the report’s comprehensive ten of 2017"
        ),
        ("enterprise_websites_per_100", 2022): (
            "Websites per 100 enterprises, 2022: Beijing and Shanghai share the highest figure (54)"
        ),
        ("index_comprehensive", 2017): (
            "Open index of this atlas, 2017: Beijing is first (1 to 4 over method choices)"
        ),
    }.items():
        assert said(*case).title.text == title


def test_the_source_says_that_official_figures_were_read_from_a_public_copy():
    for measure in measures().values():
        source = said(measure.id, measure.years[0]).source
        if measure.kind == "indicator":
            for series in measure.indicators:
                row = dataset().catalogue.loc[series]
                assert f"{row['source_en']}; read from a public copy: {row['via_en']}" in source
        if measure.kind == "index":
            assert "read from public copies" in source
    assert "news copies" in said("report_comprehensive", 2018).source


def test_notes_name_doubts_gaps_prices_and_whose_an_index_is():
    notes = [n.text for n in said("software_revenue_share_gdp", 2021).notes]
    assert "Not published: Xizang." in notes
    doubt = "Inner Mongolia (Software business revenue: far above the years next to it)"
    assert f"Doubtful as published, and kept: {doubt}." in notes
    nominal = "At current prices: changes over the years are nominal."
    assert nominal in [n.text for n in said("gdp_per_capita", 2020).notes]
    assert nominal not in notes
    whose, base, weights, agreed, _ = (n.text for n in said("index_comprehensive", 2017).notes)
    assert "this is not its index" in whose
    assert "25 indicators of 2017" in base
    assert "network security, which is shown and not counted" in weights
    assert agreed.startswith("Of the 10 provinces that the report of 2017 publishes here, 8 are")


def test_figures_stand_in_the_order_of_the_language_not_of_the_pen():
    pen, measure = Pen(texts("en")), measures()["urbanization"]
    first = pen.keep("1", measure, 2020, "", "count")
    second = pen.keep("2", measure, 2020, "", "count")
    unused = pen.keep("3", measure, 2020, "", "count")
    sentence = pen.done("{b} before {a}", a=first, b=second)
    assert unused
    assert sentence.text == "2 before 1"
    assert [f.shown for f in sentence.figures] == ["2", "1"]


def test_the_readers_own_classes_are_told():
    drawn = choropleth(snapshot("urbanization", 2020), "own", 3, (50.0, 70.0))
    alt = caption(measures()["urbanization"], 2020, texts("en"), drawn=drawn).alt.text
    values = [c.value for c in sound_cells("urbanization", 2020)]
    low, high = sum(v <= 50 for v in values), sum(v > 70 for v in values)
    assert f"up to 50 ({low}); 50 to 70 ({31 - low - high}); over 70 ({high})." in alt
