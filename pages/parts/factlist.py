"""What the report states of a dimension in figures, and which targets the plan has for it."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import facts, factwording
from geo.facts import Fact
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, state
from pages.parts.portrait import section

MET: Final = {
    "yes": N_("the report calls it met ahead of 2020"),
    "no": N_("the report calls it not met"),
    "not said": N_("the text does not say whether it is met"),
}


def draw(view: View, say: Texts) -> None:
    """What the report states of the dimension in figures, by task and action, with search."""
    found = facts.facts_of_dimension(view.dimension)
    with st.container(key="facts"):
        st.html(Markup("<h3>{}</h3>").format(say(N_("What the report of 2017 states in figures"))))
        if not found:
            st.html(about.note(say(N_("The report’s text states no figure that fits here."))))
            return
        state.follow("find", st.query_params.get("find", ""))
        typed = st.text_input(
            say(N_("Search these facts")), key="find", on_change=state.keep, args=("find",)
        )
        kept = [own for own in found if fits(own, typed or "")]
        count = say(N_("{kept} of {count} facts"), kept=len(kept), count=len(found))
        st.html(about.note(count) + by_section(kept, say) + targets(view.dimension, say))


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
    said = " ".join((fact.subject_en, fact.subject_zh, fact.value_text, fact.note_en, fact.note_zh))
    return all(word in said.casefold() for word in typed.casefold().split())


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
