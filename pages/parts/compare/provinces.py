"""Provinces side by side: rows with strips and ranks, mirrored bars for two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    DEFAULT_YEAR,
    GAP_RULE,
    MIN_PROVINCES,
    NATIONAL_ENDS,
    OPEN_INDEX_GROUP,
    REPORT_GROUP,
    ROW_HEADS,
    SCALE_NOTES_BY_MODE,
    ComparedRow,
    PageState,
    cache_published,
    compare_measures,
    comparison_csv,
    comparison_table,
    format_gap,
    format_row_cell,
    row_group_title,
)
from geo.captions import describe_row_difference, describe_two_provinces, quiet_note
from geo.colours import COLOURS
from geo.limits import COMPARED_ROW_CACHE_SIZE
from geo.maps import (
    Marker,
    assign_markers,
    image_address,
    marker_key,
    strip_of_values_svg,
)
from geo.measures import (
    HOW_NATIONAL_NOTES,
    Cell,
    Status,
    describe_doubt,
    dimension_name,
    format_cell,
    format_interval,
    format_national,
    format_place,
    format_rank,
    localized_remark,
    measure_name,
    status_name,
)
from geo.pictures import COMPARISON_KIND
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.about import definition_pairs, uploaded_mark
from pages.parts.agreement import folded_agreement
from pages.parts.charts import key_row, strip_keys
from pages.parts.compare.tables import draw_folded_table
from pages.parts.figure_links import figure_line
from pages.parts.measure_rows import details_list, measure_links
from pages.parts.page_frame import page_address
from pages.parts.widgets import draw_page_year_slider, draw_segmented_control

TEMPLATES: Final = Path(__file__).parent / "templates"
WIDTH: Final = 420  # of a strip, px
HEADS: Final = (
    N_("Measure"), N_("All provinces, low to high"), N_("Gap"), N_("Ranks"),
)  # fmt: skip
TWO: Final = 2
NOTES: Final = {
    "national": N_(
        "Bars: percent of the national value (or median), cut at {high}%. A hollow "
        "bar is a doubtful value."
    ),
    "percentile": N_(
        "Bars: percentile rank, the share of the other provinces that a province "
        "ranks above. A hollow bar is a doubtful value."
    ),
}
ORDERS: Final = {"dimension": N_("By dimension"), "gap": N_("Largest gap first")}
TOO_FEW: Final = N_("Choose at least two provinces to compare, by name or by group.")


def _rank_chips(
    row: ComparedRow, marked: Mapping[str, Marker], t: Translator
) -> list[dict[str, object]]:
    """Return the ranks of the chosen provinces, then each status with the provinces it has."""
    ranked = [c for c in row.cells if c.rank and c.status is not Status.RANK_AMONG_TEN]
    chips: list[dict[str, object]] = [
        {
            "marks": [_mark(cell, marked, t)],
            "rank": cell.rank,
            "doubt": _doubt(cell, t),
            "interval": format_interval(cell, t),
        }
        for cell in ranked
    ]
    rest = [cell for cell in row.cells if cell not in ranked]
    for word in dict.fromkeys(format_place(cell, t) for cell in rest):
        marks = [_mark(cell, marked, t) for cell in rest if format_place(cell, t) == word]
        chips.append({"marks": marks, "rank": None, "word": word})
    return chips


def _mark(cell: Cell, marked: Mapping[str, Marker], t: Translator) -> tuple[str, str]:
    """Return the image and the name of a compared province."""
    image = image_address(marker_key(marked[cell.adcode]))
    return image, provinces()[cell.adcode].name_in(t.lang)


def _doubt(cell: Cell, t: Translator) -> str:
    return describe_doubt(cell, t) if cell.is_doubtful else ""


@cache_published(maxsize=COMPARED_ROW_CACHE_SIZE)
def _measure_row(
    row: ComparedRow, markers: tuple[tuple[str, Marker], ...], show: str, t: Translator
) -> Markup:
    """Return a row; readers who compare the same provinces share it.

    markers: the compared provinces with their markers.
    """
    marked = dict(markers)
    return render_template(
        TEMPLATES,
        "compared_row",
        measure=row.measure.id,
        title=measure_name(row.measure, t),
        year=row.year,
        rank_note=t(N_("rank")) if show != "rank" and row.measure.kind == REPORT_GROUP else "",
        strip=_strip_image(row, marked, show),
        strip_text=_strip_text(row, show, t),
        gap=format_gap(row, t),
        chips=_rank_chips(row, marked, t),
        details=_row_details(row, t),
    )


def _strip_image(row: ComparedRow, marked: Mapping[str, Marker], show: str) -> str:
    """Return the address of the strip; empty if the measure has no such scale."""
    positions = row.on_scale(show)
    if positions is None:
        return ""
    strip = strip_of_values_svg(
        positions.values,
        positions.national,
        marked,
        positions.ends,
        row.doubtful,
        WIDTH,
        apart=True,
    )
    return image_address(strip)


def _strip_text(row: ComparedRow, show: str, t: Translator) -> str:
    """Return the strip as text: each chosen province with its value."""
    return "; ".join(
        t(
            N_("{name}: {value}"),
            name=provinces()[cell.adcode].name_in(t.lang),
            value=format_row_cell(row, cell, show, t),
        )
        for cell in row.cells
    )


def _row_details(row: ComparedRow, t: Translator) -> Markup:
    """Return value, rank and status of each province, national value, definition, sources."""
    lines = [
        (provinces()[cell.adcode].name_in(t.lang), _detail_cell(row, cell, t)) for cell in row.cells
    ]
    if row.snapshot.national:
        mark = row.snapshot.national
        note = t(HOW_NATIONAL_NOTES[mark.how], count=mark.count)
        lines.append((format_national(mark, row.measure, t), note))
    texts = [*lines, *definition_pairs(row.measure, row.year, t)]
    adcode = row.cells[0].adcode
    return details_list(texts, measure_links(row.measure, row.year, adcode, t))


def _detail_cell(row: ComparedRow, cell: Cell, t: Translator) -> str:
    parts = [
        format_cell(cell, row.measure, t),
        format_rank(cell, t),
        status_name(cell, t),
        *(localized_remark(text, t) for text in cell.remarks),
    ]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def draw_mirrored_bars(
    groups: Mapping[str, Sequence[ComparedRow]],
    marked: Mapping[str, Marker],
    show: str,
    t: Translator,
) -> None:
    """Draw sentences on the difference, then mirrored bars for every measure with values."""
    rows = [row for group in groups.values() for row in group]
    kind = "national" if show == "national" else "percentile"
    markers = tuple(marked.items())
    lines = [
        _mirrored_line(row, kind, markers, t) for row in rows if row.measure.kind != REPORT_GROUP
    ]
    with st.container(key="mirror"):
        st.html(
            render_template(
                TEMPLATES,
                "mirror",
                sentences=[sentence.text for sentence in describe_two_provinces(rows, t)],
                sides=[(m.colour, provinces()[a].name_in(t.lang)) for a, m in markers],
                middle=t(N_("Measure, year and difference")),
                lines=lines,
                note=quiet_note(t(NOTES[kind], high=t.format_number(NATIONAL_ENDS[1]))),
            )
        )


@cache_published(maxsize=COMPARED_ROW_CACHE_SIZE)
def _mirrored_line(
    row: ComparedRow, kind: str, markers: tuple[tuple[str, Marker], ...], t: Translator
) -> Markup:
    marked = dict(markers)
    words = describe_row_difference(row, t)
    return render_template(
        TEMPLATES,
        "mirrored_line",
        measure=row.measure.id,
        title=measure_name(row.measure, t),
        year=row.year,
        words=words.text if words else "",
        sides=[_mirror_side(row, cell, kind, marked[cell.adcode], t) for cell in row.cells],
    )


def _bar_length_pct(row: ComparedRow, cell: Cell, kind: str) -> float | None:
    """Return the length of a bar in percent of its room."""
    if kind == "percentile":
        return cell.percentile
    percent = row.scaled_values("national").get(cell.adcode)
    return None if percent is None else 100 * min(percent / NATIONAL_ENDS[1], 1.0)


def _mirror_side(
    row: ComparedRow, cell: Cell, kind: str, marker: Marker, t: Translator
) -> dict[str, object]:
    """Return the bar of a province with its figure; length_pct: None without a bar."""
    figure = ""
    if cell.value is not None:
        percentile = "" if cell.percentile is None else t.format_number(cell.percentile)
        figure = percentile if kind == "percentile" else format_row_cell(row, cell, kind, t)
    return {
        "status": status_name(cell, t) if cell.value is None else "",
        "figure": figure,
        "doubt": _doubt(cell, t),
        "length_pct": _bar_length_pct(row, cell, kind),
        "ground": COLOURS["surface"] if cell.is_doubtful else marker.colour,
        "border": marker.colour,
    }


def draw_provinces_pane(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """Draw the rows with their options, mirrored bars for two provinces, and the table below."""
    if len(chosen) < MIN_PROVINCES:
        st.info(t(TOO_FEW), icon=":material/info:")
        return
    with st.container(key="gap_choices", horizontal=True, vertical_alignment="bottom"):
        draw_segmented_control("show", t(N_("Show as")), ROW_HEADS, view.show, t)
        draw_segmented_control("order", t(N_("Order")), ORDERS, view.order, t)
        draw_page_year_slider(view, t)
    marked = assign_markers("", chosen)
    rows = compare_measures(chosen, view.preferred_year, view.order, view.catalogue)
    if view.preferred_year != DEFAULT_YEAR and REPORT_GROUP in rows:
        # Later editions of the report publish few places: rows with values come before them.
        order = sorted(rows, key=lambda group: group == REPORT_GROUP)
        rows = {group: rows[group] for group in order}
    st.html(key_row(strip_keys(marked, t, with_doubt=True)))
    if len(chosen) == TWO:
        draw_mirrored_bars(rows, marked, view.show, t)
    low, high = (t.format_number(end) for end in NATIONAL_ENDS)
    st.html(
        Markup("{}{}").format(
            quiet_note(t(SCALE_NOTES_BY_MODE[view.show], low=low, high=high)),
            quiet_note(t(GAP_RULE)),
        )
    )
    _draw_rows(rows, marked, view, t)
    names = ",".join(chosen)
    st.html(figure_line(COMPARISON_KIND, view, t, provinces=names, year=view.preferred_year))
    draw_folded_table(
        comparison_table(rows, view.show, t),
        comparison_csv(rows, view.show, t),
        f"provinces-{view.show}-{view.preferred_year}-{t.lang}.csv",
        t,
    )


def _draw_rows(
    rows: Mapping[str, Sequence[ComparedRow]],
    marked: Mapping[str, Marker],
    view: PageState,
    t: Translator,
) -> None:
    groups = [_row_group(name, members, marked, view, t) for name, members in rows.items()]
    heads = [t(name) for name in HEADS]
    with st.container(key="gap_rows"):
        st.html(render_template(TEMPLATES, "compared_rows", heads=heads, groups=groups))


def _row_group(
    name: str,
    rows: Sequence[ComparedRow],
    marked: Mapping[str, Marker],
    view: PageState,
    t: Translator,
) -> dict[str, object]:
    """Return rows with their title; that of a dimension has the address of its page."""
    title = row_group_title(name, t)
    year = view.preferred_year
    markers = tuple(marked.items())
    return {
        "title": title or dimension_name(name, t),
        "address": "" if title else page_address("dimension", view, dimension=name, year=year),
        "mark": uploaded_mark([row.measure for row in rows], t),
        "lines": [_measure_row(row, markers, view.show, t) for row in rows],
        "agreement": folded_agreement(year, t) if name == OPEN_INDEX_GROUP else "",
    }
