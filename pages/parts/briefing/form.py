"""What a picture is asked for: kind, figures, size, words."""

from __future__ import annotations

import streamlit as st

from geo.compare import coursewords
from geo.measures import measures
from geo.picture import sizes
from geo.picture.request import COMPARISON, COURSE, INDEX, LANGS, NAMES, PROFILE, SCATTER, TWO
from geo.provinces import provinces
from geo.text import LANGUAGES, N_, Texts
from geo.view import MOST_CHOSEN, View
from pages.parts import choosers, state
from pages.parts.briefing.asked import Asked
from pages.parts.compare import choices, maps

LONGEST = 300  # characters of a title or a note that a reader types


def draw(now: Asked, view: View, say: Texts) -> None:
    """All choices; each writes itself into the address."""
    picture = now.picture
    choosers.listed(
        "kind", say(N_("What")), {name: say(text) for name, text in NAMES.items()}, picture.kind
    )
    _subject(now, view, say)
    names = {own.id: say(own.name) for own in sizes.SIZES.values()}
    choosers.listed("size", say(N_("Size")), names, picture.size)
    tongues = {lang: LANGUAGES.get(lang) or say(N_("Both languages")) for lang in LANGS}
    choosers.listed("words", say(N_("Language of the picture")), tongues, picture.lang)
    _typed("title", say(N_("Title in place of the atlas’s own")), picture.title)
    _typed("note", say(N_("Note of your own")), picture.note)
    state.follow("qr", picture.qr)
    st.toggle(say(N_("With a QR code of the link")), key="qr", on_change=_switched, args=("qr",))


def _subject(now: Asked, view: View, say: Texts) -> None:
    """The measures and the years, and the provinces that are outlined, profiled or compared."""
    kind = now.picture.kind
    if kind in (COMPARISON, SCATTER, COURSE):
        _compared(now, view, say)
        return
    if kind == TWO:
        choices.two(view, say)
        choosers.pick("classed", say(N_("Classes")), maps.CLASSES, view.classed, say, hidden=True)
        choosers.pick("third", say(N_("Third map")), maps.THIRD, view.third, say, hidden=True)
        provinces_of = ["", *provinces()]
    elif kind != PROFILE:
        own = measures()[now.picture.measure]
        among = [m.id for m in measures().values() if kind != INDEX or m.kind == "index"]
        choosers.measure("measure", say(N_("Measure")), own.id, say, among=among)
        choosers.year_of("year", say(N_("Year")), own, now.picture.year)
        provinces_of = ["", *provinces()]
    else:
        choosers.year(view, say)
        provinces_of = list(provinces())
    state.follow("province", now.picture.province)
    st.selectbox(
        say(N_("Province")) if kind == PROFILE else say(N_("Province to outline")),
        provinces_of,
        format_func=lambda own: choosers.both_names(own, say) if own else say(N_("None")),
        key="province",
        on_change=state.keep,
        args=("province",),
    )


def _compared(now: Asked, view: View, say: Texts) -> None:
    """What is compared as on the page of comparisons, and the provinces that are marked there."""
    kind = now.picture.kind
    label = say(N_("Provinces to mark, up to {count}"), count=MOST_CHOSEN)
    if kind == COMPARISON:
        choosers.year(view, say)
        label = say(N_("Provinces to compare, 2 to {count}"), count=MOST_CHOSEN)
    elif kind == COURSE:
        choosers.measure("measure", say(N_("Measure")), view.measure, say)
        choosers.pick("course", say(N_("Drawn as")), coursewords.MODES, view.course, say)
    else:
        choices.two(view, say)
        choices.drawn(view, say)
    choosers.several(label, now.picture.provinces, "", say)


def _typed(key: str, label: str, value: str) -> None:
    state.follow(key, value)
    st.text_input(label, key=key, max_chars=LONGEST, on_change=state.keep, args=(key,))


def _switched(key: str) -> None:
    state.write(**{key: "1" if st.session_state[key] else ""})
