"""What is said of two measures together: titles, quarters, correlations, the line."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10
from typing import Final

from geo import indexwording, wording
from geo.cells import Benchmark, Cell, Snapshot, Status
from geo.compare.relation import (
    MIN_PAIRS,
    Correlation,
    FittedLine,
    ProvincePair,
    Quadrants,
    Relation,
    build_quarters,
    comparable_rank,
    fit_line,
    pearson_correlation,
    spearman_correlation,
)
from geo.measures import all_measures
from geo.provinces import provinces
from geo.text import N_, Translator

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


def side_title(key: str, side: Snapshot, t: Translator) -> str:
    """A measure with its year and whether it is A or B."""
    return t(SIDES[key], title=name_with_year(side, t))


def name_with_year(side: Snapshot, t: Translator) -> str:
    """A measure with its year."""
    name = wording.measure_name(all_measures()[side.measure], t)
    return t(N_("{measure}, {year}"), measure=name, year=side.year)


def axis_title_of(side: Snapshot, by_rank: bool, t: Translator) -> str:
    """What an axis shows: measure and year, with the unit or that it is ranks."""
    measure = all_measures()[side.measure]
    unit = t(N_("rank")) if by_rank else t.localized(measure.unit_en, measure.unit_zh)
    return t(N_("{measure} ({unit})"), measure=name_with_year(side, t), unit=unit)


def format_side_value(cell: Cell, side: Snapshot, t: Translator) -> str:
    """What a cell says, with its mark where it is doubtful."""
    return wording.mark_doubt(wording.format_cell(cell, all_measures()[side.measure], t), cell)


def format_side_rank(cell: Cell, t: Translator) -> str:
    """The rank of a cell among the provinces, or why it has none."""
    if comparable_rank(cell) is None:
        return wording.status_name(cell, t)
    return wording.short_rank(cell, t)


def format_quarter(quarters: Quadrants, a_high: bool, b_high: bool, t: Translator) -> str:
    """The words in a corner, on two lines: what is high and what low, and how many."""
    a = t(HIGH[A, a_high, quarters.listed[0]])
    b = t(HIGH[B, b_high, quarters.listed[1]])
    return t(N_("{a},\n{b}: {count}"), a=a, b=b, count=quarters.count_of[a_high, b_high])


def describe_quarter_lines(
    relation: Relation, quarters: Quadrants | None, kind: str, t: Translator
) -> str:
    """Where the lines of the quarters stand, or why there are none."""
    if quarters is None:
        if relation.by_rank:
            return t(N_("No quarters: of at least one list too little is published."))
        return t(N_("No quarters: a line for both measures cannot be drawn."))
    if relation.by_rank:
        return t(
            N_(
                "Lines: the end of a published ten, the middle of other ranks. The counts are of"
                " {count} provinces."
            ),
            count=sum(quarters.count_of.values()),
        )
    a, b = all_measures()[relation.a.measure], all_measures()[relation.b.measure]
    return t(
        N_(
            "Lines: A {name_a} {a}, B {name_b} {b}. The counts are of {count} provinces; one on a"
            " line counts as high."
        ),
        name_a=_national_line_name(relation.a.national, kind, t),
        a=wording.format_value(quarters.a, a, t),
        name_b=_national_line_name(relation.b.national, kind, t),
        b=wording.format_value(quarters.b, b, t),
        count=sum(quarters.count_of.values()),
    )


def _national_line_name(mark: Benchmark | None, kind: str, t: Translator) -> str:
    how = mark.how if mark and kind == "national" else "median"
    return t(wording.HOW_NATIONAL_SHORT[how])


def describe_correlation(relation: Relation, t: Translator) -> str:
    """Both correlations with their intervals and the number of provinces."""
    ranks, linear = spearman_correlation(relation), pearson_correlation(relation)
    if ranks is None:
        return t(
            N_("No correlation: it takes {fewest} provinces with differing sound figures in both."),
            fewest=MIN_PAIRS,
        )
    if linear is None:
        return t(
            N_(
                "Rank correlation (Spearman) {ranks}, over the {count} provinces with a rank in"
                " both."
            ),
            ranks=_format_coefficient(ranks, t),
            count=ranks.count,
        )
    return t(
        N_(
            "Rank correlation (Spearman) {ranks}; linear correlation (Pearson) {linear}; over"
            " {count} provinces."
        ),
        ranks=_format_coefficient(ranks, t),
        linear=_format_coefficient(linear, t),
        count=ranks.count,
    )


def _format_coefficient(correlation: Correlation, t: Translator) -> str:
    return t(
        N_("{value} (95%: {low} to {high})"),
        value=t.format_number(correlation.value, 2),
        low=t.format_number(correlation.low, 2),
        high=t.format_number(correlation.high, 2),
    )


def describe_left_out(relation: Relation, t: Translator) -> list[str]:
    """A sentence for the provinces with doubtful figures, and one for those without figures."""
    lines = []
    if relation.doubtful:
        lines.append(
            t(
                N_("Doubtful, so drawn hollow and left out of all reckoning: {names}."),
                names=_join_province_names(relation.doubtful, t),
            )
        )
    if relation.incomplete and not relation.by_rank:
        lines.append(
            t(
                N_("Without both figures: {names}."),
                names=_join_province_names(relation.incomplete, t),
            )
        )
    return lines


def _join_province_names(pairs: Iterable[ProvincePair], t: Translator) -> str:
    return t.join_names([provinces()[pair.adcode].name_in(t.lang) for pair in pairs])


def describe_slope(line: FittedLine, relation: Relation, t: Translator) -> str:
    """The fitted line in words: a step of A that suits its range, and the difference in B."""
    values = [pair.a.value or 0.0 for pair in relation.reliable]
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
    return t(
        message,
        step=_format_slope(step, relation.a, t),
        change=_format_slope(abs(change), relation.b, t),
    )


def _format_slope(value: float, side: Snapshot, t: Translator) -> str:
    """A difference with two digits that count, in percentage points for shares."""
    measure = all_measures()[side.measure]
    # Of a unit that tells the range of its scale only the first part fits a difference.
    unit = t.localized(measure.unit_en.partition(",")[0], measure.unit_zh.partition("（")[0])
    decimals = max(0, 1 - floor(log10(value))) if value else measure.decimals
    if unit == "%":
        return t(N_("{points} percentage points"), points=t.format_number(value, decimals))
    return f"{t.format_number(value, decimals)} {unit}"


def relation_notes(relation: Relation, kind: str, fit: str, t: Translator) -> list[str]:
    """What must be known of a scatter: its line, its quarters, what is left out, the method.

    kind: of the quarters, a key of KINDS. fit: a key of FITS.
    """
    line = fit_line(relation) if fit == "line" else None
    return [
        *([describe_slope(line, relation, t)] if line else []),
        describe_quarter_lines(relation, build_quarters(relation, kind), kind, t),
        *([t(BY_RANK)] if relation.by_rank else []),
        *([t(BANDS)] if relation.by_rank and relation.incomplete else []),
        *describe_left_out(relation, t),
        *_ambiguity_notes(relation, t),
        t(METHOD),
        *_open_index_notes(relation, t),
    ]


def _ambiguity_notes(relation: Relation, t: Translator) -> list[str]:
    """Of places that may be another province's, why they are marked."""
    unclear = [cell for pair in relation.pairs for cell in (pair.a, pair.b) if cell.may_mean]
    lines = [wording.describe_doubt(cell, t) for cell in unclear]
    return [t(N_("? {remark}"), remark=line) for line in dict.fromkeys(lines)]


def _open_index_notes(relation: Relation, t: Translator) -> list[str]:
    """Whose reckoning a measure of the open index is."""
    return [
        t(
            N_("{measure}: {note}."),
            measure=name_with_year(side, t),
            note=indexwording.open_index_note(all_measures()[side.measure], side.year, t),
        )
        for side in (relation.a, relation.b)
        if side.is_open_index
    ]
