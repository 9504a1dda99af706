"""Two measures of all provinces as a table, to read and to download."""

from __future__ import annotations

from geo import wording
from geo.compare import relationwording
from geo.compare.relation import Relation, rank
from geo.compare.relationwording import A, B
from geo.measures import measures
from geo.provinces import provinces
from geo.tables import written
from geo.text import N_, Texts


def heads(own: Relation, say: Texts) -> list[str]:
    """What the columns of ``rows`` hold: names, then figure and rank of A and of B, and region."""
    return [
        say(N_("Province")),
        relationwording.side_title(A, own.a, say),
        say(N_("Rank in A")),
        relationwording.side_title(B, own.b, say),
        say(N_("Rank in B")),
        say(N_("Region")),
    ]


def rows(own: Relation, say: Texts) -> list[list[str]]:
    """A row for each of the 31 provinces in the order of adcodes, in words."""
    return [
        [
            provinces()[pair.adcode].name(say.lang),
            relationwording.figure(pair.a, own.a, say),
            str(rank(pair.a) or "–"),
            relationwording.figure(pair.b, own.b, say),
            str(rank(pair.b) or "–"),
            provinces()[pair.adcode].region(say.lang),
        ]
        for pair in own.pairs
    ]


def to_csv(own: Relation, say: Texts) -> str:
    """The same for a spreadsheet: plain numbers, units and statuses in columns of their own."""
    head = [say(N_("adcode")), say(N_("Province")), say(N_("Region"))]
    for key, side in ((A, own.a), (B, own.b)):
        title = relationwording.side_title(key, side, say)
        head += [title, say(N_("Unit")), say(N_("Rank")), say(N_("Status"))]
    body: list[list[object]] = []
    for pair in own.pairs:
        province = provinces()[pair.adcode]
        row: list[object] = [pair.adcode, province.name(say.lang), province.region(say.lang)]
        for cell, side in ((pair.a, own.a), (pair.b, own.b)):
            measure = measures()[side.measure]
            row += [
                "" if cell.value is None else f"{cell.value:.12g}",
                say.pick(measure.unit_en, measure.unit_zh),
                rank(cell),
                wording.status(cell, say),
            ]
        body.append(row)
    return written([head, *body])
