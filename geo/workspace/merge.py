"""Two changes of one workspace at the same time: both as one, or what they disagree on.

A three-way merge: each part (a table, a measure, a preset, a view, the provinces) is compared with
the version that both were made from. What one side alone changed is taken from that side; what both
changed in different ways is a conflict, which the reader decides.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from geo.text import InputError
from geo.upload import ImportOptions, UploadedTable, UploadedTables
from geo.workspace.document import SavedView, Workspace

Key = TypeVar("Key", bound=Hashable)
Part = TypeVar("Part")


@dataclass(frozen=True)
class Merged:
    """Two workspaces as one.

    workspace: None when they cannot be one. names: of what both changed in different ways: tables,
    measures, presets and views; empty when the two do not fit together for another reason, such as
    the room for tables, which is then the fault.
    """

    workspace: Workspace | None
    names: tuple[str, ...] = ()
    fault: InputError | None = None


def merge_changes(base: Workspace, mine: Workspace, theirs: Workspace) -> Merged:
    """Return the changes of two sides as one workspace, or what prevents that.

    base: what both were made from. Pages are no work that could be lost: mine are taken.
    """
    names: list[str] = []
    try:
        tables = UploadedTables(_merge_tables(base, mine, theirs, names))
    except InputError as error:
        return Merged(None, tuple(names), error)
    sides = (base, mine, theirs)
    presets = _merge_named([one.presets for one in sides], lambda preset: preset.name, names)
    views = _merge_named([one.views for one in sides], lambda view: view.name, names)
    # Provinces are one choice, made again in a moment: of two different ones, mine are taken.
    provinces = theirs.provinces if mine.provinces == base.provinces else mine.provinces
    if names:
        return Merged(None, tuple(dict.fromkeys(names)))
    pages = {**theirs.pages, **mine.pages}
    merged = Workspace(tables, presets, pages, provinces, _in_order(views, theirs.views))
    return Merged(merged)


def _merge_named(
    sides: Sequence[Iterable[Any]], name_of: Callable[[Any], str], names: list[str]
) -> tuple[Any, ...]:
    """Merge presets or views, which are known by their names."""
    return tuple(_merge([{name_of(one): one for one in side} for side in sides], str, names))


def _in_order(views: Sequence[SavedView], order: Sequence[SavedView]) -> tuple[SavedView, ...]:
    """Return views in the order of a side, new ones behind."""
    places = {view.name: place for place, view in enumerate(order)}
    return tuple(sorted(views, key=lambda view: places.get(view.name, len(places))))


def _merge(
    sides: Sequence[Mapping[Key, Part]], describe: Callable[[Key], str], names: list[str]
) -> list[Part]:
    """Merge parts by their keys; add the names of those that both changed differently."""
    base, mine, theirs = sides
    merged: list[Part] = []
    for key in dict.fromkeys((*theirs, *mine)):
        old, one, other = base.get(key), mine.get(key), theirs.get(key)
        if one in (old, other):
            chosen = other
        elif other == old:
            chosen = one
        else:
            names.append(describe(key))
            continue
        if chosen is not None:
            merged.append(chosen)
    return merged


def _merge_tables(
    base: Workspace, mine: Workspace, theirs: Workspace, names: list[str]
) -> tuple[UploadedTable, ...]:
    """Merge tables, which are known by their files. Raises InputError for invalid ones."""
    old, one, other = (side.tables_by_file for side in (base, mine, theirs))
    merged = []
    for file in dict.fromkeys((*other, *one)):
        sides = [old.get(file), one.get(file), other.get(file)]
        table = _merge_table(sides, names)
        if table is not None:
            merged.append(table)
    return tuple(merged)


def _merge_table(sides: Sequence[UploadedTable | None], names: list[str]) -> UploadedTable | None:
    old, one, other = sides
    if one in (old, other):
        return other
    if other == old:
        return one
    name = next(side.file.display_name for side in (one, other) if side is not None)
    if one is None or other is None:  # removed at one side, changed at the other
        names.append(name)
        return None
    options = _merge_options(old, one, other)
    if options is None:
        names.append(name)
        return None
    definitions = [{} if side is None else {m.series: m for m in side.measures} for side in sides]
    by_series = all(
        len(found) == (0 if side is None else len(side.measures))
        for found, side in zip(definitions, sides, strict=True)
    )
    if not by_series:  # several measures of one series: known by their names
        definitions = [{} if side is None else {m.name: m for m in side.measures} for side in sides]
    # A conflict is named as mine is.
    known = {key: m.name for side in reversed(definitions) for key, m in side.items()} | {
        key: m.name for key, m in definitions[1].items()
    }
    measures = _merge(definitions, known.__getitem__, names)
    return UploadedTable(one.file, options, tuple(measures))


def _merge_options(
    old: UploadedTable | None, one: UploadedTable, other: UploadedTable
) -> ImportOptions | None:
    """Return the options of a table after both changes; None when they differ."""
    if one.options == other.options or (old and other.options == old.options):
        return one.options
    return other.options if old and one.options == old.options else None
