"""A parsed table: its layout, columns and rows, and the options that change them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from geo.captions import quiet_note
from geo.limits import MAX_ROWS_LISTED
from geo.text import N_, InputError, Translator, render_template
from geo.upload import (
    DELIMITER_NAMES,
    NOTATIONS,
    OUTCOME_NAMES,
    ROLE_NAMES,
    ColumnRole,
    DecimalMark,
    ImportOptions,
    MeasureDefinition,
    MissingValue,
    ParsedTable,
    RowOutcome,
    RowReport,
    UploadedTable,
    column_letters,
    column_title,
    describe_outcome,
    encoding_name,
    list_decisions,
    notation_example,
    quote_for_message,
)
from pages.parts.session import session_workspace, uploaded_tables
from pages.parts.state import (
    escape_markdown,
    hold_uploaded_tables,
    notify,
    set_widget,
)
from pages.parts.uploads.notice import announce_change

TEMPLATES: Final = Path(__file__).parent / "templates"
OPEN: Final = 6  # up to as many columns the list is expanded
ASKED: Final = ("aggregate", "province")  # kinds of decisions that are asked as questions
OPEN_DECISIONS: Final = 3  # up to as many ways of understanding are listed unfolded
REMOVED: Final = N_("“{name}” was removed.")
REMOVED_WITH_MEASURES: Final = N_("“{name}” was removed, with its measures: {count}.")
NOT_CHOSEN: Final = ""  # no choice for a row
OUT: Final = "out"
STEPS: Final = {"": N_("as they are"), "month": N_("months"), "year": N_("years")}
OUTCOMES_SHOWN: Final = (
    RowOutcome.MATCHED,
    RowOutcome.BEYOND,
    RowOutcome.UNMATCHED,
    RowOutcome.DOUBLED,
    RowOutcome.NO_YEAR,
    RowOutcome.LEFT_OUT,
    RowOutcome.TOTAL,
    RowOutcome.REGION,
    RowOutcome.OTHER,
    RowOutcome.NOTE,
    RowOutcome.TITLE,
    RowOutcome.UNITS,
    RowOutcome.BLANK,
)
LAST_HEAD: Final = 30  # the last row that can be chosen as head
KINDS: Final = {
    "csv": N_("Table of text"),
    "xlsx": N_("Workbook"),
    "ods": N_("Workbook"),
    "geojson": N_("JSON, attributes only"),
    "gpkg": N_("GeoPackage, attributes only"),
}


def widget_key(place: int, table: UploadedTable, part: object) -> str:
    """Return the key of a widget of one table, which is stable while options change."""
    return f"upload_{place}_{table.file.checksum[:8]}_{part}"


def apply_choice(
    key: str, table: UploadedTable, make: Callable[[ImportOptions, Any], ImportOptions]
) -> None:
    """Callback of a widget: parse the table with the new option, or show why it is invalid."""
    try:
        choices = make(table.options, st.session_state[key])
        replace_table(table, choices=choices)
    except InputError as error:
        notify(error)


def replace_table(
    table: UploadedTable,
    choices: ImportOptions | None = None,
    measures: tuple[MeasureDefinition, ...] | None = None,
) -> None:
    """Replace a table by one with other options or measures. Raises InputError."""
    new = UploadedTable(
        table.file,
        table.options if choices is None else choices,
        table.measures if measures is None else measures,
    )
    hold_uploaded_tables(uploaded_tables().with_replaced(table.id, new))


def field_change(field: str) -> Callable[[ImportOptions, Any], ImportOptions]:
    """Return a function that changes one option."""

    def make(choices: ImportOptions, value: Any) -> ImportOptions:
        changes: dict[str, Any] = {field: value}
        if field == "sheet":  # other options refer to rows and columns of the old sheet
            return ImportOptions(sheet=value)
        return replace(choices, **changes)

    return make


def draw_notations(place: int, table: UploadedTable, t: Translator, is_open: bool) -> None:
    """Draw the notation of columns that can be read in two ways.

    is_open: of the first one that is not settled; else of those that are.
    """
    settled = dict(table.options.notations)
    columns = [
        entry
        for entry in table.understood.columns
        if (entry.number in settled) != is_open and (entry.ambiguous or entry.number in settled)
    ]
    if not columns:
        return
    columns = columns[:1] if is_open else columns
    with st.container(key=widget_key(place, table, "notations"), horizontal=True):
        for column in columns:
            key = widget_key(place, table, f"notation_{column.number}")
            set_widget(key, column.decimal)
            st.selectbox(
                t(
                    N_("Numbers in column {column} are written as"),
                    column=escape_markdown(column_title(column, t)),
                ),
                list(NOTATIONS),
                format_func=NOTATIONS.__getitem__,
                key=key,
                on_change=apply_choice,
                args=(key, table, _ChangeNotation(column.number)),
            )


class _ChangeNotation:
    """A change of the notation of one column."""

    def __init__(self, column: int) -> None:
        self.column = column

    def __call__(self, choices: ImportOptions, value: Any) -> ImportOptions:
        decimals = {**dict(choices.notations), self.column: DecimalMark(value)}
        return replace(choices, notations=tuple(decimals.items()))


def columns_table(table: UploadedTable, t: Translator) -> Markup:
    heads = (N_("Column"), N_("What it is"), N_("Notation"), N_("Unit"), N_("Year"))
    columns = table.understood.columns
    figures = sum(entry.role is ColumnRole.FIGURES for entry in columns)
    return render_template(
        TEMPLATES,
        "columns",
        opened=len(columns) <= OPEN,
        summary=t(
            N_("{figures} of {count} columns hold values"), figures=figures, count=len(columns)
        ),
        heads=[t(head) for head in heads],
        rows=[
            (
                column_title(column, t),
                t(ROLE_NAMES[column.role]),
                notation_example(column),
                quote_for_message(column.head.unit),
                str(column.head.year or ""),
            )
            for column in columns
            if column.role is not ColumnRole.EMPTY
        ],
    )


def draw_row_counts(parsed: ParsedTable, t: Translator) -> None:
    """Draw how many rows have which outcome."""
    counts = Counter(row.outcome for row in parsed.rows)
    line = " · ".join(
        t(
            N_("{what}: {count}"),
            what=t(OUTCOME_NAMES[fate]),
            count=t.format_number(counts[fate]),
        )
        for fate in OUTCOMES_SHOWN
        if counts[fate]
    )
    st.html(quiet_note(line))


def draw_decisions(parsed: ParsedTable, t: Translator) -> None:
    """Draw how the table is understood, but for what is asked as a question."""
    told = [
        {"text": decision.text, "content": None}
        for decision in list_decisions(parsed, t)
        if decision.kind not in ASKED
    ]
    if told:
        title = t(N_("How it is understood: {count}"), count=t.format_number(len(told)))
        st.html(
            render_template(
                TEMPLATES,
                "folded_list",
                title=title,
                lines=told,
                rest="",
                opened=len(told) <= OPEN_DECISIONS,
            )
        )


def row_report(parsed: ParsedTable, t: Translator) -> Markup:
    """Return every row with its outcome, and the cells without a value."""
    return _row_list(parsed.rows, t) + _missing_values(parsed.gaps, t)


def _row_list(rows: tuple[RowReport, ...], t: Translator) -> Markup:
    items = [
        {
            "text": t(N_("Row {number}: {text}"), number=row.number, text=describe_outcome(row, t)),
            "content": _row_content(row),
        }
        for row in rows
        if row.outcome is not RowOutcome.BLANK
    ]
    return _folded_list(t(N_("All rows and their results")), items, t)


def _row_content(row: RowReport) -> str:
    """Return the content of a row if its outcome does not say it."""
    text = "" if row.outcome is RowOutcome.MATCHED else quote_for_message(row.text)
    return " ".join(filter(None, [text, str(row.year or "")]))


def _missing_values(gaps: tuple[MissingValue, ...], t: Translator) -> Markup:
    """Return the cells without a value, unreadable ones first."""
    items = [
        t(
            N_("Column {letter}, row {row}: “{text}” is not a number"),
            letter=column_letters(gap.column),
            row=gap.row,
            text=quote_for_message(gap.text),
        )
        for gap in sorted(
            gaps,
            key=lambda missing_value: (
                not missing_value.unread,
                missing_value.row,
                missing_value.column,
            ),
        )
        if gap.text
    ]
    blank = sum(not gap.text for gap in gaps)
    if blank:
        items.append(
            t(N_("{count} cells among the values are blank"), count=t.format_number(blank))
        )
    lines = [{"text": item, "content": None} for item in items]
    title = t(N_("Cells without a value: {count}"), count=t.format_number(len(gaps)))
    return _folded_list(title, lines, t) if gaps else Markup()


def _folded_list(title: str, lines: Sequence[Mapping[str, str | None]], t: Translator) -> Markup:
    """Return lines, each a text with a content or None, and how many more are not listed."""
    more = len(lines) - MAX_ROWS_LISTED
    rest = t(N_("{count} more are not listed."), count=t.format_number(more)) if more > 0 else ""
    return render_template(
        TEMPLATES,
        "folded_list",
        title=title,
        lines=lines[:MAX_ROWS_LISTED],
        rest=rest,
        opened=False,
    )


def draw_table_head(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw name, kind and encoding of a table, and the button that removes it."""
    parsed = table.understood
    with st.container(key=widget_key(place, table, "head"), horizontal=True):
        st.html(
            Markup("<h3>{}</h3>{}").format(
                table_title(table, t), quiet_note(" · ".join(_file_facts(parsed, t)))
            )
        )
        st.button(
            t(N_("Remove this table")),
            key=widget_key(place, table, "out"),
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove_table,
            args=(table, table_title(table, t)),
        )


def table_title(table: UploadedTable, t: Translator) -> str:
    """Return the name of the file, without folders."""
    return quote_for_message(table.file.display_name) or t(N_("pasted table"))


def _file_facts(parsed: ParsedTable, t: Translator) -> list[str]:
    """Return the known facts about the file."""
    facts = [t(KINDS[parsed.kind])]
    if parsed.encoding:
        facts.append(encoding_name(parsed.encoding, t))
    if parsed.kind == "csv":
        facts.append(t(N_("Delimiter: {name}"), name=t(DELIMITER_NAMES[parsed.delimiter])))
    if parsed.title:
        facts.append(t(N_("Title: {title}"), title=quote_for_message(parsed.title)))
    if parsed.unit:
        facts.append(t(N_("Unit: {unit}"), unit=quote_for_message(parsed.unit)))
    if parsed.formulas:
        text = N_("Formulas: {count}; the values stored beside them are read")
        facts.append(t(text, count=t.format_number(parsed.formulas)))
    if parsed.links:
        facts.append(t(N_("It refers to other files, which are not opened")))
    return facts


def _remove_table(table: UploadedTable, title: str) -> None:
    before = session_workspace()
    try:
        hold_uploaded_tables(uploaded_tables().without_table(table.id))
    except InputError as error:
        notify(error)
        return
    message = REMOVED_WITH_MEASURES if table.measures else REMOVED
    announce_change(message, before, name=escape_markdown(title), count=len(table.measures))
