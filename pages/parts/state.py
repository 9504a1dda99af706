"""The page's state and its address: the address owns it, widgets follow."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from geo.errors import InputError
from geo.text import Texts, texts
from geo.upload import session
from geo.upload.session import NOTHING, OwnTables
from geo.view import View, read

OWN: Final = "own_tables"
TOLD: Final = "told"
MARKUP: Final = re.compile(r"([!-/:-@\[-`{-~])")  # all punctuation of ASCII


def current() -> tuple[View, Texts, list[InputError]]:
    """The view that the address asks for, the texts in its language, and notes on its faults.

    Each run of a page, or of a part of one, begins with it, and so does a callback that asks for
    measures: from here on the measures of this session's own tables are among all others.
    """
    session.serve(own())
    view, notes = read(st.query_params.to_dict(), st.context.locale or "")
    return view, texts(view.lang), notes


def own() -> OwnTables:
    """The reader's own tables: all that the session itself holds."""
    found = st.session_state.get(OWN, NOTHING)
    return found if isinstance(found, OwnTables) else NOTHING


def put_own(tables: OwnTables) -> None:
    """Hold other tables from here on.

    A measure has another id once its table is read in another way: an address that names the one
    that was in its place follows.
    """
    before, after = tuple(own().measures), tuple(tables.measures)
    if len(before) == len(after):
        now = dict(zip(before, after, strict=True))
        named = {name: now.get(st.query_params.get(name, "")) for name in ("measure", "measure2")}
        write(**{name: new for name, new in named.items() if new})
    st.session_state[OWN] = tables
    session.serve(tables)


def follow(key: str, value: object) -> None:
    """Set a widget to what the address says, before the widget is drawn."""
    st.session_state[key] = value


def write(**params: object) -> None:
    """Write choices into the address; an empty one leaves it.

    All at once, so that one step back undoes one choice.
    """
    new = {**st.query_params.to_dict(), **params}
    st.query_params.from_dict({n: str(v) for n, v in new.items() if v not in ("", None)})


def keep(key: str, param: str = "", **params: object) -> None:
    """A widget's callback: its new value goes into the address under the same name.

    params: what is written with it.
    """
    write(**{param or key: st.session_state[key], **params})


def tell(note: InputError) -> None:
    """Say a sentence from a callback: it is shown when the page is drawn.

    Shown in the callback itself, it would take the place of the first element of the page.
    """
    st.session_state.setdefault(TOLD, []).append(note)


def show(notes: list[InputError], say: Texts) -> None:
    """Each fault of the address once, and what callbacks had to tell, in the reader's language."""
    for note in st.session_state.pop(TOLD, []):
        st.toast(plain(say, note), icon=":material/info:", duration="long")
    for note in notes:
        st.warning(plain(say, note), icon=":material/info:")


def plain(say: Texts, error: InputError) -> str:
    """The sentence of an error, with what fills its slots shown as it was typed.

    Streamlit prints Markdown: an address could otherwise put a link or a foreign picture there.
    """
    return say(error.message, **{name: literal(value) for name, value in error.slots.items()})


def literal(text: object) -> str:
    """A text for a place where Streamlit prints Markdown, to be shown as it was typed."""
    return re.sub(MARKUP, r"\\\1", str(text))
