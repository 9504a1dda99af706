"""What a reader who does not see a map needs: its classes, who is highest and lowest, the gaps."""

from __future__ import annotations

from geo import classwording, wording
from geo.captions.figuretitles import reliable_cells
from geo.captions.topics import map_subtitle
from geo.cells import Cell, Scale, Snapshot, Status
from geo.choropleth import Choropleth, MapClass
from geo.indicators import Measure
from geo.report import EVALUATED_COUNT
from geo.sentences import Sentence, SentenceBuilder, join_sentences, province_name
from geo.text import N_, Translator

FIRST = 3  # how many of the highest are named
# What has no figure or place: named at the end, so that nobody takes it for low.
GAPS = (
    Status.DOUBTFUL,
    Status.TOO_FEW,
    Status.NOT_PUBLISHED,
    Status.NOT_GIVEN,
    Status.NOT_COVERED,
    Status.NOT_EVALUATED,
)


def describe_map(drawn: Choropleth, measure: Measure, t: Translator, letter: str = "") -> Sentence:
    """The map of one measure in words, every number with where it was read.

    letter: that of the map where there are two.
    """
    snapshot = drawn.snapshot
    subtitle = map_subtitle(measure, snapshot.year, t)
    head = (
        SentenceBuilder(t).build(N_("Map {letter}: {subtitle}."), letter=letter, subtitle=subtitle)
        if letter
        else SentenceBuilder(t).build(
            N_("Map of China’s provinces: {subtitle}."), subtitle=subtitle
        )
    )
    if snapshot.scale is Scale.QUANTITY:
        parts = [
            head,
            _describe_classes(drawn, measure, t),
            *_describe_extremes(snapshot, measure, t),
        ]
    else:
        parts = [head, *_describe_published_list(snapshot, measure, t)]
    return join_sentences([*parts, *describe_missing(snapshot, t)], t)


def _describe_classes(drawn: Choropleth, measure: Measure, t: Translator) -> Sentence:
    """The classes from high to low with how many provinces each holds."""
    pen = SentenceBuilder(t)
    # Tiers of places run from the best on, values from the lowest.
    tiers = drawn.classes[0].basis == "rank"
    classes = drawn.classes if tiers else drawn.classes[::-1]
    listed = [_describe_class(map_class, drawn, measure, pen) for map_class in classes]
    count = pen.cite(len(drawn.classes), measure, drawn.snapshot.year, "", "classes")
    return pen.build(
        N_("{count} classes, dark for high: {classes}."),
        count=count,
        classes=t.join_names(listed),
    )


def _describe_class(
    map_class: MapClass, drawn: Choropleth, measure: Measure, pen: SentenceBuilder
) -> str:
    members = pen.cite(map_class.count, measure, drawn.snapshot.year, "", "members")
    return pen.t(
        N_("{label} ({count})"), label=classwording.class_label(map_class, pen.t), count=members
    )


def _describe_extremes(snapshot: Snapshot, measure: Measure, t: Translator) -> list[Sentence]:
    """The first three and the last, of how many provinces, and the country."""
    cells = reliable_cells(snapshot)
    sentences = []
    if cells:
        pen = SentenceBuilder(t)
        message = (
            N_("Highest: {first}; lowest: {last}.")
            if len(cells) == EVALUATED_COUNT
            else N_("Of {count} provinces with a sound figure highest: {first}; lowest: {last}.")
        )
        # Nobody who is level with the first or the last goes unnamed.
        first = [c for p, c in enumerate(cells) if p < FIRST or c.value == cells[0].value]
        last = [c for c in cells if c.value == cells[-1].value]
        sentences.append(
            pen.build(
                message,
                count=pen.cite(len(cells), measure, snapshot.year, "", "count"),
                first=_list_with_values(first, snapshot, measure, pen),
                last=_list_with_values(last, snapshot, measure, pen),
            )
        )
    if snapshot.national:
        pen = SentenceBuilder(t)
        label = t(wording.HOW_NATIONAL[snapshot.national.how])
        value = pen.cite_number(snapshot.national, measure, snapshot.year)
        sentences.append(pen.build(N_("{label}: {value}."), label=label, value=value))
    return sentences


def _list_with_values(
    cells: list[Cell], snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    """Provinces with their figures; of the open index also with the interval of the rank."""
    return pen.t.join_names([_format_with_interval(cell, snapshot, measure, pen) for cell in cells])


def _format_with_interval(
    cell: Cell, snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    slots = {
        "name": province_name(cell.adcode, pen.t),
        "value": pen.cite_number(cell, measure, snapshot.year),
    }
    if cell.low is None:
        return pen.t(N_("{name} ({value})"), **slots)
    return pen.t(
        N_("{name} ({value}; rank {low} to {high} by method)"),
        low=pen.cite(cell.low, measure, snapshot.year, cell.adcode, "low"),
        high=pen.cite(cell.high, measure, snapshot.year, cell.adcode, "high"),
        **slots,
    )


def _describe_published_list(snapshot: Snapshot, measure: Measure, t: Translator) -> list[Sentence]:
    """A list of the report in its order, or the names that have none."""
    pen = SentenceBuilder(t)
    placed = sorted((c for c in snapshot.cells.values() if c.rank), key=lambda cell: cell.rank or 0)
    named = [
        province_name(c.adcode, t) for c in snapshot.cells.values() if c.status is Status.NAMED
    ]
    lines = [_format_published_place(cell, snapshot, measure, pen) for cell in placed] or named
    message = (
        N_("Named without a rank: {list}.")
        if named
        else N_("Places among the comprehensive ten alone: {list}.")
        if snapshot.scale is Scale.AMONG_TEN
        else N_("Published places among 31: {list}.")
    )
    sentences = [pen.build(message, list=t.join_names(lines))]
    if snapshot.count_status(Status.OUTSIDE):
        sentences.append(
            SentenceBuilder(t).build(N_("The other provinces are outside the published ten."))
        )
    return sentences


def _format_published_place(
    cell: Cell, snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    counted = pen.cite_list_place(cell, measure, snapshot.year)
    if cell.may_mean:
        return pen.t(
            N_("{name} or {other} {counted}"),
            name=province_name(cell.adcode, pen.t),
            other=province_name(cell.may_mean, pen.t),
            counted=counted,
        )
    return pen.t(N_("{name} {counted}"), name=province_name(cell.adcode, pen.t), counted=counted)


def describe_missing(snapshot: Snapshot, t: Translator) -> list[Sentence]:
    """Who has no figure or place, and whose is doubtful, status by status."""
    sentences = []
    for status in GAPS:
        names = [province_name(c.adcode, t) for c in snapshot.cells.values() if c.status is status]
        if names:
            message = N_("{status}: {names}.")
            label = wording.status_name(status, t)
            sentences.append(
                SentenceBuilder(t).build(message, status=label, names=t.join_names(names))
            )
    return sentences
