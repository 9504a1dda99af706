"""A measure, or all of them, as a workbook: figures, what they mean, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo import provenance, tables, wording
from geo.cells import Status
from geo.dataset import dataset
from geo.exports import sheets
from geo.exports.sheets import Sheet
from geo.indicators import CONTEXT, Measure
from geo.measures import measures, snapshot
from geo.provenance import Source
from geo.text import N_, Texts

VALUE = list(tables.HEADS).index("value")


def of_measure(measure_id: str, say: Texts, year: int | None = None) -> bytes:
    """All provinces of a measure in a year, or in all its years, as a workbook (XLSX).

    Raises KeyError for an unknown measure or year.
    """
    measure = measures()[measure_id]
    years = tables.years(measure, year)
    return sheets.written(
        [
            Sheet(
                say(N_("Data")),
                tables.head(say),
                tables.rows(measure_id, say, year),
                {VALUE: measure.decimals},
            ),
            _definitions(_about(measure, years, say), say),
            _sources(provenance.sources(measure, say), say),
        ],
        wording.measure_name(measure, say),
    )


def of_everything(say: Texts) -> bytes:
    """Every measure with all its years in one workbook, each row with the key of its measure."""
    rows = [[own, *row] for own in measures() for row in tables.rows(own, say)]
    names = list(dataset().catalogue.index)
    series = [provenance.series(name, say) for name in names]
    lists = [
        source
        for own in measures().values()
        if own.kind == "report"
        for source in provenance.sources(own, say)
    ]
    return sheets.written(
        [
            Sheet(say(N_("Data")), [say(N_("Key")), *tables.head(say)], rows, {}),
            _catalogue(say),
            _sources([*lists, *series], say),
        ],
        say(N_("Digital China Atlas")),
    )


def _about(measure: Measure, years: Sequence[int], say: Texts) -> list[tuple[str, str]]:
    """What a measure is, and what each status among its cells says."""
    found = [
        (say(N_("Measure")), wording.measure_name(measure, say)),
        (say(N_("Key")), measure.id),
        (say(N_("Dimension")), assignment(measure, say)),
        (say(N_("Unit")), say.pick(measure.unit_en, measure.unit_zh)),
        (say(N_("Years")), ", ".join(map(str, years))),
    ]
    found += meaning(measure, years, say)
    occurring = {status for y in years for status in snapshot(measure.id, y).statuses()}
    found += [
        (wording.status(status, say), say(wording.STATUS_NOTES[status]))
        for status in Status
        if status in occurring
    ]
    return [(head, text) for head, text in found if text]


def meaning(measure: Measure, years: Sequence[int], say: Texts) -> list[tuple[str, str]]:
    """What the figures of some years are, as pairs of head and text, each pair once.

    The head names the years where the text does not hold for all of them.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for year in years:
        rows = [("", provenance.kind(measure, year, say))]
        if measure.kind == "report":
            rows.append(("", say(wording.SCALE_NOTES[snapshot(measure.id, year).scale])))
        for row in (*rows, *provenance.definition(measure, year, say)):
            found.setdefault(row, []).append(year)
    return [(_head(head, own, years, say), text) for (head, text), own in found.items()]


def _head(head: str, own: Sequence[int], years: Sequence[int], say: Texts) -> str:
    span = ", ".join(map(str, own))
    if not head:
        return span
    if list(own) == list(years):
        return head
    return say(N_("{head}, {years}"), head=head, years=span)


def assignment(measure: Measure, say: Texts) -> str:
    """Under which dimension a measure stands, and who put it there."""
    if measure.dimension == CONTEXT:
        return say(N_("For context, not part of the index"))
    if measure.kind == "own":
        return say(N_("Own data"))
    name = wording.dimension_name(measure.dimension, say)
    if measure.kind == "report":
        return name
    if measure.kind == "index":
        return say(N_("{dimension}; our own reckoning"), dimension=name)
    return say(N_("{dimension}; we sort it there, not the report"), dimension=name)


def _definitions(rows: list[tuple[str, str]], say: Texts) -> Sheet:
    return Sheet(
        say(N_("Definitions")), [say(N_("Item")), say(N_("Description"))], rows, {}, wrapped=True
    )


def _catalogue(say: Texts) -> Sheet:
    """A row for each measure, then one for each status."""
    head = [
        say(N_("Key")), say(N_("Measure")), say(N_("Dimension")), say(N_("Unit")),
        say(N_("Years")), say(N_("Description")),
    ]  # fmt: skip
    rows: list[list[object]] = [
        [
            own.id,
            wording.measure_name(own, say),
            assignment(own, say),
            say.pick(own.unit_en, own.unit_zh),
            ", ".join(map(str, own.years)),
            "\n".join(f"{name}: {text}" for name, text in meaning(own, own.years, say)),
        ]
        for own in measures().values()
    ]
    rows += [
        [status.value, wording.status(status, say), "", "", "", say(wording.STATUS_NOTES[status])]
        for status in Status
    ]
    return Sheet(say(N_("Definitions")), head, rows, {}, wrapped=True)


def _sources(found: Iterable[Source], say: Texts) -> Sheet:
    head = [
        say(N_("Series")), say(N_("Unit as published")), say(N_("First year")),
        say(N_("Last year")), say(N_("Issuing body")), say(N_("Read from")), say(N_("Remarks")),
    ]  # fmt: skip
    rows = [[s.series, s.unit, *s.years, s.issuer, s.via, s.note] for s in found]
    return Sheet(say(N_("Sources")), head, rows, {}, wrapped=True)
