"""Upload or paste of a table, and repair of one that could not be parsed."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Final, Literal

import streamlit as st
from markupsafe import Markup

from geo.captions import quiet_note
from geo.limits import MB
from geo.metrics import observe_upload
from geo.text import N_, InputError, Translator, render_template
from geo.upload import (
    FORMATS,
    SUFFIXES,
    ImportOptions,
    SourceTable,
    UploadedFile,
    UploadedTable,
    UploadedTables,
    cell_text,
    column_letters,
    format_limit,
    limit_of,
    quote_for_message,
    read_source,
)
from pages.parts.session import uploaded_tables
from pages.parts.state import escape_markdown, format_error, hold_uploaded_tables
from pages.parts.uploads.notice import announce_change, reveal_part
from pages.parts.uploads.parsed import TEMPLATES, table_title

TAKEN: Final = N_(
    "“{name}” is read: provinces {provinces}, series {series}. Next: make a measure of it, which"
    " the map shows."
)
SEVERAL_TAKEN: Final = N_(
    "{count} tables are read, the last one first. Next: make a measure of each, which the map"
    " shows."
)
ROWS = 8  # rows of the table that are shown, to find the heads
COLUMNS = 8
OBSERVED: Final = "upload_observed"  # checksums of the files that the metrics have
SHOWN: Final = "upload_shown"  # the files whose fault the reader was shown
TURN: Final = "upload_turn"  # the number of tables so far, which resets the fields for each


def draw_table_repair(raw: UploadedFile, turn: int, t: Translator) -> UploadedTable | None:
    """Return the table with the options of the reader; None while they are not sufficient.

    There are no options for a file whose cells cannot be read at all.
    """
    try:
        source = read_source(raw)
        sheet = _draw_sheet_select(source, turn, t)
        source = read_source(raw, sheet) if sheet else source
    except InputError:
        return None
    st.html(_first_rows_table(source, raw, t))
    with st.container(key=f"upload_mend_{turn}", horizontal=True, vertical_alignment="bottom"):
        head = st.number_input(
            t(N_("Row of the headers")),
            min_value=1,
            max_value=len(source.rows),
            value=None,
            key=f"upload_mend_head_{turn}",
        )
        width = max(map(len, source.rows))
        column = st.selectbox(
            t(N_("Column of the provinces")),
            range(1, width + 1),
            index=None,
            format_func=column_letters,
            key=f"upload_mend_column_{turn}",
        )
    if head is None and column is None and not sheet:
        return None
    try:
        choices = ImportOptions(sheet=sheet, head_row=head, province_column=column)
        return UploadedTable(raw, choices)
    except InputError as error:
        st.warning(format_error(t, error), icon=":material/info:")
        return None


def _draw_sheet_select(source: SourceTable, turn: int, t: Translator) -> str:
    if len(source.sheets) < 2:
        return ""
    chosen = st.selectbox(
        t(N_("Sheet")),
        source.sheets,
        index=None,
        format_func=quote_for_message,
        key=f"upload_mend_sheet_{turn}",
    )
    return chosen or ""


def _first_rows_table(source: SourceTable, raw: UploadedFile, t: Translator) -> Markup:
    """Return the first rows unchanged, with row numbers and column letters."""
    width = min(COLUMNS, max(map(len, source.rows)))
    rows = [
        [quote_for_message(cell_text(row[at])) if at < len(row) else "" for at in range(width)]
        for row in source.rows[:ROWS]
    ]
    return render_template(
        TEMPLATES,
        "first_rows",
        note=quiet_note(
            t(
                N_("{table} begins like this. Choose where its headers and provinces are:"),
                table=t(N_("“{name}”"), name=quote_for_message(raw.display_name))
                if raw.name
                else t(N_("The table")),
            )
        ),
        label=t(N_("The first rows of the table")),
        columns=[column_letters(column) for column in range(1, width + 1)],
        rows=rows,
    )


def draw_intake(t: Translator) -> None:
    """Draw the fields to upload files or paste a table; they are parsed at once.

    Streamlit would refuse a name in English: the atlas refuses it itself, in the reader's language.
    """
    turn = st.session_state.get(TURN, 0)
    with st.container(key="upload_intake"):
        files = st.file_uploader(
            t(
                N_("Tables, each up to {most}, up to {count} files and {all} together: {formats}"),
                formats=FORMATS,
                most=format_limit("file_bytes"),
                count=format_limit("session_files"),
                all=format_limit("session_bytes"),
            ),
            accept_multiple_files=True,
            max_upload_size=limit_of("session_bytes") // MB,
            key=f"upload_file_{turn}",
        )
        with st.form(f"upload_paste_{turn}", border=False):
            text = st.text_area(
                t(N_("Or paste a table: headers first, a province in each row")),
                key=f"upload_pasted_{turn}",
                height=110,
            )
            st.form_submit_button(t(N_("Read what was pasted")), key=f"upload_read_{turn}")
        raws = [UploadedFile(file.name, file.getvalue()) for file in files]
        pasted = UploadedFile.from_pasted(text or "")
        if pasted.data:
            raws.append(pasted)
        if raws:
            _take_tables(raws, turn, t)


def _take_tables(raws: Sequence[UploadedFile], turn: int, t: Translator) -> None:
    """Keep the tables; show the error of each other one, and let the reader repair the first."""
    failed: list[UploadedFile] = []
    taken: list[UploadedTable] = []
    is_refused = False
    for place, raw in enumerate(raws):
        if len(raws) > 1 and _is_loaded(raw):
            continue  # it was kept in an earlier run, beside one that could not be
        try:
            tables = _read_table(raw)
            hold_uploaded_tables(tables)
            taken.append(tables.tables[-1])
        except InputError as error:
            is_refused = True
            if not _is_loaded(raw):  # what is there already needs no repair
                failed.append(raw)
            sentence = format_error(t, error)
            name = escape_markdown(quote_for_message(raw.display_name))
            if len(raws) > 1 and name not in sentence:
                sentence = t(N_("“{file}”: {error}"), file=name, error=sentence)
            with st.container(key=f"upload_refused_{place}"):
                st.warning(sentence, icon=":material/info:")
            if raw not in st.session_state.get(SHOWN, ()):
                st.session_state.setdefault(SHOWN, []).append(raw)
                reveal_part(f"upload_refused_{place}")
    _announce_tables(taken, t)
    if failed:
        table = draw_table_repair(failed[0], turn, t)
        if table is None:
            return
        try:
            hold_uploaded_tables(uploaded_tables().with_table(table))
        except InputError as error:
            st.warning(format_error(t, error), icon=":material/info:")
            return
        _announce_tables([table], t)
        if failed[1:]:
            return
    elif is_refused:
        return
    st.session_state[TURN] = turn + 1
    st.session_state.pop(OBSERVED, None)
    st.session_state.pop(SHOWN, None)
    reveal_part(f"upload_table_{len(uploaded_tables().tables) - 1}")
    st.rerun()


def _announce_tables(taken: Sequence[UploadedTable], t: Translator) -> None:
    """Say what was read, in the next run of the page."""
    if len(taken) > 1:
        announce_change(SEVERAL_TAKEN, count=len(taken))
    elif taken:
        series = taken[0].understood.series
        adcodes = {adcode for entry in series for adcode, _, _ in entry.figures}
        announce_change(
            TAKEN,
            name=escape_markdown(table_title(taken[0], t)),
            provinces=len(adcodes),
            series=t.format_number(len(series)),
        )


def _is_loaded(raw: UploadedFile) -> bool:
    return any(raw == table.file for table in uploaded_tables().tables)


def _read_table(raw: UploadedFile) -> UploadedTables:
    """Return the tables of the session with one more, whose reading is observed once."""
    start = perf_counter()
    outcome: Literal["taken", "refused"] = "refused"
    try:
        tables = uploaded_tables().with_table(UploadedTable(raw, ImportOptions()))
        outcome = "taken"
        return tables
    finally:
        # A file that is refused is read again with each choice that is made to repair it.
        observed = st.session_state.setdefault(OBSERVED, set())
        if raw.checksum not in observed:
            observed.add(raw.checksum)
            form = SUFFIXES.get(raw.suffix, "other") if raw.name else "pasted"
            observe_upload(form, outcome, perf_counter() - start)
