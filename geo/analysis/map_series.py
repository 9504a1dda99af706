"""All years of a measure on one map: what the map in the browser plays without a rerun.

The classes are the same in every year, so that a colour means the same values throughout: a method
of classification is applied to the values of all years together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from geo.analysis.addresses import add_query
from geo.analysis.change import break_years
from geo.analysis.displays import CHANGES, RANK, VALUE, Display, MeasureMap
from geo.analysis.map_pairs import colour_by_place
from geo.analysis.registry import UPLOADED_KIND
from geo.maps import (
    CUSTOM_METHOD,
    Choropleth,
    cell_mark,
    circle_sizes_by_row,
    class_label,
    classify,
    classify_snapshot,
    colour_by_breaks,
)
from geo.measures import (
    Cell,
    Measure,
    Scale,
    Snapshot,
    difference_unit,
    format_number,
    format_rank_change,
    format_value,
    status_name,
)
from geo.settings import served_path
from geo.tables import DATA_DIR
from geo.text import Translator
from geo.units import provinces

SERIES_PATH: Final = "/map-series.js"
CODE_DIR: Final = Path(__file__).parents[1]
DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"  # of the number of a look


@cache
def series_checksum() -> str:
    """Return 12 hexadecimal digits of the SHA-256 over what a series file is made from.

    These are the tables, the translations and the code, so that an address that holds it never
    gives another file.
    """
    checksum = hashlib.sha256()
    files = [*DATA_DIR.glob("*.csv"), *DATA_DIR.glob("texts/*.po"), *CODE_DIR.rglob("*.py")]
    for path in sorted(files):
        checksum.update(path.read_bytes())
    return checksum.hexdigest()[:12]


def series_address(
    measure: Measure,
    display: Display,
    method: str,
    classes: int,
    custom_breaks: Sequence[float],
    lang: str,
) -> str:
    """Return the address of the series file of a published measure; defaults are left out."""
    own = method == CUSTOM_METHOD
    breaks = ",".join(f"{number:.12g}" for number in custom_breaks)
    params = {
        "measure": measure.id,
        "lang": lang,
        "display": RANK if display.kind == RANK else "",
        "method": method,
        "classes": breaks if own else classes,
        "data": series_checksum(),
    }
    return add_query(served_path(SERIES_PATH), params)


def map_time(
    shown: MeasureMap,
    view_all: bool,
    method: str,
    classes: int,
    custom_breaks: Sequence[float],
    t: Translator,
) -> dict[str, object]:
    """Return the part of the state of a map that its time bar shows: ``MapTime`` in web/view.js.

    series: the address of the series file; of an uploaded measure, which no address may give, the
    series itself; empty for a measure of one year. view_all: whether each year has a small map. A
    map of a change is not played.
    """
    measure = shown.base
    series: object = ""
    if len(measure.years) > 1:
        choice = (method, classes, custom_breaks)
        series = (
            build_map_series(measure, t, shown.display.kind, *choice)
            if measure.kind == UPLOADED_KIND
            else series_address(measure, shown.display, *choice, t.lang)
        )
    return {
        "years": measure.years,
        "year": shown.year,
        "all": view_all and bool(series) and not shown.display.is_change,
        "plays": bool(series) and not shown.display.is_change,
        "series": series,
    }


def value_texts(shown: MeasureMap, t: Translator) -> list[str]:
    """Return the value of each unit on a map as a short text without its unit, else its rank.

    Empty for a unit with neither.
    """
    ranks = shown.display.kind == RANK
    texts = []
    for cell in shown.choropleth.snapshot.cells.values():
        if cell.value is not None and not ranks:
            texts.append(format_number(cell.value, shown.measure, t))
        else:
            texts.append(str(cell.rank or ""))
    return texts


def classify_years(
    measure: Measure,
    display_kind: str,
    method: str,
    classes: int,
    custom_breaks: Sequence[float] = (),
) -> dict[int, Choropleth]:
    """Return the map of each year of a measure, with the same classes in all years.

    display_kind: ``rank`` for tiers of ranks; any other for values. method, classes,
    custom_breaks: as in ``classify``, which raises InputError for wrong ones.
    """
    snapshots = {year: measure.snapshot(year) for year in measure.years}
    if display_kind == RANK and measure.kind != "report":
        return {year: colour_by_place(snapshot) for year, snapshot in snapshots.items()}
    values = [
        value
        for snapshot in snapshots.values()
        if snapshot.scale is Scale.QUANTITY
        for value in snapshot.values_by_adcode().values()
    ]
    if not values:
        return {year: classify_snapshot(snapshot) for year, snapshot in snapshots.items()}
    breaks = classify(values, method, classes, custom_breaks)
    return {year: colour_by_breaks(snapshot, breaks) for year, snapshot in snapshots.items()}


def build_map_series(
    measure: Measure,
    t: Translator,
    display_kind: str = VALUE,
    method: str = "quantiles",
    classes: int = 5,
    custom_breaks: Sequence[float] = (),
) -> dict[str, object]:
    """Return what the map plays, as values of JSON: see ``MapSeries`` in web/series.js.

    Arguments as in ``classify_years``. A unit without a value has an empty text and no rank. A
    change is left out at a break, without the year before, and where one of the two values is
    doubtful.
    """
    if display_kind in CHANGES:
        display_kind = VALUE
    maps = classify_years(measure, display_kind, method, classes, custom_breaks)
    looks: dict[tuple[object, ...], int] = {}
    breaks = break_years(measure)
    frames = []
    for year, choropleth in maps.items():
        before = maps.get(year - 1) if year not in breaks else None
        frames.append(
            {
                "year": year,
                **_frame_of_year(choropleth, measure, t),
                "looks": "".join(
                    DIGITS[looks.setdefault(_look(choropleth, cell), len(looks))]
                    for cell in choropleth.snapshot.cells.values()
                ),
                **({"sizes": circle_sizes_by_row(choropleth)} if choropleth.circles else {}),
                "changes": _change_texts(
                    choropleth.snapshot, before.snapshot if before else None, measure, t
                ),
            }
        )
    unit = format_value(0, measure, t).removeprefix(format_number(0, measure, t))
    number = t.format_number(1234.5, 1)
    statuses = dict.fromkeys(
        cell.status for entry in maps.values() for cell in entry.snapshot.cells.values()
    )
    most = max(maps.values(), key=lambda choropleth: len(choropleth.classes))
    return {
        "adcodes": list(provinces()),
        "looks": [list(look) for look in looks],
        "classes": [[entry.colour, class_label(entry, t)] for entry in most.classes],
        "statuses": {status.value: status_name(status, t) for status in statuses},
        "frames": frames,
        "breaks": list(breaks),
        "unit": unit,
        "changeUnit": "" if measure.kind == "report" else f" {difference_unit(measure, t)}",
        "separators": [number[1], number[5]],
    }


def _look(choropleth: Choropleth, cell: Cell) -> tuple[object, ...]:
    """Return class, status, fill and pattern of a cell."""
    return (
        choropleth.index.get(cell.adcode, -1),
        cell.status.value,
        choropleth.colour(cell),
        choropleth.pattern(cell),
    )


def _frame_of_year(choropleth: Choropleth, measure: Measure, t: Translator) -> Mapping[str, object]:
    """Return the texts, ranks and marks of the cells, and the national value."""
    snapshot = choropleth.snapshot
    cells = list(snapshot.cells.values())
    national = snapshot.national
    return {
        "values": ["" if c.value is None else format_number(c.value, measure, t) for c in cells],
        "ranks": [cell.rank or 0 for cell in cells],
        "of": max((cell.of or 0 for cell in cells), default=0),
        "marks": "".join(cell_mark(cell, choropleth) or " " for cell in cells),
        "national": format_number(national.value, measure, t) if national else "",
    }


def _change_texts(
    snapshot: Snapshot, before: Snapshot | None, measure: Measure, t: Translator
) -> list[str]:
    """Return the change of each cell on the year before, without its unit; empty if there is none.

    Of a list of ranks it is the change of the rank.
    """
    if before is None:
        return []
    texts = []
    for adcode, cell in snapshot.cells.items():
        early = before.cells[adcode]
        if cell.is_doubtful or early.is_doubtful:
            texts.append("")
        elif cell.value is not None and early.value is not None:
            texts.append(_signed_number(cell.value - early.value, measure, t))
        elif measure.kind == "report" and _are_ranks_among_31(cell, early):
            texts.append(format_rank_change((early.rank or 0) - (cell.rank or 0), t))
        else:
            texts.append("")
    return texts


def _are_ranks_among_31(*cells: Cell) -> bool:
    return all(cell.status.value == "rank" and cell.rank for cell in cells)


def _signed_number(difference: float, measure: Measure, t: Translator) -> str:
    size = t.format_number(abs(difference), measure.decimals)
    if not any(digit in size for digit in "123456789"):
        return f"±{size}"
    return f"{'+' if difference > 0 else '−'}{size}"
