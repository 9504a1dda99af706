"""Two provinces as mirrored bars, the measures between them, with the difference in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import wording
from geo.cells import Cell
from geo.compare import duel, gaps, gapwords
from geo.compare.gaps import ComparedRow
from geo.markers import Marker
from geo.provinces import provinces
from geo.text import N_, Translator
from pages.parts import about

TWO: Final = 2
NOTES: Final = {
    "national": N_(
        "Bars: percent of the national value (or median), cut at {high}%. A hollow bar is a"
        " doubtful figure."
    ),
    "percentile": N_(
        "Bars: percentile rank, the share of the other provinces that it stands above. A hollow"
        " bar is a doubtful figure."
    ),
}


def draw_mirrored_bars(
    groups: Mapping[str, Sequence[ComparedRow]],
    marked: Mapping[str, Marker],
    show: str,
    t: Translator,
) -> None:
    """Sentences on the difference, then a bar to either side for every measure with figures."""
    rows = [row for group in groups.values() for row in group]
    kind = "national" if show == "national" else "percentile"
    markup = Markup("").join(
        Markup("<li>{}</li>").format(sentence.text)
        for sentence in duel.describe_two_provinces(rows, t)
    )
    left, right = (
        Markup('<th scope="col" colspan="2" style="color:{}">{}</th>').format(
            marker.colour, provinces()[adcode].name_in(t.lang)
        )
        for adcode, marker in marked.items()
    )
    lines = [
        _mirrored_line(row, kind, marked, t) for row in rows if row.measure.kind != gaps.REPORT
    ]
    with st.container(key="mirror"):
        st.html(
            Markup(
                '<section class="list"><ul>{}</ul></section><div class="wide">'
                '<table class="mirror"><thead><tr>{}<th scope="col">{}</th>{}</tr></thead>'
                "{}</table></div>{}"
            ).format(
                markup,
                left,
                t(N_("Measure, year and difference")),
                right,
                Markup("").join(lines),
                about.quiet_note(t(NOTES[kind], high=t.format_number(gaps.NATIONAL_ENDS[1]))),
            )
        )


def _mirrored_line(
    row: ComparedRow, kind: str, marked: Mapping[str, Marker], t: Translator
) -> Markup:
    one, other = row.cells
    words = duel.describe_row_difference(row, t)
    return Markup(
        '<tr data-measure="{}"><td>{}</td><td>{}</td><th scope="row">{} <small>{}</small>'
        "<small class=words>{}</small></th><td>{}</td><td>{}</td></tr>"
    ).format(
        row.measure.id,
        _bar_figure(row, one, kind, t),
        _bar_markup(row, one, kind, marked[one.adcode]),
        wording.measure_name(row.measure, t),
        row.year,
        words.text if words else "",
        _bar_markup(row, other, kind, marked[other.adcode]),
        _bar_figure(row, other, kind, t),
    )


def _bar_length_pct(row: ComparedRow, cell: Cell, kind: str) -> float | None:
    """How long a bar is, in percent of its room."""
    if kind == "percentile":
        return cell.percentile
    percent = row.scaled_values("national").get(cell.adcode)
    return None if percent is None else 100 * min(percent / gaps.NATIONAL_ENDS[1], 1.0)


def _bar_figure(row: ComparedRow, cell: Cell, kind: str, t: Translator) -> Markup:
    if cell.value is None:
        return Markup("<small>{}</small>").format(wording.status_name(cell, t))
    percentile = "" if cell.percentile is None else t.format_number(cell.percentile)
    text = percentile if kind == "percentile" else gapwords.format_row_cell(row, cell, kind, t)
    doubt = Markup(' <em title="{}">?</em>').format(wording.describe_doubt(cell, t))
    return Markup("{}{}").format(text, doubt if cell.is_doubtful else "")


def _bar_markup(row: ComparedRow, cell: Cell, kind: str, marker: Marker) -> Markup:
    length = _bar_length_pct(row, cell, kind)
    if length is None:
        return Markup("")
    ground = "#fff" if cell.is_doubtful else marker.colour
    return Markup('<i style="width:{:.1f}%;background:{};border-color:{}"></i>').format(
        length, ground, marker.colour
    )
