"""One line of the bench's table, which every measurement makes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table; `met` says whether the target is reached."""

    text: str
    empty: str
    ours: str
    stock: str
    ratio: str
    target: str
    met: bool

    def __str__(self) -> str:
        cells = (self.text, self.empty, self.ours, self.stock, self.ratio, self.target)
        return "| " + " | ".join((*cells, "yes" if self.met else "**no**")) + " |"
