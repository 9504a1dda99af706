"""Cut the report's text into its sections and list the numerals of each.

The report itself is not part of the atlas. What it states in figures is: report_sections.csv
holds for every section the numerals of its text and the checksum of that text, so that a
clone without the report can still find each fact's digits in the section that it cites.
``python data/report/sections.py REPORT.txt`` writes those two columns anew from a copy of the
report in English; same text, same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).parent.parent / "report_sections.csv"
# The translation numbers its parts in words and its sections in letters, digits or words by
# turns, so sections are counted, not read.
PARTS: Final = ("First, ", "Second, ", "Third, ", "Fourth, ", "Five, ", "Six, ")
SECTION: Final = re.compile(r"\(\w{1,5}\) ")
EXHIBIT: Final = re.compile(r"(Figure|Table) \d+ |Source: ")

_UNITS: Final = "one|two|three|four|five|six|seven|eight|nine"
_WORDS: Final = (
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:{_UNITS}))?|{_UNITS}|"
    r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    r"twice|half|quarters?|doubled|doubling"
)
# Digits that belong to a name, as in G20, are none; those before a unit, as in 532TB, are.
NUMERAL: Final = re.compile(
    rf"(?<![A-Za-z\d])\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{_WORDS})\b", re.IGNORECASE
)


def section_texts(lines: Iterable[str]) -> dict[str, str]:
    """The text of each section by its number, "0" for what stands before the first part.

    Left out are headings, and the titles and sources of tables and figures, which are
    missing themselves. A part's own lines before its first section stand under the part.
    """
    result: dict[str, list[str]] = {"0": []}
    part = section = 0
    for line in (adcode.strip() for adcode in lines):
        if part < len(PARTS) and line.startswith(PARTS[part]):
            part, section = part + 1, 0
        elif part and SECTION.match(line):
            section += 1
        elif line and not EXHIBIT.match(line):
            key = f"{part}.{section}" if section else str(part)
            result.setdefault(key, []).append(line)
    return {key: "\n".join(texts) for key, texts in result.items()}


def numerals(text: str) -> list[str]:
    """The numerals of a text in its order, as printed.

    >>> numerals("Thirty-five G20 sites, 2,755.7 billion, 532TB; down more than three quarters.")
    ['Thirty-five', '2,755.7', '532', 'three', 'quarters']
    """
    return NUMERAL.findall(text)


def rebuilt(rows: list[dict[str, str]], texts: dict[str, str]) -> list[dict[str, str]]:
    """The rows of the table with both columns made from the sections' texts.

    A part without lines of its own keeps empty numerals and the checksum of no text.
    """
    fresh = []
    for row in rows:
        text = texts.get(row["section"], "")
        entry = {
            "numerals": " ".join(numerals(text)),
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        fresh.append(row | entry)
    return fresh


def main(report: Path) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = section_texts(report.read_text("utf-8").splitlines())
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rebuilt(rows, texts))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
