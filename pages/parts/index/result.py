"""The result of a recipe: map and ranking with intervals."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from geo.analysis import PageState, published_measures
from geo.captions import Ranking, build_ranking, quiet_note
from geo.index import (
    WHOLE_INDEX,
    IndexResult,
    Uncertainty,
    open_index_snapshot,
    recipe_to_address,
    result_snapshot,
)
from geo.maps import classify_snapshot, image_address, interval_svg
from geo.measures import Snapshot, format_interval, measure_name
from geo.pictures import INDEX_KIND
from geo.tables import to_csv
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.agreement import agreement_block
from pages.parts.figure_links import figure_line
from pages.parts.index.recipe import RequestedRecipe, recipe_mark
from pages.parts.map_view import draw_legend, draw_map, map_parts_of
from pages.parts.page_frame import page_address

TEMPLATES: Final = Path(__file__).parent / "templates"
PLACES = 31
OURS = N_("Our own calculation from open indicators, not the report’s index")


def draw_index_result(
    requested: RequestedRecipe,
    result: IndexResult,
    uncertainty: Uncertainty,
    view: PageState,
    t: Translator,
) -> None:
    """Draw map, legend and table, with a note if the recipe is not the default."""
    snapshot = result_snapshot(result, WHOLE_INDEX, uncertainty)
    choropleth = classify_snapshot(snapshot)
    measure = published_measures()[snapshot.measure]
    marked = recipe_mark(requested, t)
    title = t(N_("{measure}, {year}"), measure=measure_name(measure, t), year=requested.year)
    with st.container(key="index_map"):
        heading = render_template(
            TEMPLATES, "heading", title=title, mark=marked, note=quiet_note(t(OURS))
        )
        parts = map_parts_of(measure, choropleth, view.province, t)
        draw_map(parts, heading, t)
        address = "" if requested.name == "default" else recipe_to_address(requested.recipe)
        files = figure_line(
            INDEX_KIND,
            view,
            t,
            measure=measure.id,
            year=requested.year,
            province=view.province,
            recipe=address,
        )  # fmt: skip
        draw_legend(parts, files)
    usual = open_index_snapshot(measure.id, requested.year)
    _draw_rank_table(requested, usual, build_ranking(measure, choropleth, t), view, t)
    st.html(agreement_block(result, t))


def _draw_rank_table(
    requested: RequestedRecipe,
    default_snapshot: Snapshot,
    ranking: Ranking,
    view: PageState,
    t: Translator,
) -> None:
    provinces_by_rank = sorted(
        ranking.by_adcode.values(), key=lambda row: (row.rank or PLACES + 1, row.adcode)
    )
    rows: list[dict[str, object]] = []
    lines: list[list[object]] = []
    for row in provinces_by_rank:
        if not provinces()[row.adcode].evaluated:
            continue
        before = default_snapshot.cells[row.adcode]
        change = _format_rank_change(before.rank - row.rank) if row.rank and before.rank else ""
        rows.append(
            {
                "adcode": row.adcode,
                "address": page_address("province", view, province=row.adcode, year=requested.year),
                "name": row.name,
                "rank": row.rank or row.status,
                "score": row.figure,
                "image": image_address(interval_svg(row.low, row.rank, row.high, PLACES)),
                "interval": row.interval,
                "default_rank": before.rank or "",
                "default_interval": format_interval(before, t),
                "change": change,
            }
        )
        lines.append([row.adcode, row.name, row.rank, row.figure, row.low, row.high,
                      before.rank, change])  # fmt: skip
    heads = [
        t(N_("Province")), t(N_("Rank")), t(N_("Score")), t(N_("Interval")),
        t(N_("Default rank")), t(N_("Change")),
    ]  # fmt: skip
    with st.container(key="index_table"):
        st.html(
            render_template(
                TEMPLATES, "rank_table", mark=recipe_mark(requested, t), heads=heads, rows=rows
            )
        )
        st.download_button(
            t(N_("Download this table (CSV)")),
            to_csv(_rank_table_rows(requested, heads, lines, t)),
            file_name=f"open-index-{requested.year}-{t.lang}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="table_download",
        )


def _rank_table_rows(
    requested: RequestedRecipe, heads: list[str], lines: list[list[object]], t: Translator
) -> list[list[object]]:
    """Return the rows of the table as a file, after notes on the recipe and its origin."""
    columns = [t(N_("adcode")), *heads[:3], t(N_("Interval from")), t(N_("Interval to"))]
    texts = [recipe_mark(requested, t), t(OURS)]
    remarks: list[list[object]] = [[line] for line in texts if line]
    return [*remarks, [*columns, *heads[4:]], *lines]


def _format_rank_change(places: int) -> str:
    return f"+{places}" if places > 0 else f"−{-places}" if places < 0 else "0"
