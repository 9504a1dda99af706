"""The state of a page: the URL holds it, and widgets follow the URL."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from geo.analysis import NOT_IN_WORKSPACE, PageState, build_catalogue, parse_state
from geo.text import InputError, Translator, translator
from geo.upload import PREFIX, UploadedTables
from pages.parts.session import hold_tables, uploaded_tables
from pages.parts.shared import follow_link, link_fault
from pages.parts.visitor import check_visitor

NOTICES_KEY: Final = "told"
MEASURE_PARAMS: Final = ("measure", "measure2")
DONE_KEY = "done_notices"
MARKUP: Final = re.compile(r"([!-/:-@\[-`{-~])")  # all punctuation of ASCII


def current_page() -> tuple[PageState, Translator, list[InputError]]:
    """Return the state of the URL, the translator, and notes on invalid values.

    The catalogue of the state has the uploaded measures of the session, too, or those of the
    workspace of somebody else, as long as its link is not withdrawn. Who the reader is, is checked
    first: fragments run without the frame of the page.
    """
    check_visitor()
    if follow_link():
        drop_missing_measures()
    catalogue = build_catalogue(uploaded_tables().all_measures)
    view, notes = parse_state(st.query_params.to_dict(), st.context.locale or "", catalogue)
    if link_fault():  # the banner says why the measures of the link are not there
        notes = [note for note in notes if note.message != NOT_IN_WORKSPACE]
    return view, translator(view.lang), notes


def drop_missing_measures() -> None:
    """Remove uploaded measures from the address that the session does not have any more.

    For use where the reader has left the workspace that has them, which needs no message.
    """
    there = uploaded_tables().all_measures
    gone = [name for name in MEASURE_PARAMS if st.query_params.get(name, "").startswith(PREFIX)]
    if lost := {name: "" for name in gone if st.query_params[name] not in there}:
        write_params(**lost)


def hold_uploaded_tables(tables: UploadedTables) -> None:
    """Replace the uploaded tables of the session, and keep them for the browser.

    The id of a measure changes with the options of its table: a URL and saved views with the old id
    are updated. Raises InputError while the session shows the workspace of somebody else.
    """
    before, after = tuple(uploaded_tables().all_measures), tuple(tables.all_measures)
    now = dict(zip(before, after, strict=True)) if len(before) == len(after) else {}
    hold_tables(tables, now)
    if now:
        renamed = {name: now.get(st.query_params.get(name, "")) for name in MEASURE_PARAMS}
        write_params(**{name: new for name, new in renamed.items() if new})


def set_widget(key: str, value: object) -> None:
    """Set a widget to the value of the URL, before the widget is drawn."""
    st.session_state[key] = value


def write_params(**params: object) -> None:
    """Write parameters into the URL; an empty one is removed.

    They are written at once, so that the back button undoes one choice.
    """
    new = {**st.query_params.to_dict(), **params}
    st.query_params.from_dict({n: str(v) for n, v in new.items() if v not in ("", None)})


def sync_to_url(key: str, param: str = "", **params: object) -> None:
    """Callback of a widget: write its new value into the URL.

    params: further parameters to write with it.
    """
    write_params(**{param or key: st.session_state[key], **params})


def notify(note: InputError) -> None:
    """Store a message of a callback, to be shown when the page is drawn.

    Shown in the callback itself, it would replace the first element of the page.
    """
    st.session_state.setdefault(NOTICES_KEY, []).append(note)


def notify_done(message: str, **slots: object) -> None:
    """Store a message on what was done, to be shown when the page is drawn."""
    st.session_state.setdefault(DONE_KEY, []).append((message, slots))


def show_notes(notes: list[InputError], t: Translator) -> None:
    """Show each fault of the URL once, and the messages of callbacks."""
    for note in st.session_state.pop(NOTICES_KEY, []):
        st.toast(format_error(t, note), icon=":material/info:", duration="long")
    for message, slots in st.session_state.pop(DONE_KEY, []):
        st.toast(t(message, **slots), icon=":material/check:", duration="long")
    for note in notes:
        st.warning(format_error(t, note), icon=":material/info:")


def format_error(t: Translator, error: InputError) -> str:
    """Return the message of an error, with the values of its slots escaped.

    Streamlit renders Markdown: a URL could otherwise inject a link or a foreign picture.
    """
    return t(error.message, **{name: escape_markdown(value) for name, value in error.slots.items()})


def escape_markdown(text: object) -> str:
    """Return a text escaped for Markdown, so that Streamlit shows it literally."""
    return re.sub(MARKUP, r"\\\1", str(text))
