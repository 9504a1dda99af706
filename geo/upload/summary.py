"""What was understood of a table, as sentences for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.text import N_, InputError, Translator, translator
from geo.upload.columns import ColumnRole
from geo.upload.files import UploadedFile, quote_for_message
from geo.upload.options import ImportOptions
from geo.upload.parsing import MissingValue, ParsedTable, parse_table
from geo.upload.periods import format_period
from geo.upload.rows import RowOutcome
from geo.upload.wording import (
    OUTCOME_NAMES,
    column_title,
    describe_outcome,
    notation_example,
)

DAY: Final = 10**7  # periods above it are days
SKIPPED: Final = (
    RowOutcome.UNMATCHED, RowOutcome.DOUBLED, RowOutcome.NO_YEAR, RowOutcome.TOTAL,
    RowOutcome.REGION, RowOutcome.OTHER, RowOutcome.NOTE, RowOutcome.LEFT_OUT, RowOutcome.TITLE,
)  # fmt: skip
FINER: Final = N_(
    "The rows are of days. Each day is a value of its own; months or years can be formed by a sum,"
    " a mean or the latest value."
)
SEVERAL_ROWS: Final = N_(
    "{count} rows share their province and time with another. Choose their sum, mean or latest"
    " value, or the row to keep."
)
COMBINED: Final = N_("Several rows about one province and time are combined by: {way}.")
NOTATION: Final = N_("{column}: values can be read in two notations, here as {example}.")
MARKED: Final = N_("{column}: the mark “{mark}” in {count} of its cells; the values are kept.")
FROM_TITLE: Final = N_("The time {period} is taken from the title or the name of the sheet.")
OTHER_SHEETS: Final = N_("Other sheets hold tables of provinces, too: {sheets}.")
SPLIT: Final = N_("{column} tells series apart: each of its values is a series.")
UNKNOWN: Final = N_(
    "Rows that name no known province: {count}. Choose one for each, or exclude them."
)
ASIDE: Final = N_("{column} ranks, numbers or locates the rows, and is no measure.")
UNREAD: Final = N_(
    "{column}: no value in {count} of its cells, which are not numbers, such as “{text}” in"
    " row {row}."
)
UNUSED: Final = N_("{columns}: not used as values.")
OTHER_NAMES: Final = N_(
    "{column} names other provinces than {names}. The values are taken as those of the provinces in"
    " {names}."
)
WAYS: Final = {"sum": N_("sum"), "mean": N_("mean"), "latest": N_("latest value")}


@dataclass(frozen=True)
class Decision:
    """A way in which a table is understood, which the reader may change, as a sentence."""

    kind: str
    text: str


def list_decisions(parsed: ParsedTable, t: Translator) -> list[Decision]:
    """Return the decisions about a table, those that need the reader first."""
    titles = {column.number: column_title(column, t) for column in parsed.columns}
    found = []
    if parsed.combined:
        found.append(Decision("aggregate", t(COMBINED, way=t(WAYS[parsed.combined]))))
    elif parsed.doubles:
        doubles = t.format_number(parsed.doubles)
        found.append(Decision("aggregate", t(SEVERAL_ROWS, count=doubles)))
    if any(year > DAY for series in parsed.series for year in series.years):
        found.append(Decision("aggregate", t(FINER)))
    unknown = len(parsed.rows_with(RowOutcome.UNMATCHED))
    if unknown:
        found.append(Decision("province", t(UNKNOWN, count=t.format_number(unknown))))
    for column in parsed.columns:
        title = titles[column.number]
        if column.ambiguous:
            example = notation_example(column)
            found.append(Decision("notation", t(NOTATION, column=title, example=example)))
        if column.role is ColumnRole.KEY:
            found.append(Decision("key", t(SPLIT, column=title)))
        if column.role is ColumnRole.ASIDE:
            found.append(Decision("measure", t(ASIDE, column=title)))
    found += _list_unused(parsed, titles, t)
    for number, mark, count in parsed.marks:
        text = t(MARKED, column=titles[number], count=t.format_number(count), mark=mark)
        found.append(Decision("mark", text))
    found += [Decision("shape", t(sentence)) for sentence in parsed.done]
    if parsed.period is not None:
        found.append(Decision("time", t(FROM_TITLE, period=format_period(parsed.period))))
    if parsed.other_sheets:
        sheets = ", ".join(quote_for_message(sheet) for sheet in parsed.other_sheets)
        found.append(Decision("sheet", t(OTHER_SHEETS, sheets=sheets)))
    return found


def _list_unused(parsed: ParsedTable, titles: Mapping[int, str], t: Translator) -> list[Decision]:
    """Return what of the table comes into no value: cells and columns, so that nothing is lost."""
    found = []
    for number in parsed.other_provinces:
        names = titles[parsed.province_column]
        found.append(Decision("province", t(OTHER_NAMES, column=titles[number], names=names)))
    unread: dict[int, list[MissingValue]] = {}
    for gap in parsed.gaps:
        if gap.unread:
            unread.setdefault(gap.column, []).append(gap)
    for number, gaps in unread.items():
        first = gaps[0]
        count, text = t.format_number(len(gaps)), quote_for_message(first.text)
        sentence = t(UNREAD, column=titles[number], count=count, text=text, row=first.row)
        found.append(Decision("gap", sentence))
    unused = [
        titles[column.number]
        for column in parsed.columns
        if column.role in (ColumnRole.WORDS, ColumnRole.CODE)
        and column.number not in parsed.other_provinces
    ]
    if unused:
        found.append(Decision("column", t(UNUSED, columns=t.join_names(unused))))
    return found


def summarise_file(raw: UploadedFile, sheet: str = "", lang: str = "en") -> dict[str, Any]:
    """Return what is understood of a file: its series, decisions, skipped rows, or the refusal."""
    t = translator(lang)
    summary: dict[str, Any] = {
        "file": raw.display_name, "series": [], "decisions": [], "set_aside": [], "refused": None,
    }  # fmt: skip
    try:
        parsed = parse_table(raw, ImportOptions(sheet=sheet))
    except InputError as error:
        summary["refused"] = t(error.message, **error.slots)
        return summary
    for series in parsed.series:
        # A province without a value is matched all the same.
        values: dict[str, dict[str, float]] = {
            row.adcode: {}
            for row in parsed.rows_with(RowOutcome.MATCHED, RowOutcome.BEYOND)
            if row.key == series.row_key
        }
        for adcode, period, value in series.figures:
            values.setdefault(adcode, {})[format_period(period)] = value
        summary["series"].append({"name": series.name, "unit": series.unit, "values": values})
    summary["decisions"] = [
        {"kind": decision.kind, "text": decision.text} for decision in list_decisions(parsed, t)
    ]
    summary["set_aside"] = [
        {"row": row.number, "why": f"{describe_outcome(row, t)}: {quote_for_message(row.text)}"}
        for row in parsed.rows_with(*SKIPPED)
        if row.outcome in OUTCOME_NAMES
    ]
    return summary
