"""What the report states in words, and the documents that it names, as lists."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from geo.statements import (
    DOCUMENT_KINDS,
    STATEMENT_KINDS,
    Document,
    Statement,
    statements_of_kind,
)
from geo.text import N_, Translator
from pages.parts import about
from pages.parts.factlist import contains_words
from pages.parts.portrait import section_citation


def search_statements(statements: Sequence[Statement], typed: str) -> list[Statement]:
    """The statements in which every word of a search stands, in either language."""
    return [
        one
        for one in statements
        if contains_words(typed, one.text_en, one.text_zh, one.note_en, one.note_zh)
    ]


def search_documents(documents: Sequence[Document], typed: str) -> list[Document]:
    """The documents in whose name every word of a search stands, in either language."""
    return [
        one
        for one in documents
        if contains_words(typed, one.name_en, one.name_zh, one.note_en, one.note_zh)
    ]


def build_lists(
    statements: Sequence[Statement], documents: Sequence[Document], *, opened: bool, t: Translator
) -> Markup:
    """Statements by kind, then documents by kind, each folded unless opened; empty for none."""
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
        blocks += _fold(title, about.quiet_note(names) + body, opened=opened)
    return blocks


def build_named_rows(kinds: Sequence[str], t: Translator) -> Markup:
    """The statements of some kinds under the names of their kinds, without their sections."""
    return Markup("").join(
        _build_kind(
            t(STATEMENT_KINDS[kind]),
            [
                _build_row(t.localized(one.text_en, one.text_zh), [])
                for one in statements_of_kind(kind)
            ],
        )
        for kind in kinds
    )


def _fold(title: str, body: Markup, *, opened: bool) -> Markup:
    return Markup(
        '<details class="stated" {}><summary>{}</summary><section class="facts list">{}</section>'
        "</details>"
    ).format("open" if opened else "", title, body)


def _build_kind(name: str, rows: Sequence[Markup]) -> Markup:
    if not rows:
        return Markup("")
    return Markup("<h4>{}</h4><ul>{}</ul>").format(name, Markup("").join(rows))


def _build_statement(one: Statement, t: Translator) -> Markup:
    details = [section_citation(one.section, t), t.localized(one.note_en, one.note_zh)]
    return _build_row(t.localized(one.text_en, one.text_zh), details)


def _build_document(one: Document, t: Translator) -> Markup:
    name = t.localized(one.name_en, f"《{one.name_zh}》")
    numbers = [section_citation(number, t) for number in one.naming_sections]
    return _build_row(name, [*numbers, t.localized(one.note_en, one.note_zh)])


def _build_row(text: str, details: Sequence[str]) -> Markup:
    more = " · ".join(filter(None, details))
    small = Markup(" <small>{}</small>").format(more) if more else ""
    return Markup("<li>{}{}</li>").format(text, small)
