"""The label of a version says what changed, in both languages."""

from __future__ import annotations

from dataclasses import replace

from geo.limits import MAX_VERSION_LABEL_LENGTH
from geo.text import translator
from geo.upload import ImportOptions, UploadedTables
from geo.workspace import Workspace, format_label, label_change, label_of
from geo.workspace.changes import CHANGES
from tests.geo.workspace.test_merge import BASE, ONE, PRESET, TWO, VIEW, A, B, with_measures


def test_a_label_names_what_changed():
    other = replace(ONE, options=ImportOptions(mapped=((4, "130000"),)))
    for before, after, label, sentence in (
        (Workspace(), Workspace(), "empty|", "Created without content"),
        (Workspace(), BASE, "several|4", "4 changes"),
        (BASE, BASE, "pages|", "State of the pages saved"),
        (BASE, replace(BASE, tables=UploadedTables((ONE, TWO))), "table-added|二.xlsx",
         "Table “二.xlsx” added"),
        (BASE, replace(BASE, tables=UploadedTables()), "table-removed|一.csv",
         "Table “一.csv” removed"),
        (BASE, replace(BASE, tables=UploadedTables((other,))), "table-options|一.csv",
         "Options of the table “一.csv” changed"),
        (BASE, with_measures(A), "measure-removed|乙", "Measure “乙” removed"),
        (with_measures(A), BASE, "measure-added|乙", "Measure “乙” added"),
        (BASE, with_measures(A, replace(B, name="new")), "measure-changed|new",
         "Measure “new” changed"),
        (BASE, replace(BASE, presets=()), "preset-removed|p", "Preset “p” removed"),
        (BASE, replace(BASE, presets=(replace(PRESET, year=2018),)), "preset-changed|p",
         "Preset “p” changed"),
        (replace(BASE, views=()), BASE, "view-added|v", "View “v” saved"),
        (BASE, replace(BASE, views=(replace(VIEW, page="data"),)), "view-changed|v",
         "View “v” changed"),
        (BASE, replace(BASE, provinces=()), "provinces|", "Chosen provinces saved"),
    ):  # fmt: skip
        assert label_change(before, after) == label
        assert format_label(label, translator("en")) == sentence


def test_every_label_has_chinese_and_a_foreign_one_is_shown():
    t = translator("zh")
    for kind in CHANGES:
        assert any("一" <= sign <= "鿿" for sign in format_label(label_of(kind, "x"), t)), kind
    assert format_label("foreign {x} <b>", t) == "foreign {x} <b>"
    assert len(label_of("view-added", "x" * 500)) == MAX_VERSION_LABEL_LENGTH
