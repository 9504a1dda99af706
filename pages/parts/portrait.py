"""Who a province is: names, key figures, its place on the map, its text from the figures."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import facts, files, profile, sentences, wording
from geo.cells import Scale, Status
from geo.measures import measures, snapshot
from geo.peers import INCOME
from geo.profile import standing
from geo.provinces import provinces
from geo.ranking import beside
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, standings, state

URBAN = "urbanization"


def head(adcode: str, view: View, say: Texts) -> None:
    """Names and key figures, the report's standing, and where the province lies."""
    own = provinces()[adcode]
    region = own.region(say.lang)
    names = [
        own.name_zh,
        *([own.name_en] if say.lang == "zh" else []),
        say(N_("abbreviation {abbr}"), abbr=own.abbr),
    ]
    names += [say(N_("{region} region"), region=region)] if region else []
    if own.evaluated:
        lists = standings.report(adcode, say)
    else:
        lists = Markup("<p>{}</p>").format(say(wording.STATUS_NOTES[Status.NOT_EVALUATED]))
    with st.container(key="portrait"):
        st.html(
            Markup(
                '<section class="portrait panel"><div><h2 class="name">{}</h2>'
                '<p class="names">{}</p><dl class="key">{}</dl></div><div>{}</div>'
                '<img class="locator" src="{}?province={}" alt="{}"></section>'
            ).format(
                own.name(say.lang),
                " · ".join(names),
                _key_figures(adcode, view.wanted_year, say),
                lists,
                files.SMALL_MAP,
                adcode,
                say(N_("Where {name} lies in China"), name=own.name(say.lang)),
            )
        )


def _key_figures(adcode: str, year: int, say: Texts) -> Markup:
    """Population, product per head and urban share, each with its year."""
    people = profile.population(adcode, year)
    rows: list[tuple[object, ...]] = []
    if people:
        rows.append((say(N_("Residents")), wording.people(people[0], say), people[1], ""))
    for name in (INCOME, URBAN):
        own = standing(adcode, measures()[name], year)
        if own.cell.value is not None:
            title = wording.measure_name(own.measure, say)
            figure = wording.headline(own.cell, own.measure, say)
            rows.append((title, figure, own.year, wording.rank(own.cell, say)))
    if not rows:
        rows.append((say(N_("Open indicators")), say(N_("no figure")), "", ""))
    line = Markup("<dt>{}</dt><dd><b>{}</b> <small>{} {}</small></dd>")
    return Markup("").join(line.format(*row) for row in rows)


def steps(adcode: str, view: View, say: Texts) -> None:
    """Links to the provinces one place before and after, by the measure of the view."""
    measure, year = measures()[view.measure], view.year
    own = snapshot(measure.id, year)
    found = beside(own, adcode) if own.scale in (Scale.QUANTITY, Scale.TOP_TEN) else None
    if found is None:
        # No place in that list: product per head ranks all 31.
        measure = measures()[INCOME]
        year = measure.nearest_year(view.wanted_year)
        own = snapshot(measure.id, year)
        found = beside(own, adcode)
    if found is None:
        return
    with st.container(key="steps", horizontal=True, vertical_alignment="center"):
        for other, icon in zip(found, ("arrow_back", "arrow_forward"), strict=True):
            if other:
                name = provinces()[other].name(say.lang)
                label = say(N_("{rank}. {name}"), rank=own.cells[other].rank, name=name)
                # A button: a page link to its own page would leave the address as it is.
                st.button(
                    label,
                    icon=f":material/{icon}:",
                    key=icon,
                    on_click=state.write,
                    kwargs={"province": other},
                )
        st.html(
            about.note(
                say(
                    N_("Before and after by rank: {measure}, {year}"),
                    measure=wording.measure_name(measure, say),
                    year=year,
                )
            )
        )


def text(adcode: str, view: View, say: Texts) -> None:
    """A few sentences made from the figures, to copy."""
    found = sentences.portrait(adcode, view.wanted_year, say)
    with st.container(key="text"):
        st.html(Markup("<h3>{}</h3>").format(say(N_("In words, made from the figures"))))
        st.code(say.paragraph(one.text for one in found), language=None, wrap_lines=True)


def report_says(adcode: str, say: Texts) -> None:
    """What the report names the province for, each with its section."""
    rows = [
        Markup("<li>{} <small>{}</small></li>").format(
            say.pick(own.text_en, own.text_zh), section(own.section, say)
        )
        for own in facts.mentions(adcode)
    ]
    body = (
        Markup("<ul>{}</ul>").format(Markup("").join(rows))
        if rows
        else about.note(say(N_("The report’s text names this province in no other place.")))
    )
    with st.container(key="mentions"):
        title = say(N_("What the report of 2017 says of it"))
        st.html(Markup('<section class="list"><h3>{}</h3>{}</section>').format(title, body))


def section(number: str, say: Texts) -> str:
    """A section of the report as a citation."""
    own = facts.sections()[number]
    return say(
        N_("Section {number}, {title}"), number=number, title=say.pick(own.name_en, own.name_zh)
    )
