"""A view for a frame of another page: one map or chart without the header and choices.

Streamlit itself keeps the parameter ``embed`` of the address, and hides its own frame for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    PageState,
    add_query,
    build_time_series,
    compared_provinces,
    source_line,
)
from geo.captions import quiet_note
from geo.maps import AtlasMap
from geo.measures import measure_name
from geo.metrics import time_rerun
from geo.text import N_, Translator, render_template
from pages.parts.about import map_title
from pages.parts.compare.bivariate import draw_both_measures
from pages.parts.compare.time_series import draw_time_series
from pages.parts.map_view import (
    HEIGHT_PX,
    build_view_parts,
    clicked_province,
    draw_legend,
    draw_map_frame,
)
from pages.parts.page_frame import document_title, page_path
from pages.parts.state import current_page, write_params

TEMPLATES: Final = Path(__file__).parent / "templates"
MAP_KEY: Final = "atlas_embed"
BOTH_KEY: Final = "atlas_embed_both"
# The height of the frame follows the map. If the map followed the frame in turn, both would move
# each other, so the map takes the height that its width asks for.
UNLIMITED_REST_PX: Final = -10_000


@st.fragment
@time_rerun("embed", "fragment")
def draw_embed(page: str) -> None:
    """Draw what a page shows, for a frame of another page, with a link to the whole page."""
    view, t, _ = current_page()
    draw = EMBEDS.get((page, view.pane if page == "compare" else ""))
    if draw:
        draw(view, t)
    address = add_query(page_path(page), {**st.query_params.to_dict(), "lang": view.lang})
    st.html(
        render_template(
            TEMPLATES,
            "embed",
            lang=view.lang,
            title=document_title(page, view, t),
            note="" if draw else t(N_("This view cannot be shown in a frame.")),
            address=address,
            text=t(N_("Open in the Digital China Atlas")),
        )
    )


def _draw_map(view: PageState, t: Translator) -> None:
    """Draw the map of a measure with its title, legend and sources."""
    parts, _ = build_view_parts(view)
    key = f"{MAP_KEY}_{view.layout}"
    draw_map_frame(
        AtlasMap(rest_px=UNLIMITED_REST_PX, layout=view.layout),
        parts.state,
        key,
        HEIGHT_PX,
        t,
        partial(_on_province_click, key),
        map_title(parts.shown, t),
    )
    draw_legend(parts, Markup())


def _on_province_click(key: str) -> None:
    province = clicked_province(key)
    if province is not None:
        write_params(province=province)


def _draw_lines(view: PageState, t: Translator) -> None:
    """Draw the lines of the compared provinces over the years, with their sources."""
    measure, chosen = view.shown_measure, compared_provinces(view)
    sources = quiet_note(source_line([(measure, measure.years)], t))
    draw_time_series(view, build_time_series(measure, chosen, view.course), chosen, sources, t)


def _draw_both(view: PageState, t: Translator) -> None:
    """Draw both measures on one map; its legend has the sources."""
    base = AtlasMap(rest_px=UNLIMITED_REST_PX)
    names = [measure_name(one, t) for one in (view.shown_measure, view.second_measure)]
    title = t(N_("{a} and {b}"), a=names[0], b=names[1])
    heading = Markup('<h1 class="atlas-heading">{}</h1>').format(title)
    draw_both_measures(view, compared_provinces(view), base, Markup(), t, BOTH_KEY, heading)


# What can be shown in a frame, by page and, of the page of comparisons, by its view.
EMBEDS: Final[dict[tuple[str, str], Callable[[PageState, Translator], None]]] = {
    ("map", ""): _draw_map,
    ("compare", "years"): _draw_lines,
    ("compare", "both"): _draw_both,
}
