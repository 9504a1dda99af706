"""A hostile string in every place where text can stand is text: shown as it is, and harmless."""

from __future__ import annotations

import csv
import io
import json
import time

import openpyxl
import pytest
from markupsafe import Markup

from geo.analysis import measure_csv
from geo.limits import MAX_ECHO_LENGTH
from geo.maps import build_pane, classify_snapshot, js_string_literal, map_label, map_state
from geo.measures import measure_name
from geo.tables import escape_formula
from geo.tables.csv_text import BOM
from geo.text import InputError, translator
from geo.upload import (
    ImportOptions,
    MeasureDefinition,
    RowOutcome,
    UploadedFile,
    UploadedTable,
    UploadedTables,
    describe_outcome,
    quote_for_message,
    tables_from_json,
    template_csv,
    template_xlsx,
    uploaded_definition,
)
from geo.upload.files import clean_line
from geo.upload.parsing import parse_table
from tests.geo.upload.table_files import tables_to_json

HOSTILE = {
    "template": "{{7*7}}",
    "statement": "{% for x in y %}",
    "slot": "{name}{0}{most.__class__}",
    "printf": "%s%n%(a)s",
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "literal": "${alert(1)}`",
    "formula": "=cmd|'/C calc'!A0",
    "formula_at": "@SUM(1+1)*cmd|'/C calc'!A0",
    "path": "../../../../etc/passwd",
    "unc": "\\\\192.0.2.1\\share",
    "address": "http://192.0.2.1/",
    "sql": "'; DROP TABLE provinces; --",
    "markdown": "[x](javascript:alert(1)) **b** $x$ :red[y]",
    "turned": "\u202egnp.exe",
    "hidden": "a\u200b\u2066b\u00ad",
    "controls": "a\x07\x1b[31m\x08b",
    "separators": "a\u2028b\u2029c",
    "combining": "Z\u0301\u0302\u0303" * 50,
    "emoji": "👩‍👩‍👧‍👦🇨🇳",
    "astral": "𝕏𠮷",
    "long": "长" * 3_000,
}
PLACES = ["file", "title", "head", "province", "cell", "note", "sheet"]


def build_file(place: str, string: str) -> UploadedFile:
    """A table with the string in one place: delimited, or a workbook for the name of a sheet."""
    if place == "sheet":
        workbook = openpyxl.Workbook()
        workbook.active.title = (
            clean_line(string).translate(dict.fromkeys(map(ord, "[]:*?/\\'")))[:31] or "x"
        )
        for row in (["省", "2017"], ["北京", 1]):
            workbook.active.append(row)
        out = io.BytesIO()
        workbook.save(out)
        return UploadedFile("a.xlsx", out.getvalue())
    texts = {place: string}
    rows = [
        [texts.get("title", "标题"), "", ""],
        ["省", texts.get("head", "a"), "b"],
        ["北京", texts.get("cell", "1"), "1"],
        ["上海", "2", "2"],
        [texts.get("province", "天津"), "3", "3"],
        ["注：" + texts.get("note", ""), "", ""],
    ]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return UploadedFile(texts.get("file", "a") + ".csv", out.getvalue().encode())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_table_is_understood_with_the_string_as_text(place, name):
    string = HOSTILE[name]
    start = time.process_time()
    parsed = parse_table(build_file(place, string))
    assert time.process_time() - start < 2
    text = clean_line(string)
    if place == "sheet":
        assert parsed.sheets == (parsed.sheet,)
        return
    assert [row.outcome for row in parsed.rows][:2] == [RowOutcome.TITLE, RowOutcome.HEAD]
    assert {
        "file": "a",
        "title": parsed.title,
        "head": parsed.columns[1].head.text,
        "province": parsed.rows[4].text,
        "cell": next((gap.text for gap in parsed.gaps), ""),
        "note": parsed.rows[5].text.removeprefix("注：").strip(),
    }[place] == ("a" if place == "file" else text.strip())
    if place == "province":
        assert parsed.rows[4].outcome is RowOutcome.UNMATCHED
    if place == "cell":
        assert parsed.gaps[0].unread
    for lang in ("en", "zh"):
        for row in parsed.rows:
            assert len(describe_outcome(row, translator(lang))) < 200


@pytest.mark.parametrize("name", HOSTILE)
def test_a_measure_with_the_string_for_a_name_and_a_unit(name):
    string = clean_line(HOSTILE[name])[:60]
    raw = UploadedFile("a.csv", "省,2017\n北京,1\n上海,2\n".encode())
    definition = MeasureDefinition("·", string, string, count=True, per="resident")
    mine = UploadedTables((UploadedTable(raw, measures=(definition,)),))
    (measure,) = mine.all_measures.values()
    assert tables_from_json(tables_to_json(mine).encode()) == mine
    t = translator("en")
    assert measure_name(measure, t) == string.strip()
    pane = build_pane(classify_snapshot(measure.snapshot(2017)), measure, t)
    drawn = map_state([pane], map_label(measure, 2017, t), t)
    script = js_string_literal(drawn)
    assert not set("{}<>&$`") & set(script)
    body = measure_csv(measure, t)
    assert len(uploaded_definition(measure, t)) < 200
    rows = list(csv.reader(io.StringIO(body.removeprefix(BOM))))
    assert rows[1][2] == escape_formula(string.strip())
    assert not rows[1][2].startswith(("=", "+", "-", "@"))
    assert str(Markup("{}").format(string)).count("<") == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_an_answer_repeats_the_string_short_and_unread(name):
    string = HOSTILE[name]
    with pytest.raises(InputError) as caught:
        parse_table(
            UploadedFile("a.csv", json.dumps([string]).encode()), ImportOptions(sheet=string)
        )
    assert len(str(caught.value)) < 300
    with pytest.raises(InputError) as caught:
        parse_table(UploadedFile(string + ".exe", b"a"))
    assert len(str(caught.value)) < 300
    assert (
        quote_for_message(string) in str(caught.value)
        or len(string) > MAX_ECHO_LENGTH
        or "/" in string
        or "\\" in string
    )


def test_a_template_for_hostile_measures_is_safe_to_open():
    heads = tuple(HOSTILE.values())[:12]
    rows = list(csv.reader(io.StringIO(template_csv(False, heads).decode("utf-8-sig"))))
    assert [cell for cell in rows[0] if cell.startswith(("=", "+", "-", "@"))] == []
    sheet = openpyxl.load_workbook(io.BytesIO(template_xlsx(False, heads))).worksheets[0]
    assert [cell.data_type for cell in sheet[1]] == ["s"] * len(sheet[1])
