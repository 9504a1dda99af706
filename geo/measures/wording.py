"""The wording of cells, measures and statuses, in the language of the reader.

The tooltip, the ranking, the panel, the legend and the pictures use it, so that a status has
the same wording everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from geo.measures.cells import Benchmark, Cell, Remark, Scale, Snapshot, Status
from geo.measures.indicators import CONTEXT, Measure
from geo.measures.report import LIST_LENGTH
from geo.tables import dataset
from geo.text import N_, Translator
from geo.units import provinces

STATUS_NAMES: Final = {
    Status.VALUE: N_("Published value"),
    Status.DERIVED: N_("Calculated by this atlas from published data"),
    Status.DOUBTFUL: N_("Published value in doubt"),
    Status.OWN: N_("Uploaded data"),
    Status.OWN_DERIVED: N_("Calculated from uploaded data"),
    Status.RANK: N_("Published rank"),
    Status.RANK_AMONG_TEN: N_("Published rank among the comprehensive ten only"),
    Status.NAMED: N_("Listed among the leading ten, without a rank"),
    Status.TOO_FEW: N_("Too few values for a score"),
    Status.OUTSIDE: N_("Outside the published ten"),
    Status.NOT_GIVEN: N_("Not in the uploaded data"),
    Status.NOT_PUBLISHED: N_("Not published"),
    Status.NOT_COVERED: N_("Not covered by this series"),
    Status.NOT_EVALUATED: N_("Not evaluated"),
}
STATUS_NOTES: Final = {
    Status.VALUE: N_("The value is as the issuing body published it."),
    Status.DERIVED: N_("The value is the quotient of two published values."),
    Status.DOUBTFUL: N_(
        "The published value is likely to be wrong. It is shown as published, and marked."
    ),
    Status.OWN: N_("The value comes from an uploaded table. The atlas has not checked it."),
    Status.OWN_DERIVED: N_(
        "A value from an uploaded table, divided by another. The atlas has not checked it."
    ),
    Status.RANK: N_("The report publishes this rank without a score."),
    Status.RANK_AMONG_TEN: N_(
        "Available only as a rank among the ten leading provinces, not among 31."
    ),
    Status.NAMED: N_("The report lists ten provinces without ranks."),
    Status.TOO_FEW: N_(
        "The province has values for less than 65% of the weight, so it has no score."
    ),
    Status.OUTSIDE: N_(
        "Evaluated, but not among the ten that are published; this does not mean last."
    ),
    Status.NOT_GIVEN: N_("The uploaded table has no value for it."),
    Status.NOT_PUBLISHED: N_("A value or rank is not available for this province."),
    Status.NOT_COVERED: N_(
        "The series is published for the 31 provinces of the mainland; this unit is not among them."
    ),
    Status.NOT_EVALUATED: N_("The report evaluates 31 provinces; this one is not among them."),
}
# Short names of statuses for narrow tables; the legend has the full name and the meaning.
SHORT_STATUS: Final = {
    Status.NAMED: N_("listed"),
    Status.TOO_FEW: N_("too few values"),
    Status.OUTSIDE: N_("outside the ten"),
    Status.NOT_PUBLISHED: N_("not published"),
    Status.NOT_COVERED: N_("not covered"),
    Status.NOT_EVALUATED: N_("not evaluated"),
}
HOW_NATIONAL: Final = {
    "ratio_of_sums": N_("National value"),
    "population_weighted_mean": N_("National mean weighted by population (approximate)"),
    "median": N_("Median of the provinces"),
}
HOW_NATIONAL_SHORT: Final = {
    "ratio_of_sums": N_("National"),
    "population_weighted_mean": N_("National (approx.)"),
    "median": N_("Median"),
}
HOW_NATIONAL_NOTES: Final = {
    "ratio_of_sums": N_(
        "The sum of the numerators over the sum of the denominators of the {count} provinces"
        " that have both."
    ),
    "population_weighted_mean": N_(
        "Approximate: the mean of {count} provinces, weighted by resident population."
    ),
    "median": N_(
        "A national value cannot be calculated from provincial data here, so the "
        "median of {count} provinces is used instead."
    ),
}
SCALE_NOTES: Final = {
    Scale.TOP_TEN: N_("The report publishes the first ten of 31 provinces, without scores."),
    Scale.PARTIAL: N_("Only some ranks of this edition are available."),
    Scale.AMONG_TEN: N_(
        "The list is not published. One provincial notice gives a rank among the "
        "comprehensive ten, which is not a rank among 31 provinces."
    ),
    Scale.NAMED: N_(
        "This edition lists ten provinces; it does not say that their order is a rank."
    ),
}
# Short names of the groups of measures; data/dimensions.csv has the full names.
GROUP_NAMES: Final = {
    "comprehensive": N_("Comprehensive"),
    "information_services": N_("Services"),
    "technology_industry": N_("Technology industry"),
    "industrial_digitalization": N_("Industrial digitalization"),
    "information_infrastructure": N_("Infrastructure"),
    "network_security": N_("Security"),
    "policy_environment": N_("Policy"),
    CONTEXT: N_("Context"),
}
# Groups of the measures that are no indicators of the atlas, by kind.
KIND_GROUPS: Final = {"report": N_("Report"), "index": N_("Open index"), "own": N_("Uploaded data")}
PRODUCT_SERIES: Final = "gdp"  # the gross regional product
DOUBT_MARK: Final = " ?"  # after a value or a rank that is not certain
# Units that follow a number without a space.
TIGHT_UNITS: Final = frozenset({"%", "‰"})
# Units of differences, where they are not the unit of the values.
DIFFERENCE_UNITS: Final = {"%": N_("percentage points"), "‰": N_("points per thousand")}
SCORES: Final = ("points", "score", "index")  # the beginnings of units of scores


@dataclass(frozen=True)
class CellMark:
    """A mark on some cells of a map, which the legend explains; sign: the text on the cell."""

    sign: str
    name: str
    note: str
    applies: Callable[[Cell], bool]


UNSURE_SIGN: Final = "•"
CELL_MARKS: Final = (
    CellMark(
        UNSURE_SIGN,
        N_("Rank group uncertain"),
        N_(
            "The rank group (1 to 3, 4 to 10, 11 to 20, 21 to 31) changes in more than "
            "10% of the draws over choices of method."
        ),
        lambda cell: cell.unsure,
    ),
    CellMark(
        "?",
        N_("Rank may belong to another province"),
        N_(
            "The wording of the source may refer to another province; the rank is "
            "certain for neither."
        ),
        lambda cell: bool(cell.may_mean),
    ),
)


def count_marks(snapshots: Sequence[Snapshot]) -> list[tuple[CellMark, list[int]]]:
    """Return the marks that occur on the maps, each with its number of cells on every map."""
    counted = [
        (mark, [sum(map(mark.applies, snapshot.cells.values())) for snapshot in snapshots])
        for mark in CELL_MARKS
    ]
    return [(mark, counts) for mark, counts in counted if any(counts)]


def measure_unit(measure: Measure, t: Translator) -> str:
    """Return the unit of a measure; empty for ranks."""
    return t.localized(measure, "unit")


def measure_name(measure: Measure, t: Translator) -> str:
    """Return the name of a measure for pickers and headings."""
    name = t.localized(measure, "name")
    if measure.kind in ("indicator", "own"):
        return name
    if measure.kind == "index":
        if measure.dimension == "comprehensive":
            return t(N_("Open index of this atlas"))
        return t(N_("Open index: {dimension}"), dimension=name)
    if measure.dimension == "comprehensive":
        return t(N_("Comprehensive ranking"))
    return t(N_("Ranking: {dimension}"), dimension=name)


def name_with_unit(measure: Measure, t: Translator) -> str:
    """Return the name of a measure with its unit, unless the name contains the unit."""
    title, unit = measure_name(measure, t), measure_unit(measure, t)
    return title if unit in title else t(N_("{measure} ({unit})"), measure=title, unit=unit)


def group_name(measure: Measure, t: Translator) -> str:
    """Return the short name of the group of a measure in the picker."""
    return t(KIND_GROUPS.get(measure.kind) or GROUP_NAMES[measure.dimension])


def picker_label(measure: Measure, t: Translator) -> str:
    """Return group and name, as the picker lists and searches them.

    Measures of the gross regional product are found by "GDP" as well.
    """
    name = (
        t(GROUP_NAMES[measure.dimension]) if measure.kind == "index" else measure_name(measure, t)
    )
    if PRODUCT_SERIES in (measure.numerator, measure.denominator):
        name = t(N_("{name} ({short})"), name=name, short="GDP")
    return t(N_("{group} · {name}"), group=group_name(measure, t), name=name)


def dimension_name(index: str, t: Translator) -> str:
    """Return the full name of the index or of one of its dimensions."""
    return t.localized(dataset().dimensions.loc[index], "name")


def describe_formula(measure: Measure, t: Translator) -> str:
    """Return the formula of an indicator with the names of its series."""
    catalogue = dataset().catalogue

    def name(indicator: str) -> str:
        return t.localized(catalogue.loc[indicator], "name")

    if not measure.is_derived:
        return t(N_("{indicator}, as published."), indicator=name(measure.numerator))
    parts = {"above": name(measure.numerator), "below": name(measure.denominator)}
    if measure.scale == 1:
        return t(N_("{above} ÷ {below}"), **parts)
    return t(N_("{above} ÷ {below} × {scale}"), **parts, scale=t.format_number(measure.scale))


def format_number(value: float, measure: Measure, t: Translator) -> str:
    """Return a value with the decimals of its measure, without the unit.

    A difference has its sign, or ± where it is zero.
    """
    if measure.is_difference:
        return f"{_sign(value)}{t.format_number(abs(value), measure.decimals)}"
    return t.format_number(value, measure.decimals)


def _sign(difference: float) -> str:
    return "+" if difference > 0 else "−" if difference < 0 else "±"


def format_value(value: float, measure: Measure, t: Translator) -> str:
    """Return a value with its unit."""
    unit = measure_unit(measure, t)
    gap = "" if unit in TIGHT_UNITS else " "
    return f"{format_number(value, measure, t)}{gap}{unit}"


def unit_beside_name(measure: Measure, t: Translator) -> str:
    """Return the unit of a measure without the part that its name already contains.

    >>> from geo.measures import published_indicators
    >>> from geo.text import translator
    >>> names = ("rd_personnel_per_10k", "internet_penetration", "gdp_per_capita")
    >>> [unit_beside_name(published_indicators()[name], translator("en")) for name in names]
    ['person-years', '', 'CNY per person']
    """
    unit, name = measure_unit(measure, t), measure_name(measure, t)
    of, per, base = unit.rpartition("per ")
    return of.strip() if per and f"{per}{base}" in name else unit


def format_value_beside_name(value: float, measure: Measure, t: Translator) -> str:
    """Return a value with the part of its unit that the name of the measure does not contain."""
    unit = unit_beside_name(measure, t)
    gap = "" if unit in TIGHT_UNITS else " "
    return f"{format_number(value, measure, t)}{gap}{unit}".rstrip()


def format_population(count: float, t: Translator, decimals: int = 1) -> str:
    """Return a number of residents: in millions, in Chinese in 万 (10,000) or 亿 (100,000,000).

    >>> from geo.text import translator
    >>> [format_population(count, translator("zh")) for count in (1e8, 2_171e4)]
    ['1亿人', '2,171万人']
    >>> format_population(1e8, translator("en"), 0)
    '100 million residents'
    """
    if t.language.uses_myriads:
        number = t.format_in_myriads(Decimal(round(count))) or t.format_number(count)
    else:
        number = f"{t.format_number(count / 1e6, decimals)} million"
    return t(N_("{number} residents"), number=number)


def format_gap_to_national(percent: float | None, t: Translator) -> str:
    """Return a gap in percent of the national value with its sign; empty if unknown."""
    if percent is None:
        return ""
    sign = "+" if percent >= 0.5 else "−" if percent <= -0.5 else "±"
    return f"{sign}{t.format_number(abs(percent))}%"


def format_rank(cell: Cell, t: Translator) -> str:
    """Return the rank of a cell and the number of ranked provinces; empty without a rank."""
    if cell.rank is None:
        return ""
    if cell.status is Status.RANK_AMONG_TEN:
        return t(N_("Rank {rank} among the comprehensive {of}"), rank=cell.rank, of=LIST_LENGTH)
    if cell.may_mean:
        return t(
            N_("Rank {rank} of {of} (or {name})"),
            rank=cell.rank,
            of=cell.of,
            name=provinces()[cell.may_mean].name_in(t.lang),
        )
    if cell.one_indicator:
        return t(N_("Rank {rank} of {of} (one indicator)"), rank=cell.rank, of=cell.of)
    if cell.low is None:
        return t(N_("Rank {rank} of {of}"), rank=cell.rank, of=cell.of)
    return t(
        N_("Rank {rank} of {of} ({low} to {high} by method)"),
        rank=cell.rank,
        of=cell.of,
        low=cell.low,
        high=cell.high,
    )


def format_interval(cell: Cell, t: Translator) -> str:
    """Return the interval of a rank of the open index; empty for any other cell.

    A rank that rests on one indicator has no interval, and says why.
    """
    if cell.one_indicator:
        return t(N_("one indicator"))
    if cell.low is None:
        return ""
    return t(N_("{low} to {high}"), low=cell.low, high=cell.high)


def short_rank(cell: Cell, t: Translator) -> str:
    """Return the rank of a cell for a column of ranks; empty without a rank."""
    if not cell.rank:
        return ""
    place = t(N_("{rank} of {of}"), rank=cell.rank, of=cell.of)
    if cell.low is None:
        return place + DOUBT_MARK * bool(cell.may_mean)
    return t(N_("{place} ({low} to {high})"), place=place, low=cell.low, high=cell.high)


def format_place(cell: Cell, t: Translator) -> str:
    """Return the rank that the report publishes, or the short name of the status."""
    mark = DOUBT_MARK * bool(cell.may_mean)
    if cell.status is Status.RANK:
        return f"{cell.rank}{mark}"
    if cell.status is Status.RANK_AMONG_TEN:
        return format_rank(cell, t)
    return t(SHORT_STATUS[cell.status]) + mark


def mark_doubt(text: str, cell: Cell) -> str:
    """Return a text with the mark of doubt if the cell is doubtful; the mark is not repeated."""
    return text + DOUBT_MARK if cell.is_doubtful and not text.endswith(DOUBT_MARK) else text


def describe_doubt(cell: Cell, t: Translator) -> str:
    """Return why a cell is marked: a doubtful value, or a rank that may be another province's."""
    if cell.may_mean:
        return t.join_sentences(localized_remark(text, t) for text in cell.remarks)
    return status_name(cell, t)


def ambiguity_lines(cells: Iterable[Cell], t: Translator) -> list[str]:
    """Return the remarks on ranks that may be another province's, each remark once."""
    reasons = dict.fromkeys(describe_doubt(cell, t) for cell in cells if cell.may_mean)
    return [t(N_("? {remark}"), remark=reason) for reason in reasons]


def status_name(cell: Cell | Status, t: Translator) -> str:
    """Return the name of a status."""
    return t(STATUS_NAMES[cell.status if isinstance(cell, Cell) else cell])


def format_cell(cell: Cell, measure: Measure, t: Translator) -> str:
    """Return the text of a cell: its value, else its rank, else the name of its status."""
    if cell.value is not None:
        return format_value(cell.value, measure, t)
    return format_rank(cell, t) or status_name(cell, t) + DOUBT_MARK * bool(cell.may_mean)


def localized_remark(text: Remark, t: Translator) -> str:
    return str(getattr(text, t.lang, "") or t(text.en))


def format_national(mark: Benchmark, measure: Measure, t: Translator) -> str:
    """Return the national value with its name, as one line."""
    return t(
        N_("{name}: {value}"),
        name=t(HOW_NATIONAL[mark.how]),
        value=format_value(mark.value, measure, t),
    )


def format_class_counts(of: Sequence[int], t: Translator) -> str:
    """Return the number of provinces in a class, on one map or on each of two maps."""
    if len(of) > 1:
        return plain_counts(of, t)
    return t(N_("1 province") if of[0] == 1 else N_("{count} provinces"), count=of[0])


def plain_counts(of: Sequence[int], t: Translator) -> str:
    """Return one number, or the numbers of the maps A and B."""
    if len(of) == 1:
        return str(of[0])
    return t(N_("A {first} · B {second}"), first=of[0], second=of[1])


def format_difference(value: float, measure: Measure, t: Translator) -> str:
    """Return a difference with its sign and its unit."""
    return f"{_sign(value)}{format_number(abs(value), measure, t)} {difference_unit(measure, t)}"


def difference_unit(measure: Measure, t: Translator) -> str:
    """Return the unit of a difference: shares differ by percentage points, not by percent."""
    unit = measure.unit_en
    if unit in DIFFERENCE_UNITS:
        return t(DIFFERENCE_UNITS[unit])
    return t(N_("points")) if unit.startswith(SCORES) else measure_unit(measure, t)


def format_rank_change(rank_change: float, t: Translator) -> str:
    """Return a change of rank as text; positive means up, negative down."""
    if not rank_change:
        return t(N_("same rank"))
    if abs(rank_change) == 1:
        return t(N_("1 rank up") if rank_change > 0 else N_("1 rank down"))
    message = N_("{count} ranks up") if rank_change > 0 else N_("{count} ranks down")
    return t(message, count=f"{abs(rank_change):g}")
