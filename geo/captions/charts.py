"""The words around a scatter of two measures, and around the lines of one over the years."""

from __future__ import annotations

from collections.abc import Sequence

from geo import wording
from geo.captions import notes, sources
from geo.captions.caption import Caption, fitting
from geo.captions.topics import subtitle, topic
from geo.cells import Cell, Status
from geo.change import nominal
from geo.compare import coursewords, relationwording
from geo.compare.course import Course
from geo.compare.relation import Relation, rank, spearman
from geo.dimension import Point
from geo.measures import measures, snapshot
from geo.report import EVALUATED_COUNT
from geo.sentences import Pen, Sentence, joined, name
from geo.text import N_, Texts


def scatter_caption(own: Relation, kind: str, fit: str, say: Texts) -> Caption:
    """The words around a scatter; kind, fit: as in geo.compare.relationwording.notes.

    The title gives the rank correlation, which is said of both values and ranks.
    """
    sides = [(measures()[side.measure], side.year) for side in (own.a, own.b)]
    first, second = (subtitle(measure, year, say) for measure, year in sides)
    strong = Sentence(relationwording.correlation(own, say))
    told = [Sentence(text) for text in relationwording.notes(own, kind, fit, say)]
    return Caption(
        title=fitting(_scatter_titles(own, say), say),
        subtitle=say(N_("A: {first}; B: {second}"), first=first, second=second),
        alt=joined([_scatter_head(own, say), strong], say),
        source=sources.line(sides, say),
        notes=notes.once([strong, *told]),
    )


def _scatter_titles(own: Relation, say: Texts) -> list[Sentence]:
    a, b = (measures()[side.measure] for side in (own.a, own.b))
    found = spearman(own)
    if found is None:
        return [Pen(say).done(N_("{a} and {b}"), a=topic(a, say), b=topic(b, say))]
    titles = []
    for message in (
        N_("{a} and {b}: rank correlation {value} over {count} provinces"),
        N_("{a} and {b}: rank correlation {value}"),
        N_("Rank correlation of A and B: {value}, over {count} provinces"),
    ):
        pen = Pen(say)
        titles.append(
            pen.done(
                message,
                a=topic(a, say),
                b=topic(b, say),
                value=pen.keep(say.number(found.value, 2), a, own.a.year, "", "spearman"),
                count=pen.keep(found.count, a, own.a.year, "", "correlated"),
            )
        )
    return titles


def _scatter_head(own: Relation, say: Texts) -> Sentence:
    return Pen(say).done(
        N_("Scatter of China’s provinces, {a} across and {b} upwards."),
        a=relationwording.measure_year(own.a, say),
        b=relationwording.measure_year(own.b, say),
    )


def course_caption(own: Course, chosen: Sequence[str], say: Texts) -> Caption:
    """The words around the lines of compared provinces over the years.

    The title tells who stands first of them in the last year in which all have a sound figure.
    """
    measure = own.measure
    name_of = wording.measure_name(measure, say)
    told = [Sentence(text) for text in coursewords.notes(own, chosen, say)]
    if own.shown != "ranks" and nominal(measure):
        told.append(notes.plain(N_("At current prices: changes over years are nominal."), say))
    return Caption(
        title=fitting(_course_titles(own, chosen, say), say),
        subtitle=say(
            N_("{measure} ({unit}), {first} to {last}"),
            measure=name_of,
            unit=coursewords.title(own, say),
            first=measure.years[0],
            last=measure.years[-1],
        ),
        alt=_course_alternative(own, chosen, say),
        source=sources.course_line(measure, say),
        notes=notes.once([*told, *_definition(own, say)]),
    )


def _definition(own: Course, say: Texts) -> list[Sentence]:
    """How an indicator is reckoned; a list and an index say it in their own notes."""
    measure = own.measure
    if measure.kind == "own":
        return notes.of_figures(snapshot(measure.id, measure.years[-1]), measure, say)
    if not measure.derived:
        return []
    return [
        notes.plain(N_("Reckoned by us: {formula}."), say, formula=wording.formula(measure, say))
    ]


def _sound(own: Course, chosen: Sequence[str]) -> tuple[int, list[Cell]] | None:
    """The last year in which all have a sound figure or a published rank, best rank first."""
    for year in reversed(own.measure.years):
        cells = [snapshot(own.measure.id, year).cells[adcode] for adcode in chosen]
        if all(rank(cell) and cell.status is not Status.DOUBTFUL for cell in cells):
            return year, sorted(cells, key=lambda cell: cell.rank or 0)
    return None


def _course_titles(own: Course, chosen: Sequence[str], say: Texts) -> list[Sentence]:
    what = topic(own.measure, say)
    listed = say.listing([name(adcode, say) for adcode in chosen])
    plain = [
        Pen(say).done(N_("{topic} of {names} over the years"), topic=what, names=names)
        for names in (listed, say(N_("{count} provinces"), count=len(chosen)))
    ]
    found = _sound(own, chosen)
    if found is None:
        return plain
    year, cells = found
    if len(cells) > 1 and cells[0].rank == cells[1].rank:
        return plain
    one = len(chosen) == 1
    full = (
        N_("{topic}: {name} at rank {rank} of {of} in {year}")
        if one
        else N_("{topic}: {name} first of these {count} in {year}, at rank {rank} of {of}")
    )
    short = N_("{topic}: {name} first of these {count} in {year}")
    titles = []
    for message in (full,) if one else (full, short):
        first, pen = cells[0], Pen(say)
        titles.append(
            pen.done(
                message,
                topic=what,
                name=name(first.adcode, say),
                year=year,
                count=pen.keep(len(chosen), own.measure, year, first.adcode, "compared"),
                rank=pen.keep(first.rank, own.measure, year, first.adcode, "rank"),
                of=pen.keep(first.of or EVALUATED_COUNT, own.measure, year, first.adcode, "of"),
            )
        )
    return [*titles, *plain]


def _course_alternative(own: Course, chosen: Sequence[str], say: Texts) -> Sentence:
    """Whose lines they are, and where each province's begins and ends."""
    parts = [
        Pen(say).done(
            N_("Lines over the years, {measure} ({unit})."),
            measure=wording.measure_name(own.measure, say),
            unit=coursewords.title(own, say),
        )
    ]
    for adcode in chosen:
        points = [point for point in own.points if point.line == adcode]
        if not points:
            parts.append(Pen(say).done(N_("{name}: no line."), name=name(adcode, say)))
            continue
        pen = Pen(say)
        ends = [
            pen.keep(_shown(point, own, say), own.measure, point.year, adcode, own.shown)
            for point in (points[0], points[-1])
        ]
        parts.append(
            pen.done(
                N_("{name}: {start} in {first}, {end} in {last}."),
                name=name(adcode, say),
                start=ends[0],
                first=points[0].year,
                end=ends[1],
                last=points[-1].year,
            )
        )
    return joined(parts, say)


def _shown(point: Point, own: Course, say: Texts) -> str:
    figure = say.number(point.value, coursewords.decimals(own))
    return f"{figure} ?" if point.doubtful else figure
