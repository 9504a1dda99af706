"""The result of a recipe: map and ranking with intervals."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import Display, MeasureMap, PageState, published_measures
from geo.captions import Ranking, build_ranking, quiet_note
from geo.index import (
    WHOLE_INDEX,
    IndexResult,
    Recipe,
    Uncertainty,
    rank_intervals,
    result_snapshot,
    score_index,
)
from geo.maps import classify_snapshot, image_address, interval_svg
from geo.measures import Snapshot, measure_name
from geo.pictures import INDEX_KIND
from geo.tables import to_csv
from geo.text import N_, Translator, render_template
from geo.units import evaluated_adcodes, provinces
from pages.parts.agreement import EDITION, agreement_block, draw_all_editions
from pages.parts.figure_links import figure_line
from pages.parts.index.recipe import (
    RequestedRecipe,
    address_of,
    recipe_mark,
    without_missing_security,
)
from pages.parts.map_view import draw_legend, draw_map, map_parts_of
from pages.parts.page_frame import page_address
from pages.parts.state import set_widget, sync_to_url
from pages.parts.widgets import searchable_name

TEMPLATES: Final = Path(__file__).parent / "templates"
PLACES = 31
EDITION_YEARS: Final = range(2017, 2021)
OURS = N_("Calculated by this atlas from open indicators; not the report’s index")


def draw_index_result(
    requested: RequestedRecipe,
    result: IndexResult,
    uncertainty: Uncertainty,
    view: PageState,
    t: Translator,
) -> None:
    """Draw the map beside the ranking, with a note if the recipe is not the default."""
    snapshot = result_snapshot(result, WHOLE_INDEX, uncertainty)
    choropleth = classify_snapshot(snapshot)
    measure = published_measures()[snapshot.measure]
    marked = recipe_mark(requested, t)
    title = t(N_("{measure}, {year}"), measure=measure_name(measure, t), year=requested.year)
    with st.container(key="index_pair"):
        with st.container(key="index_map"):
            heading = render_template(
                TEMPLATES, "heading", title=title, mark=marked, note=quiet_note(t(OURS))
            )
            shown = MeasureMap(measure, measure, choropleth, Display())
            parts = map_parts_of(shown, view.province, t)
            draw_map(parts, heading, t)
            files = figure_line(
                INDEX_KIND,
                view,
                t,
                measure=measure.id,
                year=requested.year,
                province=view.province,
                recipe=requested.address,
            )
            draw_legend(parts, files)
        usual = _default_snapshot(requested, snapshot)
        _draw_rank_table(requested, usual, build_ranking(measure, choropleth, t), view, t)
    st.html(_agreement_markup(requested, result, view, t))


def draw_index_agreement(
    requested: RequestedRecipe, result: IndexResult, view: PageState, t: Translator
) -> None:
    """Draw the agreement with all editions in the years that they cover."""
    if requested.year != EDITION:
        st.html(_agreement_link(requested, view, t))
    if requested.year in EDITION_YEARS:
        draw_all_editions(result, t)


def _agreement_markup(
    requested: RequestedRecipe, result: IndexResult, view: PageState, t: Translator
) -> Markup:
    """Return the agreement with the report, or where its year is."""
    if requested.year == EDITION:
        return agreement_block(result, t)
    return _agreement_link(requested, view, t)


def _agreement_link(requested: RequestedRecipe, view: PageState, t: Translator) -> Markup:
    """Return a link to the year of the report, by the same choices where they are own ones."""
    recipe = Recipe() if requested.name == "default" else requested.recipe
    address = page_address(
        "index",
        view,
        year=EDITION,
        province=view.province,
        tab="agreement",
        recipe=address_of(without_missing_security(recipe, EDITION), EDITION),
    )
    return render_template(
        TEMPLATES,
        "agreement_link",
        text=t(
            N_("The report’s ranks are of {edition}; this index is of {year}."),
            edition=EDITION,
            year=requested.year,
        ),
        address=address,
        link=t(N_("Compare both for {edition}"), edition=EDITION),
    )


def _default_snapshot(requested: RequestedRecipe, snapshot: Snapshot) -> Snapshot:
    """Return the result of the default choices over the same years, for the change of rank."""
    if requested.recipe == requested.default:
        return snapshot
    result = score_index(requested.default, requested.year)
    return result_snapshot(result, WHOLE_INDEX, rank_intervals(result))


def _draw_rank_table(
    requested: RequestedRecipe,
    default_snapshot: Snapshot,
    ranking: Ranking,
    view: PageState,
    t: Translator,
) -> None:
    """Draw the ranking with the pinned province always in view, and its search above."""
    provinces_by_rank = sorted(
        (row for row in ranking.by_adcode.values() if provinces()[row.adcode].evaluated),
        key=lambda row: (row.rank or PLACES + 1, row.adcode),
    )
    is_default = requested.recipe == requested.default
    rows: list[dict[str, object]] = []
    lines: list[list[object]] = []
    for row in provinces_by_rank:
        before = default_snapshot.cells[row.adcode]
        change = _format_rank_change(before.rank - row.rank) if row.rank and before.rank else ""
        rows.append(
            {
                "adcode": row.adcode,
                "address": page_address("province", view, province=row.adcode, year=requested.year),
                "name": row.name,
                "rank": row.rank or "–",
                "score": row.figure,
                "image": image_address(interval_svg(row.low, row.rank, row.high, PLACES))
                if row.low
                else "",
                "interval": row.interval or row.status,
                "change": change,
                "default_rank": before.rank or "–",
            }
        )
        lines.append([row.adcode, row.name, row.rank, row.figure, row.low, row.high,
                      before.rank, change])  # fmt: skip
    heads = [
        t(N_("Province")), t(N_("Rank")), t(N_("Score")), t(N_("Interval")),
        t(N_("Default rank")), t(N_("Change")),
    ]  # fmt: skip
    with st.container(key="index_table"):
        _draw_province_search(view, t)
        st.html(
            render_template(
                TEMPLATES,
                "rank_table",
                mark=recipe_mark(requested, t),
                heads=heads[:4] if is_default else [*heads[:4], heads[5]],
                pinned=[row for row in rows if row["adcode"] == view.province],
                rows=rows,
                with_change=not is_default,
                default_rank=t(N_("Default rank")),
                label=t(N_("Ranking")),
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


def _draw_province_search(view: PageState, t: Translator) -> None:
    """Draw the choice of the province that the ranking pins; cleared, none is."""
    set_widget("pinned", view.province if view.province in evaluated_adcodes() else None)
    st.selectbox(
        t(N_("Find in ranking")),
        list(evaluated_adcodes()),
        format_func=lambda adcode: searchable_name(adcode, t),
        key="pinned",
        index=None,
        filter_mode="contains",
        placeholder=t(N_("Find in ranking")),
        label_visibility="collapsed",
        on_change=sync_to_url,
        args=("pinned", "province"),
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
