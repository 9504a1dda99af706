"""Limits for uploads, each with its reason.

A table of China's provinces is small. Anything beyond these limits is a mistake or an attack, and
is rejected before it costs time or memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from geo.text import N_, InputError

MB: Final = 1_000_000
kB: Final = 1_000  # noqa: N816  (the unit's own spelling)


@dataclass(frozen=True)
class Limit:
    """A maximum, what is counted, and the reason."""

    maximum: int
    counted: str
    reason: str


LIMITS: Final[Mapping[str, Limit]] = MappingProxyType(
    {
        "file_bytes": Limit(
            5 * MB, N_("bytes a file"), N_("A table of 34 units over 30 years has less than 1 MB.")
        ),
        "session_bytes": Limit(
            20 * MB, N_("bytes a session"), N_("The server keeps the tables of many sessions.")
        ),
        "session_files": Limit(
            20, N_("files a session"), N_("More could not be told apart in a list to choose from.")
        ),
        "rows": Limit(
            5_000,
            N_("rows a table"),
            N_("34 units in 100 years are 3,400 rows."),
        ),
        "columns": Limit(
            200, N_("columns a table"), N_("A wide table has a column for each year and measure.")
        ),
        "cells": Limit(
            100_000,
            N_("filled cells a table"),
            N_("Reading as many cells of a workbook takes about one second."),
        ),
        "cell_bytes": Limit(
            10 * kB, N_("bytes a cell"), N_("A note under a table is the longest text there is.")
        ),
        "members": Limit(
            200, N_("parts of a workbook"), N_("A workbook of 60 sheets has about 150 parts.")
        ),
        "inflated_bytes": Limit(
            50 * MB, N_("bytes of a workbook, unpacked"), N_("It must fit in memory at once.")
        ),
        "ratio": Limit(
            100,
            N_("times its packed size, for a part of a workbook"),
            N_("Sheets shrink to a tenth or a thirtieth; what shrinks more is made to burst."),
        ),
        "marks": Limit(
            1_000_000,
            N_("marks of XML in a workbook"),
            N_("A filled cell needs four to six; the time to read grows with them."),
        ),
        "part_marks": Limit(
            60_000,
            N_("marks of XML in a part of a workbook that is no sheet"),
            N_("Styles are read slowly, and a table needs few of them."),
        ),
        "grid_cells": Limit(
            500_000,
            N_("cells of an ODS workbook, with empty ones between others"),
            N_("All its sheets are held at once, and each cell takes some 60 bytes."),
        ),
        "sheets_tried": Limit(
            5,
            N_("sheets that are searched for a table"),
            N_("Each is read whole; a reader can choose any other."),
        ),
        "depth": Limit(
            20,
            N_("levels of brackets in JSON"),
            N_("The geometry of GeoJSON has 8 levels, and a collection of geometries 10."),
        ),
        "brackets": Limit(
            500_000,
            N_("pairs of brackets in JSON"),
            N_("Each takes memory; a boundary file of 5 MB has about 250,000."),
        ),
        "candidates": Limit(
            60,
            N_("unknown names for which the nearest are sought"),
            N_("Each costs some milliseconds, and nobody corrects more by hand."),
        ),
        "magnitude": Limit(
            10**18,
            N_("for a figure, above or below zero"),
            N_("Sums of larger figures lose their last digits, or all of them."),
        ),
        "text": Limit(
            120,
            N_("characters of a name or a unit"),
            N_("It must fit into a heading."),
        ),
        "recipe_bytes": Limit(
            28 * MB,
            N_("bytes a recipe file"),
            N_("The tables of a full session, written as text, with a third more."),
        ),
    }
)


def limit_of(name: str) -> int:
    """Return the maximum of a limit by name."""
    return LIMITS[name].maximum


def check_limit(name: str, count: float, message: str, **slots: object) -> None:
    """Raise InputError with the message when a count exceeds its limit.

    The message has the limit in its slot ``limit_of``, and other values in ``slots``.
    """
    limit = limit_of(name)
    if count > limit:
        raise InputError(message, most=format_limit(name), **slots)


def format_limit(name: str) -> str:
    """Return a limit as text: bytes in MB or kB, other counts with grouped thousands.

    >>> format_limit("file_bytes"), format_limit("cell_bytes"), format_limit("rows")
    ('5 MB', '10 kB', '5,000')
    """
    limit = limit_of(name)
    if name.endswith("bytes"):
        return f"{limit // MB} MB" if limit >= MB else f"{limit // kB} kB"
    return f"{limit:,}"
