"""The words around lines over the years and scatters say what the figures say."""

from __future__ import annotations

import pytest

from geo.analysis import (
    LINE_MODES,
    build_time_series,
    is_nominal,
    published_measures,
    snapshot_of,
    spearman_correlation,
)
from geo.captions import scatter_caption, time_series_caption
from geo.measures import QUANTITIES, Status
from geo.text import LANGUAGES, translator
from tests.cases import relate

SOUND = (QUANTITIES | {Status.RANK}) - {Status.DOUBTFUL}
FOUR = ("110000", "440000", "520000", "650000")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("measure", list(published_measures()))
def test_a_title_names_the_first_of_the_chosen_in_a_year_in_which_all_are_sound(measure, lang):
    entry = published_measures()[measure]
    title = time_series_caption(
        build_time_series(entry, FOUR, "lines"), FOUR, translator(lang)
    ).title
    sound = []
    for year in entry.years:
        cells = [snapshot_of(measure, year).cells[adcode] for adcode in FOUR]
        if all(cell.status in SOUND and cell.rank for cell in cells):
            sound.append((year, sorted(cells, key=lambda cell: cell.rank)))
    if not sound or sound[-1][1][0].rank == sound[-1][1][1].rank:
        assert not title.figures
        return
    year, (first, *_) = sound[-1]
    assert str(year) in title.text
    parts = {figure.part: figure for figure in title.figures}
    assert {(f.year, f.adcode) for f in parts.values()} == {(year, first.adcode)}
    assert parts["compared"].text == "4"
    if "rank" in parts:
        assert (parts["rank"].text, parts["of"].text) == (str(first.rank), str(first.of))
    else:
        assert (
            len(title.text) > LANGUAGES[lang].title_length - 20
        )  # it was left out for lack of room


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("value", LINE_MODES)
def test_the_alternative_text_has_where_each_line_begins_and_ends(value, lang):
    for measure in published_measures().values():
        series = build_time_series(measure, FOUR, value)
        caption = time_series_caption(series, FOUR, translator(lang))
        ends = {(figure.adcode, figure.year) for figure in caption.alt.figures}
        for adcode in FOUR:
            years = [point.year for point in series.points if point.line == adcode]
            if years:
                assert {(adcode, min(years)), (adcode, max(years))} <= ends
        flag = any("nominal" in note.text or "名义" in note.text for note in caption.notes)
        assert flag == (is_nominal(measure) and series.mode != "ranks")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scatter_gives_its_correlation_or_none(lang):
    t, names = translator(lang), list(published_measures())
    for first, second in zip(names, names[1:] + names[:1], strict=True):
        years = published_measures()[first].years[-1], published_measures()[second].years[-1]
        relation = relate(first, years[0], second, years[1])
        caption = scatter_caption(relation, "median", "line", t)
        strong = spearman_correlation(relation)
        lines = [figure.text for figure in caption.title.figures if figure.part == "spearman"]
        assert lines == ([t.format_number(strong.value, 2)] if strong else [])
        assert caption.source.count(t("Data: {source}.", source="").rstrip(".。")) == 1
