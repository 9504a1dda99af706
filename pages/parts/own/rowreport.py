"""What became of each row: matched, to be mended, set aside. Nothing is dropped in silence."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.text import N_, Translator
from geo.upload import words
from geo.upload.raw import quote_for_message
from geo.upload.rows import RowOutcome, RowReport
from geo.upload.session import UploadedTable
from geo.upload.source import column_letters
from geo.upload.understand import MissingValue
from pages.parts import about
from pages.parts.own import mending

OUTCOMES_SHOWN: Final = (
    RowOutcome.MATCHED,
    RowOutcome.BEYOND,
    RowOutcome.UNMATCHED,
    RowOutcome.DOUBLED,
    RowOutcome.NO_YEAR,
    RowOutcome.LEFT_OUT,
    RowOutcome.TOTAL,
    RowOutcome.REGION,
    RowOutcome.NOTE,
    RowOutcome.TITLE,
    RowOutcome.UNITS,
    RowOutcome.BLANK,
)
MAX_ROWS_LISTED: Final = 400  # lines of a list that are shown: a longer one is no longer read


def draw_row_report(place: int, table: UploadedTable, t: Translator) -> None:
    """The counts, what can be mended, and every row with what became of it."""
    parsed = table.understood
    counts = Counter(row.outcome for row in parsed.rows)
    line = " · ".join(
        t(
            N_("{what}: {count}"),
            what=t(words.OUTCOME_NAMES[fate]),
            count=t.format_number(counts[fate]),
        )
        for fate in OUTCOMES_SHOWN
        if counts[fate]
    )
    st.html(about.quiet_note(line))
    mending.draw_row_fixes(place, table, t)
    st.html(_row_list(parsed.rows, t) + _missing_values(parsed.gaps, t))


def _row_list(rows: tuple[RowReport, ...], t: Translator) -> Markup:
    items = [
        Markup("<li>{} <small>{}</small></li>").format(
            t(N_("Row {number}: {text}"), number=row.number, text=words.describe_outcome(row, t)),
            _row_content(row),
        )
        for row in rows
        if row.outcome is not RowOutcome.BLANK
    ]
    return _folded_list(t(N_("All rows, and what became of each")), items, t)


def _row_content(row: RowReport) -> str:
    """What stands in a row whose fate does not say it."""
    text = "" if row.outcome is RowOutcome.MATCHED else quote_for_message(row.text)
    return " ".join(filter(None, [text, str(row.year or "")]))


def _missing_values(gaps: tuple[MissingValue, ...], t: Translator) -> Markup:
    """Cells among the figures that hold none; those with something unread first."""
    items = [
        t(
            N_("Column {letter}, row {row}: “{text}” is no figure"),
            letter=column_letters(gap.column),
            row=gap.row,
            text=quote_for_message(gap.text),
        )
        for gap in sorted(
            gaps,
            key=lambda missing_value: (
                not missing_value.unread,
                missing_value.row,
                missing_value.column,
            ),
        )
        if gap.text
    ]
    blank = sum(not gap.text for gap in gaps)
    if blank:
        items.append(
            t(N_("{count} cells among the figures are blank"), count=t.format_number(blank))
        )
    lines = [Markup("<li>{}</li>").format(item) for item in items]
    title = t(N_("Cells without a figure: {count}"), count=t.format_number(len(gaps)))
    return _folded_list(title, lines, t) if gaps else Markup()


def _folded_list(title: str, items: list[Markup], t: Translator) -> Markup:
    more = len(items) - MAX_ROWS_LISTED
    if more > 0:
        rest = t(N_("{count} more are not listed."), count=t.format_number(more))
        items = [*items[:MAX_ROWS_LISTED], Markup("<li>{}</li>").format(rest)]
    return Markup(
        '<details class="own-more"><summary>{0}</summary><div class="scrolled" tabindex="0"'
        ' role="region" aria-label="{0}"><ul>{1}</ul></div></details>'
    ).format(title, Markup("").join(items))
