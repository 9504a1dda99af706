"""Two changes at the same time: all of both is there, or it is said what they disagree on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.upload import ImportOptions, UploadedFile, UploadedTable, UploadedTables, limit_of
from geo.workspace import NamedRecipe, SavedView, Workspace, merge_changes
from tests.geo.upload.test_session import ONE, TWO

A, B = ONE.measures
VIEW = SavedView("v", "map", {"year": "2020"})
PRESET = NamedRecipe("p", "1", 2017)
BASE = Workspace(UploadedTables((ONE,)), (PRESET,), {}, ("110000",), (VIEW,))
MORE = UploadedTable(UploadedFile("b.csv", "省,2017\n北京,1\n".encode()))


def with_measures(*measures):
    return replace(BASE, tables=UploadedTables((replace(ONE, measures=measures),)))


def test_what_one_side_changed_is_taken_and_of_both_sides_all():
    mine = replace(BASE, tables=UploadedTables((ONE, TWO)), provinces=("520000",))
    theirs = replace(BASE, tables=UploadedTables((MORE, ONE)), views=(), presets=())
    merged = merge_changes(BASE, mine, theirs).workspace
    assert set(merged.tables.tables) == {ONE, TWO, MORE}
    assert (merged.provinces, merged.views, merged.presets) == (("520000",), (), ())
    assert merge_changes(BASE, BASE, theirs).workspace == theirs
    assert merge_changes(BASE, mine, BASE).workspace == mine


def test_two_measures_of_a_table_merge_and_one_edited_twice_does_not():
    longer, shorter = replace(A, name="longer"), replace(A, name="shorter")
    edited = replace(B, decimals=3)
    merged = merge_changes(BASE, with_measures(longer, B), with_measures(A, edited)).workspace
    assert merged.tables.tables[0].measures == (longer, edited)
    twice = merge_changes(BASE, with_measures(longer, B), with_measures(shorter, B))
    assert (twice.workspace, twice.names) == (None, ("longer",))
    gone = merge_changes(BASE, with_measures(longer, B), with_measures(B))
    assert (gone.workspace, gone.names) == (None, ("longer",))


def test_what_both_changed_differently_is_named():
    other = replace(ONE, options=ImportOptions(mapped=((4, "130000"),)), measures=())
    third = replace(ONE, options=ImportOptions(mapped=((4, "140000"),)), measures=())
    for mine, theirs, names in (
        (replace(BASE, presets=(replace(PRESET, year=2018),)),
         replace(BASE, presets=(replace(PRESET, recipe="1~outliers-log"),)), ("p",)),
        (replace(BASE, views=(replace(VIEW, page="data"),)),
         replace(BASE, views=(replace(VIEW, page="index"),)), ("v",)),
        (replace(BASE, views=()), replace(BASE, views=(replace(VIEW, page="index"),)), ("v",)),
        (replace(BASE, tables=UploadedTables((other,))),
         replace(BASE, tables=UploadedTables((third,))), ("一.csv",)),
        (replace(BASE, tables=UploadedTables()),
         replace(BASE, tables=UploadedTables((other,))), ("一.csv",)),
    ):  # fmt: skip
        merged = merge_changes(BASE, mine, theirs)
        assert (merged.workspace, merged.names) == (None, names)


def test_a_file_that_is_read_in_two_ways_stays_twice():
    second = replace(ONE, options=ImportOptions(mapped=((4, "130000"),)), measures=())
    both = replace(BASE, tables=UploadedTables((ONE, second)))
    assert set(merge_changes(BASE, both, BASE).workspace.tables.tables) == {ONE, second}
    assert merge_changes(both, BASE, both).workspace.tables.tables == (ONE,)


def test_tables_that_have_no_room_together_are_a_fault():
    def files(first):
        return UploadedTables(
            tuple(
                UploadedTable(UploadedFile(f"{number}.csv", f"省,2017\n北京,{number}\n".encode()))
                for number in range(first, first + limit_of("session_files"))
            )
        )

    merged = merge_changes(Workspace(), Workspace(files(0)), Workspace(files(100)))
    assert merged.workspace is None
    assert merged.names == ()
    assert merged.fault is not None


NAMES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["map", "data", "index"]))


@given(NAMES, NAMES, NAMES)
def test_nothing_is_lost_in_silence(base, mine, theirs):
    def build(named):
        return Workspace(views=tuple(SavedView(name, page, {}) for name, page in named.items()))

    merged = merge_changes(*map(build, (base, mine, theirs)))
    mirrored = merge_changes(*map(build, (base, theirs, mine)))
    assert set(merged.names) == set(mirrored.names)
    if merged.workspace is None:
        for name in merged.names:
            assert mine.get(name) != theirs.get(name)
            assert base.get(name) not in (mine.get(name), theirs.get(name))
        return
    result = {view.name: view.page for view in merged.workspace.views}
    for name in "abcd":
        changed = [side.get(name) for side in (mine, theirs) if side.get(name) != base.get(name)]
        assert result.get(name) == (changed[0] if changed else base.get(name)), name


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_the_pages_of_this_session_are_taken(side):
    pages = {"map": {"year": "2020"}, "data": {"year": "2019"}}
    sides = {"mine": BASE, "theirs": BASE, side: replace(BASE, pages=pages)}
    assert merge_changes(BASE, sides["mine"], sides["theirs"]).workspace.pages == pages
