"""What a row of a measure opens to: definition, status, sources, and links."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from geo import files, wording
from geo.indicators import Measure
from geo.profile import Standing
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about, nav


def measure_details(standing: Standing, view: PageState, t: Translator) -> Markup:
    """Definition, status, remarks and sources; the data as a file; the measure on the map."""
    remarks = [wording.localized_remark(text, t) for text in standing.cell.remarks]
    rows = [
        (t(N_("Status")), " · ".join([wording.status_name(standing.cell, t), *remarks])),
        *about.definition_pairs(standing.measure, standing.year, t),
    ]
    if standing.snapshot.national:
        mark = standing.snapshot.national
        note = t(wording.HOW_NATIONAL_NOTES[mark.how], count=mark.count)
        rows.insert(1, (wording.format_national(mark, standing.measure, t), note))
    return details_list(
        rows, measure_links(standing.measure, standing.year, standing.cell.adcode, view, t)
    )


def measure_links(
    measure: Measure, year: int, adcode: str, view: PageState, t: Translator
) -> list[tuple[str, str]]:
    """The measure on the map, and its figures as a file: addresses with their words.

    No file of a measure of the reader's own: an address is asked outside of the session.
    """
    lines = (
        nav.page_address("map", view, measure=measure.id, year=year, province=adcode),
        t(N_("Show on the map")),
    )
    if measure.kind == "own":
        return [lines]
    return [
        lines,
        (
            f"{files.TABLE}?measure={measure.id}&lang={t.lang}",
            t(N_("Download the figures of all provinces and years (CSV)")),
        ),
    ]


def details_list(
    rows: Sequence[tuple[object, object]], addresses: Sequence[tuple[str, str]]
) -> Markup:
    """Terms with what is said of them, and links beneath."""
    return Markup("<dl>{}</dl><p>{}</p>").format(
        Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*row) for row in rows),
        Markup(" · ").join(Markup('<a href="{}">{}</a>').format(*link) for link in addresses),
    )
