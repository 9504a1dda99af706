"""Facts, statements and documents of the report as lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import PageState
from geo.captions import quiet_note
from geo.limits import REPORT_ITEM_CACHE_SIZE
from geo.tables import (
    DOCUMENT_KINDS,
    STATEMENT_KINDS,
    Document,
    Fact,
    Statement,
    documents_of_dimension,
    fact_change,
    fact_time,
    fact_value,
    facts_of_dimension,
    plan_targets,
    report_sections,
    statements_of_dimension,
    statements_of_kind,
)
from geo.text import N_, Translator
from pages.parts.province_head import section_citation
from pages.parts.state import set_widget, sync_to_url

MET: Final = {
    "yes": N_("the report calls it met ahead of 2020"),
    "no": N_("the report calls it not met"),
    "not said": N_("the text does not say whether it is met"),
}


def targets_list(dimension_id: str | None, t: Translator) -> Markup:
    """Return the indicators of the five-year plan in the report, and which are met early.

    dimension_id: those of a dimension, '' for those of none, None for all.
    """
    rows = [
        Markup("<li>{} <small>{}</small></li>").format(
            t.localized(target, "name"),
            " · ".join([t(MET[target.met_early]), section_citation(target.section, t)]),
        )
        for target in plan_targets()
        if dimension_id in (None, target.dimension)
    ]
    if not rows:
        return Markup()
    title = t(N_("Indicators of the five-year plan that the text mentions"))
    return Markup('<section class="list"><h4>{}</h4><ul>{}</ul></section>').format(
        title, Markup("").join(rows)
    )


def fact_matches(fact: Fact, typed: str) -> bool:
    """Return whether every word of a search occurs in a fact, in either language."""
    return contains_words(
        typed, fact.subject_en, fact.subject_zh, fact.value_text, fact.note_en, fact.note_zh
    )


def contains_words(typed: str, *texts: str) -> bool:
    """Return whether every word of a search occurs in one of the texts, ignoring case."""
    words = typed.casefold().split()
    if not words:
        return True
    text = " ".join(texts).casefold()
    return all(word in text for word in words)


def facts_by_section(listed: list[Fact], t: Translator) -> Markup:
    """Return facts under their sections, in the order of the report."""
    by_home: dict[str, list[Fact]] = {}
    for fact in listed:
        by_home.setdefault(fact.home_section, []).append(fact)
    blocks = [
        Markup("<h4>{}</h4><ul>{}</ul>").format(
            section_citation(home, t),
            Markup("").join([_fact_item(fact, home, t) for fact in by_home[home]]),
        )
        for home in report_sections()
        if home in by_home
    ]
    return Markup('<section class="facts list">{}</section>').format(Markup("").join(blocks))


@lru_cache(maxsize=REPORT_ITEM_CACHE_SIZE)
def _fact_item(fact: Fact, home: str, t: Translator) -> Markup:
    details = [fact_time(fact, t), fact_change(fact, t)]
    if fact.section != home:
        details.append(section_citation(fact.section, t))
    details.append(t.localized(fact, "note"))
    line = Markup(t(N_("{subject}: {value}"))).format(
        subject=t.localized(fact, "subject"),
        value=Markup("<b>{}</b>").format(fact_value(fact, t)),
    )
    return Markup("<li>{} <small>{}</small></li>").format(
        line,
        " · ".join(detail for detail in details if detail),
    )


def search_statements(statements: Sequence[Statement], typed: str) -> list[Statement]:
    """Return the statements that contain every word of a search, in either language."""
    return [
        one
        for one in statements
        if contains_words(typed, one.text_en, one.text_zh, one.note_en, one.note_zh)
    ]


def search_documents(documents: Sequence[Document], typed: str) -> list[Document]:
    """Return the documents whose name contains every word of a search, in either language."""
    return [
        one
        for one in documents
        if contains_words(typed, one.name_en, one.name_zh, one.note_en, one.note_zh)
    ]


def build_lists(
    statements: Sequence[Statement], documents: Sequence[Document], *, opened: bool, t: Translator
) -> Markup:
    """Return statements, then documents, by kind, each folded unless opened; empty for none."""
    blocks = Markup("")
    if statements:
        title = t(N_("What the report states in words ({count})"), count=len(statements))
        body = Markup("").join(
            _build_kind(
                t(name), [_build_statement(one, t) for one in statements if one.kind == kind]
            )
            for kind, name in STATEMENT_KINDS.items()
        )
        blocks += _fold(title, body, opened=opened)
    if documents:
        title = t(
            N_("Laws, plans and notices that the report names ({count})"), count=len(documents)
        )
        body = Markup("").join(
            _build_kind(t(name), [_build_document(one, t) for one in documents if one.kind == kind])
            for kind, name in DOCUMENT_KINDS.items()
        )
        names = t(
            N_(
                "The names are this atlas’s: restored from a machine translation and not checked"
                " one by one."
            )
        )
        blocks += _fold(title, quiet_note(names) + body, opened=opened)
    return blocks


def build_named_rows(kinds: Sequence[str], t: Translator) -> Markup:
    """Return the statements of some kinds under the names of the kinds, without sections."""
    return Markup("").join(
        _build_kind(
            t(STATEMENT_KINDS[kind]),
            [_build_row(t.localized(one, "text"), []) for one in statements_of_kind(kind)],
        )
        for kind in kinds
    )


def _fold(title: str, body: Markup, *, opened: bool) -> Markup:
    return Markup(
        '<details class="statements" {}><summary>{}</summary>'
        '<section class="facts list">{}</section></details>'
    ).format("open" if opened else "", title, body)


def _build_kind(name: str, rows: Sequence[Markup]) -> Markup:
    if not rows:
        return Markup("")
    return Markup("<h4>{}</h4><ul>{}</ul>").format(name, Markup("").join(rows))


@lru_cache(maxsize=REPORT_ITEM_CACHE_SIZE)
def _build_statement(one: Statement, t: Translator) -> Markup:
    details = [section_citation(one.section, t), t.localized(one, "note")]
    return _build_row(t.localized(one, "text"), details)


@lru_cache(maxsize=REPORT_ITEM_CACHE_SIZE)
def _build_document(one: Document, t: Translator) -> Markup:
    name = t(N_("{document}"), document=t.localized(one, "name"))
    numbers = [section_citation(number, t) for number in one.naming_sections]
    return _build_row(name, [*numbers, t.localized(one, "note")])


def _build_row(text: str, details: Sequence[str]) -> Markup:
    more = " · ".join(filter(None, details))
    small = Markup(" <small>{}</small>").format(more) if more else ""
    return Markup("<li>{}{}</li>").format(text, small)


def draw_report_statements(view: PageState, t: Translator) -> None:
    """Draw the facts by section, and the statements and documents by kind, with a search."""
    dimension = view.dimension
    results = facts_of_dimension(dimension)
    stated = statements_of_dimension(dimension)
    named = documents_of_dimension(dimension)
    with st.container(key="facts"):
        if not (results or stated or named):
            st.html(_build_title(t(N_("What the report of 2017 states in figures"))))
            st.html(quiet_note(t(N_("The report’s text states no figure that fits here."))))
            return
        st.html(_build_title(t(N_("What the report of 2017 states"))))
        set_widget("find", st.query_params.get("find", ""))
        typed = (
            st.text_input(
                t(N_("Search what the report states")),
                key="find",
                on_change=sync_to_url,
                args=("find",),
            )
            or ""
        )
        items = [one for one in results if fact_matches(one, typed)]
        if results:
            count = t(N_("{kept} of {count} facts"), kept=len(items), count=len(results))
        else:
            count = t(N_("The report’s text states no figure that fits here."))
        st.html(
            quiet_note(count)
            + facts_by_section(items, t)
            + targets_list(dimension, t)
            + build_lists(
                search_statements(stated, typed),
                search_documents(named, typed),
                opened=bool(typed),
                t=t,
            )
        )


def _build_title(text: str) -> Markup:
    return Markup("<h3>{}</h3>").format(text)
