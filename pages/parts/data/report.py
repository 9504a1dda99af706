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
from geo.text import N_, Translator, render_template
from pages.parts.data import TEMPLATES
from pages.parts.province_head import ReportItem, section_citation
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
        st.html(
            render_template(
                TEMPLATES,
                "report",
                facts=_describe_facts(view, t),
                statements=_statement_lists(view, t),
                missing=_describe_gaps(t),
            )
        )


def _describe_facts(view: PageState, t: Translator) -> dict[str, object]:
    """Return the facts that match the search and the filters, with their count."""
    every = national_facts()
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
            "{count}, each with its section in the report. The search and the filters "
            "above apply here; facts without a dimension are under “Context or no "
            "dimension”."
        ),
        count=count,
    )
    dimension = None if view.group == EVERY_GROUP else view.group.replace(CONTEXT, "")
    narrowed = view.find or view.group != EVERY_GROUP or view.kind == "facts"
    lists = Markup()
    if results:
        lists = facts_by_section(results, t)
        if not view.find:
            lists += targets_list(dimension, t)
    return {
        "title": t(N_("Data stated in the report of 2017")),
        "note": quiet_note(line),
        "count": count,
        "opened": narrowed,
        "lists": lists,
    }


def _statement_lists(view: PageState, t: Translator) -> Markup | None:
    """Return the statements and documents that match; None if the filters leave them out."""
    if view.kind not in (LISTED_KINDS[0], "facts"):
        return None
    text = "" if view.group == CONTEXT else view.group
    stated = [
        one for one in report_statements() if view.group == EVERY_GROUP or text == one.dimension_id
    ]
    names = [
        one
        for one in report_documents()
        if view.group == EVERY_GROUP or text in (one.naming_dimensions or {""})
    ]
    return build_lists(
        search_statements(stated, view.find),
        search_documents(names, view.find),
        opened=bool(view.find) or view.kind == "facts",
        t=t,
    )


def _describe_gaps(t: Translator) -> dict[str, object]:
    """Return the known gaps, and the tables and figures of which only the titles are known."""
    exhibits = missing_exhibits()
    return {
        "title": t(N_("What is not available")),
        "gaps": known_gaps(t),
        "count": t(
            N_("The {count} tables and charts of the report whose data are not in its text"),
            count=len(exhibits),
        ),
        "exhibits": [
            ReportItem(_exhibit_line(exhibit, t), section_citation(exhibit.section, t))
            for exhibit in exhibits
        ],
    }


def _exhibit_line(exhibit: Exhibit, t: Translator) -> str:
    return t(EXHIBITS[exhibit.kind], number=exhibit.number, title=exhibit_title(exhibit, t))
