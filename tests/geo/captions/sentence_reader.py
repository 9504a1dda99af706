"""Read a printed sentence back into what it claims, by the message that it was made from.

It knows nothing of the code that writes: only messages, names of provinces and printed numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from string import Formatter

from geo.text import Translator
from geo.units import provinces

# What a sentence adds where fewer than 31 provinces have a sound value.
REMARKS = (
    ", of the {count} provinces with a value",
    ", of the {count} provinces with a reliable value (doubtful: {names})",
    ", of the {count} provinces with reliable values throughout",
)
NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")


def number(text: str) -> float:
    """The first number that a text shows."""
    match = NUMBER.search(text)
    assert match, text
    return float(match[0].replace(",", "").replace("−", "-"))


@cache
def pattern(message: str, t: Translator) -> re.Pattern[str]:
    """A message of the catalogue in a language as a pattern, a group for each slot."""
    seen: set[str] = set()
    parts = []
    for literal, slot, _, _ in Formatter().parse(t(message)):
        parts.append(re.escape(literal))
        if slot in seen:
            parts.append(f"(?P={slot})")
        elif slot:
            parts.append(f"(?P<{slot}>{_allowed(slot, message, t)})")
            seen.add(slot)
    return re.compile("".join(parts))


def _allowed(slot: str, message: str, t: Translator) -> str:
    """What a slot can hold: a year, a count, a remark on missing provinces, or any text."""
    if slot.endswith("year"):
        return r"\d{4}"
    if slot in ("first_place", "second_place"):
        return r"第?\d+(?:位|st|nd|rd|th)"
    if slot in ("count", "level", "fallen", "moved"):
        return r"\d+"
    if slot == "gap" and "{gap}%" not in message:
        remarks = (re.sub(r"\\\{\w+\\\}", ".+?", re.escape(t(remark))) for remark in REMARKS)
        return "|".join(remarks) + "|"
    return ".*?"


def read(text: str, messages: list[str], t: Translator) -> tuple[str, dict[str, str]]:
    """The message that a text was made from, with what its slots hold.

    Of several that fit the one with the most words of its own.
    """
    fits = [
        (len(re.sub(r"\{\w+\}", "", t(message))), message, match.groupdict())
        for message in messages
        if (match := pattern(message, t).fullmatch(text))
    ]
    assert fits, f"no message known here fits: {text}"
    _, message, slots = max(fits, key=lambda one: one[0])
    return message, slots


@cache
def _names(lang: str) -> tuple[re.Pattern[str], dict[str, str]]:
    by_name = {province.name_in(lang): adcode for adcode, province in provinces().items()}
    longest_first = sorted(by_name, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), by_name


def adcodes(text: str, t: Translator) -> list[str]:
    """The provinces named in a text, in their order."""
    names, by_name = _names(t.lang)
    return [by_name[value] for value in names.findall(text)]


@dataclass(frozen=True)
class Item:
    """One item of a list of provinces: who, or how many, with the numbers in its brackets."""

    adcode: str
    count: int
    numbers: tuple[float, ...]


def items(text: str, t: Translator) -> list[Item]:
    """The items of a list such as "Beijing (3.4), Tianjin (2.1) and 3 provinces (2.0 each)"."""
    results = []
    for head, inside in re.findall(r"([^()（）]+)[(（]([^()（）]*)[)）]", text):
        named = adcodes(head, t)
        assert len(named) <= 1, head
        numbers = tuple(float(n.replace(",", "").replace("−", "-")) for n in NUMBER.findall(inside))
        count = 1 if named else int(number(head))
        results.append(Item(named[0] if named else "", count, numbers))
    return results
