"""A row for every measure of the page of comparisons: strip, gap, and the ranks in the margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from geo import marks, wording
from geo.cells import Cell
from geo.compare import gaps, gapwords
from geo.compare.gaps import Row
from geo.markers import Marker
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, agreementtable, keys, nav, rowdetail
from pages.parts.compare import margin

WIDTH: Final = 420  # of a strip, px
HEADS: Final = (
    N_("Measure"), N_("All provinces, low to high"), N_("Gap"), N_("Ranks"),
)  # fmt: skip


def key(marked: Mapping[str, Marker], say: Texts) -> Markup:
    """Which mark is whose, and what the other signs of a strip are."""
    whose = [(marks.key(marker), provinces()[own].name(say.lang)) for own, marker in marked.items()]
    signs = [
        (marks.tick_key(marks.TICK), say(N_("a province"))),
        (marks.tick_key(marks.NATIONAL), say(N_("national value or median"))),
        (marks.key(Marker(marks.NATIONAL, "circle"), hollow=True), say(N_("doubtful figure"))),
    ]
    return keys.row([*whose, *signs])


def head(say: Texts) -> Markup:
    """What the columns are."""
    return Markup('<div class="line head" aria-hidden="true">{}</div>').format(
        Markup("").join(Markup("<span>{}</span>").format(say(name)) for name in HEADS)
    )


def group(
    name: str,
    title: str,
    found: Sequence[Row],
    marked: Mapping[str, Marker],
    view: View,
    say: Texts,
) -> Markup:
    """Rows under a title; without one, that of the dimension, with the way to its page."""
    shown = Markup("{}").format(title)
    if not title:
        shown = Markup('<a href="{}">{}</a>').format(
            nav.address("dimension", view, dimension=name, year=view.wanted_year),
            wording.dimension_name(name, say),
        )
    agreed = agreementtable.folded(view.wanted_year, say) if name == gaps.OURS else ""
    drawn = Markup("").join(_row(own, marked, view, say) for own in found)
    mark = about.own_mark([own.measure for own in found], say)
    return Markup("<h3>{}</h3>{}{}{}").format(shown, mark, drawn, agreed)


def _row(own: Row, marked: Mapping[str, Marker], view: View, say: Texts) -> Markup:
    return Markup(
        '<details class="row" data-measure="{}"><summary class="line"><span>{} <small>{}</small>'
        "</span>{}<span>{}</span><span>{}</span></summary>"
        '<div class="more">{}</div></details>'
    ).format(
        own.measure.id,
        wording.measure_name(own.measure, say),
        own.year,
        _strip(own, marked, view, say),
        gapwords.gap(own, say),
        margin.draw(own, marked, say),
        _more(own, view, say),
    )


def _strip(own: Row, marked: Mapping[str, Marker], view: View, say: Texts) -> Markup:
    placed = own.placed(view.show)
    if placed is None:
        return Markup('<span class="strip"></span>')
    drawn = marks.along(
        placed.values, placed.national, marked, placed.ends, own.doubtful, WIDTH, apart=True
    )
    return Markup('<img class="strip" src="{}" alt="{}">').format(
        marks.address(drawn), _told(own, view, say)
    )


def _told(own: Row, view: View, say: Texts) -> str:
    """The strip in words: each chosen province with its figure."""
    return "; ".join(
        say(
            N_("{name}: {value}"),
            name=provinces()[cell.adcode].name(say.lang),
            value=gapwords.figure(own, cell, view.show, say),
        )
        for cell in own.cells
    )


def _more(own: Row, view: View, say: Texts) -> Markup:
    """Each province's figure, rank and status; the national value; definition and sources."""
    told = [(provinces()[cell.adcode].name(say.lang), _cell(own, cell, say)) for cell in own.cells]
    if own.snapshot.national:
        mark = own.snapshot.national
        note = say(wording.HOW_NATIONAL_NOTES[mark.how], count=mark.count)
        told.append((wording.national(mark, own.measure, say), note))
    shown = [*told, *about.definition(own.measure, own.year, say)]
    adcode = own.cells[0].adcode
    return rowdetail.definition(shown, rowdetail.links(own.measure, own.year, adcode, view, say))


def _cell(own: Row, cell: Cell, say: Texts) -> str:
    parts = [
        wording.headline(cell, own.measure, say),
        wording.rank(cell, say),
        wording.status(cell, say),
        *(wording.remark(text, say) for text in cell.remarks),
    ]
    return " · ".join(dict.fromkeys(part for part in parts if part))
