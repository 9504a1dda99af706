"""What stands over and under the scatter: the keys of its marks, and what it says in numbers."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import marks, wording
from geo.compare import dots, relationwording
from geo.compare.relation import Relation
from geo.dimension import region_names
from geo.markers import REGION_COLOURS, REGION_DASHES, REGION_GREY, Marker
from geo.provinces import provinces
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about, keys


def draw_scatter_keys(markers: dict[str, Marker], t: Translator) -> None:
    """Whose the marks are, which outline is which region, and how large a mark is how many."""
    names = [(marks.marker_key(m), provinces()[a].name_in(t.lang)) for a, m in markers.items()]
    rings = [
        (marks.ring_key(180, colour, dash), t.localized(en, zh))
        for (en, zh), colour, dash in zip(
            region_names().items(), REGION_COLOURS, REGION_DASHES, strict=True
        )
    ]
    sizes = [
        (
            marks.ring_key(dots.mark_area_px2(size), REGION_GREY),
            wording.format_population(size, t, decimals=0),
        )
        for size in dots.SIZES
    ]
    st.html(keys.key_row(names) + keys.key_row([*rings, *sizes]))


def scatter_notes(relation: Relation, view: PageState, t: Translator) -> Markup:
    """Correlations first, then the line, what was left out, and by which method."""
    strong = Markup('<p class="covers">{}</p>').format(
        relationwording.describe_correlation(relation, t)
    )
    sentences = [
        *relationwording.relation_notes(relation, view.quadrants, view.fit, t),
        t(
            N_(
                "Drag over the chart to choose the provinces in a box, click a mark to add or"
                " remove one. Names without room are left out; the table has all."
            )
        ),
    ]
    return Markup('<section class="list">{}{}</section>').format(
        strong, about.quiet_note(t.join_sentences(sentences))
    )
