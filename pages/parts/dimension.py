"""The parts of the Dimension page: overview, small maps, matrix, correlations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    PUBLISHED_ORDER,
    DimensionRow,
    PageState,
    Standing,
    boundary_line,
    dimension_matrix,
    measure_correlations,
    open_index_leaders,
    published_snapshot,
    published_ten,
)
from geo.captions import describe_leaders, describe_risers, quiet_note
from geo.exports import THUMBNAIL_PATH
from geo.index import IndexResult, default_recipe, score_index
from geo.limits import LEADERS_CACHE_SIZE, MATRIX_CACHE_SIZE
from geo.maps import (
    COLOUR_MODE_NAMES,
    COLOUR_MODE_NOTES,
    CellColour,
    colour_of_correlation,
    colour_of_distance,
    colour_of_percentile,
)
from geo.measures import (
    REPORT_EDITION,
    SCALE_NOTES,
    Cell,
    Measure,
    describe_doubt,
    dimension_name,
    format_cell,
    format_gap_to_national,
    format_interval,
    format_place,
    indicators_of,
    mark_doubt,
    measure_name,
)
from geo.settings import served_path
from geo.tables import dataset
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.agreement import agreement_block
from pages.parts.page_frame import page_address
from pages.parts.state import set_widget, sync_to_url
from pages.parts.widgets import draw_segmented_control

TEMPLATES: Final = Path(__file__).parent / "templates"
ONE: Final = N_(
    "This atlas assigns one open indicator to this dimension; the report does "
    "not. The open evidence is {strength}."
)
SEVERAL: Final = N_(
    "This atlas assigns {count} open indicators to this dimension; the report "
    "does not. The open evidence is {strength}."
)


@dataclass(frozen=True)
class ColouredCell:
    """A cell of a table; title: its text on hover."""

    text: str
    title: str
    tint: CellColour | None


def draw_dimension_head(view: PageState, t: Translator) -> None:
    """Draw the scope of the dimension, who leads in the report and in the open index."""
    value = dataset().dimensions.loc[view.dimension]
    count = len(indicators_of(view.dimension))
    evidence = t(
        ONE if count == 1 else SEVERAL,
        count=count,
        strength=t.localized(value, "evidence"),
    )
    ten = published_ten(view.dimension)
    leaders = open_index_leaders(view.dimension, view.preferred_year)
    with st.container(key="inside"):
        st.html(
            render_template(
                TEMPLATES,
                "dimension_head",
                title=dimension_name(view.dimension, t),
                covers=t.localized(value, "covers"),
                evidence=evidence,
                ten_title=t(N_("Published ten of {year}"), year=REPORT_EDITION),
                ten=[_published_row(cell, view, t) for cell in ten],
                doubts=[describe_doubt(cell, t) for cell in ten if cell.may_mean],
                scale_note=t(SCALE_NOTES[published_snapshot(view.dimension).scale]),
                leaders_title=t(
                    N_("First {count} in the open index, {year}, calculated by this atlas"),
                    count=len(leaders),
                    year=leaders[0].year,
                ),
                leaders=[_leader_row(standing, view, t) for standing in leaders],
            )
        )


def _open_index_result(view: PageState) -> IndexResult:
    """Return the open index of the nearest year, by the default recipe."""
    year = view.preferred_year
    return score_index(default_recipe(year), year)


def _published_row(cell: Cell, view: PageState, t: Translator) -> dict[str, object]:
    return {
        "address": page_address("province", view, province=cell.adcode, year=view.preferred_year),
        "rank": cell.rank,
        "name": mark_doubt(provinces()[cell.adcode].name_in(t.lang), cell),
    }


def _leader_row(standing: Standing, view: PageState, t: Translator) -> dict[str, object]:
    cell = standing.cell
    return {
        "address": page_address("province", view, province=cell.adcode, year=view.preferred_year),
        "rank": cell.rank,
        "name": provinces()[cell.adcode].name_in(t.lang),
        "interval": format_interval(cell, t),
    }


def draw_small_maps(view: PageState, t: Translator) -> None:
    """Draw a small map of every measure, each a link to the Map page; folded, how sure it is."""
    maps = [_small_map(measure, view, t) for measure in indicators_of(view.dimension)]
    drawing = t(
        N_(
            "Each map has five classes of equal counts, dark for high; hatched: not "
            "published. Select a map to enlarge it."
        )
    )
    note = t.join_sentences([drawing, boundary_line(t)])
    with st.container(key="small_maps"):
        st.html(
            render_template(
                TEMPLATES,
                "small_maps",
                maps=maps,
                path=served_path(THUMBNAIL_PATH),
                note=quiet_note(note),
            )
            + render_template(
                TEMPLATES,
                "folded_agreement",
                title=t(N_("Uncertainty of the result")),
                agreement=agreement_block(_open_index_result(view), t),
            )
        )


def _small_map(measure: Measure, view: PageState, t: Translator) -> dict[str, object]:
    year = measure.nearest_year(view.preferred_year)
    name = measure_name(measure, t)
    return {
        "address": page_address(
            "map", view, measure=measure.id, year=year, dimension=view.dimension
        ),
        "measure": measure.id,
        "year": year,
        "text": t(N_("Map of China’s provinces: {measure}, {year}"), measure=name, year=year),
        "name": name,
    }


def draw_leaders(view: PageState, t: Translator) -> None:
    """Draw sentences on the leaders and the largest gains."""
    with st.container(key="leaders"):
        st.html(_leaders_section(view.dimension, view.preferred_year, t))


@lru_cache(maxsize=LEADERS_CACHE_SIZE)
def _leaders_section(dimension: str, year: int, t: Translator) -> Markup:
    """Return the sentences on each published indicator of a dimension."""
    sentences = [
        (
            describe_leaders(measure, measure.nearest_year(year), t).text,
            describe_risers(measure, t).text,
        )
        for measure in indicators_of(dimension)
    ]
    note = t(
        N_(
            "Doubtful values are excluded. A gain is measured over the longest run of "
            "years without a break in the series."
        )
    )
    return render_template(
        TEMPLATES,
        "leaders",
        title=t(N_("Leaders and largest gains")),
        sentences=sentences,
        note=quiet_note(note),
    )


def draw_correlations(view: PageState, t: Translator) -> None:
    """Draw the rank correlations of the measures as a half table."""
    measures = indicators_of(view.dimension)
    if len(measures) < 2:
        return
    correlations = measure_correlations(view.dimension, view.preferred_year)
    rows = []
    for i, measure in enumerate(measures[1:], start=1):
        cells = []
        for other in measures[:i]:
            value = float(correlations.coefficients.loc[measure.id, other.id])
            count = int(correlations.counts.loc[measure.id, other.id])
            text = t.format_number(value, 2) if value == value else "–"  # noqa: PLR0124  (nan)
            note = t(N_("{count} provinces"), count=count)
            cells.append(ColouredCell(text, note, colour_of_correlation(value)))
        rows.append(cells)
    note = t(
        N_(
            "Spearman rank correlation over the provinces with reliable values for both, "
            "{year} or nearest: 1 means the same order, −1 the opposite. It does not "
            "show causes."
        ),
        year=view.preferred_year,
    )
    with st.container(key="correlations"):
        st.html(
            render_template(
                TEMPLATES,
                "correlations",
                title=t(N_("Rank correlation between the indicators")),
                names=[measure_name(measure, t) for measure in measures],
                rows=rows,
                note=quiet_note(note),
            )
        )


def draw_matrix(view: PageState, t: Translator) -> None:
    """Draw the matrix with two options: the meaning of colours, and the order of rows."""
    year = view.preferred_year
    with st.container(key="matrix"):
        st.html(
            Markup("<h2>{}</h2>").format(
                t(N_("All provinces by all indicators, {year} or nearest"), year=year)
            )
        )
        with st.container(key="matrix_choices", horizontal=True, vertical_alignment="bottom"):
            draw_segmented_control("tint", t(N_("Colours")), COLOUR_MODE_NAMES, view.tint, t)
            order = _draw_order(view, indicators_of(view.dimension), t)
        st.html(_matrix_table(view.dimension, year, order, view.tint, t))
        st.html(quiet_note(t(COLOUR_MODE_NOTES[view.tint])))


@lru_cache(maxsize=MATRIX_CACHE_SIZE)
def _matrix_table(dimension: str, year: int, order: str, tint: str, t: Translator) -> Markup:
    """Return the matrix; it holds published measures alone, so that readers share it."""
    measures = indicators_of(dimension)
    rows = _sort_rows(dimension_matrix(dimension, year), order, measures)
    first = rows[0]
    heads = [
        (order == PUBLISHED_ORDER, t(N_("Published")), REPORT_EDITION),
        (False, t(N_("Open index of this atlas")), first.ours.year),
        *(
            (order == measure.id, measure_name(measure, t), standing.year)
            for measure, standing in zip(measures, first.standings, strict=True)
        ),
    ]
    return render_template(
        TEMPLATES,
        "matrix",
        corner=t(N_("Province")),
        heads=heads,
        rows=[_matrix_row(row, year, tint, t) for row in rows],
    )


def _draw_order(view: PageState, measures: list[Measure], t: Translator) -> str:
    """Draw the choice of the order of rows: by published rank, or by one of the measures."""
    names = {PUBLISHED_ORDER: t(N_("Published rank"))}
    names |= {m.id: measure_name(m, t) for m in measures}
    order = view.sort if view.sort in names else PUBLISHED_ORDER
    set_widget("sort", order)
    st.selectbox(
        t(N_("Order of rows")),
        list(names),
        format_func=names.__getitem__,
        key="sort",
        on_change=sync_to_url,
        args=("sort",),
    )
    return order


def _sort_rows(rows: list[DimensionRow], order: str, measures: list[Measure]) -> list[DimensionRow]:
    if order == PUBLISHED_ORDER:
        return rows
    place = [m.id for m in measures].index(order)
    # Provinces without a rank come last, though a gap does not mean the last rank.
    return sorted(rows, key=lambda row: row.standings[place].cell.rank or len(rows) + 1)


def _matrix_row(row: DimensionRow, year: int, tint: str, t: Translator) -> dict[str, object]:
    """Return the place of a province in the report, its rank in the open index, and its cells."""
    return {
        "adcode": row.adcode,
        "address": page_address("province", t, province=row.adcode, year=year),
        "name": provinces()[row.adcode].name_in(t.lang),
        "published": format_place(row.published, t),
        "rank": row.ours.cell.rank or "–",
        "interval": format_interval(row.ours.cell, t),
        "cells": [_measure_cell(standing, tint, t) for standing in row.standings],
    }


def _measure_cell(standing: Standing, tint: str, t: Translator) -> ColouredCell:
    cell = standing.cell
    if tint == "rank":
        text = str(cell.rank or "–")
        colour = colour_of_percentile(cell.percentile)
    else:
        text = format_gap_to_national(standing.gap_to_national_pct, t) or "–"
        colour = colour_of_distance(standing.gap_to_national_pct)
    if cell.is_doubtful:
        text += " ?"
    return ColouredCell(text, format_cell(cell, standing.measure, t), colour)
