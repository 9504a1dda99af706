"""A row for every measure of a province: value, rank, strip, distance, years, details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    FIRST_YEAR,
    LAST_YEAR,
    PageState,
    Standing,
    cache_published,
    dimension_standings,
    open_index_standings,
    standing_in,
    uploaded_measures,
)
from geo.exports import CSV_PATH
from geo.limits import MEASURE_ROW_CACHE_SIZE
from geo.maps import (
    NATIONAL_COLOUR,
    TICK_COLOUR,
    Marker,
    image_address,
    line_svg,
    marker_key,
    strip_svg,
    tick_key,
)
from geo.measures import (
    CONTEXT,
    HOW_NATIONAL_NOTES,
    Measure,
    describe_doubt,
    dimension_name,
    format_cell,
    format_gap_to_national,
    format_national,
    format_number,
    indicators_of,
    localized_remark,
    measure_name,
    short_rank,
    status_name,
)
from geo.text import N_, Translator
from geo.units import provinces
from pages.parts.about import definition_pairs, uploaded_mark
from pages.parts.agreement import folded_agreement
from pages.parts.charts import key_row
from pages.parts.page_frame import page_address

AXIS: Final = (FIRST_YEAR, LAST_YEAR)
OPEN_INDEX: Final = "ours"
UPLOADED: Final = "own"
TITLES: Final = {
    OPEN_INDEX: N_("Open index of this atlas, our own calculation, each rank with its interval"),
    CONTEXT: N_("For context, not part of the index"),
    UPLOADED: N_("Own data"),
}
HEADS: Final = (
    N_("Indicator"), N_("Value"), N_("Rank"), N_("All provinces, low to high"),
    N_("To national"), N_("{first} to {last}"),
)  # fmt: skip


def measure_details(standing: Standing, t: Translator) -> Markup:
    """Return definition, status, remarks and sources, with links to the data and the map."""
    remarks = [localized_remark(text, t) for text in standing.cell.remarks]
    rows = [
        (t(N_("Status")), " · ".join([status_name(standing.cell, t), *remarks])),
        *definition_pairs(standing.measure, standing.year, t),
    ]
    if standing.snapshot.national:
        mark = standing.snapshot.national
        note = t(HOW_NATIONAL_NOTES[mark.how], count=mark.count)
        rows.insert(1, (format_national(mark, standing.measure, t), note))
    return details_list(
        rows, measure_links(standing.measure, standing.year, standing.cell.adcode, t)
    )


def measure_links(measure: Measure, year: int, adcode: str, t: Translator) -> list[tuple[str, str]]:
    """Return links to the measure on the map and to its data, as pairs of URL and text.

    An uploaded measure has no link to its data: a URL is requested outside of the session.
    """
    lines = (
        page_address("map", t, measure=measure.id, year=year, province=adcode),
        t(N_("Show on the map")),
    )
    if measure.kind == "own":
        return [lines]
    return [
        lines,
        (
            f"{CSV_PATH}?measure={measure.id}&lang={t.lang}",
            t(N_("Download the figures of all provinces and years (CSV)")),
        ),
    ]


def details_list(
    rows: Sequence[tuple[object, object]], addresses: Sequence[tuple[str, str]]
) -> Markup:
    """Return terms with their descriptions, and links below."""
    return Markup("<dl>{}</dl><p>{}</p>").format(
        Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*row) for row in rows),
        Markup(" · ").join(Markup('<a href="{}">{}</a>').format(*link) for link in addresses),
    )


def draw_measure_rows(
    adcode: str, view: PageState, marked: Mapping[str, Marker], t: Translator
) -> None:
    """Draw all measures by dimension, then those for context; each expands to its definition."""
    year = view.preferred_year
    result = {OPEN_INDEX: open_index_standings(adcode, year)}
    result |= {
        name: standing.standings for name, standing in dimension_standings(adcode, year).items()
    }
    result[CONTEXT] = tuple(standing_in(adcode, m, year) for m in indicators_of(CONTEXT))
    result |= _uploaded_group(adcode, view)
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
    """Draw only the uploaded measures, for a unit without other data."""
    for name, standings in _uploaded_group(adcode, view).items():
        with st.container(key="rows"):
            st.html(
                Markup('<section class="rows">{}{}{}</section>').format(
                    _row_heads(t),
                    _strip_key(marked, t),
                    _measure_group(name, standings, view, marked, t),
                )
            )


def _uploaded_group(adcode: str, view: PageState) -> dict[str, tuple[Standing, ...]]:
    """Return the group of uploaded measures; empty without any."""
    year = view.preferred_year
    standings = tuple(standing_in(adcode, m, year) for m in uploaded_measures(view.catalogue))
    return {UPLOADED: standings} if standings else {}


def _row_heads(t: Translator) -> Markup:
    cells = [t(name, first=FIRST_YEAR, last=LAST_YEAR) for name in HEADS]
    return Markup('<div class="line head" aria-hidden="true">{}</div>').format(
        Markup("").join(Markup("<span>{}</span>").format(cell) for cell in cells)
    )


def _strip_key(marked: Mapping[str, Marker], t: Translator) -> Markup:
    """Return the key of a strip: marks of the provinces, and other signs."""
    whose = [
        (marker_key(marker), provinces()[adcode].name_in(t.lang))
        for adcode, marker in marked.items()
    ]
    signs = [
        (tick_key(TICK_COLOUR), t(N_("a province"))),
        (tick_key(NATIONAL_COLOUR), t(N_("national value or median"))),
    ]
    return key_row([*whose, *signs])


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
            page_address("dimension", view, dimension=name, year=view.preferred_year),
            dimension_name(name, t),
        )
    markers = tuple(marked.items())
    rows = Markup("").join(_measure_row(standing, markers, t) for standing in standings)
    agreed = folded_agreement(view.preferred_year, t) if name == OPEN_INDEX else ""
    mark = uploaded_mark([entry.measure for entry in standings], t)
    return Markup("<h3>{}</h3>{}{}{}").format(title, mark, rows, agreed)


@cache_published(maxsize=MEASURE_ROW_CACHE_SIZE)
def _measure_row(
    standing: Standing, markers: tuple[tuple[str, Marker], ...], t: Translator
) -> Markup:
    """Return the row of a standing; readers who look at the same province share it.

    markers: the marked provinces with their markers.
    """
    cell, measure = standing.cell, standing.measure
    doubt = Markup(' <em title="{}">?</em>').format(describe_doubt(cell, t))
    return Markup(
        '<details class="row" data-measure="{}"><summary class="line"><span>{}</span>'
        "<span><b>{}</b>{} <small>{}</small></span><span>{}</span>{}<span>{}</span>{}</summary>"
        '<div class="more">{}</div></details>'
    ).format(
        measure.id,
        measure_name(measure, t),
        format_cell(cell, measure, t),
        doubt if cell.is_doubtful else "",
        standing.year,
        short_rank(cell, t),
        _row_image(strip_svg(standing.snapshot, dict(markers)), "strip", _strip_text(standing, t)),
        format_gap_to_national(standing.gap_to_national_pct, t),
        _row_image(line_svg(standing.comparable_cells, AXIS), "years", _span_text(standing, t)),
        measure_details(standing, t),
    )


def _row_image(svg: str, kind: str, text: str) -> Markup:
    if not svg:
        return Markup('<span class="{}"></span>').format(kind)
    return Markup('<img class="{}" src="{}" alt="{}">').format(kind, image_address(svg), text)


def _strip_text(standing: Standing, t: Translator) -> str:
    values = standing.snapshot.values_by_adcode().values()
    return t(
        N_("{count} provinces from {low} to {high}"),
        count=len(values),
        low=format_number(min(values, default=0.0), standing.measure, t),
        high=format_number(max(values, default=0.0), standing.measure, t),
    )


def _span_text(standing: Standing, t: Translator) -> str:
    years = standing.measure.years
    return t(N_("The values {first} to {last}"), first=years[0], last=years[-1])
