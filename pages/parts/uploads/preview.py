"""A table at a glance: its first rows with coloured columns, and what comes of it beside them."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.text import N_, Translator, render_template
from geo.units import provinces
from geo.upload import (
    ColumnRole,
    FigureSeries,
    UploadedTable,
    column_letters,
    format_period,
    preview_series,
    quote_for_message,
)
from pages.parts.uploads.parsed import TEMPLATES

# The classes of columns in the style sheet, with the words for them.
LOOKS: Final = {
    "province": N_("Province"),
    "time": N_("Time"),
    "value": N_("Value"),
    "key": N_("Tells series apart"),
    "ignored": N_("Not used"),
}
LOOK_OF_ROLE: Final = {
    ColumnRole.PROVINCE: "province",
    ColumnRole.CODE: "province",
    ColumnRole.YEAR: "time",
    ColumnRole.FIGURES: "value",
    ColumnRole.KEY: "key",
    ColumnRole.UNIT: "key",
}
SIGNIFICANT: Final = 6  # digits of a value in the preview


def table_preview(table: UploadedTable, t: Translator) -> Markup:
    """Return the first rows of a table, and the beginning of its first series, as one fragment."""
    parsed = table.understood
    looks = {column.number: LOOK_OF_ROLE.get(column.role, "ignored") for column in parsed.columns}
    width = max((len(row.cells) for row in parsed.first_rows), default=0)
    numbers = range(1, width + 1)
    present = [look for look in LOOKS if look in {looks.get(n, "ignored") for n in numbers}]
    more = len(parsed.columns) - width
    series = parsed.series[0] if parsed.series else None
    return render_template(
        TEMPLATES,
        "preview",
        source=t(N_("The first rows of the table")),
        columns=[(column_letters(n), looks.get(n, "ignored")) for n in numbers],
        rows=[
            (
                row.number,
                row.number <= parsed.head_row,
                [
                    (quote_for_message(text), looks.get(number, "ignored"))
                    for number, text in enumerate(row.cells, start=1)
                ],
            )
            for row in parsed.first_rows
        ],
        key=[(look, t(LOOKS[look])) for look in present],
        more=t(N_("{count} more columns"), count=t.format_number(more)) if more > 0 else "",
        done=[t(sentence) for sentence in parsed.done],
        result=_result_table(series, len(parsed.series), t) if series else None,
    )


def _result_table(series: FigureSeries, count: int, t: Translator) -> dict[str, object]:
    """Return the beginning of a series as a table of provinces by periods."""
    beginning = preview_series(series)
    name = quote_for_message(series.name) or t(N_("values without a name"))
    facts = [quote_for_message(series.unit)]
    facts.append(t(N_("{count} provinces"), count=beginning.province_count))
    if beginning.period_count:
        first, last = format_period(series.years[0]), format_period(series.years[-1])
        facts.append(first if first == last else f"{first} – {last}")
    return {
        "title": t(N_("What is read: {name}"), name=name),
        "facts": " · ".join(filter(None, facts)),
        "is_cut": beginning.period_count > len(beginning.periods),
        "periods": [format_period(period) for period in beginning.periods],
        "rows": [
            (provinces()[adcode].name_in(t.lang), [_format_value(value, t) for value in values])
            for adcode, values in beginning.rows
        ],
        "more": t(N_("{count} more series"), count=t.format_number(count - 1)) if count > 1 else "",
    }


def _format_value(value: float | None, t: Translator) -> str:
    if value is None:
        return ""
    whole = len(f"{abs(value):.0f}")
    text = f"{value:.{max(SIGNIFICANT - whole, 0)}f}"
    decimals = len(text.partition(".")[2].rstrip("0"))
    return t.format_number(value, decimals)
