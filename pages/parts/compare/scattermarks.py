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
from geo.compare.dots import Dot
from geo.compare.relation import Pair, Relation
from geo.compare.relationwording import A, B
from geo.dimension import regions
from geo.markers import REGION_COLOURS, REGION_DASHES, Marker
from geo.profile import population
from geo.provinces import provinces
from geo.text import N_, Texts

ACCENT: Final = "#1f5f99"
CATCH_PX2: Final = 260  # the least area that a pointer or a finger catches
BRUSH: Final = "brush"
PICK: Final = "pick"


def points(
    own: Relation, circles: Sequence[Dot], looks: dict[str, Marker], say: Texts
) -> pd.DataFrame:
    """A row for each dot: where, how large, and what its tooltip says."""
    pairs = {pair.adcode: pair for pair in own.pairs}
    return pd.DataFrame([_point(dot, pairs[dot.adcode], own, looks, say) for dot in circles])


def _point(
    dot: Dot, pair: Pair, own: Relation, looks: dict[str, Marker], say: Texts
) -> dict[str, object]:
    province = provinces()[dot.adcode]
    year = dots.population_year(own.a.year)
    known = population(dot.adcode, year)
    name = province.name(say.lang)
    region = Marker(REGION_COLOURS[list(regions()).index(province.region_en)], "circle")
    look = looks.get(dot.adcode, region)
    a, b = (
        relationwording.figure(cell, side, say) for cell, side in ((pair.a, own.a), (pair.b, own.b))
    )
    return {
        "adcode": dot.adcode,
        "x": dot.x,
        "y": dot.y,
        "area": dot.area_px2,
        "catch": max(dot.area_px2, CATCH_PX2),
        "region": province.region_en,
        "doubtful": pair.doubtful,
        "chosen": dot.adcode in looks,
        "colour": look.colour,
        "shape": look.shape,
        "name": name,
        "read": say(N_("{name}: A {a}, B {b}"), name=name, a=a, b=b),
        "region_name": province.region(say.lang),
        "a": a,
        "b": b,
        "rank_a": relationwording.place(pair.a, say),
        "rank_b": relationwording.place(pair.b, say),
        "people": wording.people(known[0], say) if known else "",
    }


def marks(base: alt.Chart) -> list[alt.Chart]:
    """Circles by region, and the chosen provinces over them in their colours and shapes.

    Colours and shapes stand in the rows: layers would share one scale, and mix up the two kinds.
    """
    dashes = alt.Scale(domain=list(regions()), range=[list(dash) for dash in REGION_DASHES])
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


def catch(base: alt.Chart, own: Relation, say: Texts) -> alt.Chart:
    """Unseen marks on top: they carry the tooltips, catch clicks and are brushed."""
    year = dots.population_year(own.a.year)
    tips = {
        "name": say(N_("Province")),
        "region_name": say(N_("Region")),
        # The tooltip cuts long heads, and with the whole name the year would be lost.
        "a": say(relationwording.SIDES[A], title=own.a.year),
        "rank_a": say(N_("Rank in A")),
        "b": say(relationwording.SIDES[B], title=own.b.year),
        "rank_b": say(N_("Rank in B")),
        "people": say(N_("Residents, {year}"), year=year),
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
