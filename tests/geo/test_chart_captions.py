"""The words around lines over the years and scatters say what the figures say."""

from __future__ import annotations

import pytest

from geo.captions import course_caption, scatter_caption
from geo.captions.caption import LONGEST_TITLE
from geo.cells import QUANTITIES, Status
from geo.change import nominal
from geo.compare.course import course
from geo.compare.relation import relation, spearman
from geo.measures import measures, snapshot
from geo.text import LANGUAGES, texts
from geo.view import COURSES

SOUND = (QUANTITIES | {Status.RANK}) - {Status.DOUBTFUL}
FOUR = ("110000", "440000", "520000", "650000")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", list(measures()))
def test_a_title_names_the_first_of_the_chosen_in_a_year_in_which_all_are_sound(measure, lang):
    own = measures()[measure]
    title = course_caption(course(own, FOUR, "lines"), FOUR, texts(lang)).title
    sound = []
    for year in own.years:
        cells = [snapshot(measure, year).cells[adcode] for adcode in FOUR]
        if all(cell.status in SOUND and cell.rank for cell in cells):
            sound.append((year, sorted(cells, key=lambda cell: cell.rank)))
    if not sound or sound[-1][1][0].rank == sound[-1][1][1].rank:
        assert not title.figures
        return
    year, (first, *_) = sound[-1]
    assert str(year) in title.text
    parts = {figure.part: figure for figure in title.figures}
    assert {(f.year, f.adcode) for f in parts.values()} == {(year, first.adcode)}
    assert parts["compared"].shown == "4"
    if "rank" in parts:
        assert (parts["rank"].shown, parts["of"].shown) == (str(first.rank), str(first.of))
    else:
        assert len(title.text) > LONGEST_TITLE[lang] - 20  # it was left out for want of room


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("shown", COURSES)
def test_the_alternative_text_has_where_each_line_begins_and_ends(shown, lang):
    for measure in measures().values():
        own = course(measure, FOUR, shown)
        found = course_caption(own, FOUR, texts(lang))
        ends = {(figure.adcode, figure.year) for figure in found.alt.figures}
        for adcode in FOUR:
            years = [point.year for point in own.points if point.line == adcode]
            if years:
                assert {(adcode, min(years)), (adcode, max(years))} <= ends
        told = any("nominal" in note.text or "名义" in note.text for note in found.notes)
        assert told == (nominal(measure) and own.shown != "ranks")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scatter_gives_its_correlation_or_none(lang):
    say, names = texts(lang), list(measures())
    for first, second in zip(names, names[1:] + names[:1], strict=True):
        years = measures()[first].years[-1], measures()[second].years[-1]
        own = relation(first, years[0], second, years[1])
        found = scatter_caption(own, "median", "line", say)
        strong = spearman(own)
        shown = [figure.shown for figure in found.title.figures if figure.part == "spearman"]
        assert shown == ([say.number(strong.value, 2)] if strong else [])
        assert found.source.count(say("Figures: {source}.", source="")[:3]) == 1
