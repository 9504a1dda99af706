"""What has to be said under lines over the years, and their figures as a table and a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo import wording
from geo.cells import Cell, Status
from geo.compare.course import Course, Declined
from geo.dataset import dataset
from geo.dimension import Point, regions
from geo.measures import snapshot
from geo.openindex import recipe
from geo.provinces import provinces
from geo.tables import written
from geo.text import N_, Texts
from geo.view import FIRST_YEAR, LAST_YEAR

MODES = {
    "lines": N_("Values"),
    "indexed": N_("Indexed to the first year"),
    "ranks": N_("Ranks"),
}
WHY = {
    Declined.RANKS_ONLY: N_("The report publishes ranks and no scores, so ranks are drawn."),
    Declined.NO_ZERO: N_(
        "Scores of the open index have no true zero, so they cannot be indexed; the scores are"
        " drawn."
    ),
    Declined.ONE_YEAR: N_(
        "No two years of this measure can be compared, so nothing can be indexed; the values are"
        " drawn."
    ),
}


def title(own: Course, say: Texts) -> str:
    """What the vertical axis is in."""
    if own.shown == "ranks":
        return say(N_("Rank"))
    if own.base is not None:
        return say(N_("{year} = 100"), year=own.base)
    return say.pick(own.measure.unit_en, own.measure.unit_zh)


def notes(own: Course, chosen: Sequence[str], say: Texts) -> list[str]:
    """The sentences that a reader of the lines must not miss."""
    found = [say(WHY[own.declined])] if own.declined else []
    if own.base is not None:
        found.append(
            say(
                N_(
                    "Each line is 100 in {year}, the first of the longest run of years that"
                    " compare; doubtful figures stay in, hollow."
                ),
                year=own.base,
            )
        )
    if own.left_out:
        names = say.listing([provinces()[adcode].name(say.lang) for adcode in own.left_out])
        found.append(
            say(
                N_("Not drawn, for want of a sound figure above nought in {year}: {names}."),
                year=own.base,
                names=names,
            )
        )
    if own.shown == "ranks" and own.measure.kind != "report":
        found.append(
            say(N_("Each rank is among the provinces with a figure in that year, 1 the highest."))
        )
    found += _breaks(own, say)
    if own.measure.kind == "report":
        found += _editions(own, chosen, say)
    if any(point.doubtful for point in own.points):
        found.append(say(N_("Hollow marks are doubtful figures.")))
    return found


def _breaks(own: Course, say: Texts) -> list[str]:
    """Why lines are broken, each break with its year."""
    if own.measure.kind == "index":
        if not own.breaks:
            return []
        years = say.listing([str(year) for year in own.breaks])
        return [
            say(
                N_(
                    "Lines are broken at {years}: from each of these years on, the open index is"
                    " made from another set of measures ({sets}), and the years do not compare."
                ),
                years=years,
                sets=say.listing(
                    list(dict.fromkeys(recipe(year).years for year in own.measure.years))
                ),
            )
        ]
    table = dataset().breaks
    rows = table[table["indicator"].isin(own.measure.indicators)]
    return [
        say(
            N_("Break at {year}: {reason}"),
            year=row.year,
            reason=say.column(row._asdict(), "reason"),
        )
        for row in rows.itertuples()
        if row.year in own.breaks
    ]


def _editions(own: Course, chosen: Sequence[str], say: Texts) -> list[str]:
    """For each edition, which of the chosen have no rank in it, and what they have instead."""
    found = []
    for year in own.measure.years:
        cells = snapshot(own.measure.id, year).cells
        unranked = [cells[a] for a in chosen if cells[a].status is not Status.RANK]
        for status in dict.fromkeys(cell.status for cell in unranked):
            names = [provinces()[c.adcode].name(say.lang) for c in unranked if c.status is status]
            found.append(
                say(
                    N_("Edition {year}, {status}: {names}."),
                    year=year,
                    status=wording.status(status, say),
                    names=say.listing(names),
                )
            )
    return found


def decimals(own: Course) -> int:
    """How many decimals the figures of a course are printed with."""
    return {"ranks": 0, "indexed": 1}.get(own.shown, own.measure.decimals)


def line_name(line: str, say: Texts) -> str:
    """The name of a line: a province, a region, or the national value."""
    if line == "national":
        return say(N_("National value or median"))
    if line in regions():
        return say(N_("{region} region"), region=say.pick(line, regions()[line]))
    return provinces()[line].name(say.lang)


def table(own: Course, chosen: Sequence[str], say: Texts) -> list[list[str]]:
    """A head of years, and a row for each line with its figures as drawn.

    Doubtful figures have a question mark; where a province has none, its status says why.
    """
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    drawn = {(p.line, p.year): p for p in own.points}
    lines = [*chosen, *dict.fromkeys(p.line for p in own.points if p.line not in chosen)]
    head = [say(N_("Line")), *map(str, years)]
    return [
        head,
        *(
            [line_name(line, say), *(_figure(own, line, year, drawn, say) for year in years)]
            for line in lines
        ),
    ]


def _figure(
    own: Course, line: str, year: int, drawn: Mapping[tuple[str, int], Point], say: Texts
) -> str:
    point = drawn.get((line, year))
    if point is None:
        cell = _cell(own, line, year)
        missing = cell is not None and cell.value is None
        return wording.headline(cell, own.measure, say) if cell and missing else "–"
    shown = say.number(point.value, decimals(own))
    return f"{shown} ?" if point.doubtful else shown


def _cell(own: Course, line: str, year: int) -> Cell | None:
    if year not in own.measure.years or line not in provinces():
        return None
    return snapshot(own.measure.id, year).cells[line]


def csv(own: Course, chosen: Sequence[str], say: Texts) -> str:
    """A row for each line and year: the figure as drawn, and the value, rank and status behind.

    In the reader's language, with a byte order mark.
    """
    head = [
        say(N_("Line")), say(N_("adcode")), say(N_("Measure")), say(N_("Year")), title(own, say),
        say(N_("Value")), say(N_("Unit")), say(N_("Rank")), say(N_("of")), say(N_("Status")),
    ]  # fmt: skip
    drawn = {(p.line, p.year): p for p in own.points}
    lines = [*chosen, *dict.fromkeys(p.line for p in own.points if p.line not in chosen)]
    rows: list[list[object]] = []
    for line in lines:
        for year in own.measure.years:
            point, cell = drawn.get((line, year)), _cell(own, line, year)
            if point is None and cell is None:
                continue
            rows.append(
                [
                    line_name(line, say),
                    line if cell else "",
                    wording.measure_name(own.measure, say),
                    year,
                    f"{point.value:.12g}" if point else "",
                    f"{cell.value:.12g}" if cell and cell.value is not None else "",
                    say.pick(own.measure.unit_en, own.measure.unit_zh),
                    cell.rank if cell else "",
                    cell.of if cell else "",
                    wording.status(cell, say) if cell else "",
                ]
            )
    return written([head, *rows])
