"""A measure, or all of them, as a workbook: figures, what they mean, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo import provenance, tables, wording
from geo.cells import Status
from geo.dataset import dataset
from geo.exports import sheets
from geo.exports.sheets import Sheet
from geo.indicators import CONTEXT, Measure
from geo.measures import all_measures, snapshot_of
from geo.provenance import Source
from geo.text import N_, Translator

VALUE = list(tables.HEADS).index("value")


def measure_workbook(measure_id: str, t: Translator, year: int | None = None) -> bytes:
    """All provinces of a measure in a year, or in all its years, as a workbook (XLSX).

    Raises KeyError for an unknown measure or year.
    """
    measure = all_measures()[measure_id]
    years = tables.table_years(measure, year)
    return sheets.write_workbook(
        [
            Sheet(
                t(N_("Data")),
                tables.cell_table_head(t),
                tables.cell_table_rows(measure_id, t, year),
                {VALUE: measure.decimals},
            ),
            _definitions_sheet(_about_measure(measure, years, t), t),
            _sources_sheet(provenance.sources_of(measure, t), t),
        ],
        wording.measure_name(measure, t),
    )


def full_workbook(t: Translator) -> bytes:
    """Every measure with all its years in one workbook, each row with the key of its measure."""
    rows = [
        [measure, *row] for measure in all_measures() for row in tables.cell_table_rows(measure, t)
    ]
    names = list(dataset().catalogue.index)
    series = [provenance.series_source(name, t) for name in names]
    lists = [
        source
        for entry in all_measures().values()
        if entry.kind == "report"
        for source in provenance.sources_of(entry, t)
    ]
    return sheets.write_workbook(
        [
            Sheet(t(N_("Data")), [t(N_("Key")), *tables.cell_table_head(t)], rows, {}),
            _catalogue_sheet(t),
            _sources_sheet([*lists, *series], t),
        ],
        t(N_("Digital China Atlas")),
    )


def _about_measure(measure: Measure, years: Sequence[int], t: Translator) -> list[tuple[str, str]]:
    """What a measure is, and what each status among its cells says."""
    lines = [
        (t(N_("Measure")), wording.measure_name(measure, t)),
        (t(N_("Key")), measure.id),
        (t(N_("Dimension")), assignment_note(measure, t)),
        (t(N_("Unit")), t.localized(measure.unit_en, measure.unit_zh)),
        (t(N_("Years")), ", ".join(map(str, years))),
    ]
    lines += meaning_pairs(measure, years, t)
    occurring = {status for y in years for status in snapshot_of(measure.id, y).present_statuses()}
    lines += [
        (wording.status_name(status, t), t(wording.STATUS_NOTES[status]))
        for status in Status
        if status in occurring
    ]
    return [(head, text) for head, text in lines if text]


def meaning_pairs(measure: Measure, years: Sequence[int], t: Translator) -> list[tuple[str, str]]:
    """What the figures of some years are, as pairs of head and text, each pair once.

    The head names the years where the text does not hold for all of them.
    """
    numbers: dict[tuple[str, str], list[int]] = {}
    for year in years:
        rows = [("", provenance.kind_line(measure, year, t))]
        if measure.kind == "report":
            rows.append(("", t(wording.SCALE_NOTES[snapshot_of(measure.id, year).scale])))
        for row in (*rows, *provenance.measure_definition(measure, year, t)):
            numbers.setdefault(row, []).append(year)
    return [
        (_definition_head(head, head_years, years, t), text)
        for (head, text), head_years in numbers.items()
    ]


def _definition_head(
    head: str, years: Sequence[int], all_years: Sequence[int], t: Translator
) -> str:
    span = ", ".join(map(str, years))
    if not head:
        return span
    if list(years) == list(all_years):
        return head
    return t(N_("{head}, {years}"), head=head, years=span)


def assignment_note(measure: Measure, t: Translator) -> str:
    """Under which dimension a measure stands, and who put it there."""
    if measure.dimension == CONTEXT:
        return t(N_("For context, not part of the index"))
    if measure.kind == "own":
        return t(N_("Own data"))
    name = wording.dimension_name(measure.dimension, t)
    if measure.kind == "report":
        return name
    if measure.kind == "index":
        return t(N_("{dimension}; our own reckoning"), dimension=name)
    return t(N_("{dimension}; we sort it there, not the report"), dimension=name)


def _definitions_sheet(rows: list[tuple[str, str]], t: Translator) -> Sheet:
    return Sheet(
        t(N_("Definitions")), [t(N_("Item")), t(N_("Description"))], rows, {}, wrapped=True
    )


def _catalogue_sheet(t: Translator) -> Sheet:
    """A row for each measure, then one for each status."""
    head = [
        t(N_("Key")), t(N_("Measure")), t(N_("Dimension")), t(N_("Unit")),
        t(N_("Years")), t(N_("Description")),
    ]  # fmt: skip
    rows: list[list[object]] = [
        [
            measure.id,
            wording.measure_name(measure, t),
            assignment_note(measure, t),
            t.localized(measure.unit_en, measure.unit_zh),
            ", ".join(map(str, measure.years)),
            "\n".join(f"{name}: {text}" for name, text in meaning_pairs(measure, measure.years, t)),
        ]
        for measure in all_measures().values()
    ]
    rows += [
        [
            status.value,
            wording.status_name(status, t),
            "",
            "",
            "",
            t(wording.STATUS_NOTES[status]),
        ]
        for status in Status
    ]
    return Sheet(t(N_("Definitions")), head, rows, {}, wrapped=True)


def _sources_sheet(sources: Iterable[Source], t: Translator) -> Sheet:
    head = [
        t(N_("Series")), t(N_("Unit as published")), t(N_("First year")),
        t(N_("Last year")), t(N_("Issuing body")), t(N_("Read from")), t(N_("Remarks")),
    ]  # fmt: skip
    rows = [[s.series, s.unit, *s.years, s.issuer, s.via, s.note] for s in sources]
    return Sheet(t(N_("Sources")), head, rows, {}, wrapped=True)
