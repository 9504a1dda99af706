"""The report on the Data page: its facts, statements and documents, and known gaps."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.analysis import EVERY_GROUP, LISTED_KINDS, PageState, exhibit_title, known_gaps
from geo.captions import quiet_note
from geo.measures import CONTEXT
from geo.tables import (
    Exhibit,
    Fact,
    missing_exhibits,
    national_facts,
    report_documents,
    report_statements,
)
from geo.text import N_, Translator
from pages.parts.province_head import section_citation
from pages.parts.report_lists import (
    build_lists,
    fact_matches,
    facts_by_section,
    search_documents,
    search_statements,
    targets_list,
)

EXHIBITS = {"table": N_("Table {number}: {title}"), "figure": N_("Figure {number}: {title}")}


def draw_report(view: PageState, t: Translator) -> None:
    """Draw the facts that match the search and the filters, then the known gaps."""
    with st.container(key="report_facts"):
        st.html(_facts_section(view, t) + _statements_section(view, t) + _missing_section(t))


def _facts_section(view: PageState, t: Translator) -> Markup:
    every = national_facts()
    title = Markup("<h3>{}</h3>").format(t(N_("What the report of 2017 states in figures")))
    if view.kind not in (LISTED_KINDS[0], "facts"):
        results: list[Fact] = []
    else:
        results = [
            fact
            for fact in every.values()
            if view.group in (EVERY_GROUP, fact.dimension or CONTEXT)
            and fact_matches(fact, view.find)
        ]
    count = t(N_("{kept} of {count} facts"), kept=len(results), count=len(every))
    line = t(
        N_(
            "{count}, each with the section that states it. Search and filters above hold here too;"
            " facts that fit no dimension stand under “Context, or none”."
        ),
        count=count,
    )
    dimension = None if view.group == EVERY_GROUP else view.group.replace(CONTEXT, "")
    narrowed = view.find or view.group != EVERY_GROUP or view.kind == "facts"
    body = Markup()
    if results:
        body = Markup("<details {}><summary>{}</summary>{}{}</details>").format(
            "open" if narrowed else "",
            count,
            facts_by_section(results, t),
            Markup() if view.find else targets_list(dimension, t),
        )
    return Markup('<section class="list">{}{}</section>{}').format(title, quiet_note(line), body)


def _statements_section(view: PageState, t: Translator) -> Markup:
    """Return the statements and documents that match the search and the filters."""
    if view.kind not in (LISTED_KINDS[0], "facts"):
        return Markup()
    text = "" if view.group == CONTEXT else view.group
    stated = [
        one for one in report_statements() if view.group == EVERY_GROUP or text == one.dimension_id
    ]
    named = [
        one
        for one in report_documents()
        if view.group == EVERY_GROUP or text in (one.naming_dimensions or {""})
    ]
    return Markup('<section class="list" id="stated">{}</section>').format(
        build_lists(
            search_statements(stated, view.find),
            search_documents(named, view.find),
            opened=bool(view.find) or view.kind == "facts",
            t=t,
        )
    )


def _missing_section(t: Translator) -> Markup:
    """Return the known gaps, and the tables and figures of which only the titles are known."""
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in known_gaps(t))
    exhibits = Markup("").join(
        Markup("<li>{} <small>{}</small></li>").format(
            _exhibit_line(exhibit, t), section_citation(exhibit.section, t)
        )
        for exhibit in missing_exhibits()
    )
    return Markup(
        '<section class="list" id="missing"><h3>{}</h3><ul>{}</ul><details><summary>{}</summary>'
        "<ul>{}</ul></details></section>"
    ).format(
        t(N_("What is missing")),
        items,
        t(
            N_("The {count} tables and figures of the report whose data are not in its text"),
            count=len(missing_exhibits()),
        ),
        exhibits,
    )


def _exhibit_line(exhibit: Exhibit, t: Translator) -> str:
    return t(EXHIBITS[exhibit.kind], number=exhibit.number, title=exhibit_title(exhibit, t))
