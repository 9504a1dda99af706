"""Both measures on one map, with the square legend."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import webmap, wording
from geo.cells import Cell
from geo.choropleth import MapClass
from geo.compare.bivariate import THIRDS, Bivariate, bivariate
from geo.compare.pair import Pair, pair
from geo.compare.panes import title
from geo.markers import markers
from geo.text import N_, Texts
from geo.tints import ink
from geo.view import View
from pages.parts import about, legend
from pages.parts.compare import choices
from pages.parts.compare.clicked import on_click
from pages.parts.webmap import frame

KEY = "atlas_both"
HEIGHT_PX = 520
REST_PX = 330
NOTE = N_(
    "Each measure is cut into three classes of about as many provinces; published places fall into"
    " the tiers of the report. The counts are provinces."
)


def draw(view: View, chosen: tuple[str, ...], say: Texts) -> None:
    """Choices, then the map with its square beside it."""
    choices.two(view, say)
    both = pair(view.measure, view.year, view.measure2, view.year2, shared=False)
    made = bivariate(both.first, both.second)
    titles = [title(both.first, "A", say), title(both.second, "B", say)]
    label = say(
        N_("Map of China’s provinces by two measures: {titles}"), titles=say.listing(titles)
    )
    own = webmap.Pane(made.drawn, "", lambda cell: _lines(both, cell, say))
    with st.container(key="both_sheet"):
        frame(
            webmap.AtlasMap(rest_px=REST_PX),
            webmap.state([own], label, say, chosen=markers("", chosen)),
            KEY,
            HEIGHT_PX,
            say,
            on_click(KEY),
        )
        _legend(both, made, titles, say)


def _lines(both: Pair, cell: Cell, say: Texts) -> list[str]:
    """Both figures with their places."""
    found = []
    for side, letter in ((both.first, "A"), (both.second, "B")):
        own = side.snapshot.cells[cell.adcode]
        lines = webmap.tooltip(side.drawn, own, side.measure, say)
        found.append(f"{letter} · {lines[0]}")
        found += lines[1:2] if own.value is not None else []
    return found


def _legend(both: Pair, made: Bivariate, titles: list[str], say: Texts) -> None:
    rows = []
    for second in reversed(range(THIRDS)):
        fields = Markup("").join(_field(made, first, second, say) for first in range(THIRDS))
        rows.append(Markup("{}<span>{}</span>").format(fields, _bounds(made.thirds2, second, say)))
    feet = Markup("").join(
        Markup("<span>{}</span>").format(_bounds(made.thirds, place, say))
        for place in range(THIRDS)
    )
    corner = Markup('<div class="corners"><span>{}</span><span>{}</span></div>')
    top = corner.format(say(N_("A low, B high")), say(N_("both high")))
    foot = corner.format(say(N_("both low")), say(N_("A high, B low")))
    with st.container(key="legend"):
        st.html(
            Markup(
                '<div class="legend" role="group" aria-label="{}"><p><strong>{}</strong> ↑</p>{}'
                '<div class="square">{}{}</div>{}<p class="across"><strong>{}</strong> →</p>{}'
                "</div>{}{}"
            ).format(
                say(N_("Legend")),
                titles[1],
                top,
                Markup("").join(rows),
                feet,
                foot,
                titles[0],
                legend.keys([made.drawn], say),
                about.note(say(NOTE)),
                about.sources_of(
                    [(own.measure, own.year) for own in (both.first, both.second)], say
                ),
            )
        )


def _field(made: Bivariate, first: int, second: int, say: Texts) -> Markup:
    """One field of the square: the provinces that it holds; the map dims the others."""
    own = made.drawn.classes[THIRDS * first + second]
    return Markup(
        '<button type="button" data-class="{}" style="background:{};color:{}"'
        ' aria-label="{}">{}</button>'
    ).format(
        THIRDS * first + second,
        own.colour,
        ink(own.colour),
        say(
            N_("A {first}, B {second}: {count} provinces"),
            first=_bounds(made.thirds, first, say),
            second=_bounds(made.thirds2, second, say),
            count=own.count,
        ),
        own.count,
    )


def _bounds(thirds: tuple[MapClass, ...], place: int, say: Texts) -> str:
    """What a third holds; empty where the values make fewer classes."""
    return wording.class_label(thirds[place], say) if place < len(thirds) else ""
