"""The legends of two maps: one for both where their classes are shared, else one for each."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.compare import pairnotes
from geo.compare.pair import MapPair
from geo.compare.third import DifferenceMap
from geo.text import N_, Translator
from pages.parts import about, legend


def draw_pair_legends(
    pair: MapPair, third: DifferenceMap | None, why_not: str, t: Translator, below: Markup
) -> None:
    """What the colours mean on both maps, and on the third or why there is none; what is below."""
    sides = [pair.first.drawn, pair.second.drawn]
    if pair.basis:
        left = _panes_legend(
            "0,1", legend.legend_classes(sides, t) + legend.legend_keys(sides, t), "", t
        )
    else:
        left = Markup("").join(
            _panes_legend(
                str(place),
                legend.legend_classes([choropleth], t) + legend.legend_keys([choropleth], t),
                letter,
                t,
            )
            for place, (choropleth, letter) in enumerate(zip(sides, "AB", strict=True))
        )
    note = t(pairnotes.NOTES[pair.basis])
    warned = (
        Markup('<p class="marked">{}</p>').format(note)
        if not pair.basis
        else about.quiet_note(note)
    )
    right = Markup()
    if third:
        drawn = [third.drawn]
        parts = (
            _split_heads(third, t) + legend.legend_classes(drawn, t) + legend.legend_keys(drawn, t)
        )
        right = _panes_legend("2", parts, "", t) + about.quiet_note(
            pairnotes.difference_note(third, t)
        )
    elif why_not:
        right = about.quiet_note(why_not)
    with st.container(key="legend"):
        results = [(side.measure, side.year) for side in (pair.first, pair.second)]
        st.html(
            Markup('<div class="pair-legend"><div>{}{}</div><div>{}</div></div>{}{}').format(
                left, warned, right, about.sources_block_of(results, t), below
            )
        )


def _panes_legend(panes: str, parts: Markup, letter: str, t: Translator) -> Markup:
    """A legend of some of the panes, to which the map's script listens."""
    return Markup(
        '<div class="legend" role="group" aria-label="{}" data-panes="{}">{}{}</div>'
    ).format(
        t(N_("Legend")),
        panes,
        Markup("<strong>{}</strong>").format(letter) if letter else "",
        parts,
    )


def _split_heads(third: DifferenceMap, t: Translator) -> Markup:
    """The words on either side of nought, where the classes have both sides."""
    below, _ = third.sides
    share = 100 * (below + 0.5 * (third.basis == "moved")) / len(third.drawn.classes)
    return Markup(
        '<p class="split" style="--at:{:.0f}%"><span>{}</span><span>{}</span></p>'
    ).format(share, *pairnotes.side_titles(third, t))
