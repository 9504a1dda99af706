"""Which column is what, and in which notation its figures are written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from geo.text import N_, Texts
from geo.upload import words
from geo.upload.choices import Choices
from geo.upload.columns import Column, Role
from geo.upload.notation import Decimal
from geo.upload.raw import echo
from geo.upload.session import OwnTable
from pages.parts import state
from pages.parts.own import decide

OPEN: Final = 6  # columns up to which their list stands open
MARKS: Final = {Decimal.POINT: "1,234.5", Decimal.COMMA: "1.234,5"}


def draw(place: int, table: OwnTable, say: Texts) -> None:
    """A line for each column; where a notation may be read two ways, the choice of it."""
    st.html(_table(table, say))
    settled = dict(table.choices.notations)
    asked = [own for own in table.understood.columns if own.ambiguous or own.number in settled]
    if not asked:
        return
    with st.container(key=decide.name(place, table, "notations"), horizontal=True):
        for own in asked:
            key = decide.name(place, table, f"notation_{own.number}")
            state.follow(key, own.decimal)
            st.selectbox(
                say(
                    N_("Figures in column {column} are written as"),
                    column=state.literal(words.column(own, say)),
                ),
                list(MARKS),
                format_func=MARKS.__getitem__,
                key=key,
                on_change=decide.chosen,
                args=(key, table, _Notation(own.number)),
            )


class _Notation:
    """A change of the notation of one column."""

    def __init__(self, column: int) -> None:
        self.column = column

    def __call__(self, choices: Choices, value: Any) -> Choices:
        own = {**dict(choices.notations), self.column: Decimal(value)}
        return replace(choices, notations=tuple(own.items()))


def _table(table: OwnTable, say: Texts) -> Markup:
    heads = (N_("Column"), N_("What it is"), N_("Notation"), N_("Unit"), N_("Year"))
    rows = Markup("").join(
        _row(own, say) for own in table.understood.columns if own.role is not Role.EMPTY
    )
    figures = sum(own.role is Role.FIGURES for own in table.understood.columns)
    return Markup(
        '<details class="own-more" {}><summary>{}</summary><div class="wide">'
        '<table class="matrix words"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
        "</div></details>"
    ).format(
        "" if len(table.understood.columns) > OPEN else "open",
        say(
            N_("{figures} of {count} columns hold figures"),
            figures=figures,
            count=len(table.understood.columns),
        ),
        Markup("").join(Markup('<th scope="col">{}</th>').format(say(head)) for head in heads),
        rows,
    )


def _row(own: Column, say: Texts) -> Markup:
    cells = (
        say(words.ROLES[own.role]),
        words.notation(own),
        echo(own.head.unit),
        str(own.head.year or ""),
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(
        words.column(own, say),
        Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells),
    )
