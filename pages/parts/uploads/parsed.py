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
from geo.limits import MAX_DOUBLES_CHOSEN, MAX_ROWS_CORRECTED, MAX_ROWS_LISTED
from geo.text import N_, InputError, Translator, render_template
from geo.units import provinces
from geo.upload import (
    COMBINATIONS,
    DELIMITER_NAMES,
    LAST_YEAR,
    NO_YEAR_COLUMN,
    NOTATIONS,
    OUTCOME_NAMES,
    ROLE_NAMES,
    TIME_STEPS,
    WAYS,
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
    notation_example,
    quote_for_message,
)
from pages.parts.session import uploaded_tables
from pages.parts.state import (
    escape_markdown,
    hold_uploaded_tables,
    notify,
    set_widget,
)
from pages.parts.widgets import bilingual_name

TEMPLATES: Final = Path(__file__).parent / "templates"
OPEN: Final = 6  # up to as many columns the list is expanded
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
    "geojson": N_("GeoJSON, attributes only"),
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


def draw_columns(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw a line for each column, and a choice of notation where it is ambiguous."""
    st.html(_columns_table(table, t))
    settled = dict(table.options.notations)
    columns = [
        entry for entry in table.understood.columns if entry.ambiguous or entry.number in settled
    ]
    if not columns:
        return
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


def _columns_table(table: UploadedTable, t: Translator) -> Markup:
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


def draw_row_fixes(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw a choice for each row without a province and for each set of doubled rows."""
    decided = {*dict(table.options.mapped), *table.options.left_out}
    _draw_combination(place, table, t)
    rows = [
        row
        for row in table.understood.rows
        if row.outcome in (RowOutcome.UNMATCHED, RowOutcome.NO_YEAR) or row.number in decided
    ]
    doubled = [] if table.options.combined else _doubled_rows(table)
    if len(doubled) > MAX_DOUBLES_CHOSEN:
        doubled = []  # one choice for all of them, instead of one for each
    if not rows and not doubled:
        return
    with st.container(key=widget_key(place, table, "correct"), horizontal=True):
        for row in rows[:MAX_ROWS_CORRECTED]:
            _draw_unknown_row(place, table, row, t)
        for group in doubled[:MAX_ROWS_CORRECTED]:
            _draw_doubled_rows(place, table, group, t)
    more = max(len(rows) - MAX_ROWS_CORRECTED, 0) + max(len(doubled) - MAX_ROWS_CORRECTED, 0)
    if more:
        st.caption(t(N_("{count} more follow as these are settled."), count=t.format_number(more)))


def _draw_combination(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw how several rows about one province are combined, and to which periods, if they are."""
    parsed, options = table.understood, table.options
    finer = any(year > LAST_YEAR for series in parsed.series for year in series.years)
    if not (parsed.doubles or finer or options.combined or options.time_step):
        return
    with st.container(key=widget_key(place, table, "combine"), horizontal=True):
        key = widget_key(place, table, "combined")
        set_widget(key, options.combined)
        st.selectbox(
            t(N_("Several rows about one province")),
            [NOT_CHOSEN, *COMBINATIONS],
            format_func=lambda way: t(WAYS[way]) if way else t(N_("Choose how they are combined")),
            key=key,
            on_change=apply_choice,
            args=(key, table, field_change("combined")),
        )
        if finer or options.time_step:
            key = widget_key(place, table, "time_step")
            set_widget(key, options.time_step)
            st.selectbox(
                t(N_("Take days or months as")),
                [NOT_CHOSEN, *TIME_STEPS],
                format_func=lambda step: t(STEPS[step]),
                key=key,
                on_change=apply_choice,
                args=(key, table, field_change("time_step")),
            )


def _draw_unknown_row(place: int, table: UploadedTable, row: RowReport, t: Translator) -> None:
    now = dict(table.options.mapped).get(row.number, NOT_CHOSEN)
    now = OUT if row.number in table.options.left_out else now
    words = {NOT_CHOSEN: t(N_("Choose a province")), OUT: t(N_("Exclude the row"))}
    others = [adcode for adcode in provinces() if adcode not in row.candidates]
    if row.outcome is RowOutcome.NO_YEAR:
        others, words[NOT_CHOSEN] = [], t(N_("Its year cannot be read"))
    key = widget_key(place, table, f"row_{row.number}")
    set_widget(key, now)
    st.selectbox(
        t(
            N_("Row {number}, “{text}”, is"),
            number=row.number,
            text=escape_markdown(quote_for_message(row.text)),
        ),
        [NOT_CHOSEN, *row.candidates, OUT, *others],
        format_func=lambda option: words.get(option) or bilingual_name(option, t),
        key=key,
        on_change=apply_choice,
        args=(key, table, _ChangeProvince(row.number)),
    )


class _ChangeProvince:
    """A change of the province of one row."""

    def __init__(self, row: int) -> None:
        self.row = row

    def __call__(self, choices: ImportOptions, value: Any) -> ImportOptions:
        mapped = {n: adcode for n, adcode in choices.mapped if n != self.row}
        out = {n for n in choices.left_out if n != self.row}
        if value == OUT:
            out.add(self.row)
        elif value != NOT_CHOSEN:
            mapped[self.row] = value
        return replace(choices, mapped=tuple(mapped.items()), left_out=tuple(out))


def _doubled_rows(table: UploadedTable) -> list[list[RowReport]]:
    """Return the sets of rows about one province and year, of which one is to be kept."""
    numbers = set(table.options.kept)
    alike: dict[tuple[str, int | None], list[RowReport]] = {}
    for row in table.understood.rows:
        if row.adcode:
            alike.setdefault((row.adcode, row.year), []).append(row)
    return [
        rows
        for rows in alike.values()
        if any(row.outcome is RowOutcome.DOUBLED or row.number in numbers for row in rows)
        and len(rows) > 1
    ]


def _draw_doubled_rows(
    place: int, table: UploadedTable, rows: Sequence[RowReport], t: Translator
) -> None:
    numbers = [row.number for row in rows]
    now = next((n for n in numbers if n in table.options.kept), 0)
    texts = {row.number: f"{row.number}: {quote_for_message(row.text)}" for row in rows}
    name = provinces()[rows[0].adcode].name_in(t.lang)
    about = " ".join(filter(None, [name, str(rows[0].year or "")]))
    key = widget_key(place, table, f"double_{numbers[0]}")
    set_widget(key, now)
    st.selectbox(
        t(N_("{name} appears twice. Row to keep"), name=about),
        [0, *numbers],
        format_func=lambda option: texts.get(option) or t(N_("Choose a row")),
        key=key,
        on_change=apply_choice,
        args=(key, table, _ChangePreferredRow(numbers)),
    )


class _ChangePreferredRow:
    """A change of which of several rows is kept."""

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = rows

    def __call__(self, choices: ImportOptions, value: Any) -> ImportOptions:
        numbers = {n for n in choices.kept if n not in self.rows} | ({value} if value else set())
        return replace(choices, kept=tuple(numbers))


def draw_row_report(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw the counts, the possible corrections, and every row with its outcome."""
    parsed = table.understood
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
    draw_row_fixes(place, table, t)
    st.html(_row_list(parsed.rows, t) + _missing_values(parsed.gaps, t))


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
        TEMPLATES, "folded_list", title=title, lines=lines[:MAX_ROWS_LISTED], rest=rest
    )


def draw_parsed_table(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw name, kind, encoding, sheet, heads, provinces, years and columns of a table."""
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
            args=(table.id,),
        )
    with st.container(key=widget_key(place, table, "parts"), horizontal=True):
        if len(parsed.sheets) > 1:
            _draw_part_select(
                place,
                table,
                "sheet",
                t(N_("Sheet")),
                parsed.sheet,
                {sheet: quote_for_message(sheet) for sheet in parsed.sheets},
            )
        _draw_part_select(
            place,
            table,
            "head_row",
            t(N_("Row of the headers")),
            parsed.head_row,
            {
                **({} if parsed.head_row else {0: t(N_("none"))}),
                **{
                    row.number: f"{row.number}: {quote_for_message(row.text)}"
                    for row in parsed.rows[:LAST_HEAD]
                },
            },
        )
        titles = {column.number: column_title(column, t) for column in parsed.columns}
        _draw_part_select(
            place, table, "province_column", t(N_("Column of the provinces")),
            parsed.province_column, titles,
        )  # fmt: skip
        none = (
            N_("in the headers of the columns")
            if parsed.has_years_in_heads
            else N_("not in the table")
        )
        years = {NO_YEAR_COLUMN: t(none), **titles}
        _draw_part_select(place, table, "year_column", t(N_("Year")), parsed.year_column, years)
    draw_columns(place, table, t)


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


def _draw_part_select(
    place: int,
    table: UploadedTable,
    field: str,
    label: str,
    current: object,
    options: Mapping[Any, str],
) -> None:
    key = widget_key(place, table, field)
    set_widget(key, current)
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=apply_choice,
        args=(key, table, field_change(field)),
    )


def _remove_table(table_id: str) -> None:
    try:
        hold_uploaded_tables(uploaded_tables().without_table(table_id))
    except InputError as error:
        notify(error)
