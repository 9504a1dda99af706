"""Every sentence has its Chinese, with the same slots, and the catalogue holds nothing else."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from data.messages import extract_messages, update_catalogue
from geo.text import DataError, translator
from geo.text.translation import CATALOGUES
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
    assert translator("en").join_names(["a", "b", "c"]) == "a, b, and c"
    assert translator("zh").join_names(["甲", "乙"]) == "甲和乙"


def test_an_unknown_language_is_a_fault_of_the_data():
    with pytest.raises(DataError, match=r"fr\.po"):
        translator("fr")
