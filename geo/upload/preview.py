"""What a page shows of a table at a glance: its first rows, and the beginning of a series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.limits import MAX_PREVIEW_COLUMNS, MAX_PREVIEW_PERIODS, MAX_PREVIEW_ROWS
from geo.upload.files import cell_text
from geo.upload.grid import TableGrid

if TYPE_CHECKING:
    from geo.upload.parsing import FigureSeries


@dataclass(frozen=True)
class PreviewRow:
    """A row of a table: its number from 1, and the texts of its first cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class SeriesPreview:
    """The beginning of a series: some periods, and for some provinces their values.

    periods: None for values without one. rows: adcode, and a value or None for each period.
    """

    periods: tuple[int | None, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    province_count: int
    period_count: int


def preview_rows(grid: TableGrid, head_row: int) -> tuple[PreviewRow, ...]:
    """Return the head of a table, the line above it, and the first rows below it."""
    first = max(head_row - 1, 1)
    return tuple(
        PreviewRow(
            number,
            tuple(
                cell_text(grid.cell_at(number, column))
                for column in range(1, min(grid.width, MAX_PREVIEW_COLUMNS) + 1)
            ),
        )
        for number in range(first, min(first + MAX_PREVIEW_ROWS, len(grid.rows) + 1))
    )


def preview_series(series: FigureSeries) -> SeriesPreview:
    """Return the last periods of a series for its first provinces, in the order of the table."""
    periods: list[int | None] = list(series.years) or [None]
    shown = tuple(periods[-MAX_PREVIEW_PERIODS:])
    values = {(adcode, period): value for adcode, period, value in series.figures}
    adcodes = list(dict.fromkeys(adcode for adcode, _, _ in series.figures))
    return SeriesPreview(
        shown,
        tuple(
            (adcode, tuple(values.get((adcode, period)) for period in shown))
            for adcode in adcodes[: MAX_PREVIEW_ROWS - 1]
        ),
        len(adcodes),
        len(series.years),
    )
