"""Statements of the report in words, and the laws, plans and notices that it names.

They are in report_statements.csv and report_documents.csv, paraphrased, each with the section of
the report (2017) that states it. A statement belongs to the dimension of its section. Numbers that
the report states are in geo.tables.facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.tables.facts import read_rows, report_sections
from geo.tables.loading import dataset
from geo.text import N_

# The kinds of statement, in the order in which they are shown.
STATEMENT_KINDS: Final = {
    "strategic_task": N_("Strategic tasks"),
    "main_direction": N_("Main directions"),
    "principle": N_("Principles for the governance of the internet"),
    "proposition": N_("Propositions on a shared future in cyberspace"),
    "event": N_("Events"),
    "achievement": N_("Achievements"),
    "reason": N_("Why the leading ten lead"),
    "future_measure": N_("Next measures"),
}
# The kinds that make up the strategy itself; the other kinds report on it.
STRATEGY_KINDS: Final = ("strategic_task", "main_direction")

DOCUMENT_KINDS: Final = {
    "law": N_("Laws"),
    "regulation": N_("Regulations and rules"),
    "strategy": N_("Strategies"),
    "plan": N_("Plans and programmes"),
    "opinions": N_("Opinions"),
    "notice": N_("Notices"),
    "guideline": N_("Guidelines"),
    "standard": N_("Standards"),
    "initiative": N_("Initiatives and agreements"),
    "catalogue": N_("Catalogues"),
    "report": N_("Reports"),
}


@dataclass(frozen=True)
class Statement:
    """One statement of a section of the report.

    kind: one of STATEMENT_KINDS. note_en, note_zh: where the text was completed from elsewhere.
    """

    statement: str
    section: str
    kind: str
    text_en: str
    text_zh: str
    note_en: str
    note_zh: str

    @property
    def dimension_id(self) -> str:
        """The dimension of the section: 'comprehensive' for the index, '' where none fits."""
        return report_sections()[self.section].dimension


@dataclass(frozen=True)
class Document:
    """A law, plan, notice or similar document that the report names.

    section: the first that names it; also_in: the others, separated by spaces. kind: one of
    DOCUMENT_KINDS.
    """

    document: str
    section: str
    kind: str
    also_in: str
    name_en: str
    name_zh: str
    note_en: str
    note_zh: str

    @property
    def naming_sections(self) -> list[str]:
        """All sections that name the document."""
        return [self.section, *self.also_in.split()]

    @property
    def naming_dimensions(self) -> set[str]:
        """The dimensions of those sections."""
        return {report_sections()[number].dimension for number in self.naming_sections} - {""}


@cache
def report_statements() -> tuple[Statement, ...]:
    """Return all statements, in the order of the report."""
    return tuple(read_rows(dataset().statements, Statement))


@cache
def report_documents() -> tuple[Document, ...]:
    """Return all documents, in the order in which the report names them."""
    return tuple(read_rows(dataset().documents, Document))


def statements_of_kind(*kinds: str) -> list[Statement]:
    """Return the statements of the given kinds.

    >>> len(statements_of_kind(*STRATEGY_KINDS))
    9
    """
    return [one for one in report_statements() if one.kind in kinds]


def statements_of_dimension(dimension: str) -> list[Statement]:
    """Return the statements of the sections that the atlas assigns to a dimension."""
    return [one for one in report_statements() if one.dimension_id == dimension]


def documents_of_dimension(dimension: str) -> list[Document]:
    """Return the documents that a section of the dimension names."""
    return [one for one in report_documents() if dimension in one.naming_dimensions]
