"""Facts, statements and documents of the report as lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

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
from geo.text import N_, Translator, render_template
from pages.parts.page_frame import TEMPLATES
from pages.parts.province_head import ReportItem, section_citation
from pages.parts.state import set_widget, sync_to_url


class ItemGroup(NamedTuple):
    """Items of the report under a title; the templates leave out a group without items."""

    title: str
    items: Sequence[ReportItem]


MET: Final = {
    "yes": N_("met before 2020, according to the report"),
    "no": N_("not met, according to the report"),
    "not said": N_("not stated in the text"),
}


def targets_list(dimension_id: str | None, t: Translator) -> Markup:
    """Return the indicators of the five-year plan in the report, and which are met early.

    dimension_id: those of a dimension, '' for those of none, None for all.
    """
    items = [
        ReportItem(
            t.localized(target, "name"),
            " · ".join([t(MET[target.met_early]), section_citation(target.section, t)]),
        )
        for target in plan_targets()
        if dimension_id in (None, target.dimension)
    ]
    if not items:
        return Markup()
    title = t(N_("Indicators of the five-year plan that the text mentions"))
    return render_template(TEMPLATES, "item_groups", kind="list", groups=[ItemGroup(title, items)])


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
    groups = [
        ItemGroup(section_citation(home, t), [_fact_item(fact, home, t) for fact in by_home[home]])
        for home in report_sections()
        if home in by_home
    ]
    return render_template(TEMPLATES, "item_groups", kind="facts list", groups=groups)


@lru_cache(maxsize=REPORT_ITEM_CACHE_SIZE)
def _fact_item(fact: Fact, home: str, t: Translator) -> ReportItem:
    details = [fact_time(fact, t), fact_change(fact, t)]
    if fact.section != home:
        details.append(section_citation(fact.section, t))
    details.append(t.localized(fact, "note"))
    line = Markup(t(N_("{subject}: {value}"))).format(
        subject=t.localized(fact, "subject"),
        value=Markup("<b>{}</b>").format(fact_value(fact, t)),
    )
    return ReportItem(line, _join_details(details))


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
    lists: list[dict[str, object]] = []
    if statements:
        groups = [
            ItemGroup(t(name), [_statement_item(one, t) for one in statements if one.kind == kind])
            for kind, name in STATEMENT_KINDS.items()
        ]
        title = t(N_("Statements of the report in words ({count})"), count=len(statements))
        lists.append({"title": title, "note": "", "groups": groups})
    if documents:
        groups = [
            ItemGroup(t(name), [_document_item(one, t) for one in documents if one.kind == kind])
            for kind, name in DOCUMENT_KINDS.items()
        ]
        title = t(N_("Laws, plans and notices named in the report ({count})"), count=len(documents))
        names = t(
            N_(
                "This atlas restored the names from a machine translation and has not "
                "checked each of them."
            )
        )
        lists.append({"title": title, "note": quiet_note(names), "groups": groups})
    return render_template(TEMPLATES, "folded_groups", lists=lists, opened=opened)


def statement_groups(kinds: Sequence[str], t: Translator) -> list[ItemGroup]:
    """Return the statements of some kinds under the names of the kinds, without sections."""
    return [
        ItemGroup(
            t(STATEMENT_KINDS[kind]),
            [ReportItem(t.localized(one, "text")) for one in statements_of_kind(kind)],
        )
        for kind in kinds
    ]


@lru_cache(maxsize=REPORT_ITEM_CACHE_SIZE)
def _statement_item(one: Statement, t: Translator) -> ReportItem:
    details = [section_citation(one.section, t), t.localized(one, "note")]
    return ReportItem(t.localized(one, "text"), _join_details(details))


@lru_cache(maxsize=REPORT_ITEM_CACHE_SIZE)
def _document_item(one: Document, t: Translator) -> ReportItem:
    name = t(N_("{document}"), document=t.localized(one, "name"))
    numbers = [section_citation(number, t) for number in one.naming_sections]
    return ReportItem(name, _join_details([*numbers, t.localized(one, "note")]))


def _join_details(details: Sequence[str]) -> str:
    return " · ".join(filter(None, details))


def draw_report_statements(view: PageState, t: Translator) -> None:
    """Draw the facts by section, and the statements and documents by kind, with a search."""
    dimension = view.dimension
    results = facts_of_dimension(dimension)
    stated = statements_of_dimension(dimension)
    documents = documents_of_dimension(dimension)
    with st.container(key="facts"):
        if not (results or stated or documents):
            st.html(_build_title(t(N_("Data stated in the report of 2017"))))
            st.html(quiet_note(t(N_("The text of the report has no data for this dimension."))))
            return
        st.html(_build_title(t(N_("Statements of the 2017 report"))))
        set_widget("find", view.find)
        typed = (
            st.text_input(
                t(N_("Search the report’s statements")),
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
            count = t(N_("The text of the report has no data for this dimension."))
        st.html(
            quiet_note(count)
            + facts_by_section(items, t)
            + targets_list(dimension, t)
            + build_lists(
                search_statements(stated, typed),
                search_documents(documents, typed),
                opened=bool(typed),
                t=t,
            )
        )


def _build_title(text: str) -> Markup:
    return Markup("<h2>{}</h2>").format(text)
