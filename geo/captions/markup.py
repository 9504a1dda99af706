"""HTML of a map's heading, legend and ranking, for pages and the standalone map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from geo.analysis import RANK, DifferenceMap, MeasureMap, kind_line
from geo.captions.legend import Legend, ScaleMark, build_map_legend
from geo.captions.ranking import NationalRow, Ranking, UnrankedGroup, build_ranking
from geo.maps import Choropleth
from geo.measures import Measure, format_national, measure_name
from geo.text import N_, Translator, render_template

CHANGE_HEADINGS: Final = {
    "change": N_("{measure}: change from {early} to {late}"),
    "percent": N_("{measure}: change in percent from {early} to {late}"),
    "places": N_("{measure}: change of rank from {early} to {late}"),
}
LEGEND_HINT: Final = N_("Point at a class to see only its provinces.")
TEMPLATES: Final = Path(__file__).parent / "templates"


def quiet_note(text: str) -> Markup:
    """A note in muted but readable text."""
    return Markup('<p class="atlas-note">{}</p>').format(text)


def map_heading(measure: Measure, year: int, t: Translator) -> str:
    """The heading of a map: measure and year."""
    return t(N_("{measure}, {year}"), measure=measure_name(measure, t), year=year)


def measure_map_heading(shown: MeasureMap, t: Translator) -> str:
    """The heading of a map: measure, year, and what it displays instead of values."""
    name = measure_name(shown.base, t)
    if shown.pair is not None:
        early, late = shown.pair.first.year, shown.pair.second.year
        return t(CHANGE_HEADINGS[shown.display.kind], measure=name, early=early, late=late)
    if shown.display.kind == RANK:
        return t(N_("{measure}: rank, {year}"), measure=name, year=shown.year)
    return map_heading(shown.base, shown.year, t)


def map_subheading(measure: Measure, choropleth: Choropleth, t: Translator) -> str:
    """The line below the heading: author, unit and national value."""
    snapshot = choropleth.snapshot
    lines = [kind_line(measure, snapshot.year, t)]
    if snapshot.national:
        lines.append(format_national(snapshot.national, measure, t))
    return " · ".join(lines)


def map_legend(
    measure: Measure,
    choropleth: Choropleth,
    t: Translator,
    province: str = "",
    difference: DifferenceMap | None = None,
) -> Markup:
    """The legend of one map, with its classification method.

    province: the one to mark. difference: what the map shows, if it is a change.
    """
    legend = build_map_legend(measure, choropleth, t, province, difference)
    parts = [
        legend_sides(legend),
        legend_circles(legend),
        legend_classes(legend),
        legend_marks(legend.scale_marks) if legend.has_scale else Markup(),
        legend_keys(legend),
    ]
    return render_template(
        TEMPLATES,
        "legend",
        label=t(N_("Legend")),
        parts=Markup("").join(parts),
        note=quiet_note(
            t.join_sentences(
                [
                    legend.method_note or legend.scale_note,
                    *([] if legend.circles else [t(LEGEND_HINT)]),
                ]
            )
        ),
    )


def legend_sides(legend: Legend) -> Markup:
    """The words on the two sides of zero, over the classes of a difference."""
    if not legend.sides:
        return Markup()
    below, above = legend.sides
    between = len(legend.classes) - below.class_count - above.class_count
    split_pct = 100 * (below.class_count + 0.5 * between) / len(legend.classes)
    return render_template(TEMPLATES, "legend_sides", sides=legend.sides, split_pct=split_pct)


def legend_circles(legend: Legend) -> Markup:
    """The circles of a legend with the unit of their values."""
    if not legend.circles:
        return Markup()
    return render_template(TEMPLATES, "legend_circles", head=legend.head, circles=legend.circles)


def legend_classes(legend: Legend) -> Markup:
    """The classes of a legend, with the provinces in each."""
    if not legend.classes:
        return Markup()
    return render_template(TEMPLATES, "legend_classes", rows=legend.classes)


def legend_marks(marks: Sequence[ScaleMark]) -> Markup:
    """The positions of the national value and the selected province on the scale of classes."""
    marks_on_scale = [mark for mark in marks if mark.position is not None]
    return render_template(TEMPLATES, "legend_marks", marks=marks_on_scale)


def legend_keys(legend: Legend) -> Markup:
    """The keys of statuses without a class and of marks, with the provinces of each."""
    return render_template(TEMPLATES, "legend_keys", statuses=legend.keys, marks=legend.marks)


def map_ranking(
    measure: Measure, choropleth: Choropleth, t: Translator, province: str = ""
) -> Markup:
    """The ranking of the snapshot that a map shows; province: the selected row."""
    ranking = build_ranking(measure, choropleth, t)
    ranked = [{"rows": _ranked_rows(ranking)}] if ranking.ranked else []
    return render_template(
        TEMPLATES,
        "ranking",
        shows=ranking.shows,
        title=ranking.title,
        unit=ranking.unit,
        kind="ours" if ranking.is_open_index else "" if ranking.has_values else "plain",
        province=province,
        groups=[*ranked, *map(_unranked_units, ranking.unranked)],
    )


def _ranked_rows(ranking: Ranking) -> list[dict[str, object]]:
    """Rows by rank, with the width of a bar from zero."""
    return [
        {
            "national": isinstance(row, NationalRow),
            "row": row,
            "width": _bar_width(row.value or 0.0, ranking.top),
        }
        for row in ranking.rows
    ]


def _unranked_units(group: UnrankedGroup) -> dict[str, object]:
    """The provinces without a rank, or with one on a list of another scale."""
    units = [
        {"adcode": row.adcode, "name": label}
        for row, label in zip(group.provinces, group.labels, strict=True)
    ]
    return {"name": group.name, "note": group.note, "units": units}


def _bar_width(value: float, top: float) -> str:
    """The width of a bar in percent of the largest; a list of ranks has no bars."""
    percent = 100 * abs(value) / top if top > 0 else 0.0
    return f"{percent:.1f}"
