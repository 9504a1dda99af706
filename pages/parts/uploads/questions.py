"""What the reader decides about a table: one open question at a time, and all that is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import streamlit as st

from geo.limits import MAX_DOUBLES_CHOSEN, MAX_ROWS_CORRECTED
from geo.text import N_, Translator
from geo.units import provinces
from geo.upload import (
    COMBINATIONS,
    LAST_YEAR,
    NO_YEAR_COLUMN,
    TIME_STEPS,
    WAYS,
    ImportOptions,
    RowOutcome,
    RowReport,
    UploadedTable,
    column_title,
    format_period,
    quote_for_message,
)
from pages.parts.state import escape_markdown, set_widget
from pages.parts.uploads.parsed import (
    apply_choice,
    columns_table,
    draw_notations,
    field_change,
    row_report,
    widget_key,
)

NOT_CHOSEN: Final = ""  # no choice for a row
OUT: Final = "out"
STEPS: Final = {"": N_("as they are"), "month": N_("months"), "year": N_("years")}
LAST_HEAD: Final = 30  # the last row that can be chosen as head
WRONG: Final = (RowOutcome.UNMATCHED, RowOutcome.NO_YEAR)


@dataclass(frozen=True)
class Question:
    """An open question about a table; rows: those that it is about."""

    kind: Literal["row", "double", "combination", "notation"]
    rows: tuple[RowReport, ...] = ()


def open_questions(table: UploadedTable) -> list[Question]:
    """Return the questions about a table that the reader has not answered, in their order."""
    parsed, options = table.understood, table.options
    questions = [Question("row", (row,)) for row in parsed.rows_with(*WRONG)]
    doubled = [] if options.combined else _doubled_rows(table, is_open=True)
    many = len(doubled) > MAX_DOUBLES_CHOSEN or (parsed.doubles and not doubled)
    if many and not options.combined:
        questions.append(Question("combination"))  # one for all of them
    else:
        questions += [Question("double", rows) for rows in doubled]
    settled = dict(options.notations)
    questions += [
        Question("notation")
        for column in parsed.columns
        if column.ambiguous and column.number not in settled
    ]
    return questions


def draw_first_question(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw the first open question, and how many follow."""
    questions = open_questions(table)
    if not questions:
        return
    first, more = questions[0], len(questions) - 1
    with st.container(
        key=widget_key(place, table, "question"), horizontal=True, vertical_alignment="bottom"
    ):
        if first.kind == "row":
            _draw_unknown_row(place, table, first.rows[0], t)
        elif first.kind == "double":
            _draw_doubled_rows(place, table, first.rows, t)
        elif first.kind == "combination":
            _draw_combination(place, table, t)
        else:
            draw_notations(place, table, t, is_open=True)
        unknown = table.understood.rows_with(RowOutcome.UNMATCHED)
        if first.kind == "row" and len(unknown) > 1:
            st.button(
                t(N_("Exclude all {count} rows without a province"), count=len(unknown)),
                key=widget_key(place, table, "exclude"),
                type="tertiary",
                on_click=_exclude_rows,
                args=(table, unknown),
            )
        if more:
            st.caption(
                t(N_("1 more question"))
                if more == 1
                else t(N_("{count} more questions"), count=t.format_number(more))
            )


def _exclude_rows(table: UploadedTable, rows: Sequence[RowReport]) -> None:
    out = (*table.options.left_out, *(row.number for row in rows))
    key = "upload_excluded"
    st.session_state[key] = out
    apply_choice(key, table, field_change("left_out"))


def draw_settled(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw all that can be changed, folded: its content runs only while it is open."""
    with st.expander(
        t(N_("Change how the table is read")),
        key=widget_key(place, table, "settled"),
        on_change="rerun",
    ) as opened:
        if not opened.open:
            return
        _draw_parts(place, table, t)
        draw_notations(place, table, t, is_open=False)
        if not any(question.kind == "combination" for question in open_questions(table)):
            _draw_combination(place, table, t)
        with st.container(key=widget_key(place, table, "correct"), horizontal=True):
            decided = {*dict(table.options.mapped), *table.options.left_out}
            rows_decided = [
                row
                for row in table.understood.rows
                if row.number in decided and row.outcome not in WRONG
            ]
            for row in rows_decided[:MAX_ROWS_CORRECTED]:
                _draw_unknown_row(place, table, row, t)
            for rows in _doubled_rows(table, is_open=False)[:MAX_ROWS_CORRECTED]:
                _draw_doubled_rows(place, table, rows, t)
        st.html(columns_table(table, t) + row_report(table.understood, t))


def _draw_parts(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw the choice of the sheet, the row of heads, and the columns of provinces and years."""
    parsed = table.understood
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
        format_func=lambda option: words.get(option) or provinces()[option].bilingual_name(t.lang),
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


def _doubled_rows(table: UploadedTable, is_open: bool) -> list[tuple[RowReport, ...]]:
    """Return the sets of rows about one province and year, of which one is to be kept.

    is_open: the sets without a choice; else those with one.
    """
    numbers = set(table.options.kept)
    alike: dict[tuple[str, int | None], list[RowReport]] = {}
    for row in table.understood.rows:
        if row.adcode:
            alike.setdefault((row.adcode, row.year), []).append(row)
    sets = [
        tuple(rows)
        for rows in alike.values()
        if len(rows) > 1
        and any(row.outcome is RowOutcome.DOUBLED or row.number in numbers for row in rows)
    ]
    return [rows for rows in sets if any(row.number in numbers for row in rows) != is_open]


def _draw_doubled_rows(
    place: int, table: UploadedTable, rows: Sequence[RowReport], t: Translator
) -> None:
    numbers = [row.number for row in rows]
    now = next((n for n in numbers if n in table.options.kept), 0)
    texts = {row.number: f"{row.number}: {quote_for_message(row.text)}" for row in rows}
    name = provinces()[rows[0].adcode].name_in(t.lang)
    about = " ".join(filter(None, [name, format_period(rows[0].year)]))
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
