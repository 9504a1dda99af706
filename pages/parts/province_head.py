"""The head of the Province page: names, key values, published ranks, text."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    INCOME_MEASURE,
    DimensionStanding,
    PageState,
    add_query,
    dimension_standings,
    published_measures,
    published_standings,
    resident_population,
    standing_in,
)
from geo.captions import describe_province, quiet_note
from geo.exports import THUMBNAIL_PATH
from geo.measures import (
    GROUP_NAMES,
    STATUS_NOTES,
    Scale,
    Status,
    adjacent_provinces,
    describe_doubt,
    format_cell,
    format_place,
    format_population,
    format_rank,
    measure_name,
)
from geo.tables import province_mentions, report_sections
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.page_frame import TEMPLATES
from pages.parts.state import write_params

URBAN = "urbanization"


class ReportItem(NamedTuple):
    """A line of a list of what the report says: its text, and details such as its section."""

    text: str
    details: str = ""


class _KeyFigure(NamedTuple):
    """A figure below the names of a province; empty texts for what is not known."""

    name: str
    value: str
    year: int | str = ""
    rank: str = ""


def published_standings_list(adcode: str, t: Translator) -> Markup:
    """Return the ranks in the report's lists: the 2017 edition, with later ones below."""
    rows = []
    for index, (first, *later) in published_standings(adcode).items():
        known = [s for s in later if s.cell.status is not Status.NOT_PUBLISHED]
        rows.append(
            {
                "name": t(GROUP_NAMES[index]),
                "place": format_place(first.cell, t),
                "later": " · ".join(f"{s.year}: {format_place(s.cell, t)}" for s in known),
            }
        )
    cells = [one.cell for standing in published_standings(adcode).values() for one in standing]
    return render_template(
        TEMPLATES,
        "published_ranks",
        title=t(N_("Published ranks, report of 2017")),
        rows=rows,
        remarks=[
            t(N_("? {remark}"), remark=describe_doubt(cell, t)) for cell in cells if cell.may_mean
        ],
    )


def dimension_strips(adcode: str, year: int, t: Translator) -> Markup:
    """Return the ranks in the indicators of each dimension, as strips from first to last."""
    return render_template(
        TEMPLATES,
        "dimension_strips",
        title=t(N_("Ranks in the open indicators")),
        strips=[
            _dimension_strip(standing, t) for standing in dimension_standings(adcode, year).values()
        ],
        note=t(
            N_(
                "Each mark is one indicator’s rank, first at the left, in the year nearest to"
                " {year}. The assignment to dimensions is ours."
            ),
            year=year,
        ),
    )


def _dimension_strip(standing: DimensionStanding, t: Translator) -> dict[str, object]:
    """Return what the template shows of a dimension; marks with their positions in percent."""
    marks = [
        {
            "position_pct": 100 * (s.cell.rank - 1) / max(1, s.cell.of - 1),
            "title": t(
                N_("{measure}, {year}: {rank}"),
                measure=measure_name(s.measure, t),
                year=s.year,
                rank=format_rank(s.cell, t),
            ),
        }
        for s in standing.standings
        if s.cell.rank and s.cell.of
    ]
    middle = standing.median_rank
    text = (
        t(
            N_("median {rank}, {count} ind."),
            rank=t.format_number(middle, int(middle % 1 > 0)),
            count=len(marks),
        )
        if middle is not None
        else t(N_("no figure"))
    )
    return {"name": t(GROUP_NAMES[standing.dimension]), "text": text, "marks": marks}


def draw_province_head(adcode: str, view: PageState, t: Translator) -> None:
    """Draw names and key values, the ranks in the report, and a locator map."""
    province = provinces()[adcode]
    region = province.region_in(t.lang)
    names = [
        province.name_zh,
        *([] if province.name_in(t.lang) == province.name_en else [province.name_en]),
        t(N_("abbreviation {abbr}"), abbr=province.abbr),
    ]
    names += [t(N_("{region} region"), region=region)] if region else []
    if province.evaluated:
        lists = published_standings_list(adcode, t)
    else:
        lists = Markup("<p>{}</p>").format(t(STATUS_NOTES[Status.NOT_EVALUATED]))
    name = province.name_in(t.lang)
    with st.container(key="portrait"):
        st.html(
            render_template(
                TEMPLATES,
                "portrait",
                title=name,
                names=" · ".join(names),
                figures=_key_figures(adcode, view.preferred_year, t),
                ranks=lists,
                locator={
                    "address": add_query(THUMBNAIL_PATH, {"province": adcode}),
                    "text": t(N_("Where {name} lies in China"), name=name),
                },
            )
        )


def _key_figures(adcode: str, year: int, t: Translator) -> list[_KeyFigure]:
    """Return population, product per head and urban share, each with its year."""
    people = resident_population(adcode, year)
    rows = []
    if people:
        rows.append(_KeyFigure(t(N_("Residents")), format_population(people[0], t), people[1]))
    for name in (INCOME_MEASURE, URBAN):
        standing = standing_in(adcode, published_measures()[name], year)
        if standing.cell.value is not None:
            title = measure_name(standing.measure, t)
            figure = format_cell(standing.cell, standing.measure, t)
            rank = format_rank(standing.cell, t)
            rows.append(_KeyFigure(title, figure, standing.year, rank))
    return rows or [_KeyFigure(t(N_("Open indicators")), t(N_("no figure")))]


def draw_neighbour_links(adcode: str, view: PageState, t: Translator) -> None:
    """Draw links to the provinces ranked just before and after, by the measure of the view."""
    measure, year = view.shown_measure, view.year
    snapshot = measure.snapshot(year)
    lines = (
        adjacent_provinces(snapshot, adcode)
        if snapshot.scale in (Scale.QUANTITY, Scale.TOP_TEN)
        else None
    )
    if lines is None:
        # Without a rank in that list, use product per head, which ranks all 31.
        measure = published_measures()[INCOME_MEASURE]
        year = measure.nearest_year(view.preferred_year)
        snapshot = measure.snapshot(year)
        lines = adjacent_provinces(snapshot, adcode)
    if lines is None:
        return
    with st.container(key="steps", horizontal=True, vertical_alignment="center"):
        for other, icon in zip(lines, ("arrow_back", "arrow_forward"), strict=True):
            if other:
                name = provinces()[other].name_in(t.lang)
                label = t(N_("{rank}. {name}"), rank=snapshot.cells[other].rank, name=name)
                # A button: a page link to the current page would not change the URL.
                st.button(
                    label,
                    icon=f":material/{icon}:",
                    key=icon,
                    on_click=write_params,
                    kwargs={"province": other},
                )
        st.html(
            quiet_note(
                t(
                    N_("Before and after by rank: {measure}, {year}"),
                    measure=measure_name(measure, t),
                    year=year,
                )
            )
        )


def draw_text(adcode: str, view: PageState, t: Translator) -> None:
    """Draw generated sentences on the province, to copy."""
    results = describe_province(adcode, view.preferred_year, t)
    with st.container(key="text"):
        st.html(Markup("<h3>{}</h3>").format(t(N_("In words, made from the figures"))))
        st.code(t.join_sentences(one.text for one in results), language=None, wrap_lines=True)


def draw_mentions(adcode: str, t: Translator) -> None:
    """Draw the mentions of the province in the report, each with its section."""
    items = [
        ReportItem(t.localized(mention, "text"), section_citation(mention.section, t))
        for mention in province_mentions(adcode)
    ]
    with st.container(key="mentions"):
        st.html(
            render_template(
                TEMPLATES,
                "mentions",
                title=t(N_("What the report of 2017 says of it")),
                items=items,
                note=quiet_note(t(N_("The report’s text names this province in no other place."))),
            )
        )


def section_citation(number: str, t: Translator) -> str:
    """Return the citation of a section of the report."""
    section = report_sections()[number]
    return t(
        N_("Section {number}, {title}"),
        number=number,
        title=t.localized(section, "name"),
    )
