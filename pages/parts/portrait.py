"""Who a province is: names, key figures, its place on the map, its text from the figures."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import facts, files, profile, sentences, wording
from geo.cells import Scale, Status
from geo.measures import all_measures, snapshot_of
from geo.peers import INCOME
from geo.profile import standing_in
from geo.provinces import provinces
from geo.ranking import adjacent_provinces
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about, standings, state

URBAN = "urbanization"


def draw_province_head(adcode: str, view: PageState, t: Translator) -> None:
    """Names and key figures, the report's standing, and where the province lies."""
    province = provinces()[adcode]
    region = province.region_in(t.lang)
    names = [
        province.name_zh,
        *([province.name_en] if t.lang == "zh" else []),
        t(N_("abbreviation {abbr}"), abbr=province.abbr),
    ]
    names += [t(N_("{region} region"), region=region)] if region else []
    if province.evaluated:
        lists = standings.published_standings_list(adcode, t)
    else:
        lists = Markup("<p>{}</p>").format(t(wording.STATUS_NOTES[Status.NOT_EVALUATED]))
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
                files.SMALL_MAP,
                adcode,
                t(N_("Where {name} lies in China"), name=province.name_in(t.lang)),
            )
        )


def _key_figures_list(adcode: str, year: int, t: Translator) -> Markup:
    """Population, product per head and urban share, each with its year."""
    people = profile.resident_population(adcode, year)
    rows: list[tuple[object, ...]] = []
    if people:
        rows.append((t(N_("Residents")), wording.format_population(people[0], t), people[1], ""))
    for name in (INCOME, URBAN):
        standing = standing_in(adcode, all_measures()[name], year)
        if standing.cell.value is not None:
            title = wording.measure_name(standing.measure, t)
            figure = wording.format_cell(standing.cell, standing.measure, t)
            rows.append((title, figure, standing.year, wording.format_rank(standing.cell, t)))
    if not rows:
        rows.append((t(N_("Open indicators")), t(N_("no figure")), "", ""))
    line = Markup("<dt>{}</dt><dd><b>{}</b> <small>{} {}</small></dd>")
    return Markup("").join(line.format(*row) for row in rows)


def draw_neighbour_links(adcode: str, view: PageState, t: Translator) -> None:
    """Links to the provinces one place before and after, by the measure of the view."""
    measure, year = all_measures()[view.measure], view.year
    snapshot = snapshot_of(measure.id, year)
    lines = (
        adjacent_provinces(snapshot, adcode)
        if snapshot.scale in (Scale.QUANTITY, Scale.TOP_TEN)
        else None
    )
    if lines is None:
        # No place in that list: product per head ranks all 31.
        measure = all_measures()[INCOME]
        year = measure.nearest_year(view.preferred_year)
        snapshot = snapshot_of(measure.id, year)
        lines = adjacent_provinces(snapshot, adcode)
    if lines is None:
        return
    with st.container(key="steps", horizontal=True, vertical_alignment="center"):
        for other, icon in zip(lines, ("arrow_back", "arrow_forward"), strict=True):
            if other:
                name = provinces()[other].name_in(t.lang)
                label = t(N_("{rank}. {name}"), rank=snapshot.cells[other].rank, name=name)
                # A button: a page link to its own page would leave the address as it is.
                st.button(
                    label,
                    icon=f":material/{icon}:",
                    key=icon,
                    on_click=state.write_params,
                    kwargs={"province": other},
                )
        st.html(
            about.quiet_note(
                t(
                    N_("Before and after by rank: {measure}, {year}"),
                    measure=wording.measure_name(measure, t),
                    year=year,
                )
            )
        )


def draw_text(adcode: str, view: PageState, t: Translator) -> None:
    """A few sentences made from the figures, to copy."""
    results = sentences.describe_province(adcode, view.preferred_year, t)
    with st.container(key="text"):
        st.html(Markup("<h3>{}</h3>").format(t(N_("In words, made from the figures"))))
        st.code(t.join_sentences(one.text for one in results), language=None, wrap_lines=True)


def draw_mentions(adcode: str, t: Translator) -> None:
    """What the report names the province for, each with its section."""
    rows = [
        Markup("<li>{} <small>{}</small></li>").format(
            t.localized(province_mention.text_en, province_mention.text_zh),
            section_citation(province_mention.section, t),
        )
        for province_mention in facts.province_mentions(adcode)
    ]
    body = (
        Markup("<ul>{}</ul>").format(Markup("").join(rows))
        if rows
        else about.quiet_note(t(N_("The report’s text names this province in no other place.")))
    )
    with st.container(key="mentions"):
        title = t(N_("What the report of 2017 says of it"))
        st.html(Markup('<section class="list"><h3>{}</h3>{}</section>').format(title, body))


def section_citation(number: str, t: Translator) -> str:
    """A section of the report as a citation."""
    section = facts.report_sections()[number]
    return t(
        N_("Section {number}, {title}"),
        number=number,
        title=t.localized(section.name_en, section.name_zh),
    )
