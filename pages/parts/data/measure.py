"""The chosen measure: what it is, where it stands, what it covers, whose figures they are."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import catalogue, coverage, files, marks, wording
from geo.exports.workbook import assignment, meaning
from geo.indicators import dimensions, indicators
from geo.measures import measures
from geo.report import EVALUATED_COUNT
from geo.text import N_, Texts
from geo.view import FIRST_YEAR, LAST_YEAR, View
from pages.parts import about, choosers, nav
from pages.parts.data import listing, odd


def head(say: Texts) -> None:
    """What there is, and all of it in one file."""
    count = sum(own.kind == "series" for group in catalogue.entries().values() for own in group)
    line = say(
        N_(
            "{indicators} indicators from {series} published series of {provinces} provinces,"
            " {first} to {last}, the ranks that the report publishes, and an open index that is"
            " ours. Figures stand as published; what looks wrong is marked, nothing is estimated."
        ),
        indicators=len(indicators()),
        series=count,
        provinces=EVALUATED_COUNT,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )
    with st.container(key="data_head"):
        st.html(
            Markup(
                '<h2 class="atlas-heading">{}</h2>{}'
                '<p class="files"><a class="file" href="{}" download>{}</a> {}'
                ' · <a href="#own">{}</a></p>'
            ).format(
                say(N_("The figures, and whose they are")),
                about.note(line),
                files.EVERYTHING,
                say(N_("Download everything (ZIP)")),
                about.small(
                    say(
                        N_(
                            "all tables with descriptions (CSV, Excel), boundaries (GeoPackage,"
                            " GeoJSON, TopoJSON), sources and licences, in both languages"
                        )
                    )
                ),
                say(N_("Your own data")),
            )
        )


def draw(view: View, say: Texts) -> None:
    """Choose a measure; its name, what it is, what it covers, and where else it is shown."""
    measure = measures()[view.measure]
    with st.container(key="data_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.measure("measure", say(N_("Measure")), view.measure, say)
        choosers.year_of("year", say(N_("Year")), measure, view.year)
    entry = _entry(view.measure)
    found = catalogue.coverage(entry)
    said = coverage.sentence(found, say)
    grid = marks.address(coverage.grid(found, listing.AXIS, ours=measure.kind == "index"))
    rows = [(say(N_("Dimension")), assignment(measure, say))]
    unit = say.pick(measure.unit_en, measure.unit_zh)
    if unit:
        rows.append((say(N_("Unit")), unit))
    if measure.kind == "indicator":
        rows.insert(0, (say(N_("Definition")), wording.formula(measure, say)))
    st.html(
        Markup(
            '<section class="measure"><h2 class="atlas-heading">{}</h2>{}<dl>{}<dt>{}</dt>'
            '<dd>{} <img src="{}" alt=""></dd></dl></section>'
        ).format(
            wording.measure_name(measure, say),
            about.made_by(measure, view.year, say),
            odd.pairs(rows),
            say(N_("Coverage")),
            said,
            grid,
        )
    )
    with st.container(key="elsewhere", horizontal=True, gap="small"):
        nav.link("map", say(N_("Show on the map")), say, icon="map")
        if measure.dimension in dimensions():
            nav.link(
                "dimension",
                wording.dimension_name(measure.dimension, say),
                say,
                icon="category",
                dimension=measure.dimension,
            )


def more(view: View, say: Texts) -> None:
    """Whose the figures are, where they were read, and what is odd in them."""
    measure = measures()[view.measure]
    rows = meaning(measure, measure.years, say)
    if measure.kind == "indicator":
        rows = [row for row in rows if row[1] != wording.formula(measure, say)][1:]
    rows += odd.odd(measure.indicators, say)
    st.html(
        Markup('<section class="measure"><h3>{}</h3><dl>{}</dl></section>').format(
            say(N_("Whose figures, where they were read, and what to mind")), odd.pairs(rows)
        )
    )


def _entry(measure_id: str) -> catalogue.Entry:
    found = (own for group in catalogue.entries().values() for own in group)
    return next(own for own in found if own.key == measure_id and own.measure)
