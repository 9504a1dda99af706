"""Key values of a province in words, and its small lines over the years."""

from __future__ import annotations

from collections.abc import Sequence

from geo.analysis import (
    NATIONAL,
    KeyValue,
    SeriesPoint,
    axis_ends_of,
    is_nominal,
    line_points,
    small_line,
)
from geo.maps import image_address, small_lines_svg
from geo.measures import (
    Measure,
    format_difference,
    format_number,
    format_rank_change,
    measure_name,
)
from geo.text import N_, Translator
from geo.units import provinces

LABELLED_LINES = (270, 84)  # width and height of lines with labels, px


def describe_change(value: KeyValue, t: Translator) -> str:
    """Return the change since the earlier year; empty without one.

    Scores of the open index are rescaled each year, so their change is one of places; shares
    change by percentage points, all else in percent.
    """
    measure, year = value.standing.measure, value.earlier_year
    if value.change is None:
        return ""
    if measure.kind == "index":
        climbed = value.places_climbed
        if climbed is None:
            return ""
        return t(N_("{change} since {year}"), change=format_rank_change(climbed, t), year=year)
    if measure.unit_en in ("%", "‰") or not value.change_in_percent:
        return t(
            N_("{change} since {year}"),
            change=format_difference(value.change, measure, t),
            year=year,
        )
    sign = "+" if value.change_in_percent > 0 else "−"
    message = (
        N_("{change} since {year}, at current prices")
        if is_nominal(measure)
        else N_("{change} since {year}")
    )
    percent = f"{sign}{t.format_number(abs(value.change_in_percent), 1)}%"
    return t(message, change=percent, year=year)


def small_lines_image(value: KeyValue, t: Translator) -> tuple[str, str]:
    """Return the address of the small lines of a key value and their text; empty without lines."""
    adcode, measure = value.standing.cell.adcode, value.standing.measure
    svg = small_lines_svg(
        small_line(value.points, adcode),
        small_line(value.points, NATIONAL),
        axis_ends_of(measure),
        named_year=value.standing.year,
    )
    message = (
        N_("{name} and the national value, {measure}, in percent of {first}: {first} to {last}")
        if value.indexed
        else N_("{name} and the national value or median, {measure}: {first} to {last}")
    )
    return (image_address(svg) if svg else ""), _lines_text(message, adcode, measure, t)


def labelled_lines_image(
    measure: Measure, adcode: str, year: int, t: Translator
) -> tuple[str, str]:
    """Return the address of a province's lines with their last values, and a text in words.

    year: whose point is drawn. Both are empty if the province has fewer than two values.
    """
    points = line_points(measure, adcode)
    lines = [
        small_line(points, line, _last_number(points, line, measure, t))
        for line in (adcode, NATIONAL)
    ]
    svg = small_lines_svg(lines[0], lines[1], axis_ends_of(measure), LABELLED_LINES, year)
    if not svg:
        return "", ""
    ends = [
        t(N_("{name} {first} to {last}"), name=name, first=first, last=last)
        for name, first, last in (
            (
                provinces()[adcode].name_in(t.lang),
                *_first_and_last(points, adcode, measure, t),
            ),
            (t(N_("national value or median")), *_first_and_last(points, NATIONAL, measure, t)),
        )
        if first
    ]
    years = [point.year for point in points if point.line == adcode]
    text = t(
        N_("{measure}, {first} to {last}: {ends}"),
        measure=measure_name(measure, t),
        first=min(years),
        last=max(years),
        ends=t.join_clauses(ends),
    )
    return image_address(svg), text


def _first_and_last(
    points: Sequence[SeriesPoint], line: str, measure: Measure, t: Translator
) -> tuple[str, str]:
    values = [point.value for point in points if point.line == line]
    if not values:
        return "", ""
    return format_number(values[0], measure, t), format_number(values[-1], measure, t)


def _last_number(points: Sequence[SeriesPoint], line: str, measure: Measure, t: Translator) -> str:
    return _first_and_last(points, line, measure, t)[1]


def _lines_text(message: str, adcode: str, measure: Measure, t: Translator) -> str:
    return t(
        message,
        name=provinces()[adcode].name_in(t.lang),
        measure=measure_name(measure, t),
        first=measure.years[0],
        last=measure.years[-1],
    )
