"""The number of the map review: what it may be, and that it stands in the note’s place."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from geo.analysis import (
    boundary_line,
    boundary_statement,
    licence_lines,
    published_measures,
    read_map_review,
)
from geo.captions import map_caption
from geo.exports.standalone_map import map_texts
from geo.exports.workbooks import measure_workbook
from geo.maps import classify_snapshot
from geo.server import check_data
from geo.text import DataError, translator
from pages.parts.about import sources_block_of
from tests.cases import for_each

NAME = "ATLAS_MAP_REVIEW"
NUMBER = "GS(2024)1234号"
NOT_REVIEWED = ("no map review", "has not been through map review", "未经地图审核")
GDP = published_measures()["gdp_per_capita"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", ""),
        ("  ", ""),
        ("审图号 GS(2024)1234", NUMBER),
        ("审图号：GS（2024）1234号", NUMBER),
        ("GS(2024)1234号", NUMBER),
        ("审图号：GS京(2023)0456号", "GS京(2023)0456号"),
        ("京S(2022)045号", "京S(2022)045号"),
    ],
)
def test_a_number_is_written_as_the_office_writes_it(text, number):
    assert read_map_review({NAME: text}) == number


@pytest.mark.parametrize(
    "text", ["yes", "1234", "GS(24)1234", "GS 2024 1234", "审图号", "GS(2024)1234 {x}", "GS(2024)"]
)
def test_what_is_no_number_stops_the_start(text, monkeypatch):
    monkeypatch.setenv(NAME, text)
    with pytest.raises(DataError, match="ATLAS_MAP_REVIEW"):
        check_data()


def places(t):
    """Each place that credits the boundaries, with its text."""
    caption = map_caption(GDP, 2023, t)
    workbook = load_workbook(io.BytesIO(measure_workbook(GDP, t, 2023)))
    cells = workbook[workbook.sheetnames[1]].iter_rows(values_only=True)
    return {
        "page": str(sources_block_of([(GDP, 2023)], t).unescape()),
        "notes of a slide": caption.notes[-1].text,
        "standalone map": map_texts(GDP, classify_snapshot(GDP.snapshot(2023)), t).source,
        "files": " ".join(licence_lines(t)),
        "workbook": " ".join(str(cell) for row in cells for cell in row),
        "Data page": boundary_statement(t),
        "short line": boundary_line(t),
    }


@for_each("lang", ["en", "zh"])
def test_the_number_stands_in_place_of_the_note(lang, monkeypatch):
    t = translator(lang)
    monkeypatch.delenv(NAME, raising=False)
    for place, text in places(t).items():
        assert NUMBER not in text
        assert any(words in text for words in NOT_REVIEWED) or place == "workbook"
    monkeypatch.setenv(NAME, "审图号 GS(2024)1234")
    for text in places(t).values():
        assert NUMBER in text
        assert not any(words in text for words in NOT_REVIEWED)


@for_each("lang", ["en", "zh"])
def test_the_line_below_a_map_is_short_and_leads_to_the_whole(lang):
    t = translator(lang)
    block = str(sources_block_of([(GDP, 2023)], t))
    assert f'href="/data?lang={lang}#boundaries"' in block
    assert len(boundary_line(t)) < len(boundary_statement(t)) / 3
