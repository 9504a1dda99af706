"""The parts of the Dimension page: overview, small maps, matrix, correlations."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    BOUNDARIES_OF_SMALL_MAPS,
    REPORT_EDITION,
    DimensionRow,
    PageState,
    Standing,
    dimension_matrix,
    measure_correlations,
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
    SCALE_NOTES,
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
from geo.tables import dataset
from geo.text import N_, Translator
from geo.units import provinces
from pages.parts.agreement import agreement_block
from pages.parts.page_frame import page_address
from pages.parts.state import set_widget, sync_to_url
from pages.parts.widgets import draw_segmented_control

ONE: Final = N_(
    "One open indicator stands under it here. The assignment is ours, not the report’s; the open"
    " evidence is {strength}."
)
SEVERAL: Final = N_(
    "{count} open indicators stand under it here. The assignment is ours, not the report’s; the"
    " open evidence is {strength}."
)
PUBLISHED = "published"


def draw_dimension_head(view: PageState, t: Translator) -> None:
    """Draw the scope of the dimension, the published list, and a note on its indicators."""
    value = dataset().dimensions.loc[view.dimension]
    count = len(indicators_of(view.dimension))
    evidence = t(
        ONE if count == 1 else SEVERAL,
        count=count,
        strength=t.localized(value, "evidence"),
    )
    with st.container(key="inside"):
        st.html(
            Markup(
                '<section class="list"><h2 class="atlas-heading">{}</h2><p class="covers">{}</p>'
                "<p>{}</p>{}</section>"
            ).format(
                dimension_name(view.dimension, t),
                t.localized(value, "covers"),
                evidence,
                _published_list(view, t),
            )
            + agreement_block(_open_index_result(view), t)
        )


def _open_index_result(view: PageState) -> IndexResult:
    """Return the open index of the nearest year, by the default recipe."""
    year = view.preferred_year
    return score_index(default_recipe(year), year)


def _published_list(view: PageState, t: Translator) -> Markup:
    """Return the published ten in their order, or a note that there is no such list."""
    ten = published_ten(view.dimension)
    scale = published_snapshot(view.dimension).scale
    if not ten:
        return Markup("<p>{}</p>").format(t(SCALE_NOTES[scale]))
    items = [
        Markup('<a href="{}">{}. {}</a>').format(
            page_address("province", view, province=cell.adcode, year=view.preferred_year),
            cell.rank,
            mark_doubt(provinces()[cell.adcode].name_in(t.lang), cell),
        )
        for cell in ten
    ]
    title = t(N_("Published ten of {year}:"), year=REPORT_EDITION)
    unclear = [
        Markup("<small>? {}</small>").format(describe_doubt(cell, t))
        for cell in ten
        if cell.may_mean
    ]
    return Markup('<p class="ten"><b>{}</b> {} {}</p>').format(
        title, Markup(" ").join(items), Markup(" ").join(unclear)
    )


def draw_small_maps(view: PageState, t: Translator) -> None:
    """Draw a small map of every measure, each a link to the Map page."""
    items = [_small_map_link(m, view, t) for m in indicators_of(view.dimension)]
    with st.container(key="small_maps"):
        st.html(
            Markup('<div class="small-maps">{}</div>{}').format(
                Markup("").join(items),
                quiet_note(
                    t.join_sentences(
                        [
                            t(
                                N_(
                                    "Five classes of equal counts in each map, dark for high;"
                                    " hatched: not published. Each map opens large."
                                )
                            ),
                            t(BOUNDARIES_OF_SMALL_MAPS),
                        ]
                    )
                ),
            )
        )


def _small_map_link(measure: Measure, view: PageState, t: Translator) -> Markup:
    year = measure.nearest_year(view.preferred_year)
    name = measure_name(measure, t)
    return Markup(
        '<a href="{}"><img src="{}?measure={}&year={}" alt="{}"><span>{}</span>'
        "<small>{}</small></a>"
    ).format(
        page_address("map", view, measure=measure.id, year=year, dimension=view.dimension),
        THUMBNAIL_PATH,
        measure.id,
        year,
        t(N_("Map of China’s provinces: {measure}, {year}"), measure=name, year=year),
        name,
        year,
    )


def draw_leaders(view: PageState, t: Translator) -> None:
    """Draw sentences on the leaders and the largest gains."""
    items = _leader_items(view.dimension, view.preferred_year, t)
    with st.container(key="leaders"):
        st.html(
            Markup('<section class="list"><h3>{}</h3><ul>{}</ul>{}</section>').format(
                t(N_("Who leads, and who gained most")),
                items,
                quiet_note(
                    t(
                        N_(
                            "Doubtful figures are left aside. A gain compares the longest run of"
                            " years without a break in the series."
                        )
                    )
                ),
            )
        )


@lru_cache(maxsize=LEADERS_CACHE_SIZE)
def _leader_items(dimension: str, year: int, t: Translator) -> Markup:
    """Return the sentences on each published indicator of a dimension as items of a list."""
    rows = []
    for measure in indicators_of(dimension):
        leaders = describe_leaders(measure, measure.nearest_year(year), t)
        rows.append(
            Markup("<li>{}<br>{}</li>").format(leaders.text, describe_risers(measure, t).text)
        )
    return Markup("").join(rows)


def draw_correlations(view: PageState, t: Translator) -> None:
    """Draw the rank correlations of the measures as a half table."""
    measures = indicators_of(view.dimension)
    if len(measures) < 2:
        return
    correlations = measure_correlations(view.dimension, view.preferred_year)
    names = [measure_name(m, t) for m in measures]
    rows = []
    for i, measure in enumerate(measures[1:], start=1):
        cells = []
        for other in measures[:i]:
            value = float(correlations.coefficients.loc[measure.id, other.id])
            count = int(correlations.counts.loc[measure.id, other.id])
            text = t.format_number(value, 2) if value == value else "–"  # noqa: PLR0124  (nan)
            note = t(N_("{count} provinces"), count=count)
            cells.append(coloured_cell(text, note, colour_of_correlation(value)))
        rows.append(
            Markup('<tr><th scope="row">{}</th>{}{}</tr>').format(
                f"{i + 1} {names[i]}",
                Markup("").join(cells),
                Markup("<td></td>") * (len(measures) - 1 - i),
            )
        )
    heads = Markup("").join(
        Markup('<th scope="col" title="{}">{}</th>').format(name, f"{i + 1} {name}")
        for i, name in enumerate(names[:-1])
    )
    with st.container(key="correlations"):
        st.html(
            Markup(
                '<h3>{}</h3><div class="wide" tabindex="0"><table class="matrix"><thead>'
                "<tr><td></td>{}</tr></thead>{}</table></div>{}"
            ).format(
                t(N_("How the indicators rank the provinces alike")),
                heads,
                Markup("").join(rows),
                quiet_note(
                    t(
                        N_(
                            "Spearman rank correlation over the provinces with a sound figure in"
                            " both, {year} or nearest: 1 means the same order, −1 the opposite."
                            " It says nothing of causes."
                        ),
                        year=view.preferred_year,
                    )
                ),
            )
        )


def draw_matrix(view: PageState, t: Translator) -> None:
    """Draw the matrix with two options: the meaning of colours, and the order of rows."""
    year = view.preferred_year
    with st.container(key="matrix"):
        st.html(
            Markup("<h3>{}</h3>").format(
                t(N_("All provinces by all indicators, {year} or nearest"), year=year)
            )
        )
        with st.container(key="matrix_choices", horizontal=True, vertical_alignment="bottom"):
            draw_segmented_control("tint", t(N_("Coloured by")), COLOUR_MODE_NAMES, view.tint, t)
            order = _draw_order(indicators_of(view.dimension), t)
        st.html(_matrix_table(view.dimension, year, order, view.tint, t))
        st.html(quiet_note(t(COLOUR_MODE_NOTES[view.tint])))


@lru_cache(maxsize=MATRIX_CACHE_SIZE)
def _matrix_table(dimension: str, year: int, order: str, tint: str, t: Translator) -> Markup:
    """Return the matrix; it holds published measures alone, so that readers share it."""
    measures = indicators_of(dimension)
    rows = _sort_rows(dimension_matrix(dimension, year), order, measures)
    return Markup(
        '<div class="wide" tabindex="0"><table class="matrix standings">'
        "<thead>{}</thead>{}</table></div>"
    ).format(
        _matrix_head(measures, rows[0], order, t),
        Markup("").join(_matrix_row(row, year, tint, t) for row in rows),
    )


def _draw_order(measures: list[Measure], t: Translator) -> str:
    """Draw the choice of the order of rows: by published rank, or by one of the measures."""
    names = {PUBLISHED: t(N_("Published rank"))}
    names |= {m.id: measure_name(m, t) for m in measures}
    requested = st.query_params.get("sort", PUBLISHED)
    order = requested if requested in names else PUBLISHED
    set_widget("sort", order)
    st.selectbox(
        t(N_("Rows by")),
        list(names),
        format_func=names.__getitem__,
        key="sort",
        on_change=sync_to_url,
        args=("sort",),
    )
    return order


def _sort_rows(rows: list[DimensionRow], order: str, measures: list[Measure]) -> list[DimensionRow]:
    if order == PUBLISHED:
        return rows
    place = [m.id for m in measures].index(order)
    # Provinces without a rank come last, though a gap does not mean the last rank.
    return sorted(rows, key=lambda row: row.standings[place].cell.rank or len(rows) + 1)


def _matrix_head(measures: list[Measure], row: DimensionRow, order: str, t: Translator) -> Markup:
    cell = Markup('<th scope="col" aria-sort="{}">{} <small>{}</small></th>')
    heads = [
        cell.format(
            "ascending" if m.id == order else "none",
            measure_name(m, t),
            standing.year,
        )
        for m, standing in zip(measures, row.standings, strict=True)
    ]
    report = cell.format(
        "ascending" if order == PUBLISHED else "none", t(N_("Published")), REPORT_EDITION
    )
    ours = cell.format("none", t(N_("Open index, ours")), row.ours.year)
    return Markup('<tr><th scope="col">{}</th>{}{}{}</tr>').format(
        t(N_("Province")), report, ours, Markup("").join(heads)
    )


def _matrix_row(row: DimensionRow, year: int, tint: str, t: Translator) -> Markup:
    link = page_address("province", t, province=row.adcode, year=year)
    return Markup(
        '<tr data-adcode="{}"><th scope="row"><a href="{}">{}</a></th><td>{}</td><td>{}</td>{}</tr>'
    ).format(
        row.adcode,
        link,
        provinces()[row.adcode].name_in(t.lang),
        format_place(row.published, t),
        _open_index_cell(row, t),
        Markup("").join(_measure_cell(standing, tint, t) for standing in row.standings),
    )


def _open_index_cell(row: DimensionRow, t: Translator) -> Markup:
    """Return the rank in the open index of the dimension, with its interval."""
    cell = row.ours.cell
    interval = format_interval(cell, t)
    return Markup("{} <small>{}</small>").format(cell.rank or "–", interval)


def _measure_cell(standing: Standing, tint: str, t: Translator) -> Markup:
    if tint == "rank":
        text, colour = (
            str(standing.cell.rank or "–"),
            colour_of_percentile(standing.cell.percentile),
        )
    else:
        text = format_gap_to_national(standing.gap_to_national_pct, t) or "–"
        colour = colour_of_distance(standing.gap_to_national_pct)
    if standing.cell.is_doubtful:
        text += " ?"
    return coloured_cell(text, format_cell(standing.cell, standing.measure, t), colour)


def coloured_cell(text: str, title: str, tint: CellColour | None) -> Markup:
    style = f"background:{tint.ground};color:{tint.ink}" if tint else ""
    return Markup('<td style="{}" title="{}">{}</td>').format(style, title, text)
