"""A plain table as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from geo.text import render_template

TEMPLATES: Final = Path(__file__).parent / "templates"


def plain_table(heads: Iterable[str], rows: Iterable[Sequence[object]], kind: str = "") -> Markup:
    """Return a table in which the first cell of a row is its heading.

    kind: the classes of the table for its style, such as ``words``.
    """
    return render_template(TEMPLATES, "table", heads=heads, rows=rows, kind=kind)
