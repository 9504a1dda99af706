"""The page's state and its address: the address owns it, widgets follow."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from geo.analysis import PageState, parse_state
from geo.text import InputError, Translator, translator
from geo.upload import NO_TABLES, UploadedTables, serve_session

UPLOADS_KEY: Final = "own_tables"
NOTICES_KEY: Final = "told"
MARKUP: Final = re.compile(r"([!-/:-@\[-`{-~])")  # all punctuation of ASCII


def current_page() -> tuple[PageState, Translator, list[InputError]]:
    """The view that the address asks for, the texts in its language, and notes on its faults.

    Each run of a page, or of a part of one, begins with it, and so does a callback that asks for
    measures: from here on the measures of this session's own tables are among all others.
    """
    serve_session(uploaded_tables())
    view, notes = parse_state(st.query_params.to_dict(), st.context.locale or "")
    return view, translator(view.lang), notes


def uploaded_tables() -> UploadedTables:
    """The reader's own tables: all that the session itself holds."""
    value = st.session_state.get(UPLOADS_KEY, NO_TABLES)
    return value if isinstance(value, UploadedTables) else NO_TABLES


def hold_uploaded_tables(tables: UploadedTables) -> None:
    """Hold other tables from here on.

    A measure has another id once its table is read in another way: an address that names the one
    that was in its place follows.
    """
    before, after = tuple(uploaded_tables().all_measures), tuple(tables.all_measures)
    if len(before) == len(after):
        now = dict(zip(before, after, strict=True))
        named = {name: now.get(st.query_params.get(name, "")) for name in ("measure", "measure2")}
        write_params(**{name: new for name, new in named.items() if new})
    st.session_state[UPLOADS_KEY] = tables
    serve_session(tables)


def set_widget(key: str, value: object) -> None:
    """Set a widget to what the address says, before the widget is drawn."""
    st.session_state[key] = value


def write_params(**params: object) -> None:
    """Write choices into the address; an empty one leaves it.

    All at once, so that one step back undoes one choice.
    """
    new = {**st.query_params.to_dict(), **params}
    st.query_params.from_dict({n: str(v) for n, v in new.items() if v not in ("", None)})


def sync_to_url(key: str, param: str = "", **params: object) -> None:
    """A widget's callback: its new value goes into the address under the same name.

    params: what is written with it.
    """
    write_params(**{param or key: st.session_state[key], **params})


def notify(note: InputError) -> None:
    """Say a sentence from a callback: it is shown when the page is drawn.

    Shown in the callback itself, it would take the place of the first element of the page.
    """
    st.session_state.setdefault(NOTICES_KEY, []).append(note)


def show_notes(notes: list[InputError], t: Translator) -> None:
    """Each fault of the address once, and what callbacks had to tell, in the reader's language."""
    for note in st.session_state.pop(NOTICES_KEY, []):
        st.toast(format_error(t, note), icon=":material/info:", duration="long")
    for note in notes:
        st.warning(format_error(t, note), icon=":material/info:")


def format_error(t: Translator, error: InputError) -> str:
    """The sentence of an error, with what fills its slots shown as it was typed.

    Streamlit prints Markdown: an address could otherwise put a link or a foreign picture there.
    """
    return t(error.message, **{name: escape_markdown(value) for name, value in error.slots.items()})


def escape_markdown(text: object) -> str:
    """A text for a place where Streamlit prints Markdown, to be shown as it was typed."""
    return re.sub(MARKUP, r"\\\1", str(text))
