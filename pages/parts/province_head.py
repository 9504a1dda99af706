"""The head of the Province page: names, key values, published ranks, text."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    INCOME_MEASURE,
    DimensionStanding,
    PageState,
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
from geo.text import N_, Translator
from geo.units import provinces
from pages.parts.state import write_params

URBAN = "urbanization"


def published_standings_list(adcode: str, t: Translator) -> Markup:
    """Return the ranks in the report's lists: the 2017 edition, with later ones below."""
    rows = []
    for index, standings in published_standings(adcode).items():
        first, *later = standings
        known = [s for s in later if s.cell.status is not Status.NOT_PUBLISHED]
        rows.append(
            Markup('<tr><th scope="row">{}</th><td>{}{}</td></tr>').format(
                t(GROUP_NAMES[index]),
                format_place(first.cell, t),
                Markup("<small>{}</small>").format(
                    " · ".join(f"{s.year}: {format_place(s.cell, t)}" for s in known)
                )
                if known
                else "",
            )
        )
    cells = [one.cell for standing in published_standings(adcode).values() for one in standing]
    remarks = [describe_doubt(cell, t) for cell in cells if cell.may_mean]
    return Markup("<h2>{}</h2><table>{}</table>{}").format(
        t(N_("Published ranks, report of 2017")),
        Markup("").join(rows),
        Markup("").join(
            Markup('<p class="note">{}</p>').format(t(N_("? {remark}"), remark=text))
            for text in remarks
        ),
    )


def dimension_strips(adcode: str, year: int, t: Translator) -> Markup:
    """Return the ranks in the indicators of each dimension, as strips from first to last."""
    rows = [
        _dimension_strip(standing, t) for standing in dimension_standings(adcode, year).values()
    ]
    return Markup('<h2>{}</h2><div class="strips">{}</div><p class="note">{}</p>').format(
        t(N_("Ranks in the open indicators")),
        Markup("").join(rows),
        t(
            N_(
                "Each mark is one indicator’s rank, first at the left, in the year nearest to"
                " {year}. The assignment to dimensions is ours."
            ),
            year=year,
        ),
    )


def _dimension_strip(standing: DimensionStanding, t: Translator) -> Markup:
    marks = [
        Markup('<i style="left:{:.1f}%" title="{}"></i>').format(
            100 * (s.cell.rank - 1) / max(1, s.cell.of - 1),
            t(
                N_("{measure}, {year}: {rank}"),
                measure=measure_name(s.measure, t),
                year=s.year,
                rank=format_rank(s.cell, t),
            ),
        )
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
    return Markup("<div><span>{}</span><small>{}</small><b>{}</b></div>").format(
        t(GROUP_NAMES[standing.dimension]), text, Markup("").join(marks)
    )


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
    with st.container(key="portrait"):
        st.html(
            Markup(
                '<section class="portrait panel"><div><h2 class="name">{}</h2>'
                '<p class="names">{}</p><dl class="key">{}</dl></div><div>{}</div>'
                '<img class="locator" src="{}?province={}" alt="{}"></section>'
            ).format(
                province.name_in(t.lang),
                " · ".join(names),
                _key_figures_list(adcode, view.preferred_year, t),
                lists,
                THUMBNAIL_PATH,
                adcode,
                t(N_("Where {name} lies in China"), name=province.name_in(t.lang)),
            )
        )


def _key_figures_list(adcode: str, year: int, t: Translator) -> Markup:
    """Return population, product per head and urban share, each with its year."""
    people = resident_population(adcode, year)
    rows: list[tuple[object, ...]] = []
    if people:
        rows.append((t(N_("Residents")), format_population(people[0], t), people[1], ""))
    for name in (INCOME_MEASURE, URBAN):
        standing = standing_in(adcode, published_measures()[name], year)
        if standing.cell.value is not None:
            title = measure_name(standing.measure, t)
            figure = format_cell(standing.cell, standing.measure, t)
            rows.append((title, figure, standing.year, format_rank(standing.cell, t)))
    if not rows:
        rows.append((t(N_("Open indicators")), t(N_("no figure")), "", ""))
    line = Markup("<dt>{}</dt><dd><b>{}</b> <small>{} {}</small></dd>")
    return Markup("").join(line.format(*row) for row in rows)


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
    rows = [
        Markup("<li>{} <small>{}</small></li>").format(
            t.localized(mention, "text"),
            section_citation(mention.section, t),
        )
        for mention in province_mentions(adcode)
    ]
    body = (
        Markup("<ul>{}</ul>").format(Markup("").join(rows))
        if rows
        else quiet_note(t(N_("The report’s text names this province in no other place.")))
    )
    with st.container(key="mentions"):
        title = t(N_("What the report of 2017 says of it"))
        st.html(Markup('<section class="list"><h3>{}</h3>{}</section>').format(title, body))


def section_citation(number: str, t: Translator) -> str:
    """Return the citation of a section of the report."""
    section = report_sections()[number]
    return t(
        N_("Section {number}, {title}"),
        number=number,
        title=t.localized(section, "name"),
    )
