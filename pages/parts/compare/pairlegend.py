"""The legends of two maps: one for both where their classes are shared, else one for each."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.compare import pairnotes
from geo.compare.pair import Pair
from geo.compare.third import Third
from geo.text import N_, Texts
from pages.parts import about, legend


def draw(pair: Pair, third: Third | None, why_not: str, say: Texts, below: Markup) -> None:
    """What the colours mean on both maps, and on the third or why there is none; what is below."""
    sides = [pair.first.drawn, pair.second.drawn]
    if pair.basis:
        left = _legend("0,1", legend.classes(sides, say) + legend.keys(sides, say), "", say)
    else:
        left = Markup("").join(
            _legend(str(place), legend.classes([own], say) + legend.keys([own], say), letter, say)
            for place, (own, letter) in enumerate(zip(sides, "AB", strict=True))
        )
    note = say(pairnotes.NOTES[pair.basis])
    warned = Markup('<p class="marked">{}</p>').format(note) if not pair.basis else about.note(note)
    right = Markup()
    if third:
        drawn = [third.drawn]
        parts = _split(third, say) + legend.classes(drawn, say) + legend.keys(drawn, say)
        right = _legend("2", parts, "", say) + about.note(pairnotes.third_note(third, say))
    elif why_not:
        right = about.note(why_not)
    with st.container(key="legend"):
        shown = [(own.measure, own.year) for own in (pair.first, pair.second)]
        st.html(
            Markup('<div class="pair-legend"><div>{}{}</div><div>{}</div></div>{}{}').format(
                left, warned, right, about.sources_of(shown, say), below
            )
        )


def _legend(panes: str, parts: Markup, letter: str, say: Texts) -> Markup:
    """A legend of some of the panes, to which the map's script listens."""
    return Markup(
        '<div class="legend" role="group" aria-label="{}" data-panes="{}">{}{}</div>'
    ).format(
        say(N_("Legend")),
        panes,
        Markup("<strong>{}</strong>").format(letter) if letter else "",
        parts,
    )


def _split(third: Third, say: Texts) -> Markup:
    """The words on either side of nought, where the classes have both sides."""
    below, _ = third.sides
    share = 100 * (below + 0.5 * (third.basis == "moved")) / len(third.drawn.classes)
    return Markup(
        '<p class="split" style="--at:{:.0f}%"><span>{}</span><span>{}</span></p>'
    ).format(share, *pairnotes.split(third, say))
