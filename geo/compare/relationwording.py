"""What is said of two measures together: titles, quarters, correlations, the line."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10
from typing import Final

from geo import indexwording, wording
from geo.cells import Benchmark, Cell, Snapshot, Status
from geo.compare.relation import (
    FEWEST,
    Correlation,
    Line,
    Pair,
    Quarters,
    Relation,
    fitted,
    pearson,
    quarters,
    rank,
    spearman,
)
from geo.measures import measures
from geo.provinces import provinces
from geo.text import N_, Texts

KINDS: Final = {"median": N_("Medians"), "national": N_("National values")}
FITS: Final = {"none": N_("No line"), "line": N_("Fitted line")}
METHOD: Final = N_(
    "Intervals of 95% by Fisher’s z, for the rank correlation with the standard error of Bonett"
    " and Wright (Psychometrika 65, 2000). They treat the provinces as a sample; a correlation"
    " says nothing of causes."
)
BY_RANK: Final = N_(
    "The report prints ranks and no scores, so both measures are compared by rank: no linear"
    " correlation and no fitted line are given."
)
BANDS: Final = N_(
    "Provinces without a rank stand in bands of their own; where in a band means nothing."
)
A: Final = "a"
B: Final = "b"
# Short names for the bands of an axis, at most a few letters wide on each line.
BAND: Final = {
    Status.RANK_AMONG_TEN: N_("among ten"),
    Status.NAMED: N_("named"),
    Status.TOO_FEW: N_("too few figures"),
    Status.OUTSIDE: N_("not listed"),
    Status.NOT_GIVEN: N_("not in own data"),
    Status.NOT_PUBLISHED: N_("not published"),
}
SIDES: Final = {A: N_("A: {title}"), B: N_("B: {title}")}
HIGH: Final = {
    (A, True, False): N_("A high"),
    (A, False, False): N_("A low"),
    (B, True, False): N_("B high"),
    (B, False, False): N_("B low"),
    (A, True, True): N_("A: in the ten"),
    (A, False, True): N_("A: outside"),
    (B, True, True): N_("B: in the ten"),
    (B, False, True): N_("B: outside"),
}


def side_title(key: str, side: Snapshot, say: Texts) -> str:
    """A measure with its year and whether it is A or B."""
    return say(SIDES[key], title=measure_year(side, say))


def measure_year(side: Snapshot, say: Texts) -> str:
    """A measure with its year."""
    name = wording.measure_name(measures()[side.measure], say)
    return say(N_("{measure}, {year}"), measure=name, year=side.year)


def title(side: Snapshot, by_rank: bool, say: Texts) -> str:
    """What an axis shows: measure and year, with the unit or that it is ranks."""
    measure = measures()[side.measure]
    unit = say(N_("rank")) if by_rank else say.pick(measure.unit_en, measure.unit_zh)
    return say(N_("{measure} ({unit})"), measure=measure_year(side, say), unit=unit)


def figure(cell: Cell, side: Snapshot, say: Texts) -> str:
    """What a cell says, with its mark where it is doubtful."""
    shown = wording.headline(cell, measures()[side.measure], say)
    return shown + wording.DOUBT_MARK if wording.is_doubtful(cell) else shown


def place(cell: Cell, say: Texts) -> str:
    """The rank of a cell among the provinces, or why it has none."""
    if rank(cell) is None:
        return wording.status(cell, say)
    return wording.short_rank(cell, say)


def quarter(own: Quarters, a_high: bool, b_high: bool, say: Texts) -> str:
    """The words in a corner, on two lines: what is high and what low, and how many."""
    a = say(HIGH[A, a_high, own.listed[0]])
    b = say(HIGH[B, b_high, own.listed[1]])
    return say(N_("{a},\n{b}: {count}"), a=a, b=b, count=own.count_of[a_high, b_high])


def lines(own: Relation, found: Quarters | None, kind: str, say: Texts) -> str:
    """Where the lines of the quarters stand, or why there are none."""
    if found is None:
        if own.by_rank:
            return say(N_("No quarters: of at least one list too little is published."))
        return say(N_("No quarters: a line for both measures cannot be drawn."))
    if own.by_rank:
        return say(
            N_(
                "Lines: the end of a published ten, the middle of other ranks. The counts are of"
                " {count} provinces."
            ),
            count=sum(found.count_of.values()),
        )
    a, b = measures()[own.a.measure], measures()[own.b.measure]
    return say(
        N_(
            "Lines: A {name_a} {a}, B {name_b} {b}. The counts are of {count} provinces; one on a"
            " line counts as high."
        ),
        name_a=_line_name(own.a.national, kind, say),
        a=wording.quantity(found.a, a, say),
        name_b=_line_name(own.b.national, kind, say),
        b=wording.quantity(found.b, b, say),
        count=sum(found.count_of.values()),
    )


def _line_name(mark: Benchmark | None, kind: str, say: Texts) -> str:
    how = mark.how if mark and kind == "national" else "median"
    return say(wording.HOW_NATIONAL_SHORT[how])


def correlation(own: Relation, say: Texts) -> str:
    """Both correlations with their intervals and the number of provinces."""
    ranks, linear = spearman(own), pearson(own)
    if ranks is None:
        return say(
            N_("No correlation: it takes {fewest} provinces with differing sound figures in both."),
            fewest=FEWEST,
        )
    if linear is None:
        return say(
            N_(
                "Rank correlation (Spearman) {ranks}, over the {count} provinces with a rank in"
                " both."
            ),
            ranks=_with_interval(ranks, say),
            count=ranks.count,
        )
    return say(
        N_(
            "Rank correlation (Spearman) {ranks}; linear correlation (Pearson) {linear}; over"
            " {count} provinces."
        ),
        ranks=_with_interval(ranks, say),
        linear=_with_interval(linear, say),
        count=ranks.count,
    )


def _with_interval(own: Correlation, say: Texts) -> str:
    return say(
        N_("{value} (95%: {low} to {high})"),
        value=say.number(own.value, 2),
        low=say.number(own.low, 2),
        high=say.number(own.high, 2),
    )


def left_out(own: Relation, say: Texts) -> list[str]:
    """A sentence for the provinces with doubtful figures, and one for those without figures."""
    found = []
    if own.doubtful:
        found.append(
            say(
                N_("Doubtful, so drawn hollow and left out of all reckoning: {names}."),
                names=_names(own.doubtful, say),
            )
        )
    if own.incomplete and not own.by_rank:
        found.append(say(N_("Without both figures: {names}."), names=_names(own.incomplete, say)))
    return found


def _names(pairs: Iterable[Pair], say: Texts) -> str:
    return say.listing([provinces()[pair.adcode].name(say.lang) for pair in pairs])


def slope(line: Line, own: Relation, say: Texts) -> str:
    """The fitted line in words: a step of A that suits its range, and the difference in B."""
    values = [pair.a.value or 0.0 for pair in own.sound]
    step = 10.0 ** floor(log10(max(values) - min(values)))
    change = line.slope * step
    message = (
        N_(
            "Fitted line (least squares): where A is {step} higher, B is on average {change}"
            " higher. It says nothing of causes."
        )
        if change >= 0
        else N_(
            "Fitted line (least squares): where A is {step} higher, B is on average {change}"
            " lower. It says nothing of causes."
        )
    )
    return say(
        message, step=_with_unit(step, own.a, say), change=_with_unit(abs(change), own.b, say)
    )


def _with_unit(value: float, side: Snapshot, say: Texts) -> str:
    """A difference with two digits that count, in percentage points for shares."""
    measure = measures()[side.measure]
    # Of a unit that tells the range of its scale only the first part fits a difference.
    unit = say.pick(measure.unit_en.partition(",")[0], measure.unit_zh.partition("（")[0])
    decimals = max(0, 1 - floor(log10(value))) if value else measure.decimals
    if unit == "%":
        return say(N_("{points} percentage points"), points=say.number(value, decimals))
    return f"{say.number(value, decimals)} {unit}"


def notes(own: Relation, kind: str, fit: str, say: Texts) -> list[str]:
    """What must be known of a scatter: its line, its quarters, what is left out, the method.

    kind: of the quarters, a key of KINDS. fit: a key of FITS.
    """
    line = fitted(own) if fit == "line" else None
    return [
        *([slope(line, own, say)] if line else []),
        lines(own, quarters(own, kind), kind, say),
        *([say(BY_RANK)] if own.by_rank else []),
        *([say(BANDS)] if own.by_rank and own.incomplete else []),
        *left_out(own, say),
        say(METHOD),
        *_ours(own, say),
    ]


def _ours(own: Relation, say: Texts) -> list[str]:
    """Whose reckoning a measure of the open index is."""
    return [
        say(
            N_("{measure}: {note}."),
            measure=measure_year(side, say),
            note=indexwording.note(measures()[side.measure], side.year, say),
        )
        for side in (own.a, own.b)
        if side.ours
    ]
