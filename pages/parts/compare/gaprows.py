"""A row for every measure of the page of comparisons: strip, gap, and the ranks in the margin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from geo import marks, wording
from geo.cells import Cell
from geo.compare import gaps, gapwords
from geo.compare.gaps import ComparedRow
from geo.markers import Marker
from geo.provinces import provinces
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about, agreementtable, keys, nav, rowdetail
from pages.parts.compare import margin

WIDTH: Final = 420  # of a strip, px
HEADS: Final = (
    N_("Measure"), N_("All provinces, low to high"), N_("Gap"), N_("Ranks"),
)  # fmt: skip


def strip_key(marked: Mapping[str, Marker], t: Translator) -> Markup:
    """Which mark is whose, and what the other signs of a strip are."""
    whose = [
        (marks.marker_key(marker), provinces()[adcode].name_in(t.lang))
        for adcode, marker in marked.items()
    ]
    signs = [
        (marks.tick_key(marks.TICK), t(N_("a province"))),
        (marks.tick_key(marks.NATIONAL), t(N_("national value or median"))),
        (
            marks.marker_key(Marker(marks.NATIONAL, "circle"), hollow=True),
            t(N_("doubtful figure")),
        ),
    ]
    return keys.key_row([*whose, *signs])


def row_heads(t: Translator) -> Markup:
    """What the columns are."""
    return Markup('<div class="line head" aria-hidden="true">{}</div>').format(
        Markup("").join(Markup("<span>{}</span>").format(t(name)) for name in HEADS)
    )


def row_group(
    name: str,
    title: str,
    rows: Sequence[ComparedRow],
    marked: Mapping[str, Marker],
    view: PageState,
    t: Translator,
) -> Markup:
    """Rows under a title; without one, that of the dimension, with the way to its page."""
    markup = Markup("{}").format(title)
    if not title:
        markup = Markup('<a href="{}">{}</a>').format(
            nav.page_address("dimension", view, dimension=name, year=view.preferred_year),
            wording.dimension_name(name, t),
        )
    agreed = (
        agreementtable.folded_agreement(view.preferred_year, t) if name == gaps.OPEN_INDEX else ""
    )
    drawn = Markup("").join(_measure_row(row, marked, view, t) for row in rows)
    mark = about.uploaded_mark([compared_row.measure for compared_row in rows], t)
    return Markup("<h3>{}</h3>{}{}{}").format(markup, mark, drawn, agreed)


def _measure_row(
    row: ComparedRow, marked: Mapping[str, Marker], view: PageState, t: Translator
) -> Markup:
    return Markup(
        '<details class="row" data-measure="{}"><summary class="line"><span>{} <small>{}</small>'
        "</span>{}<span>{}</span><span>{}</span></summary>"
        '<div class="more">{}</div></details>'
    ).format(
        row.measure.id,
        wording.measure_name(row.measure, t),
        row.year,
        _strip_image(row, marked, view, t),
        gapwords.format_gap(row, t),
        margin.rank_margin(row, marked, t),
        _row_details(row, view, t),
    )


def _strip_image(
    row: ComparedRow, marked: Mapping[str, Marker], view: PageState, t: Translator
) -> Markup:
    placed = row.on_scale(view.show)
    if placed is None:
        return Markup('<span class="strip"></span>')
    drawn = marks.strip_of_values_svg(
        placed.values, placed.national, marked, placed.ends, row.doubtful, WIDTH, apart=True
    )
    return Markup('<img class="strip" src="{}" alt="{}">').format(
        marks.image_address(drawn), _strip_text(row, view, t)
    )


def _strip_text(row: ComparedRow, view: PageState, t: Translator) -> str:
    """The strip in words: each chosen province with its figure."""
    return "; ".join(
        t(
            N_("{name}: {value}"),
            name=provinces()[cell.adcode].name_in(t.lang),
            value=gapwords.format_row_cell(row, cell, view.show, t),
        )
        for cell in row.cells
    )


def _row_details(row: ComparedRow, view: PageState, t: Translator) -> Markup:
    """Each province's figure, rank and status; the national value; definition and sources."""
    lines = [
        (provinces()[cell.adcode].name_in(t.lang), _detail_cell(row, cell, t)) for cell in row.cells
    ]
    if row.snapshot.national:
        mark = row.snapshot.national
        note = t(wording.HOW_NATIONAL_NOTES[mark.how], count=mark.count)
        lines.append((wording.format_national(mark, row.measure, t), note))
    texts = [*lines, *about.definition_pairs(row.measure, row.year, t)]
    adcode = row.cells[0].adcode
    return rowdetail.details_list(
        texts, rowdetail.measure_links(row.measure, row.year, adcode, view, t)
    )


def _detail_cell(row: ComparedRow, cell: Cell, t: Translator) -> str:
    parts = [
        wording.format_cell(cell, row.measure, t),
        wording.format_rank(cell, t),
        wording.status_name(cell, t),
        *(wording.localized_remark(text, t) for text in cell.remarks),
    ]
    return " · ".join(dict.fromkeys(part for part in parts if part))
