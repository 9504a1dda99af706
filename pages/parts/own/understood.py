"""How a table was understood, before anything of it is mapped; each part can be chosen anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from geo.errors import InputError
from geo.text import N_, Texts
from geo.upload import words
from geo.upload.choices import NO_YEAR_COLUMN
from geo.upload.raw import echo
from geo.upload.session import OwnTable
from geo.upload.understand import Understood
from pages.parts import about, state
from pages.parts.own import columns, decide

LAST_HEAD: Final = 30  # rows among which the heads are sought by hand
KINDS: Final = {
    "csv": N_("Table of text"),
    "xlsx": N_("Workbook"),
    "geojson": N_("GeoJSON, attributes alone"),
}


def draw(place: int, table: OwnTable, say: Texts) -> None:
    """Name, kind and encoding; the sheet, the heads, the provinces, the years; the columns."""
    found = table.understood
    with st.container(key=decide.name(place, table, "head"), horizontal=True):
        st.html(
            Markup("<h3>{}</h3>{}").format(
                title(table, say), about.note(" · ".join(_facts(found, say)))
            )
        )
        st.button(
            say(N_("Take this table out")),
            key=decide.name(place, table, "out"),
            icon=":material/delete:",
            type="tertiary",
            on_click=_out,
            args=(table.id,),
        )
    with st.container(key=decide.name(place, table, "parts"), horizontal=True):
        if len(found.sheets) > 1:
            _pick(
                place,
                table,
                "sheet",
                say(N_("Sheet")),
                found.sheet,
                {own: echo(own) for own in found.sheets},
            )
        _pick(
            place, table, "head_row", say(N_("Row of the heads")), found.head_row,
            {row.number: f"{row.number}: {echo(row.text)}" for row in found.rows[:LAST_HEAD]},
        )  # fmt: skip
        named = {own.number: words.column(own, say) for own in found.columns}
        _pick(
            place, table, "province_column", say(N_("Column of the provinces")),
            found.province_column, named,
        )  # fmt: skip
        none = N_("in the heads of the columns") if found.wide else N_("none says it")
        years = {NO_YEAR_COLUMN: say(none), **named}
        _pick(place, table, "year_column", say(N_("Year")), found.year_column, years)
    columns.draw(place, table, say)


def title(table: OwnTable, say: Texts) -> str:
    """The name of the file, without folders."""
    return echo(table.raw.shown) or say(N_("pasted table"))


def _facts(found: Understood, say: Texts) -> list[str]:
    """What the file is, as far as it says something."""
    facts = [say(KINDS[found.kind])]
    if found.encoding:
        facts.append(words.encoding(found.encoding, say))
    if found.kind == "csv":
        facts.append(say(N_("Delimiter: {name}"), name=say(words.DELIMITERS[found.delimiter])))
    if found.title:
        facts.append(say(N_("Title: {title}"), title=echo(found.title)))
    if found.unit:
        facts.append(say(N_("Unit: {unit}"), unit=echo(found.unit)))
    if found.formulas:
        said = N_("Formulas: {count}; the values stored beside them are read")
        facts.append(say(said, count=say.number(found.formulas)))
    if found.links:
        facts.append(say(N_("It refers to other files, which are not opened")))
    return facts


def _pick(
    place: int, table: OwnTable, field: str, label: str, now: object, named: Mapping[Any, str]
) -> None:
    key = decide.name(place, table, field)
    state.follow(key, now)
    st.selectbox(
        label,
        list(named),
        format_func=named.__getitem__,
        key=key,
        on_change=decide.chosen,
        args=(key, table, decide.with_field(field)),
    )


def _out(table_id: str) -> None:
    try:
        state.put_own(state.own().remove(table_id))
    except InputError as error:
        state.tell(error)
