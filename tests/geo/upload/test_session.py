"""The tables of a session, and the file that keeps them."""

from __future__ import annotations

import base64
import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.text import InputError, translator
from geo.units import evaluated_adcodes, provinces
from geo.upload import (
    DIVISORS,
    DecimalMark,
    ImportOptions,
    MeasureDefinition,
    RowOutcome,
    UploadedFile,
    UploadedTable,
    UploadedTables,
    limit_of,
    tables_from_json,
    template,
    template_csv,
    template_xlsx,
)
from geo.upload.parsing import parse_table
from geo.upload.template import template_instructions, template_rows
from tests.bad_inputs.files import book, noise
from tests.geo.upload.table_files import tables_to_json

BODY = "省,年份,a,b\n北京,2016,1.234,5\n北京,2017,2.345,6\nBejing,2017,3.456,7\n上海,2017,1.111,8\n"
ONE = UploadedTable(
    UploadedFile("一.csv", BODY.encode()),
    ImportOptions(notations=((3, DecimalMark.COMMA),), mapped=((4, "120000"),), left_out=(5,)),
    (
        MeasureDefinition("a", "甲", "件", count=True, per="residents_10k", name_zh="甲指标"),
        MeasureDefinition("b", "乙", "%", higher_is_better=False, decimals=2),
    ),
)
ONLY = UploadedTables((ONE,))
TWO = UploadedTable(UploadedFile("二.xlsx", book()), measures=(MeasureDefinition("·", "丙"),))


def small(name: str, size: int = 0) -> UploadedTable:
    """A table with a note of a given size under it, on many lines."""
    note = "".join(f"注：{'x' * 990}\n" for _ in range(size // 1000))
    return UploadedTable(UploadedFile(name, f"省,2017\n北京,1\n{note}".encode()))


def test_tables_are_added_replaced_and_taken_out():
    both = UploadedTables().with_table(ONE).with_table(TWO)
    assert [measure.name_en for measure in both.all_measures.values()] == ["甲", "乙", "丙"]
    assert both.table_of(ONE.id) == ONE
    assert both.without_table(ONE.id) == UploadedTables((TWO,))
    other = replace(ONE, measures=())
    assert both.with_replaced(ONE.id, other).tables == (other, TWO)
    assert other.id == ONE.id
    with pytest.raises(InputError, match="is not in this session"):
        UploadedTables((TWO,)).without_table(ONE.id)


def test_a_table_does_not_come_twice_but_may_be_read_in_two_ways():
    with pytest.raises(InputError, match=r"The table “一\.csv” is already here"):
        UploadedTables((ONE, replace(ONE, measures=())))
    assert len(UploadedTables((ONE, UploadedTable(ONE.file))).tables) == 2


def test_measures_have_names_of_their_own():
    same = replace(TWO, measures=(MeasureDefinition("·", "甲"),))
    with pytest.raises(InputError, match="Two of your measures are called “甲”"):
        UploadedTables((ONE, same))
    with pytest.raises(InputError, match="“丙” is made twice"):
        replace(TWO, measures=TWO.measures * 2)


def test_no_more_tables_than_a_session_may_hold():
    twenty = UploadedTables(tuple(small(f"{n}.csv") for n in range(limit_of("session_files"))))
    with pytest.raises(InputError, match="This session holds 20 tables, which is the limit"):
        twenty.with_table(small("more.csv"))


def test_no_more_bytes_than_a_session_may_hold():
    four = UploadedTables(tuple(small(f"{n}.csv", 9_800_000) for n in range(4)))
    assert sum(len(table.file.data) for table in four.tables) < limit_of("session_bytes")
    with pytest.raises(InputError, match="would have more than 40 MB together"):
        four.with_table(small("more.csv", 1_000_000))


def test_a_file_gives_its_tables_back():
    both = UploadedTables((ONE, TWO))
    again = tables_from_json(tables_to_json(both).encode())
    assert again == both
    assert list(again.all_measures) == list(both.all_measures)
    assert again.tables[0].understood == ONE.understood
    assert tables_from_json(tables_to_json(UploadedTables()).encode()) == UploadedTables()


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
measures = st.builds(
    MeasureDefinition,
    series=st.sampled_from(["a", "b"]),
    name=st.text("甲乙丙 {}<>&=\"'\\", min_size=1, max_size=20).filter(str.strip),
    unit=st.text("%件 {}<>", max_size=8),
    higher_is_better=st.booleans(),
    decimals=st.integers(0, 6),
) | st.builds(
    MeasureDefinition,
    series=st.just("a"),
    name=st.just("丁"),
    count=st.just(True),
    per=st.sampled_from([*DIVISORS, "=b"]),
    per_scale=st.floats(1e-3, 1e6),
)


@settings(max_examples=100, deadline=None)
@given(names, st.lists(measures, max_size=2, unique_by=lambda m: m.name.strip()), st.booleans())
def test_any_session_comes_back_equal(name, value, result):
    choices = ImportOptions(kept=(2,) if result else (), mapped=((4, "130000"),))
    try:
        tables = UploadedTables(
            (UploadedTable(UploadedFile(name + ".csv", BODY.encode()), choices, tuple(value)),)
        )
    except InputError:
        return
    assert tables_from_json(tables_to_json(tables).encode()) == tables


def bent(change) -> bytes:
    value = json.loads(tables_to_json(UploadedTables((ONE,))))
    change(value)
    return json.dumps(value).encode()


def set_at(path: str, value: object):
    def change(result: dict) -> None:
        *way, last = [int(p) if p.isdigit() else p for p in path.split(".")]
        for step in way:
            result = result[step]
        if value is KeyError:
            del result[last]
        else:
            result[last] = value

    return change


MISFIT = "The file is not a recipe of your data: {} should be "


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Line 1 of the file is not JSON"),
        (b"[1]", MISFIT.format("1")),
        (b"\xff\xfe\xff", MISFIT.format("1")),
        (b"[" * 50_000, "more than 20 deep"),
        (b'{"kind": 1, "kind": 2}', "appears twice"),
        (b"\x89PNG", MISFIT.format("1")),
        (bent(set_at("kind", "open-index")), MISFIT.format("kind")),
        (bent(set_at("version", 2)), MISFIT.format("version") + "1"),
        (bent(set_at("version", True)), MISFIT.format("version")),
        (bent(set_at("more", 1)), MISFIT.format("1")),
        (bent(set_at("tables", {})), MISFIT.format("tables")),
        (bent(set_at("tables.0.name", 7)), MISFIT.format("tables[0].name")),
        (bent(set_at("tables.0.name", KeyError)), MISFIT.format("tables[0]")),
        (bent(set_at("tables.0.data", "{{7*7}}")), MISFIT.format("tables[0].data") + "base64"),
        (bent(set_at("tables.0.data", None)), MISFIT.format("tables[0].data")),
        (bent(set_at("tables.0.data", "")), "The file holds no cell"),
        (bent(set_at("tables.0.name", "../../etc/passwd")), "“passwd” is of no"),
        (bent(set_at("tables.0.choices", [])), MISFIT.format("tables[0].choices")),
        (
            bent(set_at("tables.0.choices.head_row", "1")),
            MISFIT.format("tables[0].choices.head_row"),
        ),
        (bent(set_at("tables.0.choices.kept", 4)), MISFIT.format("tables[0].choices.kept")),
        (
            bent(set_at("tables.0.choices.mapped", [[4]])),
            MISFIT.format("tables[0].choices.mapped[0]"),
        ),
        (
            bent(set_at("tables.0.choices.mapped", [[4, ["x"]]])),
            MISFIT.format("tables[0].choices.mapped[0][1]"),
        ),
        (bent(set_at("tables.0.choices.mapped", [[4, "000000"]])), "A choice names"),
        (
            bent(set_at("tables.0.choices.notations", [[3, {}]])),
            MISFIT.format("tables[0].choices.notations[0][1]"),
        ),
        (bent(set_at("tables.0.measures", None)), MISFIT.format("tables[0].measures")),
        (bent(set_at("tables.0.measures.0.name", 1)), MISFIT.format("tables[0].measures[0].name")),
        (
            bent(set_at("tables.0.measures.0.count", 1)),
            MISFIT.format("tables[0].measures[0].count"),
        ),
        (bent(set_at("tables.0.measures.0.decimals", 1e9)), "measures[0].decimals should be int"),
        (bent(set_at("tables.0.measures.0.decimals", 10**9)), "decimals cannot be shown"),
        (bent(set_at("tables.0.measures.0.per_scale", "1")), "measures[0].per_scale"),
        (bent(set_at("tables.0.measures.0.per", "area")), "“甲” is to be divided by “area”"),
        (bent(set_at("tables.0.measures.0.series", "z")), "The table has no series “z”"),
        (bent(set_at("tables.0.measures.0.extra", 1)), MISFIT.format("tables[0].measures[0]")),
        (tables_to_json(ONLY).replace('"per_scale": 1.0', '"per_scale": NaN', 1).encode(),
         "“NaN”, which is not a number"),
        (tables_to_json(ONLY).replace('"per_scale": 1.0', '"per_scale": 1e999', 1).encode(),
         "multiplied by “inf”"),
        (bent(set_at("tables.0.measures.0.per_scale", 0)), "multiplied by “0”"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_answered(data, says):
    with pytest.raises(InputError, match=re.escape(says)) as caught:
        tables_from_json(data)
    assert translator("zh")(caught.value.message, **caught.value.slots).endswith("。")


def test_a_file_too_big_for_any_session_is_not_read():
    with pytest.raises(InputError, match="more than 55 MB, which is too large for a recipe"):
        tables_from_json(b" " * (limit_of("recipe_bytes") + 1))


def test_a_full_session_fits_into_its_file():
    body = base64.b64encode(noise(1000))
    assert len(body) / 1000 * limit_of("session_bytes") < limit_of("recipe_bytes")


@pytest.mark.parametrize("all_units", [False, True])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_comes_back_understood_once_it_is_filled_in(all_units, kind):
    heads = ("Patents 专利 (items 件)", "2017年")
    count = 34 if all_units else 31
    rows = template_rows(all_units, heads)
    assert len(rows) == count + 1
    if kind == "csv":
        lines = template_csv(all_units, heads).decode("utf-8").splitlines()
        for n, line in enumerate(lines[1:], 1):
            assert line.endswith(",,")
            lines[n] = line[:-2] + f",{n},{n / 2}"
        data = "\n".join(lines).encode()
    else:
        data = _filled(template_xlsx(all_units, heads), count)
    parsed = parse_table(UploadedFile("template." + kind, data))
    expected = [a for a, province in provinces().items() if all_units or province.evaluated]
    matched = parsed.rows_with(RowOutcome.MATCHED, RowOutcome.BEYOND)
    assert [row.adcode for row in matched] == expected
    assert len(parsed.rows_with(RowOutcome.BEYOND)) == count - 31
    assert parsed.unresolved_rows == ()
    assert [(s.key, s.unit, s.years) for s in parsed.series] == [
        ("Patents 专利", "items 件", ()), ("·", "", (2017,)),
    ]  # fmt: skip
    assert parsed.series[0].figures[0] == ("110000", None, 1)
    assert parsed.series[1].figures[-1] == (expected[-1], 2017, count / 2)
    with pytest.raises(InputError, match="no column of values beside"):
        parse_table(
            UploadedFile("template." + kind, getattr(template, "template_" + kind)(all_units))
        )


def _filled(data: bytes, count: int) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    assert workbook.sheetnames == ["Data 数据", "Explanation 说明"]
    sheet = workbook.worksheets[0]
    assert sheet.freeze_panes == "D2"
    for n in range(1, count + 1):
        sheet.cell(n + 1, 4).value, sheet.cell(n + 1, 5).value = n, n / 2
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_the_explanation_speaks_both_languages():
    for lang, word in (
        ("en", "20 MB, 120,000 rows and 200 columns"),
        ("zh", "20 MB、120,000行、200列"),
    ):
        assert word in template_instructions(lang)[-1]
    assert len(evaluated_adcodes()) == 31
