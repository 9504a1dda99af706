"""China at a glance: the panel of the map while no province is chosen."""

from __future__ import annotations

from typing import Final, NamedTuple

import streamlit as st
from markupsafe import Markup

from geo.analysis import MeasureMap, PageState, cache_published
from geo.captions import change_caption, describe_leaders, describe_risers, map_caption
from geo.limits import MAP_CACHE_SIZE
from geo.measures import Measure, Scale
from geo.tables import STRATEGY_KINDS, fact_change, fact_value, national_facts
from geo.text import N_, Translator, render_template, translator
from pages.parts.about import definition_pairs
from pages.parts.agreement import folded_agreement
from pages.parts.page_frame import TEMPLATES, page_address, shared_params
from pages.parts.province_head import section_citation
from pages.parts.report_lists import statement_groups

# Headline facts of the report; a fact of the same subject stands beside the first, or nothing.
HEADLINES: Final = (
    ("digital_economy", "digital_economy_gdp_share"),
    ("netizens", ""),
    ("online_retail", ""),
    ("software_revenue", ""),
    ("broadband_household_penetration", ""),
    ("mobile_data_traffic", ""),
)
STRATEGY_SECTION: Final = "1.1"  # where the report sets out the tasks and directions


class _Headline(NamedTuple):
    """A headline fact: its subject, value, change or relation, and section."""

    subject: str
    value: str
    details: tuple[str, ...]
    section: str


class _Way(NamedTuple):
    """A link to go on with."""

    address: str
    icon: str
    text: str


def glance_panel(view: PageState, shown: MeasureMap, t: Translator) -> Markup:
    """Return the panel: facts of the report, what the map shows in sentences, ways to go on."""
    return render_template(
        TEMPLATES,
        "glance_panel",
        title=t(N_("China at a glance")),
        hint=t(N_("Select a province on the map or in the ranking.")),
        source=t(N_("National data in the report, 2017")),
        headlines=_headlines(t),
        shown=t(N_("Key points of this map")),
        sentences=_shown_sentences(shown, t),
        label=t(N_("Next steps")),
        ways=_ways(view, t),
        about=_about_measure(shown.base, shown.year, view.lang),
    )


def draw_strategy(t: Translator) -> None:
    """Draw what the report says of tasks and directions, folded; the same for all measures."""
    st.html(
        render_template(
            TEMPLATES,
            "strategy",
            title=t(N_("Digital China: three strategic tasks, six directions")),
            groups=statement_groups(STRATEGY_KINDS, t),
            section=section_citation(STRATEGY_SECTION, t),
            address=page_address("data", t, listed="facts"),
            link=t(N_("All statements of the report")),
        )
    )


def _headlines(t: Translator) -> list[_Headline]:
    facts = national_facts()
    headlines = []
    for name, related in HEADLINES:
        fact = facts[name]
        details = [fact_change(fact, t)]
        if related:
            details.append(
                t(
                    N_("{subject}: {value}"),
                    subject=t.localized(facts[related], "subject"),
                    value=fact_value(facts[related], t),
                )
            )
        headlines.append(
            _Headline(
                t.localized(fact, "subject"),
                fact_value(fact, t),
                tuple(text for text in details if text),
                t(N_("Section {number}"), number=fact.section),
            )
        )
    return headlines


def _shown_sentences(shown: MeasureMap, t: Translator) -> tuple[str, ...]:
    """Return what the map shows in sentences."""
    if shown.pair is None or shown.difference is None:
        return _map_sentences(shown.base, shown.year, t.lang)
    return (change_caption(shown, shown.pair, shown.difference, t).alt.text,)


@cache_published(maxsize=MAP_CACHE_SIZE)
def _map_sentences(measure: Measure, year: int, lang: str) -> tuple[str, ...]:
    """Return the leaders and the largest rises of a measure as sentences."""
    t = translator(lang)
    if measure.snapshot(year).scale is not Scale.QUANTITY:
        return (map_caption(measure, year, t).title.text,)
    return (describe_leaders(measure, year, t).text, describe_risers(measure, t).text)


@cache_published(maxsize=MAP_CACHE_SIZE)
def _about_measure(measure: Measure, year: int, lang: str) -> Markup:
    """Return the definition of the measure, and of the open index how it agrees; folded."""
    t = translator(lang)
    about = render_template(
        TEMPLATES,
        "about_measure",
        title=t(N_("About this measure")),
        rows=definition_pairs(measure, year, t, is_whole=True),
    )
    return about + (folded_agreement(year, t) if measure.kind == "index" else Markup())


def _ways(view: PageState, t: Translator) -> list[_Way]:
    shared = shared_params()
    return [
        _Way(page_address("province", view, **shared), "location_on", t(N_("Explore a province"))),
        _Way(page_address("compare", view, **shared), "compare_arrows", t(N_("Compare provinces"))),
        _Way(page_address("briefing", view, **shared), "image", t(N_("Create a picture"))),
    ]
