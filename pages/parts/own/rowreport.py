"""What became of each row: matched, to be mended, set aside. Nothing is dropped in silence."""

from __future__ import annotations

from collections import Counter
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.text import N_, Texts
from geo.upload import words
from geo.upload.raw import echo
from geo.upload.rows import Fate, RowReport
from geo.upload.session import OwnTable
from geo.upload.source import letter
from geo.upload.understand import Gap
from pages.parts import about
from pages.parts.own import mending

TOLD: Final = (
    Fate.MATCHED, Fate.BEYOND, Fate.UNMATCHED, Fate.DOUBLED, Fate.NO_YEAR, Fate.LEFT_OUT,
    Fate.TOTAL, Fate.REGION, Fate.NOTE, Fate.TITLE, Fate.UNITS, Fate.BLANK,
)  # fmt: skip
MOST: Final = 400  # lines of a list that are shown: a longer one is no longer read


def draw(place: int, table: OwnTable, say: Texts) -> None:
    """The counts, what can be mended, and every row with what became of it."""
    found = table.understood
    counts = Counter(row.fate for row in found.rows)
    line = " · ".join(
        say(N_("{what}: {count}"), what=say(words.FATES[fate]), count=say.number(counts[fate]))
        for fate in TOLD
        if counts[fate]
    )
    st.html(about.note(line))
    mending.draw(place, table, say)
    st.html(_rows(found.rows, say) + _gaps(found.gaps, say))


def _rows(rows: tuple[RowReport, ...], say: Texts) -> Markup:
    items = [
        Markup("<li>{} <small>{}</small></li>").format(
            say(N_("Row {number}: {text}"), number=row.number, text=words.fate(row, say)),
            _aside(row),
        )
        for row in rows
        if row.fate is not Fate.BLANK
    ]
    return _folded(say(N_("All rows, and what became of each")), items, say)


def _aside(row: RowReport) -> str:
    """What stands in a row whose fate does not say it."""
    text = "" if row.fate is Fate.MATCHED else echo(row.text)
    return " ".join(filter(None, [text, str(row.year or "")]))


def _gaps(gaps: tuple[Gap, ...], say: Texts) -> Markup:
    """Cells among the figures that hold none; those with something unread first."""
    items = [
        say(
            N_("Column {letter}, row {row}: “{text}” is no figure"),
            letter=letter(gap.column),
            row=gap.row,
            text=echo(gap.text),
        )
        for gap in sorted(gaps, key=lambda own: (not own.unread, own.row, own.column))
        if gap.text
    ]
    blank = sum(not gap.text for gap in gaps)
    if blank:
        items.append(say(N_("{count} cells among the figures are blank"), count=say.number(blank)))
    lines = [Markup("<li>{}</li>").format(item) for item in items]
    title = say(N_("Cells without a figure: {count}"), count=say.number(len(gaps)))
    return _folded(title, lines, say) if gaps else Markup()


def _folded(title: str, items: list[Markup], say: Texts) -> Markup:
    more = len(items) - MOST
    if more > 0:
        rest = say(N_("{count} more are not listed."), count=say.number(more))
        items = [*items[:MOST], Markup("<li>{}</li>").format(rest)]
    return Markup(
        '<details class="own-more"><summary>{0}</summary><div class="scrolled" tabindex="0"'
        ' role="region" aria-label="{0}"><ul>{1}</ul></div></details>'
    ).format(title, Markup("").join(items))
