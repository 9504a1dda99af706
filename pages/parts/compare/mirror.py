"""Two provinces as mirrored bars, the measures between them, with the difference in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import wording
from geo.cells import Cell
from geo.compare import duel, gaps, gapwords
from geo.compare.gaps import Row
from geo.markers import Marker
from geo.provinces import provinces
from geo.text import N_, Texts
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


def draw(
    found: Mapping[str, Sequence[Row]], marked: Mapping[str, Marker], show: str, say: Texts
) -> None:
    """Sentences on the difference, then a bar to either side for every measure with figures."""
    rows = [own for group in found.values() for own in group]
    kind = "national" if show == "national" else "percentile"
    told = Markup("").join(
        Markup("<li>{}</li>").format(sentence.text) for sentence in duel.sentences(rows, say)
    )
    left, right = (
        Markup('<th scope="col" colspan="2" style="color:{}">{}</th>').format(
            marker.colour, provinces()[own].name(say.lang)
        )
        for own, marker in marked.items()
    )
    lines = [_line(own, kind, marked, say) for own in rows if own.measure.kind != gaps.REPORT]
    with st.container(key="mirror"):
        st.html(
            Markup(
                '<section class="list"><ul>{}</ul></section><div class="wide">'
                '<table class="mirror"><thead><tr>{}<th scope="col">{}</th>{}</tr></thead>'
                "{}</table></div>{}"
            ).format(
                told,
                left,
                say(N_("Measure, year and difference")),
                right,
                Markup("").join(lines),
                about.note(say(NOTES[kind], high=say.number(gaps.NATIONAL_ENDS[1]))),
            )
        )


def _line(own: Row, kind: str, marked: Mapping[str, Marker], say: Texts) -> Markup:
    one, other = own.cells
    words = duel.difference(own, say)
    return Markup(
        '<tr data-measure="{}"><td>{}</td><td>{}</td><th scope="row">{} <small>{}</small>'
        "<small class=words>{}</small></th><td>{}</td><td>{}</td></tr>"
    ).format(
        own.measure.id,
        _figure(own, one, kind, say),
        _bar(own, one, kind, marked[one.adcode]),
        wording.measure_name(own.measure, say),
        own.year,
        words.text if words else "",
        _bar(own, other, kind, marked[other.adcode]),
        _figure(own, other, kind, say),
    )


def _length(own: Row, cell: Cell, kind: str) -> float | None:
    """How long a bar is, in percent of its room."""
    if kind == "percentile":
        return cell.percentile
    percent = own.figures("national").get(cell.adcode)
    return None if percent is None else 100 * min(percent / gaps.NATIONAL_ENDS[1], 1.0)


def _figure(own: Row, cell: Cell, kind: str, say: Texts) -> Markup:
    if cell.value is None:
        return Markup("<small>{}</small>").format(wording.status(cell, say))
    percentile = "" if cell.percentile is None else say.number(cell.percentile)
    shown = percentile if kind == "percentile" else gapwords.figure(own, cell, kind, say)
    doubt = Markup(' <em title="{}">?</em>').format(wording.doubt(cell, say))
    return Markup("{}{}").format(shown, doubt if wording.is_doubtful(cell) else "")


def _bar(own: Row, cell: Cell, kind: str, marker: Marker) -> Markup:
    length = _length(own, cell, kind)
    if length is None:
        return Markup("")
    ground = "#fff" if wording.is_doubtful(cell) else marker.colour
    return Markup('<i style="width:{:.1f}%;background:{};border-color:{}"></i>').format(
        length, ground, marker.colour
    )
