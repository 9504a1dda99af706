"""Every sentence has its Chinese, with the same slots, and the catalogue holds nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from data.messages import add_table_texts, extract_messages, update_catalogue
from geo.measures import published_indicators
from geo.tables import dataset
from geo.text import LANGUAGES, DataError, choose_language, translation, translator
from geo.text.translation import CATALOGUES
from geo.units import provinces
from tests.cases import for_each


@cache
def messages() -> set[str]:
    return {str(entry.id) for entry in extract_messages() if entry.id}


@cache
def catalogue() -> dict[str, str]:
    with (CATALOGUES / "zh.po").open("rb") as file:
        return {entry.id: entry.string for entry in read_po(file) if entry.id}


def slots(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


def test_every_message_has_chinese_and_none_is_idle():
    assert set(catalogue()) == messages()
    assert "" not in catalogue().values()


def test_the_catalogue_is_as_it_is_collected():
    body = (CATALOGUES / "zh.po").read_bytes()
    assert update_catalogue(body, extract_messages()) == (body, []), "make messages"


def test_a_new_message_joins_the_catalogue_and_an_idle_one_leaves_it():
    template = extract_messages()
    template.add("A new message", locations=[("geo/new.py", 1)])
    template.delete("Legend")
    body, missing = update_catalogue((CATALOGUES / "zh.po").read_bytes(), template)
    assert missing == ["A new message"]
    entries = {entry.id: entry.string for entry in read_po(BytesIO(body)) if entry.id}
    assert entries == {**{k: v for k, v in catalogue().items() if k != "Legend"}, missing[0]: ""}


@for_each("message", messages)
def test_the_chinese_has_the_slots_of_the_english_and_is_chinese(message):
    chinese = catalogue()[message]
    assert slots(chinese) == slots(message)
    assert re.search(r"[\u4e00-\u9fff]", chinese) or not re.search(
        r"[A-Za-z]", re.sub(r"\{\w+\}", "", message)
    )


def test_numbers():
    assert translator("en").format_number(1234567.891, 2) == "1,234,567.89"
    assert translator("zh").format_number(1234.5, 0) == "1,234"
    assert translator("en").format_number(-0.0001, 1) == "0.0"
    assert translator("en").format_number(0.5, 3) == "0.500"


def test_listing():
    assert translator("en").join_names(["a", "b", "c"]) == "a, b and c"
    assert translator("zh").join_names(["甲", "乙"]) == "甲和乙"


def test_an_unknown_language_is_a_fault_of_the_data():
    with pytest.raises(DataError, match=r"fr\.po"):
        translator("fr")


FRENCH = """
msgid ""
msgstr "Language: fr\\nContent-Type: text/plain; charset=utf-8\\n"

msgid "Legend"
msgstr "Légende"

msgid "{count} provinces"
msgstr "{count} provinces chinoises"

msgid "Inner Mongolia"
msgstr "Mongolie-Intérieure"

msgid "Western"
msgstr "Ouest"

msgid "Gross regional product per capita"
msgstr "Produit régional par habitant"
"""


@pytest.fixture
def french(monkeypatch, tmp_path):
    """A third language: a row in the table of languages, and a catalogue of a few messages."""
    (tmp_path / "fr.po").write_text(FRENCH, "utf-8")
    row = replace(LANGUAGES["en"], name="français", locale="fr", ordinal=lambda place: f"{place}e")
    monkeypatch.setattr(translation, "CATALOGUES", tmp_path)
    monkeypatch.setattr(translation, "LANGUAGES", {**LANGUAGES, "fr": row})
    yield translator("fr")
    translator.cache_clear()


def test_a_third_language_is_a_row_and_a_catalogue(french):
    measure = published_indicators()["gdp_per_capita"]
    assert french("Legend") == "Légende"
    assert french("Ranking") == "Ranking"  # what is not translated stays English
    assert french("{count} provinces", count=31) == "31 provinces chinoises"
    assert french.format_number(1234.5, 1) == "1\u202f234,5"
    assert french.format_date(date(2026, 3, 1)) == "1 March 2026".replace("March", "mars")
    assert french.format_ordinal(2) == "2e"
    assert provinces()["150000"].name_in("fr") == "Mongolie-Intérieure"
    assert provinces()["150000"].region_in("fr") == "Ouest"
    assert provinces()["810000"].region_in("fr") == ""
    assert french.localized(measure, "name") == "Produit régional par habitant"
    assert french.localized(dataset().dimensions.iloc[0], "name") == (
        translator("en").localized(dataset().dimensions.iloc[0], "name")
    )


def test_a_catalogue_of_a_third_language_is_filled_with_the_texts_of_the_tables():
    template = extract_messages()
    add_table_texts(template)
    texts = {entry.id for entry in template}
    assert {"Inner Mongolia", "Western", "Gross regional product per capita"} <= texts


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_stays_no_text(lang):
    # gettext itself would return the header of the catalogue.
    assert translator(lang)("") == ""
    assert translator(lang).localized({"note_en": "", "note_zh": ""}, "note") == ""


def test_a_browser_opens_in_its_language_if_the_atlas_has_it(monkeypatch):
    tags = ["zh-CN", "ZH_tw", "en-US", "de-AT", ""]
    assert [choose_language(tag) for tag in tags] == ["zh", "zh", "en", "en", "en"]
    # Doctests import the module a second time; the function keeps the first.
    known = {**LANGUAGES, "de": LANGUAGES["en"]}
    monkeypatch.setitem(choose_language.__globals__, "LANGUAGES", known)
    assert [choose_language(tag) for tag in tags] == ["zh", "zh", "en", "de", "en"]
