"""What a row of a measure opens to: definition, status, sources, and links."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from geo import files, wording
from geo.indicators import Measure
from geo.profile import Standing
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, nav


def draw(own: Standing, view: View, say: Texts) -> Markup:
    """Definition, status, remarks and sources; the data as a file; the measure on the map."""
    remarks = [wording.remark(text, say) for text in own.cell.remarks]
    rows = [
        (say(N_("Status")), " · ".join([wording.status(own.cell, say), *remarks])),
        *about.definition(own.measure, own.year, say),
    ]
    if own.snapshot.national:
        mark = own.snapshot.national
        note = say(wording.HOW_NATIONAL_NOTES[mark.how], count=mark.count)
        rows.insert(1, (wording.national(mark, own.measure, say), note))
    return definition(rows, links(own.measure, own.year, own.cell.adcode, view, say))


def links(
    measure: Measure, year: int, adcode: str, view: View, say: Texts
) -> list[tuple[str, str]]:
    """The measure on the map, and its figures as a file: addresses with their words.

    No file of a measure of the reader's own: an address is asked outside of the session.
    """
    shown = (
        nav.address("map", view, measure=measure.id, year=year, province=adcode),
        say(N_("Show on the map")),
    )
    if measure.kind == "own":
        return [shown]
    return [
        shown,
        (
            f"{files.TABLE}?measure={measure.id}&lang={say.lang}",
            say(N_("Download the figures of all provinces and years (CSV)")),
        ),
    ]


def definition(
    rows: Sequence[tuple[object, object]], addresses: Sequence[tuple[str, str]]
) -> Markup:
    """Terms with what is said of them, and links beneath."""
    return Markup("<dl>{}</dl><p>{}</p>").format(
        Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*row) for row in rows),
        Markup(" · ").join(Markup('<a href="{}">{}</a>').format(*link) for link in addresses),
    )
