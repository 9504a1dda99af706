"""The workspace file: all that a reader brings and chooses, as JSON with one model.

Version 1 had tables, presets and pages; version 2 has chosen provinces and saved views, too. Files
of version 1, of tables alone and of one recipe of the index open as workspaces.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from geo.index import RECIPE_KIND, recipe_from_address, recipe_from_json, recipe_to_address
from geo.limits import (
    MAX_CHOSEN,
    MAX_PAGE_PARAMETERS,
    MAX_PRESETS,
    MAX_RECIPE_ADDRESS_LENGTH,
    MAX_RECIPE_FILE_LENGTH,
    MAX_VIEWS,
)
from geo.text import N_, Fault, InputError, exactly, expect, list_faults, one_of
from geo.units import provinces
from geo.upload import (
    NO_TABLES,
    TABLES_KIND,
    TableInFile,
    UploadedTable,
    UploadedTables,
    build_tables,
    check_limit,
    format_place,
    limit_of,
    parse_json,
    quote_for_message,
    table_records,
    tables_from_json,
)

KIND: Final = "digital-china-atlas/workspace"
VERSION: Final = 2
READABLE_VERSIONS: Final = (1, VERSION)
WORKSPACE_FILE_NAME: Final = "digital-china-atlas-workspace.json"
PAGE_NAMES: Final = ("map", "province", "dimension", "compare", "index", "briefing", "data")
BRIEFING_PAGE: Final = "briefing"
TOO_BIG: Final = N_(
    "The file has more than {most}, too much for a workspace. Choose a file that was downloaded"
    " from this atlas."
)
MISFIT: Final = N_(
    "The file is not a workspace: {place} should be {expected}. Choose a file that was downloaded"
    " from this atlas."
)
TOO_MANY_VIEWS: Final = N_(
    "The workspace has {most} saved views, as many as it may. Delete one that is not needed."
)
INVALID_VIEW_NAME: Final = N_("Give the view a name of 1 to {most} characters.")
SAME_VIEW: Final = N_("Another view is called “{name}”. Give each view a different name.")


@dataclass(frozen=True)
class NamedRecipe:
    """A preset of the reader: a recipe of the open index by its address, its year and a name."""

    name: str
    recipe: str
    year: int


@dataclass(frozen=True)
class SavedView:
    """A view that the reader saved: a page with the parameters of its address, and a name.

    A view of the Briefing page is a briefing: the picture with its options and texts.
    """

    name: str
    page: str
    params: Mapping[str, str]

    @property
    def is_briefing(self) -> bool:
        return self.page == BRIEFING_PAGE


@dataclass(frozen=True)
class Workspace:
    """All that a reader brings and chooses.

    pages: the parameters of the address of each page, by the name of the page. provinces: the
    adcodes that the reader saved, in the chosen order. views: with different names.
    """

    tables: UploadedTables = NO_TABLES
    presets: tuple[NamedRecipe, ...] = ()
    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    provinces: tuple[str, ...] = ()
    views: tuple[SavedView, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing that a reader would miss."""
        return not (self.tables.tables or self.presets or self.provinces or self.views)

    @property
    def tables_by_file(self) -> dict[tuple[str, str, int], UploadedTable]:
        """The tables by checksum and name of their files, and a count where one is read twice."""
        found: dict[tuple[str, str, int], UploadedTable] = {}
        for table in self.tables.tables:
            file = table.file.checksum, table.file.name
            turn = next(n for n in range(len(found) + 1) if (*file, n) not in found)
            found[*file, turn] = table
        return found

    def with_view(self, view: SavedView) -> Workspace:
        """Return the workspace with one more view; one of the same name is replaced.

        Raises InputError for a name that is empty or too long, and when there are too many views.
        """
        view = replace(view, name=_view_name(view.name))
        others = tuple(one for one in self.views if one.name != view.name)
        if len(others) >= MAX_VIEWS:
            raise InputError(TOO_MANY_VIEWS, most=MAX_VIEWS)
        return replace(self, views=(*others, view))

    def with_renamed_view(self, old: str, new: str) -> Workspace:
        """Return the workspace with another name for a view. Raises InputError as with_view does.

        The name of another view is refused, so that none is lost.
        """
        new = _view_name(new)
        if new != old and any(one.name == new for one in self.views):
            raise InputError(SAME_VIEW, name=quote_for_message(new))
        views = (replace(one, name=new) if one.name == old else one for one in self.views)
        return replace(self, views=tuple(views))

    def without_view(self, name: str) -> Workspace:
        """Return the workspace without a view."""
        return replace(self, views=tuple(one for one in self.views if one.name != name))

    def with_measure_ids(self, ids: Mapping[str, str]) -> Workspace:
        """Return the workspace with other ids of measures in its views and pages.

        ids: the new one of each id. They change with the options of a table.
        """

        def follow(params: Mapping[str, str]) -> dict[str, str]:
            return {name: ids.get(value, value) for name, value in params.items()}

        return replace(
            self,
            views=tuple(replace(one, params=follow(one.params)) for one in self.views),
            pages={page: follow(params) for page, params in self.pages.items()},
        )


def _view_name(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= limit_of("text"):
        raise InputError(INVALID_VIEW_NAME, most=limit_of("text"))
    return name


def _check_name(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= limit_of("text"):
        raise expect(f'"…" (1 … {limit_of("text")})')
    return name


def _check_recipe(address: str) -> str:
    try:
        recipe_from_address(address)
    except InputError as error:
        raise expect("1~…", sentence=error) from None
    return address


def _check_params(params: dict[str, str]) -> dict[str, str]:
    long = any(len(text) > MAX_RECIPE_ADDRESS_LENGTH for pair in params.items() for text in pair)
    if long or len(params) > MAX_PAGE_PARAMETERS:
        raise expect('{"measure": "…"}')
    return params


def _check_pages(pages: dict[str, Any]) -> dict[str, Any]:
    if not set(pages) <= set(PAGE_NAMES):
        raise expect(" | ".join(PAGE_NAMES))
    return pages


def _at_most(most: int) -> AfterValidator:
    """Return a validator that refuses a longer list."""

    def check(values: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(values) > most:
            raise expect(f"[…] × {most}")
        return values

    return AfterValidator(check)


def _check_version(version: object) -> object:
    if type(version) is not int or version not in READABLE_VERSIONS:
        raise expect(" | ".join(map(str, READABLE_VERSIONS)))
    return version


def _check_adcode(adcode: str) -> str:
    if adcode not in provinces():
        raise expect('"110000"')
    return adcode


def _check_different(views: tuple[ViewInFile, ...]) -> tuple[ViewInFile, ...]:
    if len({view.name for view in views}) < len(views):
        raise expect('[{"name": "A"}, {"name": "B"}]')
    return views


PageParams = Annotated[dict[str, str], AfterValidator(_check_params)]


class PresetInFile(BaseModel):
    """A preset of a workspace file."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, AfterValidator(_check_name)]
    recipe: Annotated[str, AfterValidator(_check_recipe)]
    year: int


class ViewInFile(BaseModel):
    """A saved view of a workspace file."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, AfterValidator(_check_name)]
    page: Annotated[str, one_of(PAGE_NAMES)]
    params: PageParams


class WorkspaceFile(BaseModel):
    """A workspace file."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, exactly(KIND)]
    version: Annotated[int, BeforeValidator(_check_version)]
    tables: tuple[TableInFile, ...] = ()
    presets: Annotated[tuple[PresetInFile, ...], _at_most(MAX_PRESETS)] = ()
    pages: Annotated[dict[str, PageParams], AfterValidator(_check_pages)] = {}
    provinces: Annotated[
        tuple[Annotated[str, AfterValidator(_check_adcode)], ...], _at_most(MAX_CHOSEN)
    ] = ()
    views: Annotated[
        tuple[ViewInFile, ...], _at_most(MAX_VIEWS), AfterValidator(_check_different)
    ] = ()


def workspace_to_json(workspace: Workspace) -> str:
    """Return a workspace as JSON, with the bytes of its tables in base64."""
    document = {
        "kind": KIND,
        "version": VERSION,
        "tables": table_records(workspace.tables),
        "presets": [vars(preset) for preset in workspace.presets],
        "pages": {page: dict(params) for page, params in workspace.pages.items()},
        "provinces": workspace.provinces,
        "views": [
            {"name": view.name, "page": view.page, "params": dict(view.params)}
            for view in workspace.views
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def open_workspace(data: bytes) -> Workspace:
    """Return the workspace of a file, or of a file of tables or of a recipe alone.

    Raises InputError when the file is too big, is none of these (with the invalid place), or holds
    an invalid table, option, measure or recipe.
    """
    check_limit("recipe_bytes", len(data), TOO_BIG)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _misfit_error("1", "JSON") from None
    document = parse_json(text)  # refuses deep nesting, names that occur twice, and NaN
    kind = document.get("kind") if isinstance(document, dict) else None
    if kind == RECIPE_KIND:
        return _open_recipe(text)
    if kind == TABLES_KIND:
        return Workspace(tables_from_json(data))
    try:
        checked = WorkspaceFile.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise _describe_fault(list_faults(error)[0]) from None
    return Workspace(
        build_tables(checked.tables),
        tuple(NamedRecipe(one.name, one.recipe, one.year) for one in checked.presets),
        checked.pages,
        checked.provinces,
        tuple(SavedView(one.name, one.page, one.params) for one in checked.views),
    )


def _open_recipe(text: str) -> Workspace:
    """Return the recipe of a file as a workspace whose Index page shows it."""
    loaded = recipe_from_json(text[: MAX_RECIPE_FILE_LENGTH + 1])
    address = recipe_to_address(loaded.recipe)
    return Workspace(pages={"index": {"recipe": address, "year": str(loaded.year)}})


def merge_workspaces(first: Workspace, second: Workspace) -> Workspace:
    """Return both as one: tables of either once; of the rest the second comes before the first.

    Raises InputError when the tables are too many or too big together, or when two measures have
    the same name.
    """
    tables = first.tables
    here = {table.id for table in tables.tables}
    for table in second.tables.tables:
        if table.id not in here:
            tables = tables.with_table(table)
    presets = {preset.name: preset for preset in (*first.presets, *second.presets)}
    views = {view.name: view for view in (*first.views, *second.views)}
    return Workspace(
        tables,
        tuple(presets.values()),
        {**first.pages, **second.pages},
        second.provinces or first.provinces,
        tuple(views.values()),
    )


def _describe_fault(fault: Fault) -> InputError:
    sentence = fault.slots.get("sentence")
    if isinstance(sentence, InputError):
        return sentence
    return _misfit_error(format_place(fault), fault.expected)


def _misfit_error(place: str, expected: str) -> InputError:
    return InputError(MISFIT, place=quote_for_message(place), expected=expected)
