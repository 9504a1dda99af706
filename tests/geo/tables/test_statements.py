"""Statements and documents are the report's, in the atlas's own words, each with its section."""

from __future__ import annotations

import re
from collections import Counter

from geo.measures import dimension_ids
from geo.tables import (
    DOCUMENT_KINDS,
    STATEMENT_KINDS,
    dataset,
    documents_of_dimension,
    national_facts,
    report_documents,
    report_sections,
    report_statements,
    statements_of_dimension,
)
from tests.geo.tables.test_facts import numerals, report, script  # noqa: F401  (the fixture)

STATEMENTS = report_statements()
DOCUMENTS = report_documents()
SHARED_WORDS = 6
# A name is found again by its long words, in whatever form the translation has them.
NAME_WORD = re.compile(r"[a-z]{5,}")


def test_the_strategy_is_whole():
    counted = Counter(one.kind for one in STATEMENTS)
    stated = national_facts()
    assert counted["strategic_task"] == stated["plan_strategic_tasks"].value == 3
    assert counted["main_direction"] == stated["plan_main_directions"].value == 6
    assert (counted["principle"], counted["proposition"]) == (4, 5)


def test_each_section_of_tasks_actions_reasons_and_directions_has_its_statements():
    texts = {"task": "achievement", "action": "achievement", "evaluation": "reason"}
    texts["direction"] = "future_measure"
    missing = [
        (section.section, texts[section.kind])
        for section in report_sections().values()
        if section.kind in texts
        and not any(
            one.section == section.section and one.kind == texts[section.kind] for one in STATEMENTS
        )
    ]
    assert missing == []


def test_kinds_are_used_and_rows_keep_the_order_of_the_report():
    assert {one.kind for one in STATEMENTS} == set(STATEMENT_KINDS)
    assert {one.kind for one in DOCUMENTS} == set(DOCUMENT_KINDS)
    order = list(report_sections())
    for rows in (STATEMENTS, DOCUMENTS):
        places = [order.index(one.section) for one in rows]
        assert places == sorted(places)
    assert [one.document for one in DOCUMENTS if set(one.also_in.split()) - set(order)] == []


def test_no_statement_shares_six_words_in_a_row_with_the_report(report):  # noqa: F811
    def runs(text):
        words = re.findall(r"[\w’'-]+", text.lower())
        return {tuple(words[i : i + SHARED_WORDS]) for i in range(len(words) - SHARED_WORDS + 1)}

    known = runs(" ".join(report))
    assert [one.statement for one in STATEMENTS if runs(one.text_en) & known] == []


def test_the_digits_of_a_statement_stand_in_its_section():
    def digits(text):
        return set(re.findall(r"(?<![A-Za-z\d-])\d+(?![GK])", text))

    assert [
        (one.statement, digit)
        for one in STATEMENTS
        for digit in digits(one.text_en)
        if f" {digit} " not in numerals(one.section)
    ] == []


def test_a_document_is_named_in_the_sections_that_it_cites(report):  # noqa: F811
    value = script().section_texts(report)
    lost = []
    for one in DOCUMENTS:
        words = set(NAME_WORD.findall(one.name_en.lower()))
        for section in one.naming_sections:
            text = value[section].lower()
            held = [word for word in words if word[:5] in text or word[-8:] in text]
            if len(held) * 2 < len(words):
                lost.append((one.document, section, sorted(words - set(held))))
    assert lost == []


def test_each_language_has_its_own_text():
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for rows, name in ((dataset().statements, "text"), (dataset().documents, "name")):
        assert not rows[f"{name}_en"].str.contains(chinese).any()
        assert rows[f"{name}_zh"].str.contains(chinese).all()
        for language in ("en", "zh"):
            assert not rows[f"{name}_{language}"].duplicated().any()
        assert (rows["note_en"].fillna("").ne("") == rows["note_zh"].fillna("").ne("")).all()


def test_a_dimension_has_the_statements_of_its_sections():
    for dimension in dimension_ids():
        stated = statements_of_dimension(dimension)
        assert stated, dimension
        assert {one.dimension_id for one in stated} == {dimension}
    named = documents_of_dimension("network_security")
    assert "cybersecurity_law" in {one.document for one in named}
