"""Rows that wait for the reader: which province an unknown name is, which of two rows to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.provinces import provinces
from geo.text import N_, Translator
from geo.upload.choices import ImportOptions
from geo.upload.raw import quote_for_message
from geo.upload.rows import RowOutcome, RowReport
from geo.upload.session import UploadedTable
from pages.parts import choosers, state
from pages.parts.own import decide

OPEN: Final = ""  # nothing is decided about a row
OUT: Final = "out"
MAX_ROWS_SHOWN: Final = 30  # rows that are mended at a time: the others follow as these are settled


def draw_row_fixes(place: int, table: UploadedTable, t: Translator) -> None:
    """A choice for each row without a province and for each set of doubled rows."""
    decided = {*dict(table.options.mapped), *table.options.left_out}
    rows = [
        row
        for row in table.understood.rows
        if row.outcome in (RowOutcome.UNMATCHED, RowOutcome.NO_YEAR) or row.number in decided
    ]
    doubled = _doubled_rows(table)
    if not rows and not doubled:
        return
    with st.container(key=decide.widget_key(place, table, "mend"), horizontal=True):
        for row in rows[:MAX_ROWS_SHOWN]:
            _draw_unknown_row(place, table, row, t)
        for group in doubled[:MAX_ROWS_SHOWN]:
            _draw_doubled_rows(place, table, group, t)
    more = max(len(rows) - MAX_ROWS_SHOWN, 0) + max(len(doubled) - MAX_ROWS_SHOWN, 0)
    if more:
        st.caption(t(N_("{count} more follow as these are settled."), count=t.format_number(more)))


def _draw_unknown_row(place: int, table: UploadedTable, row: RowReport, t: Translator) -> None:
    now = dict(table.options.mapped).get(row.number, OPEN)
    now = OUT if row.number in table.options.left_out else now
    words = {OPEN: t(N_("Choose a province")), OUT: t(N_("Leave the row out"))}
    others = [adcode for adcode in provinces() if adcode not in row.candidates]
    if row.outcome is RowOutcome.NO_YEAR:
        others, words[OPEN] = [], t(N_("Its year cannot be read"))
    key = decide.widget_key(place, table, f"row_{row.number}")
    state.set_widget(key, now)
    st.selectbox(
        t(
            N_("Row {number}, “{text}”, is"),
            number=row.number,
            text=state.escape_markdown(quote_for_message(row.text)),
        ),
        [OPEN, *row.candidates, OUT, *others],
        format_func=lambda option: words.get(option) or choosers.bilingual_name(option, t),
        key=key,
        on_change=decide.apply_choice,
        args=(key, table, _ChangeProvince(row.number)),
    )


class _ChangeProvince:
    """A change of what one row is about."""

    def __init__(self, row: int) -> None:
        self.row = row

    def __call__(self, choices: ImportOptions, value: Any) -> ImportOptions:
        mapped = {n: adcode for n, adcode in choices.mapped if n != self.row}
        out = {n for n in choices.left_out if n != self.row}
        if value == OUT:
            out.add(self.row)
        elif value != OPEN:
            mapped[self.row] = value
        return replace(choices, mapped=tuple(mapped.items()), left_out=tuple(out))


def _doubled_rows(table: UploadedTable) -> list[list[RowReport]]:
    """The rows about one province and year, of which one is to be kept or was."""
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
    key = decide.widget_key(place, table, f"double_{numbers[0]}")
    state.set_widget(key, now)
    st.selectbox(
        t(N_("{name} stands twice. Row to keep"), name=about),
        [0, *numbers],
        format_func=lambda option: texts.get(option) or t(N_("Choose a row")),
        key=key,
        on_change=decide.apply_choice,
        args=(key, table, _ChangePreferredRow(numbers)),
    )


class _ChangePreferredRow:
    """A change of which of several rows is kept."""

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = rows

    def __call__(self, choices: ImportOptions, value: Any) -> ImportOptions:
        numbers = {n for n in choices.kept if n not in self.rows} | ({value} if value else set())
        return replace(choices, kept=tuple(numbers))
