"""ES modules joined into one script, and style sheets without what only their authors read.

The map's frame loads classic scripts one after another, and a standalone file makes no requests,
so modules reach the browser as one script. A module here keeps to a few forms, and any other is
refused: imports by name (``import { a, b } from "./file.js";``), exports in front of a declaration
(``export function``, ``export const``, ``export let``, ``export class``), no cycles, no name
that two modules declare, and no template literal of several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

NAME: Final = re.compile(r"[\w$]+")
IMPORT: Final = re.compile(
    r"""^import \{(\s*[\w$]+(?:\s*,\s*[\w$]+)*\s*,?\s*)\} from "\./([\w./-]+\.js)";\n""",
    re.MULTILINE,
)
DECLARATION: Final = re.compile(
    r"^(export )?(?:async )?(?:function\*?|const|let|class) ([\w$]+)", re.MULTILINE
)
OTHER_FORM: Final = re.compile(
    r"^(?:(?:import|export)\b|(?:const|let|var) ?[\[{]|var ).*|\bimport\s*\(.*", re.MULTILINE
)
# Comments on lines of their own. Those behind code stay: a pattern cannot tell them from texts.
SCRIPT_COMMENT: Final = re.compile(
    r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.MULTILINE | re.DOTALL
)
# A template literal over several lines, which may hold what looks like a comment or an import.
OPEN_TEMPLATE: Final = re.compile(r"^[^`\n]*(?:`[^`\n]*`[^`\n]*)*`[^`\n]*$", re.MULTILINE)
STYLE_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
# No text of a module runs over several lines, so an indent is never part of one.
INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)
BLANK_LINES: Final = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class _Module:
    """A module: its code without imports and ``export``, and the names that it declares."""

    path: Path
    code: str
    imports: tuple[tuple[Path, tuple[str, ...]], ...]
    declarations: frozenset[str]
    exports: frozenset[str]


def join_script(entry: Path, start: str) -> str:
    """Return a classic script of a module and all that it imports, none of whose names is global.

    start: the statements that run last; they may use every name of the modules. Comments on lines
    of their own are left out. Raises ValueError for a form that cannot be joined.
    """
    return f'(() => {{\n"use strict";\n{_join_modules(entry)}{start}\n}})();'


@cache
def _join_modules(entry: Path) -> str:
    """Return the code of a module and of all that it imports, dependencies first."""
    modules = list(_ordered_modules(entry.resolve(), (), set()))
    owners: dict[str, Path] = {}
    exports = {module.path: module.exports for module in modules}
    for module in modules:
        for name in sorted(module.declarations):
            if name in owners:
                raise _module_error(module.path, f"{name} ({owners[name].name})")
            owners[name] = module.path
        for path, names in module.imports:
            if missing_names := sorted(set(names) - exports[path]):
                raise _module_error(module.path, f"import {missing_names[0]} ({path.name})")
    return "".join(module.code for module in modules)


def _ordered_modules(
    path: Path, importers: tuple[Path, ...], visited: set[Path]
) -> Iterator[_Module]:
    """Yield the modules that a module needs and then itself, each once."""
    if path in importers:
        raise _module_error(importers[-1], f"import {path.name}")
    if path in visited:
        return
    visited.add(path)
    module = _read_module(path)
    for dependency, _ in module.imports:
        yield from _ordered_modules(dependency, (*importers, path), visited)
    yield module


def _read_module(path: Path) -> _Module:
    text = SCRIPT_COMMENT.sub("", path.read_text("utf-8"))
    imports = tuple(
        (
            (path.parent / source).resolve(),
            tuple(NAME.findall(names)),
        )
        for names, source in IMPORT.findall(text)
    )
    text = IMPORT.sub("", text)
    declarations = DECLARATION.findall(text)
    code = DECLARATION.sub(lambda match: match[0].removeprefix("export "), text)
    if other := OTHER_FORM.search(code) or OPEN_TEMPLATE.search(code):
        raise _module_error(path, other[0])
    return _Module(
        path,
        INDENT.sub("", BLANK_LINES.sub("\n", code)).lstrip("\n"),
        imports,
        frozenset(name for _, name in declarations),
        frozenset(name for export, name in declarations if export),
    )


def _module_error(path: Path, fault: str) -> ValueError:
    return ValueError(f"{path.name} cannot be joined into one script: {fault}")


def read_style_sheet(path: Path) -> str:
    """Return a style sheet without its comments, indents and blank lines."""
    lines = STYLE_COMMENT.sub("", path.read_text("utf-8")).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())
