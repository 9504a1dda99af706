"""Charts on the screen as Vega-Lite specifications, and the theme of them all.

They are written as dictionaries: Altair took 0.1 s of processor for the lines of a measure, nearly
all for checking what the tests check once (tests/pages/test_charts.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from geo.colours import COLOURS

Spec = dict[str, Any]
Row = dict[str, Any]
# Rows, or the name of those that several layers of a chart have.
Rows = Sequence[Row] | str
QUANTITY: Final = "quantitative"
NAME: Final = "nominal"
# Thin lines and a pale grid; the font is that of the page.
THEME: Final[Spec] = {
    "view": {"strokeWidth": 0},
    "axis": {
        "gridColor": COLOURS["rule-row"],
        "domainColor": COLOURS["border-control"],
        "tickColor": COLOURS["border-control"],
        "labelColor": COLOURS["ink-muted"],
        "titleColor": COLOURS["ink-muted"],
        "titleFontWeight": "normal",
    },
}


def channel(name: str, kind: str = QUANTITY, **settings: Any) -> Spec:
    """Return the encoding of a field of the rows. kind: of its values, QUANTITY or NAME."""
    return {"field": name, "type": kind, **settings}


def expression(text: str) -> Spec:
    """Return a value that the browser computes."""
    return {"expr": text}


def value_if(test: str, value: float, otherwise: float) -> Spec:
    """Return the encoding of a value that depends on a test in the browser."""
    return {"condition": {"test": test, "value": value}, "value": otherwise}


def named_scale(names: Sequence[str], values: Iterable[Any]) -> Spec:
    """Return a scale from names to values such as colours or shapes."""
    return {"domain": list(names), "range": list(values)}


def layer(mark: str, encoding: Spec, rows: Rows = (), keep: str = "", **look: Any) -> Spec:
    """Return a layer of one kind of mark.

    rows: its data, those of its group by default. keep: a test that rows must pass. look: of the
    mark.
    """
    return {
        **_data_of(rows),
        **({"transform": [{"filter": keep}]} if keep else {}),
        "mark": {"type": mark, **look},
        "encoding": encoding,
    }


def group(rows: Rows, encoding: Spec, layers: Sequence[Spec]) -> Spec:
    """Return layers that share rows and encodings, to which each adds its own."""
    return {**_data_of(rows), "encoding": encoding, "layer": list(layers)}


def chart(layers: Sequence[Spec], **settings: Any) -> Spec:
    """Return the specification of a chart with the theme.

    settings: others of its top level. ``datasets``: rows by name, which are sent once.
    """
    return {"layer": list(layers), "config": THEME, **settings}


def _data_of(rows: Rows) -> Spec:
    if isinstance(rows, str):
        return {"data": {"name": rows}}
    # Streamlit converts named rows to Arrow, and leaves these in the specification: of some rows
    # that takes less time and fewer bytes.
    return {"data": {"values": list(rows)}} if rows else {}
