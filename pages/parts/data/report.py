"""What the report states, in figures and in words, in full, and what is missing."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import facts, gaps, statements
from geo.facts import Exhibit, Fact
from geo.indicators import CONTEXT
from geo.text import N_, Texts
from geo.view import EVERY_GROUP, KINDS, View
from pages.parts import about, factlist, statementlist
from pages.parts.portrait import section

EXHIBITS = {"table": N_("Table {number}: {title}"), "figure": N_("Figure {number}: {title}")}


def draw(view: View, say: Texts) -> None:
    """The facts that the search and the filters leave; then what a reader may look for in vain."""
    with st.container(key="report_facts"):
        st.html(_facts(view, say) + _statements(view, say) + _missing(say))


def _facts(view: View, say: Texts) -> Markup:
    every = facts.facts()
    title = Markup("<h3>{}</h3>").format(say(N_("What the report of 2017 states in figures")))
    if view.kind not in (KINDS[0], "facts"):
        found: list[Fact] = []
    else:
        found = [
            own
            for own in every.values()
            if view.group in (EVERY_GROUP, own.dimension or CONTEXT)
            and factlist.fits(own, view.find)
        ]
    count = say(N_("{kept} of {count} facts"), kept=len(found), count=len(every))
    line = say(
        N_(
            "{count}, each with the section that states it. Search and filters above hold here too;"
            " facts that fit no dimension stand under “Context, or none”."
        ),
        count=count,
    )
    dimension = None if view.group == EVERY_GROUP else view.group.replace(CONTEXT, "")
    narrowed = view.find or view.group != EVERY_GROUP or view.kind == "facts"
    body = Markup()
    if found:
        body = Markup("<details {}><summary>{}</summary>{}{}</details>").format(
            "open" if narrowed else "",
            count,
            factlist.by_section(found, say),
            Markup() if view.find else factlist.targets(dimension, say),
        )
    return Markup('<section class="list">{}{}</section>{}').format(title, about.note(line), body)


def _statements(view: View, say: Texts) -> Markup:
    """Statements in words and named documents, by the same search and filters."""
    if view.kind not in (KINDS[0], "facts"):
        return Markup()
    wanted = "" if view.group == CONTEXT else view.group
    stated = [
        one
        for one in statements.statements()
        if view.group == EVERY_GROUP or wanted == one.dimension
    ]
    named = [
        one
        for one in statements.documents()
        if view.group == EVERY_GROUP or wanted in (one.dimensions or {""})
    ]
    return Markup('<section class="list" id="stated">{}</section>').format(
        statementlist.build_lists(
            statementlist.search_statements(stated, view.find),
            statementlist.search_documents(named, view.find),
            opened=bool(view.find) or view.kind == "facts",
            say=say,
        )
    )


def _missing(say: Texts) -> Markup:
    """What is missing, and the tables and figures of which only the titles are known."""
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in gaps.gaps(say))
    exhibits = Markup("").join(
        Markup("<li>{} <small>{}</small></li>").format(
            _exhibit(own, say), section(own.section, say)
        )
        for own in facts.exhibits()
    )
    return Markup(
        '<section class="list" id="missing"><h3>{}</h3><ul>{}</ul><details><summary>{}</summary>'
        "<ul>{}</ul></details></section>"
    ).format(
        say(N_("What is missing")),
        items,
        say(
            N_("The {count} tables and figures of the report whose data are not in its text"),
            count=len(facts.exhibits()),
        ),
        exhibits,
    )


def _exhibit(own: Exhibit, say: Texts) -> str:
    return say(EXHIBITS[own.kind], number=own.number, title=gaps.exhibit_title(own, say))
