"""What the report states in figures, and the targets of the plan that it mentions, as lists."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo import facts, factwording
from geo.facts import Fact
from geo.text import N_, Translator
from pages.parts.portrait import section_citation

MET: Final = {
    "yes": N_("the report calls it met ahead of 2020"),
    "no": N_("the report calls it not met"),
    "not said": N_("the text does not say whether it is met"),
}


def targets_list(dimension_id: str | None, t: Translator) -> Markup:
    """The five-year plan's indicators that the text mentions, and which it calls met early.

    dimension_id: those of a dimension, '' for those of none, None for all.
    """
    rows = [
        Markup("<li>{} <small>{}</small></li>").format(
            t.localized(plan_target.name_en, plan_target.name_zh),
            " · ".join([t(MET[plan_target.met_early]), section_citation(plan_target.section, t)]),
        )
        for plan_target in facts.plan_targets()
        if dimension_id in (None, plan_target.dimension)
    ]
    if not rows:
        return Markup()
    title = t(N_("Indicators of the five-year plan that the text mentions"))
    return Markup('<section class="list"><h4>{}</h4><ul>{}</ul></section>').format(
        title, Markup("").join(rows)
    )


def fact_matches(fact: Fact, typed: str) -> bool:
    """Whether every word of a search stands in a fact, in either language."""
    return contains_words(
        typed, fact.subject_en, fact.subject_zh, fact.value_text, fact.note_en, fact.note_zh
    )


def contains_words(typed: str, *texts: str) -> bool:
    """Whether every word of a search stands in one of some texts, whatever its case."""
    text = " ".join(texts).casefold()
    return all(word in text for word in typed.casefold().split())


def facts_by_section(listed: list[Fact], t: Translator) -> Markup:
    """Facts under the sections of the report that they belong to, in the report's order."""
    homes = {fact.home_section for fact in listed}
    blocks = [
        Markup("<h4>{}</h4><ul>{}</ul>").format(
            section_citation(home, t),
            Markup("").join(
                _fact_item(entry, home, t) for entry in listed if entry.home_section == home
            ),
        )
        for home in facts.report_sections()
        if home in homes
    ]
    return Markup('<section class="facts list">{}</section>').format(Markup("").join(blocks))


def _fact_item(fact: Fact, home: str, t: Translator) -> Markup:
    details = [factwording.fact_time(fact, t), factwording.fact_change(fact, t)]
    if fact.section != home:
        details.append(section_citation(fact.section, t))
    details.append(t.localized(fact.note_en, fact.note_zh))
    line = Markup(t(N_("{subject}: {value}"))).format(
        subject=t.localized(fact.subject_en, fact.subject_zh),
        value=Markup("<b>{}</b>").format(factwording.fact_value(fact, t)),
    )
    return Markup("<li>{} <small>{}</small></li>").format(
        line,
        " · ".join(detail for detail in details if detail),
    )
