"""The ranking of a snapshot, in the reader's language.

A ranking is built once from a choropleth. Pages, the standalone map, pictures and slides draw it
and do not look at the cells again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.maps import Choropleth
from geo.measures import (
    HOW_NATIONAL_NOTES,
    HOW_NATIONAL_SHORT,
    STATUS_NOTES,
    Cell,
    Measure,
    Scale,
    Snapshot,
    Status,
    describe_doubt,
    format_cell,
    format_interval,
    format_number,
    mark_doubt,
    measure_unit,
    rank_of_national,
    ranking_groups,
    short_rank,
    status_name,
)
from geo.text import N_, Translator
from geo.units import provinces


@dataclass(frozen=True)
class RankingRow:
    """A province of a ranking, with or without a rank.

    marked_name: the name with the mark of doubt if the cell is doubtful. rank: None without one.
    value: None without one; figure: the value without its unit, empty without one. text: the
    value with its unit, else the rank or the status. short_rank: rank and number of ranked
    provinces, empty without a rank. low, high, interval: of the rank of the open index; None and
    empty for any other. colour: the fill on the map. doubt: why the cell is doubtful; empty if it
    is not.
    """

    adcode: str
    name: str
    marked_name: str
    rank: int | None
    value: float | None
    figure: str
    text: str
    short_rank: str
    status: str
    low: int | None
    high: int | None
    interval: str
    colour: str
    doubt: str

    @property
    def figure_or_status(self) -> str:
        """The value without its unit, else the rank, else the status."""
        return self.figure or self.short_rank or self.status


@dataclass(frozen=True)
class NationalRow:
    """The national value; place: how many provinces are before it in the ranking."""

    place: int
    name: str
    note: str
    value: float
    figure: str


@dataclass(frozen=True)
class UnrankedGroup:
    """The provinces that a ranking lists without a rank under one status, by adcode."""

    status: Status
    name: str
    note: str
    provinces: tuple[RankingRow, ...]

    @property
    def labels(self) -> list[str]:
        """The marked names; a place on a list of another scale is in parentheses."""
        return [
            f"{row.marked_name} ({row.rank})" if row.rank else row.marked_name
            for row in self.provinces
        ]


@dataclass(frozen=True)
class Ranking:
    """What a ranking says, in one language.

    title: its heading. unit: empty for ranks. ranked: the provinces with a rank, first to last.
    national: the national value; None without one. unranked: the others, by status. top: the
    largest value, of differences the largest either way; 0 without values. shows: measure and
    year, as in an address. has_values: whether it ranks values rather than places on a list.
    is_open_index: whether it ranks scores of the open index.
    """

    title: str
    unit: str
    ranked: tuple[RankingRow, ...]
    national: NationalRow | None
    unranked: tuple[UnrankedGroup, ...]
    top: float
    shows: str
    has_values: bool
    is_open_index: bool

    @property
    def rows(self) -> list[RankingRow | NationalRow]:
        """The ranked provinces with the national value among them; empty without ranks."""
        rows: list[RankingRow | NationalRow] = [*self.ranked]
        if rows and self.national:
            rows.insert(self.national.place, self.national)
        return rows

    @property
    def by_adcode(self) -> Mapping[str, RankingRow]:
        """All provinces by adcode, the ranked ones first."""
        rows = (*self.ranked, *(row for group in self.unranked for row in group.provinces))
        return {row.adcode: row for row in rows}


def build_ranking(measure: Measure, choropleth: Choropleth, t: Translator) -> Ranking:
    """Return the ranking of the snapshot that a map shows."""
    snapshot = choropleth.snapshot
    groups = [
        (group.status, tuple(_build_row(cell, measure, choropleth, t) for cell in group.cells))
        for group in ranking_groups(snapshot)
    ]
    return Ranking(
        title=t(N_("Ranking")),
        unit=measure_unit(measure, t),
        ranked=next((rows for status, rows in groups if status is None), ()),
        national=_national_row(snapshot, measure, t),
        unranked=tuple(
            UnrankedGroup(status, status_name(status, t), t(STATUS_NOTES[status]), rows)
            for status, rows in groups
            if status is not None
        ),
        top=max(map(abs, snapshot.values_by_adcode().values()), default=0.0),
        shows=f"{snapshot.measure}/{snapshot.year}",
        has_values=snapshot.scale is Scale.QUANTITY,
        is_open_index=snapshot.is_open_index,
    )


def _build_row(cell: Cell, measure: Measure, choropleth: Choropleth, t: Translator) -> RankingRow:
    name = provinces()[cell.adcode].name_in(t.lang)
    return RankingRow(
        adcode=cell.adcode,
        name=name,
        marked_name=mark_doubt(name, cell),
        rank=cell.rank,
        value=cell.value,
        figure=format_number(cell.value, measure, t) if cell.value is not None else "",
        text=format_cell(cell, measure, t),
        short_rank=short_rank(cell, t),
        status=status_name(cell, t),
        low=cell.low,
        high=cell.high,
        interval=format_interval(cell, t),
        colour=choropleth.mark_colour(cell),
        doubt=describe_doubt(cell, t) if cell.is_doubtful else "",
    )


def _national_row(snapshot: Snapshot, measure: Measure, t: Translator) -> NationalRow | None:
    mark, place = snapshot.national, rank_of_national(snapshot)
    if mark is None or place is None:
        return None
    return NationalRow(
        place=place,
        name=t(HOW_NATIONAL_SHORT[mark.how]),
        note=t(HOW_NATIONAL_NOTES[mark.how], count=mark.count),
        value=mark.value,
        figure=format_number(mark.value, measure, t),
    )
