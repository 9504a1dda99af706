"""A hostile string in every place where text can stand is text: shown as it is, and harmless."""

from __future__ import annotations

import csv
import io
import json
import time

import openpyxl
import pytest
from markupsafe import Markup

from geo import tables, wording
from geo.choropleth import choropleth
from geo.errors import InputError
from geo.measures import measures, snapshot
from geo.text import texts
from geo.upload import session, template, words
from geo.upload.choices import Choices
from geo.upload.own import OwnMeasure
from geo.upload.raw import LONGEST_ECHO, Raw, clean, echo
from geo.upload.recipe import from_json, to_json
from geo.upload.rows import Fate
from geo.upload.session import OwnTable, OwnTables
from geo.upload.understand import understand
from geo.webmap import literal, map_label, pane, state

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


def made(place: str, string: str) -> Raw:
    """A table with the string in one place: delimited, or a workbook for the name of a sheet."""
    if place == "sheet":
        own = openpyxl.Workbook()
        own.active.title = clean(string).translate(dict.fromkeys(map(ord, "[]:*?/\\'")))[:31] or "x"
        for row in (["省", "2017"], ["北京", 1]):
            own.active.append(row)
        out = io.BytesIO()
        own.save(out)
        return Raw("a.xlsx", out.getvalue())
    put = {place: string}
    rows = [
        [put.get("title", "标题"), "", ""],
        ["省", put.get("head", "a"), "b"],
        ["北京", put.get("cell", "1"), "1"],
        ["上海", "2", "2"],
        [put.get("province", "天津"), "3", "3"],
        ["注：" + put.get("note", ""), "", ""],
    ]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return Raw(put.get("file", "a") + ".csv", out.getvalue().encode())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_table_is_understood_with_the_string_as_text(place, name):
    string = HOSTILE[name]
    start = time.process_time()
    found = understand(made(place, string))
    assert time.process_time() - start < 2
    shown = clean(string)
    if place == "sheet":
        assert found.sheets == (found.sheet,)
        return
    assert [row.fate for row in found.rows][:2] == [Fate.TITLE, Fate.HEAD]
    assert {
        "file": "a",
        "title": found.title,
        "head": found.columns[1].head.text,
        "province": found.rows[4].text,
        "cell": next((gap.text for gap in found.gaps), ""),
        "note": found.rows[5].text.removeprefix("注：").strip(),
    }[place] == ("a" if place == "file" else shown.strip())
    if place == "province":
        assert found.rows[4].fate is Fate.UNMATCHED
    if place == "cell":
        assert found.gaps[0].unread
    for lang in ("en", "zh"):
        for row in found.rows:
            assert len(words.fate(row, texts(lang))) < 200


@pytest.mark.parametrize("name", HOSTILE)
def test_a_measure_with_the_string_for_a_name_and_a_unit(name):
    string = clean(HOSTILE[name])[:60]
    raw = Raw("a.csv", "省,2017\n北京,1\n上海,2\n".encode())
    own = OwnMeasure("·", string, string, count=True, per="resident")
    mine = OwnTables((OwnTable(raw, measures=(own,)),))
    (measure_id,) = mine.measures
    assert from_json(to_json(mine).encode()) == mine
    say = texts("en")
    with session.using(mine):
        measure, own_snapshot = measures()[measure_id], snapshot(measure_id, 2017)
        assert wording.measure_name(measure, say) == string.strip()
        shown = pane(choropleth(own_snapshot), measure, say)
        drawn = state([shown], map_label(measure, 2017, say), say)
        script = literal(drawn)
        assert not set("{}<>&$`") & set(script)
        body = tables.measure_csv(measure_id, say)
        assert len(words.definition(measure, say)) < 200
    rows = list(csv.reader(io.StringIO(body.removeprefix(tables.BOM))))
    assert rows[1][2] == tables.harmless(string.strip())
    assert not rows[1][2].startswith(("=", "+", "-", "@"))
    assert str(Markup("{}").format(string)).count("<") == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_an_answer_repeats_the_string_short_and_unread(name):
    string = HOSTILE[name]
    with pytest.raises(InputError) as caught:
        understand(Raw("a.csv", json.dumps([string]).encode()), Choices(sheet=string))
    assert len(str(caught.value)) < 300
    with pytest.raises(InputError) as caught:
        understand(Raw(string + ".exe", b"a"))
    assert len(str(caught.value)) < 300
    assert (
        echo(string) in str(caught.value)
        or len(string) > LONGEST_ECHO
        or "/" in string
        or "\\" in string
    )


def test_a_template_for_hostile_measures_is_safe_to_open():
    heads = tuple(HOSTILE.values())[:12]
    rows = list(csv.reader(io.StringIO(template.as_csv(False, heads).decode("utf-8-sig"))))
    assert [cell for cell in rows[0] if cell.startswith(("=", "+", "-", "@"))] == []
    sheet = openpyxl.load_workbook(io.BytesIO(template.as_xlsx(False, heads))).worksheets[0]
    assert [cell.data_type for cell in sheet[1]] == ["s"] * len(sheet[1])
