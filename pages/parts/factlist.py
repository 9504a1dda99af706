"""What the report states in figures, and the targets of the plan that it mentions, as lists."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo import facts, factwording
from geo.facts import Fact
from geo.text import N_, Texts
from pages.parts.portrait import section

MET: Final = {
    "yes": N_("the report calls it met ahead of 2020"),
    "no": N_("the report calls it not met"),
    "not said": N_("the text does not say whether it is met"),
}


def targets(dimension_id: str | None, say: Texts) -> Markup:
    """The five-year plan's indicators that the text mentions, and which it calls met early.

    dimension_id: those of a dimension, '' for those of none, None for all.
    """
    rows = [
        Markup("<li>{} <small>{}</small></li>").format(
            say.pick(own.name_en, own.name_zh),
            " · ".join([say(MET[own.met_early]), section(own.section, say)]),
        )
        for own in facts.targets()
        if dimension_id in (None, own.dimension)
    ]
    if not rows:
        return Markup()
    title = say(N_("Indicators of the five-year plan that the text mentions"))
    return Markup('<section class="list"><h4>{}</h4><ul>{}</ul></section>').format(
        title, Markup("").join(rows)
    )


def fits(fact: Fact, typed: str) -> bool:
    """Whether every word of a search stands in a fact, in either language."""
    return holds(
        typed, fact.subject_en, fact.subject_zh, fact.value_text, fact.note_en, fact.note_zh
    )


def holds(typed: str, *texts: str) -> bool:
    """Whether every word of a search stands in one of some texts, whatever its case."""
    said = " ".join(texts).casefold()
    return all(word in said for word in typed.casefold().split())


def by_section(found: list[Fact], say: Texts) -> Markup:
    """Facts under the sections of the report that they belong to, in the report's order."""
    homes = {own.home for own in found}
    blocks = [
        Markup("<h4>{}</h4><ul>{}</ul>").format(
            section(home, say),
            Markup("").join(_fact(own, home, say) for own in found if own.home == home),
        )
        for home in facts.sections()
        if home in homes
    ]
    return Markup('<section class="facts list">{}</section>').format(Markup("").join(blocks))


def _fact(own: Fact, home: str, say: Texts) -> Markup:
    details = [factwording.fact_time(own, say), factwording.fact_change(own, say)]
    if own.section != home:
        details.append(section(own.section, say))
    details.append(say.pick(own.note_en, own.note_zh))
    line = Markup(say(N_("{subject}: {value}"))).format(
        subject=say.pick(own.subject_en, own.subject_zh),
        value=Markup("<b>{}</b>").format(factwording.fact_value(own, say)),
    )
    return Markup("<li>{} <small>{}</small></li>").format(
        line,
        " · ".join(detail for detail in details if detail),
    )
