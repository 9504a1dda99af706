"""The workspace file: tables, options, measures, presets of the index and the state of all pages.

It is JSON with one model. Files of tables alone and of one recipe of the index, which earlier
versions wrote, open as workspaces, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from geo.index import RECIPE_KIND, recipe_from_address, recipe_from_json, recipe_to_address
from geo.limits import (
    MAX_PAGE_PARAMETERS,
    MAX_PRESETS,
    MAX_RECIPE_ADDRESS_LENGTH,
    MAX_RECIPE_FILE_LENGTH,
)
from geo.text import N_, Fault, InputError, exactly, expect, list_faults
from geo.upload import (
    NO_TABLES,
    TABLES_KIND,
    TableInFile,
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
VERSION: Final = 1
WORKSPACE_FILE_NAME: Final = "digital-china-atlas-workspace.json"
PAGE_NAMES: Final = ("map", "province", "dimension", "compare", "index", "briefing", "data")
TOO_BIG: Final = N_(
    "The file has more than {most}, too much for a workspace. Choose a file that was downloaded"
    " from this atlas."
)
MISFIT: Final = N_(
    "The file is not a workspace: {place} should be {expected}. Choose a file that was downloaded"
    " from this atlas."
)


@dataclass(frozen=True)
class NamedRecipe:
    """A preset of the reader: a recipe of the open index by its address, its year and a name."""

    name: str
    recipe: str
    year: int


@dataclass(frozen=True)
class Workspace:
    """All that a reader brings and chooses.

    pages: the parameters of the address of each page, by the name of the page.
    """

    tables: UploadedTables = NO_TABLES
    presets: tuple[NamedRecipe, ...] = ()
    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing that a reader would miss."""
        return not self.tables.tables and not self.presets


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


def _check_count(presets: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(presets) > MAX_PRESETS:
        raise expect(f"[…] × {MAX_PRESETS}")
    return presets


class PresetInFile(BaseModel):
    """A preset of a workspace file."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, AfterValidator(_check_name)]
    recipe: Annotated[str, AfterValidator(_check_recipe)]
    year: int


class WorkspaceFile(BaseModel):
    """A workspace file."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, exactly(KIND)]
    version: Annotated[int, exactly(VERSION)]
    tables: tuple[TableInFile, ...] = ()
    presets: Annotated[tuple[PresetInFile, ...], AfterValidator(_check_count)] = ()
    pages: Annotated[
        dict[str, Annotated[dict[str, str], AfterValidator(_check_params)]],
        AfterValidator(_check_pages),
    ] = {}


def workspace_to_json(workspace: Workspace) -> str:
    """Return a workspace as JSON, with the bytes of its tables in base64."""
    document = {
        "kind": KIND,
        "version": VERSION,
        "tables": table_records(workspace.tables),
        "presets": [vars(preset) for preset in workspace.presets],
        "pages": {page: dict(params) for page, params in workspace.pages.items()},
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
    )


def _open_recipe(text: str) -> Workspace:
    """Return the recipe of a file as a workspace whose Index page shows it."""
    loaded = recipe_from_json(text[: MAX_RECIPE_FILE_LENGTH + 1])
    address = recipe_to_address(loaded.recipe)
    return Workspace(pages={"index": {"recipe": address, "year": str(loaded.year)}})


def merge_workspaces(first: Workspace, second: Workspace) -> Workspace:
    """Return both as one: tables of either once, presets and pages of the second before the first.

    Raises InputError when the tables are too many or too big together, or when two measures have
    the same name.
    """
    tables = first.tables
    here = {table.id for table in tables.tables}
    for table in second.tables.tables:
        if table.id not in here:
            tables = tables.with_table(table)
    presets = {preset.name: preset for preset in (*first.presets, *second.presets)}
    return Workspace(tables, tuple(presets.values()), {**first.pages, **second.pages})


def _describe_fault(fault: Fault) -> InputError:
    sentence = fault.slots.get("sentence")
    if isinstance(sentence, InputError):
        return sentence
    return _misfit_error(format_place(fault), fault.expected)


def _misfit_error(place: str, expected: str) -> InputError:
    return InputError(MISFIT, place=quote_for_message(place), expected=expected)
