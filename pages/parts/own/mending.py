"""Rows that wait for the reader: which province an unknown name is, which of two rows to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.provinces import provinces
from geo.text import N_, Texts
from geo.upload.choices import Choices
from geo.upload.raw import echo
from geo.upload.rows import Fate, RowReport
from geo.upload.session import OwnTable
from pages.parts import choosers, state
from pages.parts.own import decide

OPEN: Final = ""  # nothing is decided about a row
OUT: Final = "out"
MOST: Final = 30  # rows that are mended at a time: the others follow as these are settled


def draw(place: int, table: OwnTable, say: Texts) -> None:
    """A choice for each row without a province and for each set of doubled rows."""
    decided = {*dict(table.choices.mapped), *table.choices.left_out}
    rows = [
        row
        for row in table.understood.rows
        if row.fate in (Fate.UNMATCHED, Fate.NO_YEAR) or row.number in decided
    ]
    doubled = _doubled(table)
    if not rows and not doubled:
        return
    with st.container(key=decide.name(place, table, "mend"), horizontal=True):
        for row in rows[:MOST]:
            _row(place, table, row, say)
        for group in doubled[:MOST]:
            _double(place, table, group, say)
    more = max(len(rows) - MOST, 0) + max(len(doubled) - MOST, 0)
    if more:
        st.caption(say(N_("{count} more follow as these are settled."), count=say.number(more)))


def _row(place: int, table: OwnTable, row: RowReport, say: Texts) -> None:
    now = dict(table.choices.mapped).get(row.number, OPEN)
    now = OUT if row.number in table.choices.left_out else now
    words = {OPEN: say(N_("Choose a province")), OUT: say(N_("Leave the row out"))}
    others = [adcode for adcode in provinces() if adcode not in row.candidates]
    if row.fate is Fate.NO_YEAR:
        others, words[OPEN] = [], say(N_("Its year cannot be read"))
    key = decide.name(place, table, f"row_{row.number}")
    state.follow(key, now)
    st.selectbox(
        say(
            N_("Row {number}, “{text}”, is"), number=row.number, text=state.literal(echo(row.text))
        ),
        [OPEN, *row.candidates, OUT, *others],
        format_func=lambda own: words.get(own) or choosers.both_names(own, say),
        key=key,
        on_change=decide.chosen,
        args=(key, table, _Mapped(row.number)),
    )


class _Mapped:
    """A change of what one row is about."""

    def __init__(self, row: int) -> None:
        self.row = row

    def __call__(self, choices: Choices, value: Any) -> Choices:
        mapped = {n: adcode for n, adcode in choices.mapped if n != self.row}
        out = {n for n in choices.left_out if n != self.row}
        if value == OUT:
            out.add(self.row)
        elif value != OPEN:
            mapped[self.row] = value
        return replace(choices, mapped=tuple(mapped.items()), left_out=tuple(out))


def _doubled(table: OwnTable) -> list[list[RowReport]]:
    """The rows about one province and year, of which one is to be kept or was."""
    kept = set(table.choices.kept)
    alike: dict[tuple[str, int | None], list[RowReport]] = {}
    for row in table.understood.rows:
        if row.adcode:
            alike.setdefault((row.adcode, row.year), []).append(row)
    return [
        rows
        for rows in alike.values()
        if any(row.fate is Fate.DOUBLED or row.number in kept for row in rows) and len(rows) > 1
    ]


def _double(place: int, table: OwnTable, rows: Sequence[RowReport], say: Texts) -> None:
    numbers = [row.number for row in rows]
    now = next((n for n in numbers if n in table.choices.kept), 0)
    texts = {row.number: f"{row.number}: {echo(row.text)}" for row in rows}
    name = provinces()[rows[0].adcode].name(say.lang)
    about = " ".join(filter(None, [name, str(rows[0].year or "")]))
    key = decide.name(place, table, f"double_{numbers[0]}")
    state.follow(key, now)
    st.selectbox(
        say(N_("{name} stands twice. Row to keep"), name=about),
        [0, *numbers],
        format_func=lambda own: texts.get(own) or say(N_("Choose a row")),
        key=key,
        on_change=decide.chosen,
        args=(key, table, _Kept(numbers)),
    )


class _Kept:
    """A change of which of several rows is kept."""

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = rows

    def __call__(self, choices: Choices, value: Any) -> Choices:
        kept = {n for n in choices.kept if n not in self.rows} | ({value} if value else set())
        return replace(choices, kept=tuple(kept))
