"""A row for every measure: figure, rank, strip of all provinces, distance, years, definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import marks, wording
from geo.indicators import CONTEXT, measures_of
from geo.markers import Marker
from geo.profile import Standing, dimension_standings, openindex_standings, standing
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.upload import session
from geo.view import FIRST_YEAR, LAST_YEAR, View
from pages.parts import about, agreementtable, keys, nav, rowdetail

AXIS: Final = (FIRST_YEAR, LAST_YEAR)
OURS: Final = "ours"
MINE: Final = "own"
TITLES: Final = {
    OURS: N_("Open index of this atlas, our own reckoning, each rank with its interval"),
    CONTEXT: N_("For context, not part of the index"),
    MINE: N_("Own data"),
}
HEADS: Final = (
    N_("Indicator"), N_("Value"), N_("Rank"), N_("All provinces, low to high"),
    N_("To national"), N_("{first} to {last}"),
)  # fmt: skip


def draw(adcode: str, view: View, marked: Mapping[str, Marker], say: Texts) -> None:
    """All measures by dimension, then those for context; each opens to its definition."""
    year = view.wanted_year
    found = {OURS: openindex_standings(adcode, year)}
    found |= {name: own.standings for name, own in dimension_standings(adcode, year).items()}
    found[CONTEXT] = tuple(standing(adcode, m, year) for m in measures_of(CONTEXT))
    found |= _mine(adcode, year)
    with st.container(key="rows"):
        st.html(
            Markup('<section class="rows">{}{}{}</section>').format(
                _head(say),
                _key(marked, say),
                Markup("").join(
                    _group(name, standings, view, marked, say) for name, standings in found.items()
                ),
            )
        )


def mine(adcode: str, view: View, marked: Mapping[str, Marker], say: Texts) -> None:
    """The reader's own measures alone, for a unit that nobody else has figures of."""
    for name, standings in _mine(adcode, view.wanted_year).items():
        with st.container(key="rows"):
            st.html(
                Markup('<section class="rows">{}{}{}</section>').format(
                    _head(say), _key(marked, say), _group(name, standings, view, marked, say)
                )
            )


def _mine(adcode: str, year: int) -> dict[str, tuple[Standing, ...]]:
    """The group of the reader's own measures; none without any."""
    found = tuple(standing(adcode, m, year) for m in session.current().measures.values())
    return {MINE: found} if found else {}


def _head(say: Texts) -> Markup:
    cells = [say(name, first=FIRST_YEAR, last=LAST_YEAR) for name in HEADS]
    return Markup('<div class="line head" aria-hidden="true">{}</div>').format(
        Markup("").join(Markup("<span>{}</span>").format(cell) for cell in cells)
    )


def _key(marked: Mapping[str, Marker], say: Texts) -> Markup:
    """Which mark is whose, and what the other signs of a strip are."""
    whose = [(marks.key(marker), provinces()[own].name(say.lang)) for own, marker in marked.items()]
    signs = [
        (marks.tick_key(marks.TICK), say(N_("a province"))),
        (marks.tick_key(marks.NATIONAL), say(N_("national value or median"))),
    ]
    return keys.row([*whose, *signs])


def _group(
    name: str, standings: tuple[Standing, ...], view: View, marked: Mapping[str, Marker], say: Texts
) -> Markup:
    title = Markup("{}").format(say(TITLES.get(name, "")))
    if name not in TITLES:
        title = Markup('<a href="{}">{}</a>').format(
            nav.address("dimension", view, dimension=name, year=view.wanted_year),
            wording.dimension_name(name, say),
        )
    rows = Markup("").join(_row(own, view, marked, say) for own in standings)
    agreed = agreementtable.folded(view.wanted_year, say) if name == OURS else ""
    mark = about.own_mark([own.measure for own in standings], say)
    return Markup("<h3>{}</h3>{}{}{}").format(title, mark, rows, agreed)


def _row(own: Standing, view: View, marked: Mapping[str, Marker], say: Texts) -> Markup:
    cell, measure = own.cell, own.measure
    doubt = Markup(' <em title="{}">?</em>').format(wording.doubt(cell, say))
    return Markup(
        '<details class="row" data-measure="{}"><summary class="line"><span>{}</span>'
        "<span><b>{}</b>{} <small>{}</small></span><span>{}</span>{}<span>{}</span>{}</summary>"
        '<div class="more">{}</div></details>'
    ).format(
        measure.id,
        wording.measure_name(measure, say),
        wording.headline(cell, measure, say),
        doubt if wording.is_doubtful(cell) else "",
        own.year,
        wording.short_rank(cell, say),
        _image(marks.strip(own.snapshot, marked), "strip", _strip_text(own, say)),
        wording.to_national(own.to_national, say),
        _image(marks.line(own.series, AXIS), "years", _span_text(own, say)),
        rowdetail.draw(own, view, say),
    )  # fmt: skip


def _image(svg: str, kind: str, text: str) -> Markup:
    if not svg:
        return Markup('<span class="{}"></span>').format(kind)
    return Markup('<img class="{}" src="{}" alt="{}">').format(kind, marks.address(svg), text)


def _strip_text(own: Standing, say: Texts) -> str:
    values = own.snapshot.values().values()
    return say(
        N_("{count} provinces from {low} to {high}"),
        count=len(values),
        low=wording.number(min(values, default=0.0), own.measure, say),
        high=wording.number(max(values, default=0.0), own.measure, say),
    )


def _span_text(own: Standing, say: Texts) -> str:
    years = own.measure.years
    return say(N_("The values {first} to {last}"), first=years[0], last=years[-1])
