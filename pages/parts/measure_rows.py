"""A row for every measure of a province: value, rank, strip, distance, years, details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    FIRST_YEAR,
    LAST_YEAR,
    DimensionStanding,
    PageState,
    Standing,
    axis_ends_of,
    cache_published,
    dimension_standings,
    open_index_standings,
    standing_in,
    uploaded_measures,
)
from geo.exports import CSV_PATH
from geo.limits import MEASURE_ROW_CACHE_SIZE
from geo.maps import (
    Marker,
    image_address,
    line_svg,
    strip_svg,
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
from geo.settings import served_path
from geo.text import N_, Translator, render_template
from pages.parts.about import definition_pairs, uploaded_mark
from pages.parts.agreement import folded_agreement
from pages.parts.charts import key_row, strip_keys
from pages.parts.page_frame import TEMPLATES, page_address
from pages.parts.province_head import dimension_strip

OPEN_INDEX: Final = "ours"
UPLOADED: Final = "own"
TITLES: Final = {
    OPEN_INDEX: N_("Open index, calculated by this atlas, each rank with its interval"),
    CONTEXT: N_("Context, not part of the index"),
    UPLOADED: N_("Uploaded data"),
}
HEADS: Final = (
    N_("Indicator"), N_("Value"), N_("Rank"), N_("All provinces, low to high"),
    N_("Compared with national value"), N_("{first} to {last}"),
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
            f"{served_path(CSV_PATH)}?measure={measure.id}&lang={t.lang}",
            t(N_("Download the values of all provinces and years (CSV)")),
        ),
    ]


def details_list(
    rows: Sequence[tuple[object, object]], addresses: Sequence[tuple[str, str]]
) -> Markup:
    """Return terms with their descriptions, and links below."""
    return render_template(TEMPLATES, "details", rows=rows, links=addresses)


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
        st.html(_rows_section(result, view, marked, t))


def draw_uploaded_rows(
    adcode: str, view: PageState, marked: Mapping[str, Marker], t: Translator
) -> None:
    """Draw only the uploaded measures, for a unit without other data."""
    if group := _uploaded_group(adcode, view):
        with st.container(key="rows"):
            st.html(_rows_section(group, view, marked, t))


def _uploaded_group(adcode: str, view: PageState) -> dict[str, tuple[Standing, ...]]:
    """Return the group of uploaded measures; empty without any."""
    year = view.preferred_year
    standings = tuple(standing_in(adcode, m, year) for m in uploaded_measures(view.catalogue))
    return {UPLOADED: standings} if standings else {}


def _rows_section(
    groups: Mapping[str, tuple[Standing, ...]],
    view: PageState,
    marked: Mapping[str, Marker],
    t: Translator,
) -> Markup:
    """Return the rows of some groups of measures, with their heads and the key."""
    first = next(iter(groups))
    return render_template(
        TEMPLATES,
        "measure_rows",
        heads=[t(name, first=FIRST_YEAR, last=LAST_YEAR) for name in HEADS],
        key=key_row(strip_keys(marked, t)),
        groups=[
            _measure_group(name, standings, view, tuple(marked.items()), t)
            | {"opened": name in (first, UPLOADED)}
            for name, standings in groups.items()
        ],
    )


def _measure_group(
    name: str,
    standings: tuple[Standing, ...],
    view: PageState,
    markers: tuple[tuple[str, Marker], ...],
    t: Translator,
) -> dict[str, object]:
    """Return what the template shows of a group of measures."""
    year = view.preferred_year
    titled = name in TITLES
    return {
        "title": t(TITLES[name]) if titled else dimension_name(name, t),
        "strip": None if titled else dimension_strip(DimensionStanding(name, standings), t),
        "link": t(N_("All provinces in this dimension")),
        "address": "" if titled else page_address("dimension", view, dimension=name, year=year),
        "mark": uploaded_mark([entry.measure for entry in standings], t),
        "rows": [_measure_row(standing, markers, t) for standing in standings],
        "agreement": folded_agreement(year, t) if name == OPEN_INDEX else "",
    }


@cache_published(maxsize=MEASURE_ROW_CACHE_SIZE)
def _measure_row(
    standing: Standing, markers: tuple[tuple[str, Marker], ...], t: Translator
) -> Markup:
    """Return the row of a standing; readers who look at the same province share it.

    markers: the marked provinces with their markers.
    """
    cell, measure = standing.cell, standing.measure
    strip, years = (
        strip_svg(standing.snapshot, dict(markers)),
        line_svg(standing.comparable_cells, axis_ends_of(measure)),
    )
    return render_template(
        TEMPLATES,
        "measure_row",
        measure=measure.id,
        title=measure_name(measure, t),
        value=format_cell(cell, measure, t),
        doubt=describe_doubt(cell, t) if cell.is_doubtful else "",
        year=standing.year,
        rank=short_rank(cell, t),
        strip=(strip and image_address(strip), _strip_text(standing, t)),
        gap=format_gap_to_national(standing.gap_to_national_pct, t),
        years=(years and image_address(years), _span_text(standing, t)),
        details=measure_details(standing, t),
    )


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
