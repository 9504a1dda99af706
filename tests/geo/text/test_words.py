"""No text that a reader meets carries a word that the style guide tells to avoid."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from geo.analysis import compare_measures, published_measures
from geo.captions import (
    describe_leaders,
    describe_province,
    describe_risers,
    describe_two_provinces,
    map_caption,
    profile_caption,
)
from geo.exports.archive import CELL_FIELDS, CELLS, MEASURE_FIELDS, MEASURES, build_readme
from geo.text import translator
from geo.units import evaluated_adcodes, provinces

ROOT = Path(__file__).parents[3]
TEXTS = ROOT / "data" / "texts"
GUIDE = ROOT / "docs" / "style.md"
DOCUMENTS = sorted(
    [*ROOT.glob("docs/*.md"), *(ROOT / f"{n}.md" for n in ("README", "CONTRIBUTING", "SECURITY"))]
)
LANGS = ("en", "zh")


@cache
def words() -> tuple[dict[str, str], ...]:
    with (TEXTS / "words_to_avoid.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def patterns(lang: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    """The words of a language, each with what is allowed after all."""
    rows = [row for row in words() if row["language"] == lang]
    return tuple((word_pattern(row), allowed_pattern(row["except"])) for row in rows)


def word_pattern(row: dict[str, str]) -> re.Pattern[str]:
    """Whole words in English, in any case and over the end of a line; any place in Chinese."""
    word = re.escape(row["avoid"]).replace(r"\ ", r"\s+")
    return re.compile(
        rf"(?<![\w-]){word}(?!\w)" if row["language"] == "en" else word, re.IGNORECASE
    )


def allowed_pattern(allowed: str) -> re.Pattern[str] | None:
    parts = [re.escape(part) for part in allowed.split("|") if part]
    return re.compile("|".join(parts)) if parts else None


def words_in(text: str, lang: str) -> list[str]:
    """The words to avoid that a text has; names of slots are none of its words."""
    text = re.sub(r"\{\w+\}", "{}", text)
    results = []
    for word, allowed in patterns(lang):
        if match := word.search(allowed.sub("", text) if allowed else text):
            results.append(match[0])
    return results


def faults(texts: Iterator[str], lang: str) -> list[str]:
    """Each word to avoid, with the text that has it."""
    return [f"{word}: {text}" for text in texts for word in words_in(text, lang)]


def test_a_word_is_found_whole_in_any_case_and_over_lines():
    assert words_in("All figures", "en") == ["figures"]
    assert words_in("Left\nout: prov.", "en") == ["Left\nout", "prov."]
    assert words_in("Figure 5 configures provinces", "en") == []
    assert words_in("公布的名次", "zh") == ["名次"]


def test_no_message_has_a_word_to_avoid():
    for path in sorted(TEXTS.glob("*.po")):
        with path.open("rb") as file:
            entries = [entry for entry in read_po(file) if entry.id]
        assert len(entries) > 1000
        assert faults((entry.id for entry in entries), "en") == []
        assert faults((entry.string for entry in entries), path.stem) == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_of_the_tables_has_a_word_to_avoid(lang):
    texts = []
    for path in sorted((ROOT / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        texts += [text for row in rows for key, text in row.items() if key.endswith(f"_{lang}")]
    assert len(texts) > 1000
    assert faults(iter(texts), lang) == []


def generated_texts(lang: str) -> Iterator[str]:
    """Sentences on all measures and provinces, and the captions of their pictures."""
    t = translator(lang)
    for measure in published_measures().values():
        for year in measure.years[-1:]:
            caption = map_caption(measure, year, t)
            yield from (caption.title.text, caption.subtitle, caption.alt.text, caption.source)
            yield from (str(note) for note in caption.notes)
            if measure.kind == "indicator":
                yield describe_leaders(measure, year, t).text
        if measure.kind == "indicator":
            yield describe_risers(measure, t).text
    for adcode in provinces():
        caption = profile_caption(adcode, 2024, t)
        yield from (caption.title.text, caption.subtitle, *map(str, caption.notes))
        for year in (2017, 2024):
            yield from (sentence.text for sentence in describe_province(adcode, year, t))
    for two in pairwise(evaluated_adcodes()):
        groups = compare_measures(two, 2024, "dimension")
        rows = [row for group in groups.values() for row in group]
        yield from (sentence.text for sentence in describe_two_provinces(rows, t))


@pytest.mark.parametrize("lang", LANGS)
def test_no_generated_sentence_has_a_word_to_avoid(lang):
    texts = list(generated_texts(lang))
    assert len(texts) > 500
    assert faults(iter(texts), lang) == []


def test_no_file_of_all_data_has_a_word_to_avoid():
    tables = [path.name for path in sorted((ROOT / "data").glob("*.csv"))]
    heads = [path.read_text("utf-8").partition("\n")[0] for path in (ROOT / "data").glob("*.csv")]
    fields = [*CELL_FIELDS.items(), *MEASURE_FIELDS.items()]
    names = [CELLS, MEASURES, *tables, *heads, *(name for name, _ in fields)]
    texts = [*(re.sub(r"[_,.]", " ", name) for name in names), *(field[1] for _, field in fields)]
    assert faults(iter([*texts, build_readme().decode()]), "en") == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_has_a_word_to_avoid(path):
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert words_in(text, "en") == []
    assert words_in(text, "zh") == []


def test_the_guide_has_the_words_of_the_list_and_no_others():
    for lang, heading in (("en", "### English"), ("zh", "### Chinese")):
        part = GUIDE.read_text("utf-8").split(heading)[1].split("###")[0]
        rows = re.findall(r"^\| `(.+)` \| (.+) \|$", part, re.MULTILINE)
        assert rows == [(row["avoid"], row["write"]) for row in words() if row["language"] == lang]
