"""The page's state and its address: the address owns it, widgets follow."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from geo.errors import InputError
from geo.text import Texts, texts
from geo.view import View, read

TOLD: Final = "told"
MARKUP: Final = re.compile(r"([!-/:-@\[-`{-~])")  # all punctuation of ASCII


def current() -> tuple[View, Texts, list[InputError]]:
    """The view that the address asks for, the texts in its language, and notes on its faults."""
    view, notes = read(st.query_params.to_dict(), st.context.locale or "")
    return view, texts(view.lang), notes


def follow(key: str, value: object) -> None:
    """Set a widget to what the address says, before the widget is drawn."""
    st.session_state[key] = value


def write(**params: object) -> None:
    """Write choices into the address; an empty one leaves it.

    All at once, so that one step back undoes one choice.
    """
    new = {**st.query_params.to_dict(), **params}
    st.query_params.from_dict({n: str(v) for n, v in new.items() if v not in ("", None)})


def keep(key: str, param: str = "") -> None:
    """A widget's callback: its new value goes into the address under the same name."""
    write(**{param or key: st.session_state[key]})


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
    slots = {name: re.sub(MARKUP, r"\\\1", str(value)) for name, value in error.slots.items()}
    return say(error.message, **slots)
