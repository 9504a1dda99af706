"""A workspace comes back as it was; a file that is none is refused in one sentence."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from geo.index import Recipe, recipe_to_address, recipe_to_json
from geo.limits import MAX_CHOSEN, MAX_PAGE_PARAMETERS, MAX_PRESETS, MAX_VIEWS
from geo.text import InputError, translator
from geo.upload import UploadedFile, UploadedTable, UploadedTables, limit_of
from geo.workspace import (
    PAGE_NAMES,
    NamedRecipe,
    SavedView,
    Workspace,
    merge_workspaces,
    open_workspace,
    workspace_to_json,
)
from pages.parts.page_frame import PAGES
from tests.geo.upload.table_files import tables_to_json
from tests.geo.upload.test_session import ONE, TWO

LOG = recipe_to_address(Recipe(outliers="log"))
WHOLE = Workspace(
    UploadedTables((ONE, TWO)),
    (NamedRecipe("{{7*7}} <b>对数", LOG, 2017), NamedRecipe("plain", "1", 2020)),
    {"map": {"measure": "own_1", "year": "2017"}, "compare": {"view": "maps"}},
    ("520000", "110000"),
    (
        SavedView("两图", "compare", {"view": "maps", "measure": "own_1"}),
        SavedView("Cabinet", "briefing", {"kind": "profile", "title": "{{7*7}}"}),
    ),
)


def test_a_workspace_comes_back_as_it_was():
    again = open_workspace(workspace_to_json(WHOLE).encode())
    assert again == WHOLE
    assert list(again.tables.all_measures) == list(WHOLE.tables.all_measures)
    assert open_workspace(workspace_to_json(Workspace()).encode()) == Workspace()
    assert Workspace(pages={"map": {}}).is_empty
    for part in ("tables", "presets", "provinces", "views"):
        assert not Workspace(**{part: getattr(WHOLE, part)}).is_empty, part
    assert [view.is_briefing for view in WHOLE.views] == [False, True]


def test_a_file_of_version_1_opens():
    document = json.loads(workspace_to_json(WHOLE))
    earlier = {n: v for n, v in document.items() if n not in ("provinces", "views")}
    opened = open_workspace(json.dumps({**earlier, "version": 1}).encode())
    assert opened == Workspace(WHOLE.tables, WHOLE.presets, WHOLE.pages)


def test_views_are_added_renamed_and_deleted_and_none_is_lost():
    view = SavedView("  a \n b ", "map", {"year": "2020"})
    workspace = Workspace().with_view(view).with_view(replace(view, name="c"))
    assert [one.name for one in workspace.views] == ["a b", "c"]
    assert workspace.with_view(replace(view, name="c", page="data")).views[1].page == "data"
    assert [one.name for one in workspace.with_renamed_view("a b", "d").views] == ["d", "c"]
    assert workspace.with_renamed_view("c", "c") == workspace
    assert [one.name for one in workspace.without_view("c").views] == ["a b"]
    with pytest.raises(InputError, match="Another view is called"):
        workspace.with_renamed_view("a b", "c")
    for name in (" ", "x" * 121):
        with pytest.raises(InputError, match="1 to 120 characters"):
            workspace.with_view(replace(view, name=name))
    full = Workspace(views=tuple(SavedView(f"{n}", "map", {}) for n in range(MAX_VIEWS)))
    with pytest.raises(InputError, match="saved views"):
        full.with_view(view)
    assert len(full.with_view(SavedView("7", "data", {})).views) == MAX_VIEWS


def test_views_and_pages_follow_measures_whose_ids_change():
    moved = WHOLE.with_measure_ids({"own_1": "own_2"})
    assert moved.views[0].params == {"view": "maps", "measure": "own_2"}
    assert moved.pages["map"] == {"measure": "own_2", "year": "2017"}
    assert moved.tables == WHOLE.tables


def test_earlier_files_of_tables_and_of_recipes_open_too():
    assert open_workspace(tables_to_json(WHOLE.tables).encode()) == Workspace(WHOLE.tables)
    recipe = recipe_to_json(Recipe(outliers="log"), 2017)
    assert open_workspace(recipe.encode()).pages == {"index": {"recipe": LOG, "year": "2017"}}
    with pytest.raises(InputError, match="The recipe has no “years”"):
        open_workspace(json.dumps({**json.loads(recipe), "years": None}).replace(
            '"years": null, ', "").encode())  # fmt: skip


def test_all_pages_have_their_state():
    assert {*PAGE_NAMES, "work"} == set(PAGES)


def changed(**changes: object) -> bytes:
    return json.dumps({**json.loads(workspace_to_json(WHOLE)), **changes}).encode()


MISFIT = "The file is not a workspace: {} should be "


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "Line 1 of the file is not JSON"),
        (b"[1]", MISFIT.format("1")),
        (b"\xff\xfe\xff", MISFIT.format("1") + "JSON"),
        (b"[" * 50_000, "more than 20 deep"),
        (b'{"kind": 1, "kind": 2}', "appears twice"),
        (changed(kind="other"), MISFIT.format("kind")),
        (changed(kind=["digital-china-atlas/workspace"]), MISFIT.format("kind")),
        (changed(version=3), MISFIT.format("version") + "1 | 2"),
        (changed(version=True), MISFIT.format("version") + "1 | 2"),
        (changed(provinces=["1"]), MISFIT.format("provinces[0]")),
        (changed(provinces=["110000"] * (MAX_CHOSEN + 1)), MISFIT.format("provinces")),
        (changed(views=[{"name": "a", "page": "shell", "params": {}}]),
         MISFIT.format("views[0].page")),
        (changed(views=[{"name": "a", "page": "map", "params": {}}] * 2), MISFIT.format("views")),
        (changed(views=[{"name": f"{n}", "page": "map", "params": {}}
                        for n in range(MAX_VIEWS + 1)]), MISFIT.format("views")),
        (changed(more=1), MISFIT.format("1")),
        (changed(tables={}), MISFIT.format("tables")),
        (changed(tables=[{}]), MISFIT.format("tables[0]")),
        (changed(presets=[{"name": " ", "recipe": "1", "year": 2017}]),
         MISFIT.format("presets[0].name")),
        (changed(presets=[{"name": "x" * 121, "recipe": "1", "year": 2017}]),
         MISFIT.format("presets[0].name")),
        (changed(presets=[{"name": "a", "recipe": "1~outliers-x", "year": 2017}]),
         "“x” for outliers is not valid in the recipe"),
        (changed(presets=[{"name": "a", "recipe": "1", "year": "2017"}]),
         MISFIT.format("presets[0].year") + "int"),
        (changed(presets=[{"name": f"{n}", "recipe": "1", "year": 1}
                          for n in range(MAX_PRESETS + 1)]), MISFIT.format("presets")),
        (changed(pages={"shell": {}}), MISFIT.format("pages")),
        (changed(pages={"map": {"measure": 7}}), MISFIT.format("pages.map.measure")),
        (changed(pages={"map": {"measure": "x" * 4_001}}), MISFIT.format("pages.map")),
        (changed(pages={"map": {f"{n}": "" for n in range(MAX_PAGE_PARAMETERS + 1)}}),
         MISFIT.format("pages.map")),
        (b" " * (limit_of("recipe_bytes") + 1), "too much for a workspace"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workspace_is_one_sentence(data, says):
    with pytest.raises(InputError, match=re.escape(says)) as caught:
        open_workspace(data)
    assert translator("zh")(caught.value.message, **caught.value.slots).endswith("。")


def test_two_workspaces_are_joined_and_no_table_comes_twice():
    more = UploadedTable(UploadedFile("b.csv", "省,2017\n北京,1\n".encode()))
    other = Workspace(
        UploadedTables((ONE, more)),
        (NamedRecipe("plain", LOG, 2021),),
        {"map": {"year": "2020"}},
        views=(SavedView("Cabinet", "data", {}),),
    )
    both = merge_workspaces(WHOLE, other)
    assert both.tables == UploadedTables((ONE, TWO, more))
    assert both.presets == (WHOLE.presets[0], other.presets[0])
    assert both.pages == {"map": {"year": "2020"}, "compare": {"view": "maps"}}
    assert both.provinces == WHOLE.provinces
    assert both.views == (WHOLE.views[0], *other.views)
