"""Cautions: values in doubt, uploaded data, custom weights, breaks, ranks that may vary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from geo.analysis import MapPair, MapSide, break_years
from geo.captions.foot import Caution
from geo.captions.notes import (
    doubtful_notes,
    join_sides,
    note_with_letter,
    plain_note,
    recipe_label,
)
from geo.captions.sentences import Sentence, SentenceBuilder, province_name
from geo.index import IndexResult, default_recipe
from geo.measures import (
    SCALE_NOTES,
    Cell,
    Measure,
    Scale,
    Snapshot,
    Status,
    ambiguity_lines,
)
from geo.text import N_, Translator
from geo.upload import UNCHECKED_NOTE


def map_cautions(snapshot: Snapshot, measure: Measure, t: Translator) -> list[Caution]:
    """The cautions of a map of one measure in a year."""
    if measure.kind == "report":
        ranked = [cell for cell in snapshot.cells.values() if cell.rank]
        return [
            Caution(plain_note(SCALE_NOTES[snapshot.scale], t)),
            *ambiguity_cautions(ranked, t),
        ]
    cautions = [*upload_cautions(measure, t), *doubt_cautions(snapshot, measure, t)]
    if measure.kind == "indicator":
        cautions += _break_cautions(measure, t)
    return cautions


def upload_cautions(measure: Measure, t: Translator) -> list[Caution]:
    """That the atlas has not checked uploaded data; empty for published data."""
    if measure.kind != "own":
        return []
    return [Caution(plain_note(N_("{unchecked}."), t, unchecked=t(UNCHECKED_NOTE)))]


def doubt_cautions(snapshot: Snapshot, measure: Measure, t: Translator) -> list[Caution]:
    """The published values in doubt, by name or by number; empty if there are none."""
    notes = doubtful_notes(snapshot, t)
    pen = SentenceBuilder(t)
    count = snapshot.count_status(Status.DOUBTFUL)
    brief = pen.build(
        N_("Values in doubt, marked: {count}."),
        count=pen.cite(count, measure, snapshot.year, "", "doubtful"),
    )
    return [Caution(note, brief) for note in notes]


def _break_cautions(measure: Measure, t: Translator) -> list[Caution]:
    """The breaks of a series; empty if it has none."""
    years = [str(year) for year in break_years(measure)]
    if not years:
        return []
    message = N_("Break in the series at {years}: values before and after are not comparable.")
    brief = N_("Break in the series: {years}.")
    listed = t.join_names(years)
    return [Caution(plain_note(message, t, years=listed), plain_note(brief, t, years=listed))]


def ambiguity_cautions(cells: Iterable[Cell], t: Translator) -> list[Caution]:
    """The ranks that may be another province’s, each pair of provinces once."""
    results: dict[frozenset[str], Caution] = {}
    for cell in cells:
        if cell.may_mean:
            (line,) = ambiguity_lines([cell], t)
            names = {
                "name": province_name(cell.adcode, t),
                "other": province_name(cell.may_mean, t),
            }
            brief = plain_note(N_("? May be {name} or {other}."), t, **names)
            results.setdefault(
                frozenset((cell.adcode, cell.may_mean)), Caution(Sentence(line), brief)
            )
    return list(results.values())


def index_cautions(
    result: IndexResult, snapshot: Snapshot, measure: Measure, named: Sequence[Cell], t: Translator
) -> list[Caution]:
    """Custom weights, weak evidence, and how far the ranks of some provinces vary by method."""
    cautions = []
    if result.recipe != default_recipe(result.year):
        mark = recipe_label(result, t)
        brief = N_("Custom methods or weights, not the default.")
        cautions.append(Caution(plain_note(N_("{mark}."), t, mark=mark), plain_note(brief, t)))
    cautions += rank_cautions(snapshot, measure, named, t)
    return cautions


def rank_cautions(
    snapshot: Snapshot, measure: Measure, named: Sequence[Cell], t: Translator
) -> list[Caution]:
    """How far the ranks of named provinces vary by method, or that one indicator decides them."""
    if any(cell.one_indicator for cell in named):
        return [
            Caution(plain_note(N_("One indicator decides these ranks; no method changes them."), t))
        ]
    cells = [cell for cell in named if cell.low is not None]
    if not cells:
        return []
    whole, brief = (
        _describe_intervals(shown, snapshot, measure, t) for shown in (cells, cells[:1])
    )
    return [Caution(whole, brief)]


def _describe_intervals(
    cells: Sequence[Cell], snapshot: Snapshot, measure: Measure, t: Translator
) -> Sentence:
    pen = SentenceBuilder(t)
    items = []
    for cell in cells:
        low, high = (
            pen.cite(getattr(cell, part), measure, snapshot.year, cell.adcode, part)
            for part in ("low", "high")
        )
        name = province_name(cell.adcode, t)
        items.append(
            t(N_("{name} always {low}"), name=name, low=low)
            if cell.low == cell.high
            else t(N_("{name} {low} to {high}"), name=name, low=low, high=high)
        )
    return pen.build(N_("Ranks by choice of method: {ranks}."), ranks=t.join_clauses(items))


def pair_cautions(pair: MapPair, t: Translator) -> list[Caution]:
    """The cautions of both maps; one of only one map starts with its letter."""
    first, second = (_side_cautions(side, t) for side in (pair.first, pair.second))

    def add_letter(caution: Caution, letter: str) -> Caution:
        return replace(
            caution,
            sentence=note_with_letter(caution.sentence, letter, t),
            brief=note_with_letter(caution.short, letter, t),
        )

    return join_sides(first, second, add_letter)


def _side_cautions(side: MapSide, t: Translator) -> list[Caution]:
    """The cautions of a map beside another; a list of the first ten is said by its legend."""
    if side.measure.kind == "report" and side.snapshot.scale is Scale.TOP_TEN:
        return ambiguity_cautions([c for c in side.snapshot.cells.values() if c.rank], t)
    return map_cautions(side.snapshot, side.measure, t)
