"""Two measures of all provinces as a table, to read and to download."""

from __future__ import annotations

from geo import wording
from geo.compare import relationwording
from geo.compare.relation import Relation, comparable_rank
from geo.compare.relationwording import A, B
from geo.csvsafe import to_csv
from geo.measures import all_measures
from geo.provinces import provinces
from geo.text import N_, Translator


def relation_heads(relation: Relation, t: Translator) -> list[str]:
    """The heads of ``relation_rows``: names, value and rank in A and in B, and the region."""
    return [
        t(N_("Province")),
        relationwording.side_title(A, relation.a, t),
        t(N_("Rank in A")),
        relationwording.side_title(B, relation.b, t),
        t(N_("Rank in B")),
        t(N_("Region")),
    ]


def relation_rows(relation: Relation, t: Translator) -> list[list[str]]:
    """A row for each of the 31 provinces in the order of adcodes, in words."""
    return [
        [
            provinces()[pair.adcode].name_in(t.lang),
            relationwording.format_side_value(pair.a, relation.a, t),
            str(comparable_rank(pair.a) or "–"),
            relationwording.format_side_value(pair.b, relation.b, t),
            str(comparable_rank(pair.b) or "–"),
            provinces()[pair.adcode].region_in(t.lang),
        ]
        for pair in relation.pairs
    ]


def relation_csv(relation: Relation, t: Translator) -> str:
    """The same for a spreadsheet: plain numbers, units and statuses in columns of their own."""
    head = [t(N_("adcode")), t(N_("Province")), t(N_("Region"))]
    for key, side in ((A, relation.a), (B, relation.b)):
        title = relationwording.side_title(key, side, t)
        head += [title, t(N_("Unit")), t(N_("Rank")), t(N_("Status"))]
    body: list[list[object]] = []
    for pair in relation.pairs:
        province = provinces()[pair.adcode]
        row: list[object] = [pair.adcode, province.name_in(t.lang), province.region_in(t.lang)]
        for cell, side in ((pair.a, relation.a), (pair.b, relation.b)):
            measure = all_measures()[side.measure]
            row += [
                "" if cell.value is None else f"{cell.value:.12g}",
                t.localized(measure.unit_en, measure.unit_zh),
                comparable_rank(cell),
                wording.status_name(cell, t),
            ]
        body.append(row)
    return to_csv([head, *body])
