"""What changed from one workspace to the next, as a short label that reads in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from geo.limits import MAX_VERSION_LABEL_LENGTH
from geo.text import N_, Translator
from geo.upload import quote_for_message
from geo.workspace.document import Workspace

SEPARATOR: Final = "|"
SEVERAL: Final = "several"
RESTORED: Final = "restored"
CHANGES: Final = {
    "empty": N_("Created without content"),
    "table-added": N_("Table “{name}” added"),
    "table-removed": N_("Table “{name}” removed"),
    "table-options": N_("Options of the table “{name}” changed"),
    "measure-added": N_("Measure “{name}” added"),
    "measure-removed": N_("Measure “{name}” removed"),
    "measure-changed": N_("Measure “{name}” changed"),
    "preset-added": N_("Preset “{name}” added"),
    "preset-removed": N_("Preset “{name}” removed"),
    "preset-changed": N_("Preset “{name}” changed"),
    "view-added": N_("View “{name}” saved"),
    "view-removed": N_("View “{name}” deleted"),
    "view-changed": N_("View “{name}” changed"),
    "provinces": N_("Chosen provinces saved"),
    "pages": N_("State of the pages saved"),
    SEVERAL: N_("{name} changes"),
    RESTORED: N_("Version {name} restored"),
    "copied": N_("Copied from “{name}”"),
}


def label_change(before: Workspace, after: Workspace) -> str:
    """Return a label of what changed: its kind and the name it concerns.

    ``format_label`` makes the sentence of it. Several changes are counted.

    >>> label_change(Workspace(), Workspace(provinces=("110000",)))
    'provinces|'
    """
    changes = list(_list_changes(before, after))
    if len(changes) > 1:
        return label_of(SEVERAL, str(len(changes)))
    if changes:
        return label_of(*changes[0])
    return label_of("empty" if after.is_empty else "pages")


def label_of(kind: str, name: str = "") -> str:
    """Return the label of one change. kind: a key of ``CHANGES``."""
    return f"{kind}{SEPARATOR}{name}"[:MAX_VERSION_LABEL_LENGTH]


def format_label(label: str, t: Translator) -> str:
    """Return a label as a sentence; one that no change has is shown as it is.

    >>> from geo.text import translator
    >>> format_label("table-added|a.csv", translator("en"))
    'Table “a.csv” added'
    """
    kind, _, name = label.partition(SEPARATOR)
    if kind not in CHANGES:
        return quote_for_message(label)
    return t(CHANGES[kind], name=quote_for_message(name))


def _list_changes(before: Workspace, after: Workspace) -> Iterator[tuple[str, str]]:
    """Yield the kind and the name of each change."""
    yield from _list_table_changes(before, after)
    yield from _compare("preset", *({one.name: one for one in w.presets} for w in (before, after)))
    yield from _compare("view", *({one.name: one for one in w.views} for w in (before, after)))
    if before.provinces != after.provinces:
        yield "provinces", ""


def _list_table_changes(before: Workspace, after: Workspace) -> Iterator[tuple[str, str]]:
    old, new = before.tables_by_file, after.tables_by_file
    for file, table in new.items():
        if file not in old:
            yield "table-added", table.file.display_name
            continue
        if old[file].options != table.options:
            yield "table-options", table.file.display_name
        gone = [one for one in old[file].measures if one not in table.measures]
        more = [one for one in table.measures if one not in old[file].measures]
        if len(gone) == len(more) == 1:
            yield "measure-changed", more[0].name
            continue
        yield from (("measure-removed", one.name) for one in gone)
        yield from (("measure-added", one.name) for one in more)
    yield from (("table-removed", old[file].file.display_name) for file in old if file not in new)


def _compare(
    kind: str, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys((*old, *new)):
        if name not in old:
            yield f"{kind}-added", name
        elif name not in new:
            yield f"{kind}-removed", name
        elif old[name] != new[name]:
            yield f"{kind}-changed", name
