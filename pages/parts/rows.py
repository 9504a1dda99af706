"""A row for every measure: figure, rank, strip of all provinces, distance, years, definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import marks, wording
from geo.indicators import CONTEXT, indicators_of
from geo.markers import Marker
from geo.profile import Standing, dimension_standings, open_index_standings, standing_in
from geo.provinces import provinces
from geo.text import N_, Translator
from geo.upload import session
from geo.view import FIRST_YEAR, LAST_YEAR, PageState
from pages.parts import about, agreementtable, keys, nav, rowdetail

AXIS: Final = (FIRST_YEAR, LAST_YEAR)
OPEN_INDEX: Final = "ours"
UPLOADED: Final = "own"
TITLES: Final = {
    OPEN_INDEX: N_("Open index of this atlas, our own reckoning, each rank with its interval"),
    CONTEXT: N_("For context, not part of the index"),
    UPLOADED: N_("Own data"),
}
HEADS: Final = (
    N_("Indicator"), N_("Value"), N_("Rank"), N_("All provinces, low to high"),
    N_("To national"), N_("{first} to {last}"),
)  # fmt: skip


def draw_measure_rows(
    adcode: str, view: PageState, marked: Mapping[str, Marker], t: Translator
) -> None:
    """All measures by dimension, then those for context; each opens to its definition."""
    year = view.preferred_year
    result = {OPEN_INDEX: open_index_standings(adcode, year)}
    result |= {
        name: dimension_standing.standings
        for name, dimension_standing in dimension_standings(adcode, year).items()
    }
    result[CONTEXT] = tuple(standing_in(adcode, m, year) for m in indicators_of(CONTEXT))
    result |= _uploaded_group(adcode, year)
    with st.container(key="rows"):
        st.html(
            Markup('<section class="rows">{}{}{}</section>').format(
                _row_heads(t),
                _strip_key(marked, t),
                Markup("").join(
                    _measure_group(name, standings, view, marked, t)
                    for name, standings in result.items()
                ),
            )
        )


def draw_uploaded_rows(
    adcode: str, view: PageState, marked: Mapping[str, Marker], t: Translator
) -> None:
    """The reader's own measures alone, for a unit that nobody else has figures of."""
    for name, standings in _uploaded_group(adcode, view.preferred_year).items():
        with st.container(key="rows"):
            st.html(
                Markup('<section class="rows">{}{}{}</section>').format(
                    _row_heads(t),
                    _strip_key(marked, t),
                    _measure_group(name, standings, view, marked, t),
                )
            )


def _uploaded_group(adcode: str, year: int) -> dict[str, tuple[Standing, ...]]:
    """The group of the reader's own measures; none without any."""
    standings = tuple(
        standing_in(adcode, m, year) for m in session.current_tables().all_measures.values()
    )
    return {UPLOADED: standings} if standings else {}


def _row_heads(t: Translator) -> Markup:
    cells = [t(name, first=FIRST_YEAR, last=LAST_YEAR) for name in HEADS]
    return Markup('<div class="line head" aria-hidden="true">{}</div>').format(
        Markup("").join(Markup("<span>{}</span>").format(cell) for cell in cells)
    )


def _strip_key(marked: Mapping[str, Marker], t: Translator) -> Markup:
    """Which mark is whose, and what the other signs of a strip are."""
    whose = [
        (marks.marker_key(marker), provinces()[adcode].name_in(t.lang))
        for adcode, marker in marked.items()
    ]
    signs = [
        (marks.tick_key(marks.TICK), t(N_("a province"))),
        (marks.tick_key(marks.NATIONAL), t(N_("national value or median"))),
    ]
    return keys.key_row([*whose, *signs])


def _measure_group(
    name: str,
    standings: tuple[Standing, ...],
    view: PageState,
    marked: Mapping[str, Marker],
    t: Translator,
) -> Markup:
    title = Markup("{}").format(t(TITLES.get(name, "")))
    if name not in TITLES:
        title = Markup('<a href="{}">{}</a>').format(
            nav.page_address("dimension", view, dimension=name, year=view.preferred_year),
            wording.dimension_name(name, t),
        )
    rows = Markup("").join(_measure_row(standing, view, marked, t) for standing in standings)
    agreed = agreementtable.folded_agreement(view.preferred_year, t) if name == OPEN_INDEX else ""
    mark = about.uploaded_mark([entry.measure for entry in standings], t)
    return Markup("<h3>{}</h3>{}{}{}").format(title, mark, rows, agreed)


def _measure_row(
    standing: Standing, view: PageState, marked: Mapping[str, Marker], t: Translator
) -> Markup:
    cell, measure = standing.cell, standing.measure
    doubt = Markup(' <em title="{}">?</em>').format(wording.describe_doubt(cell, t))
    return Markup(
        '<details class="row" data-measure="{}"><summary class="line"><span>{}</span>'
        "<span><b>{}</b>{} <small>{}</small></span><span>{}</span>{}<span>{}</span>{}</summary>"
        '<div class="more">{}</div></details>'
    ).format(
        measure.id,
        wording.measure_name(measure, t),
        wording.format_cell(cell, measure, t),
        doubt if cell.is_doubtful else "",
        standing.year,
        wording.short_rank(cell, t),
        _row_image(marks.strip_svg(standing.snapshot, marked), "strip", _strip_text(standing, t)),
        wording.format_gap_to_national(standing.gap_to_national_pct, t),
        _row_image(
            marks.line_svg(standing.comparable_cells, AXIS), "years", _span_text(standing, t)
        ),
        rowdetail.measure_details(standing, view, t),
    )


def _row_image(svg: str, kind: str, text: str) -> Markup:
    if not svg:
        return Markup('<span class="{}"></span>').format(kind)
    return Markup('<img class="{}" src="{}" alt="{}">').format(kind, marks.image_address(svg), text)


def _strip_text(standing: Standing, t: Translator) -> str:
    values = standing.snapshot.values_by_adcode().values()
    return t(
        N_("{count} provinces from {low} to {high}"),
        count=len(values),
        low=wording.format_number(min(values, default=0.0), standing.measure, t),
        high=wording.format_number(max(values, default=0.0), standing.measure, t),
    )


def _span_text(standing: Standing, t: Translator) -> str:
    years = standing.measure.years
    return t(N_("The values {first} to {last}"), first=years[0], last=years[-1])
