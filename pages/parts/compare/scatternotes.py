"""What stands over and under the scatter: the keys of its marks, and what it says in numbers."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import marks, wording
from geo.compare import dots, relationwording
from geo.compare.relation import Relation
from geo.dimension import regions
from geo.markers import REGION_COLOURS, REGION_DASHES, REGION_GREY, Marker
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, keys


def keys_of(own_marks: dict[str, Marker], say: Texts) -> None:
    """Whose the marks are, which outline is which region, and how large a mark is how many."""
    names = [(marks.key(m), provinces()[a].name(say.lang)) for a, m in own_marks.items()]
    rings = [
        (marks.ring_key(180, colour, dash), say.pick(en, zh))
        for (en, zh), colour, dash in zip(
            regions().items(), REGION_COLOURS, REGION_DASHES, strict=True
        )
    ]
    sizes = [
        (
            marks.ring_key(dots.area_px2(size), REGION_GREY),
            wording.people(size, say, decimals=0),
        )
        for size in dots.SIZES
    ]
    st.html(keys.row(names) + keys.row([*rings, *sizes]))


def notes(own: Relation, view: View, say: Texts) -> Markup:
    """Correlations first, then the line, what was left out, and by which method."""
    strong = Markup('<p class="covers">{}</p>').format(relationwording.correlation(own, say))
    sentences = [
        *relationwording.notes(own, view.quadrants, view.fit, say),
        say(
            N_(
                "Drag over the chart to choose the provinces in a box, click a mark to add or"
                " remove one. Names without room are left out; the table has all."
            )
        ),
    ]
    return Markup('<section class="list">{}{}</section>').format(
        strong, about.note(say.paragraph(sentences))
    )
