"""The marks of the scatter: circles by region, chosen provinces in their own look, and what
catches pointer and brush.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from geo import wording
from geo.compare import dots, relationwording
from geo.compare.dots import ScatterPoint
from geo.compare.relation import ProvincePair, Relation
from geo.compare.relationwording import A, B
from geo.dimension import region_names
from geo.markers import REGION_COLOURS, REGION_DASHES, Marker
from geo.profile import resident_population
from geo.provinces import provinces
from geo.text import N_, Translator

ACCENT: Final = "#1f5f99"
CATCH_PX2: Final = 260  # the least area that a pointer or a finger catches
BRUSH: Final = "brush"
PICK: Final = "pick"


def point_rows(
    relation: Relation,
    scatter_points: Sequence[ScatterPoint],
    markers: dict[str, Marker],
    t: Translator,
) -> pd.DataFrame:
    """A row for each dot: where, how large, and what its tooltip says."""
    pairs = {pair.adcode: pair for pair in relation.pairs}
    return pd.DataFrame(
        [_point_row(dot, pairs[dot.adcode], relation, markers, t) for dot in scatter_points]
    )


def _point_row(
    dot: ScatterPoint,
    pair: ProvincePair,
    relation: Relation,
    markers: dict[str, Marker],
    t: Translator,
) -> dict[str, object]:
    province = provinces()[dot.adcode]
    year = dots.nearest_population_year(relation.a.year)
    known = resident_population(dot.adcode, year)
    name = province.name_in(t.lang)
    region = Marker(REGION_COLOURS[list(region_names()).index(province.region_en)], "circle")
    look = markers.get(dot.adcode, region)
    a, b = (
        relationwording.format_side_value(cell, side, t)
        for cell, side in ((pair.a, relation.a), (pair.b, relation.b))
    )
    return {
        "adcode": dot.adcode,
        "x": dot.x,
        "y": dot.y,
        "area": dot.area_px2,
        "catch": max(dot.area_px2, CATCH_PX2),
        "region": province.region_en,
        "doubtful": pair.doubtful,
        "chosen": dot.adcode in markers,
        "colour": look.colour,
        "shape": look.shape,
        "name": name,
        "read": t(N_("{name}: A {a}, B {b}"), name=name, a=a, b=b),
        "region_name": province.region_in(t.lang),
        "a": a,
        "b": b,
        "rank_a": relationwording.format_side_rank(pair.a, t),
        "rank_b": relationwording.format_side_rank(pair.b, t),
        "people": wording.format_population(known[0], t) if known else "",
    }


def point_layers(base: alt.Chart) -> list[alt.Chart]:
    """Circles by region, and the chosen provinces over them in their colours and shapes.

    Colours and shapes stand in the rows: layers would share one scale, and mix up the two kinds.
    """
    dashes = alt.Scale(domain=list(region_names()), range=[list(dash) for dash in REGION_DASHES])
    style: dict[str, Any] = {"strokeWidth": 1.4, "opacity": 1, "aria": False}
    looks: dict[str, Any] = {
        "size": alt.Size("area:Q", scale=None),
        "fill": alt.Fill("colour:N", scale=None),
        "stroke": alt.Stroke("colour:N", scale=None),
    }
    return [
        base.transform_filter("!datum.chosen")
        .mark_point(**style)
        .encode(
            **looks,
            strokeDash=alt.StrokeDash("region:N", scale=dashes, legend=None),
            fillOpacity=alt.condition("datum.doubtful", alt.value(0), alt.value(0.16)),
        ),
        base.transform_filter("datum.chosen")
        .mark_point(**style)
        .encode(
            **looks,
            shape=alt.Shape("shape:N", scale=None),
            fillOpacity=alt.condition("datum.doubtful", alt.value(0), alt.value(1)),
        ),
    ]


def catch_layer(base: alt.Chart, relation: Relation, t: Translator) -> alt.Chart:
    """Unseen marks on top: they carry the tooltips, catch clicks and are brushed."""
    year = dots.nearest_population_year(relation.a.year)
    tips = {
        "name": t(N_("Province")),
        "region_name": t(N_("Region")),
        # The tooltip cuts long heads, and with the whole name the year would be lost.
        "a": t(relationwording.SIDES[A], title=relation.a.year),
        "rank_a": t(N_("Rank in A")),
        "b": t(relationwording.SIDES[B], title=relation.b.year),
        "rank_b": t(N_("Rank in B")),
        "people": t(N_("Residents, {year}"), year=year),
    }
    return (
        base.mark_point(filled=True, opacity=0, cursor="pointer")
        .encode(
            size=alt.Size("catch:Q", scale=None),
            description="read:N",  # to who listens, in place of the fields of the data
            tooltip=[alt.Tooltip(f"{field}:N", title=title) for field, title in tips.items()],
        )
        .add_params(
            alt.selection_point(name=PICK, fields=["adcode"], toggle="false"),
            alt.selection_interval(
                name=BRUSH,
                encodings=["x", "y"],
                mark=alt.BrushConfig(fill=ACCENT, fillOpacity=0.08, stroke=ACCENT),
            ),
        )
    )
