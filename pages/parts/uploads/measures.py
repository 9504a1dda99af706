"""Measures of an uploaded table: the form, the list, templates and the workspace file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import format_years
from geo.captions import quiet_note
from geo.limits import MAX_DECIMALS, MB
from geo.measures import Measure, measure_name, measure_unit
from geo.store import LOOK
from geo.text import N_, InputError, Translator, render_template
from geo.upload import (
    FIRST_YEAR,
    LAST_YEAR,
    NO_TABLES,
    FigureSeries,
    MeasureDefinition,
    UploadedTable,
    divided_names,
    format_period,
    limit_of,
    quote_for_message,
    template_csv,
    template_xlsx,
    uploaded_definition,
    uploaded_measure_id,
    with_fitting_decimals,
)
from geo.workspace import (
    WORKSPACE_FILE_NAME,
    merge_workspaces,
    open_workspace,
    workspace_to_json,
)
from pages.parts.access import session_visitor
from pages.parts.page_frame import PAGES, draw_page_link, page_address
from pages.parts.session import (
    hold_workspace,
    opened_pages,
    session_workspace,
    shared_workspace,
    show_opened_pages,
    uploaded_tables,
)
from pages.parts.state import (
    escape_markdown,
    format_error,
    notify,
)
from pages.parts.uploads.edit import (
    DIRECTIONS,
    IS_COUNT,
    divisor_names,
    draw_edit_button,
    draw_measure_editor,
)
from pages.parts.uploads.notice import announce_change
from pages.parts.uploads.parsed import TEMPLATES, replace_table, widget_key
from pages.parts.uploads.questions import open_questions

MADE: Final = N_("“{name}” is made. It stands below its table, with a link to the map.")
REMOVED: Final = N_("“{name}” was removed.")
REMOVED_ALL: Final = N_("All your tables were removed, with their measures.")
OPENED: Final = N_("The workspace is open: {tables} tables, {measures} measures.")
UNANSWERED: Final = N_("Questions about this table are open: rows without an answer are not in it.")
NOT_SAID: Final = N_(
    "Say whether “{name}” is a count: the map shows counts by circles and all other numbers by"
    " coloured areas."
)
WAYS: Final = {"map": N_("Map"), "province": N_("Province"), "compare": N_("Compare")}
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME: Final = "digital-china-atlas-template"


def draw_measure_form(place: int, table: UploadedTable, t: Translator) -> None:
    """Draw the form for a measure: its series, and what the table does not state."""
    names_of_series = {
        figure_series.key: _series_label(figure_series, t)
        for figure_series in table.understood.series
    }
    key = widget_key(place, table, "series")
    if st.session_state.get(key) not in names_of_series:
        st.session_state.pop(key, None)
    chosen = st.selectbox(
        t(N_("Make a measure of")),
        list(names_of_series),
        format_func=names_of_series.__getitem__,
        key=key,
    )
    series = next(entry for entry in table.understood.series if entry.key == chosen)
    _draw_answers(place, table, series, t)


def _series_label(series: FigureSeries, t: Translator) -> str:
    ends = [format_period(year) for year in (series.years[:1] + series.years[-1:])]
    years = "–".join(dict.fromkeys(ends)) or t(N_("no year"))
    name = quote_for_message(series.name) or t(N_("values without a name"))
    return t(N_("{name} ({years})"), name=name, years=years)


def _draw_answers(place: int, table: UploadedTable, series: FigureSeries, t: Translator) -> None:
    def key(part: str) -> str:
        # Each series has its own answers, and the form keeps them after a measure is made.
        return widget_key(place, table, f"{part}_{series.key}")

    divisors = divisor_names(table, series.key, t)
    with st.form(key("form")):
        with st.container(key=key("what"), horizontal=True):
            name = st.text_input(
                t(N_("Name of the measure")),
                value=quote_for_message(series.name),
                max_chars=limit_of("text"),
                key=key("name"),
            )
            unit = st.text_input(
                t(N_("Unit of its values")),
                value=quote_for_message(series.unit),
                max_chars=limit_of("text"),
                key=key("unit"),
            )
            year = None
            if not series.years:
                year = st.number_input(
                    t(N_("Year of the values")),
                    min_value=FIRST_YEAR, max_value=LAST_YEAR, value=None, key=key("year"),
                )  # fmt: skip
            decimals = st.number_input(
                t(N_("Decimals")),
                min_value=0, max_value=MAX_DECIMALS, value=None, key=key("decimals"),
                placeholder=t(N_("as the values need")),
            )  # fmt: skip
        with st.container(key=key("how"), horizontal=True):
            count = st.radio(
                t(N_("What the values are")),
                list(IS_COUNT),
                index=1 if series.unit in ("%", "‰") else None,
                format_func=lambda option: t(IS_COUNT[option]),
                key=key("count"),
            )
            per = st.selectbox(
                t(N_("A count is divided by")),
                list(divisors),
                index=None,
                format_func=divisors.__getitem__,
                placeholder=t(N_("Not divided: shown by circles")),
                key=key("per"),
            )
            higher = st.radio(
                t(N_("Rank 1 has")),
                list(DIRECTIONS),
                format_func=lambda option: t(DIRECTIONS[option]),
                key=key("higher"),
            )
        if st.form_submit_button(t(N_("Make the measure")), key=key("make"), type="primary"):
            try:
                if count is None:
                    raise InputError(NOT_SAID, name=quote_for_message(name or series.name))
                names = series.names_for(name or "")
                if count and per and name == quote_for_message(series.name):
                    names = divided_names(names, per)
                definition = MeasureDefinition(
                    series=series.key,
                    name=names[0],
                    name_zh=names[1],
                    unit=unit or "",
                    higher_is_better=bool(higher),
                    decimals=0 if decimals is None else int(decimals),
                    year=None if year is None else int(year),
                    count=count,
                    per=(per or "") if count else "",
                )
                if decimals is None:
                    definition = with_fitting_decimals(definition, table.understood)
                replace_table(table, measures=(*table.measures, definition))
            except InputError as error:
                st.warning(format_error(t, error), icon=":material/info:")
            else:
                announce_change(MADE, name=escape_markdown(definition.name_in(t.lang)))
                st.rerun()


def draw_table_measures(table: UploadedTable, t: Translator) -> None:
    """Draw a line for each measure of a table: its definition, links, form, and its removal."""
    measures = table.measures_by_id
    if not measures:
        return
    st.html(Markup("<h4>{}</h4>").format(t(N_("Measures of this table"))))
    if open_questions(table):
        st.caption(t(UNANSWERED))
    for measure in measures.values():
        with st.container(
            key=f"upload_line_{measure.id}", horizontal=True, vertical_alignment="center"
        ):
            st.html(_uploaded_measure_line(measure, t))
            for page, label in WAYS.items():
                draw_page_link(
                    page,
                    t(label),
                    t,
                    PAGES[page].icon,
                    measure=measure.id,
                    year=str(measure.years[-1]),
                    **({"view": "maps"} if page == "compare" else {}),
                )
            draw_edit_button(measure, t)
            st.button(
                t(N_("Remove")),
                key=f"upload_back_{measure.id}",
                icon=":material/delete:",
                type="tertiary",
                help=t(
                    N_("Remove the measure “{name}”"),
                    name=escape_markdown(measure.name_en),
                ),
                width="content",
                on_click=_remove_measure,
                args=(measure.id,),
            )
        draw_measure_editor(table, measure, t)


def _uploaded_measure_line(measure: Measure, t: Translator) -> Markup:
    unit = measure_unit(measure, t)
    facts = [
        format_years(measure.years, t),
        unit,
        uploaded_definition(measure, t),
    ]
    return Markup("<p>{}</p>{}").format(
        measure_name(measure, t), quiet_note(" · ".join(filter(None, facts)))
    )


def _remove_measure(measure_id: str) -> None:
    try:
        table = uploaded_tables().table_with(measure_id)
    except KeyError:
        return
    before = session_workspace()
    definitions = tuple(
        measure
        for measure in table.measures
        if uploaded_measure_id(table.id, measure) != measure_id
    )
    try:
        replace_table(table, measures=definitions)
    except InputError as error:
        notify(error)
    else:
        name = table.measures_by_id[measure_id].definition.name
        announce_change(REMOVED, before, name=escape_markdown(name))


def draw_files(t: Translator) -> None:
    """Draw the templates at the left, the workspace file at the right."""
    with st.container(key="upload_files", horizontal=True, vertical_alignment="center"):
        every = bool(st.session_state.get("upload_every"))
        _draw_template_download(
            "xlsx", t(N_("Template (Excel)")), partial(template_xlsx, every), XLSX
        )
        _draw_template_download(
            "csv", t(N_("Template (CSV)")), partial(template_csv, every), "text/csv"
        )
        st.checkbox(t(N_("with Hong Kong, Macao and Taiwan")), key="upload_every")
        draw_workspace_file(t)
        if uploaded_tables().tables and shared_workspace() is None:
            st.button(
                t(N_("Remove all tables")),
                key="upload_remove_all",
                icon=":material/delete:",
                type="tertiary",
                width="content",
                on_click=_remove_all_tables,
            )
    _draw_opened_pages(t)


def _remove_all_tables() -> None:
    before = session_workspace()
    hold_workspace(replace(before, tables=NO_TABLES))
    announce_change(REMOVED_ALL, before)


def draw_workspace_file(t: Translator, heading: str = "") -> None:
    """Draw the workspace file, to open and to download; nothing where the reader may do neither.

    That of somebody else is downloaded only where its link permits a copy.
    """
    shared = shared_workspace()
    may_open = session_visitor().may_edit and shared is None
    may_download = not session_workspace().is_empty and not (shared and shared.info.right == LOOK)
    if heading and (may_open or may_download):
        st.html(Markup("<h3>{}</h3>").format(heading))
    if may_open:
        with st.popover(t(N_("Open a workspace")), icon=":material/upload:"):
            st.file_uploader(
                t(N_("A workspace file or a recipe file of this atlas (JSON)")),
                type="json",
                max_upload_size=limit_of("recipe_bytes") // MB,
                key="upload_workspace",
                on_change=_open_workspace_file,
            )
    if not may_download:
        return
    st.download_button(
        t(N_("Download the workspace")),
        # The file is made when it is asked for, without the state of the session.
        partial(workspace_to_json, session_workspace()),
        file_name=WORKSPACE_FILE_NAME,
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="upload_workspace_download",
        width="content",
    )


def _draw_opened_pages(t: Translator) -> None:
    """Draw links to the pages as the workspace that was opened shows them, in one line."""
    links = [
        (page_address(page, t, **params), t(PAGES[page].title))
        for page, params in opened_pages().items()
        if params and page != "data"
    ]
    if links:
        st.html(
            render_template(
                TEMPLATES,
                "opened_pages",
                text=t(N_("Pages of the workspace as you left them:")),
                links=links,
            )
        )


def _draw_template_download(ending: str, label: str, make: partial[bytes], media_type: str) -> None:
    st.download_button(
        label,
        make,
        file_name=f"{NAME}.{ending}",
        mime=media_type,
        icon=":material/download:",
        on_click="ignore",
        key=f"upload_template_{ending}",
    )


def _open_workspace_file() -> None:
    """Add what a workspace file holds to the session; an invalid file gives an error."""
    file = st.session_state["upload_workspace"]
    if file is None:
        return
    try:
        opened = open_workspace(file.getvalue())
        hold_workspace(merge_workspaces(session_workspace(), opened))
    except InputError as error:
        notify(error)
        return
    show_opened_pages(opened)
    tables = opened.tables
    announce_change(OPENED, tables=len(tables.tables), measures=len(tables.all_measures))
