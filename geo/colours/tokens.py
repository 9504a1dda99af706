"""Read the colours of ``tokens.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

TOKENS_FILE: Final = Path(__file__).with_name("tokens.toml")
# Six digits, as those who calculate with a colour expect; or a transparent shade for CSS.
COLOUR: Final = re.compile(r"#[0-9a-f]{6}|rgb\(\d+ \d+ \d+ / \d+%\)")
# A colour where a style sheet takes it.
PROPERTY: Final = re.compile(r"var\(--atlas-([\w-]+)\)")


def resolve_colours(entries: Mapping[str, str]) -> dict[str, str]:
    """Return the colour of each name; a value may be a colour or another name.

    Raises ValueError for a value that is neither, and for names that lead back to themselves.
    """
    return {name: _follow_names(name, entries) for name in entries}


def _follow_names(value: str, entries: Mapping[str, str]) -> str:
    """Return the colour that a name, or a name of a name, stands for."""
    names: list[str] = []
    while not COLOUR.fullmatch(value):
        if value in names or value not in entries:
            raise ValueError(f"neither a colour nor a name of one: {' → '.join([*names, value])}")
        names.append(value)
        value = entries[value]
    return value


_TOKENS: Final[dict[str, Any]] = tomllib.loads(TOKENS_FILE.read_text("utf-8"))
# Colours by name, as #rrggbb; names that begin with "shade-" are transparent, for CSS.
COLOURS: Final[Mapping[str, str]] = MappingProxyType(resolve_colours(_TOKENS["colours"]))
# Colours that take turns, by the name of their palette.
PALETTES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        name: tuple(_follow_names(value, _TOKENS["colours"]) for value in values)
        for name, values in _TOKENS["palettes"].items()
    }
)
# Names of ColorBrewer ramps, by what they colour.
RAMPS: Final[Mapping[str, str]] = MappingProxyType(_TOKENS["ramps"])


def define_colours(style: str) -> str:
    """Return a style sheet, and before it a rule that defines the colours that it takes.

    style: CSS that takes colours by ``var(--atlas-<name>)``. The rule holds for a document and for
    a component that is isolated from the page's styles. Raises KeyError for an unknown name.
    """
    names = sorted(set(PROPERTY.findall(style)))
    lines = "".join(f"--atlas-{name}:{COLOURS[name]};\n" for name in names)
    return f":root,:host{{\n{lines}}}\n{style}"
