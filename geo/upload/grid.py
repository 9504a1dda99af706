"""The cells of a table by row and column, and what each names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, Final

from geo.limits import MAX_UNIT_NAME_LENGTH
from geo.units import Mention, MentionKind, Province, recognise_mention
from geo.upload.files import Cell, MergedBlock, SourceTable, cell_text

CODE_LENGTHS: Final = frozenset({2, 4, 6, 8, 9, 11, 12, 14})  # with .0 behind 6, 9 and 12


class TableGrid:
    """The rows of a source, with merged cells filled in.

    A text that is merged over several rows stands in each of them.
    """

    def __init__(self, source: SourceTable) -> None:
        self.rows = [list(row) for row in source.rows]
        self.width = max(map(len, self.rows))
        self.merged = source.merged
        self._mentions: dict[str, Mention | None] = {}
        self._columns: list[tuple[Cell, ...]] | None = None
        self.tallies: dict[int, Any] = {}  # kept by geo.upload.provinces_column
        self.columns_of_names: set[int] = set()  # in which letters and digits name nothing
        for block in source.merged:
            if block.first_column == block.last_column:
                self._fill_merged(block)

    def _fill_merged(self, block: MergedBlock) -> None:
        text = self.cell_at(block.first_row, block.first_column)
        if not isinstance(text, str) or not text:
            return
        for row in self.rows[block.first_row : block.last_row]:
            row.extend([""] * (block.first_column - len(row)))
            row[block.first_column - 1] = row[block.first_column - 1] or text

    def cell_at(self, row: int, column: int) -> Cell:
        """Return a cell, empty beyond the rows and columns: merged cells can lie under them."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else []
        return cells[column - 1] if column <= len(cells) else ""

    def mention_at(self, row: int, column: int) -> Mention | None:
        """Return what a cell names (``geo.units.recognise_mention``), or None."""
        return self.mention_of(self.cell_at(row, column))

    def mention_of(self, cell: Cell) -> Mention | None:
        """Return what a cell names; equal texts are recognised once, and numbers at a glance."""
        if isinstance(cell, float):
            if not 10 < cell < 10**12 or cell != int(cell):
                return None
            text = cell_text(cell)
        else:
            text = cell
        if not 0 < len(text) <= MAX_UNIT_NAME_LENGTH:
            return None
        is_number = "0" <= text[0] <= "9" and "0" <= text[-1] <= "9"
        if is_number and (
            len(text) not in CODE_LENGTHS or ("." in text and not text.endswith(".0"))
        ):
            return None
        mention = self._mentions.get(text, False)
        if mention is False:
            mention = self._mentions[text] = recognise_mention(text)
        return mention  # type: ignore[return-value]  # False was replaced

    def unit_at(self, row: int, column: int) -> Province | None:
        """Return the province that a cell names, or None.

        Among names, two letters are a word such as SD for standard deviation, and digits a number.
        """
        mention = self.mention_at(row, column)
        if mention is None:
            return None
        short = mention.kind is MentionKind.DIGITS or (
            mention.kind is MentionKind.LETTERS and cell_text(self.cell_at(row, column)).isascii()
        )
        if short and column in self.columns_of_names:
            return None
        return mention.province

    def names_unit(self, cell: Cell) -> bool:
        """Return whether a cell names a province by its name, or by a code of provinces alone."""
        mention = self.mention_of(cell)
        return mention is not None and mention.kind in (MentionKind.NAME, MentionKind.CODE)

    @property
    def columns(self) -> list[tuple[Cell, ...]]:
        """The cells of each column, from the first row to the last."""
        if self._columns is None:
            self._columns = list(zip_longest(*self.rows, fillvalue=""))
        return self._columns

    def column_cells(self, column: int) -> Sequence[Cell]:
        return self.columns[column - 1]


def filled_cells(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell != ""]


def filled_rows(grid: TableGrid) -> list[int]:
    """Return the numbers of the rows with anything in them."""
    return [number for number, row in enumerate(grid.rows, start=1) if filled_cells(row)]
