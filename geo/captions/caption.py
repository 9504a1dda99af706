"""The ``Caption`` class, and the parts of titles: choice by length, short names, values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from geo.captions.foot import Foot
from geo.captions.sentences import Sentence, SentenceBuilder
from geo.index import WHOLE_INDEX
from geo.measures import (
    GROUP_NAMES,
    TIGHT_UNITS,
    Measure,
    format_number,
    format_value,
    is_development_report,
    measure_name,
    measure_unit,
    name_with_unit,
)
from geo.text import N_, Translator

# The report's name by edition: "Construction and Development", in later ones "Development".
REPORT_SUBTITLES: Final = {
    False: N_("{measure} of the Digital China report, {year}; scores are not published"),
    True: N_("{measure} of the Digital China Development Report, {year}; scores are not published"),
}
# Only for names too long for a title; the full names are in data/measures.csv.
SHORT_NAMES: Final[Mapping[str, str]] = {
    "mobile_internet_users_per_100": N_("Mobile internet per 100 residents"),
    "telecom_volume_per_resident": N_("Telecommunications per resident"),
    "digital_finance_index": N_("Digital financial inclusion"),
    "egov_capability": N_("Online government service score"),
    "it_service_revenue_per_resident": N_("IT service revenue per resident"),
    "software_revenue_share_gdp": N_("Software revenue relative to GRP"),
    "invention_patents_per_10k": N_("Invention patents per 10,000 residents"),
    "rd_intensity_industry": N_("Industrial R&D relative to GRP"),
    "rd_personnel_per_10k": N_("Industrial R&D staff per 10,000"),
    "technology_market_share_gdp": N_("Technical market relative to GRP"),
    "ecommerce_sales_share_gdp": N_("E-commerce sales relative to GRP"),
    "ecommerce_purchases_share_gdp": N_("E-commerce purchases relative to GRP"),
    "enterprises_with_ecommerce": N_("Enterprises with e-commerce"),
    "fixed_broadband_per_100": N_("Fixed broadband per 100 residents"),
    "rural_broadband_per_100": N_("Broadband per 100 rural residents"),
    "broadband_ports_per_100": N_("Broadband ports per 100 residents"),
    "mobile_phones_per_100": N_("Mobile phones per 100 residents"),
    "base_stations_per_10k": N_("Base stations per 10,000 residents"),
    "optical_cable_density": N_("Optical cable per km² of land"),
    "security_revenue_share_gdp": N_("Security revenue relative to GRP"),
    "policy_attention": N_("Digital terms in work reports"),
    "science_spending_share": N_("Science share of public spending"),
    "gdp_per_capita": N_("Regional product per capita"),
    "tertiary_share_gdp": N_("Tertiary share of regional product"),
}


@dataclass(frozen=True)
class Caption:
    """All text of a picture; it is complete without the page around it.

    title: a finding. subtitle: measure, unit and year. alt: the alternative text. source: the
    issuing bodies and where the values were read. notes: all caveats, the credit of the boundaries
    last; they are behind the link of a picture and in the notes of a slide. foot: what stands below
    the picture.
    """

    title: Sentence
    subtitle: str
    alt: Sentence
    source: str
    notes: tuple[Sentence, ...]
    foot: Foot


def choose_title(variants: Iterable[Sentence], t: Translator) -> Sentence:
    """The first title that is short enough, of titles from long to short; else the shortest."""
    sentences = list(variants)
    short = [one for one in sentences if len(one.text) <= t.language.title_length]
    return short[0] if short else min(sentences, key=lambda one: len(one.text))


def short_name(measure: Measure, t: Translator) -> str:
    """The name of a measure in a title; published lists and the open index are named as such."""
    if measure.kind in ("indicator", "own"):
        short = SHORT_NAMES.get(measure.id)
        return t(short) if short else measure_name(measure, t)
    group = t(GROUP_NAMES[measure.dimension])
    if measure.kind == "index":
        return t(N_("Open index “{group}”"), group=group)
    return t(N_("Published ranking “{group}”"), group=group)


def topic_phrase(measure: Measure, t: Translator) -> str:
    """The name of a measure within a headline: of a list the ranking, of the index its part."""
    if measure.kind in ("indicator", "own"):
        return t.lower_initial(short_name(measure, t))
    group = t(GROUP_NAMES[measure.dimension])
    if measure.kind == "report":
        return t(N_("the report’s {list} ranking"), list=t.lower_initial(group))
    if measure.dimension == WHOLE_INDEX:
        return t(N_("the open index"))
    return t(N_("the open index “{group}”"), group=group)


def short_value(value: float, measure: Measure, t: Translator) -> str:
    """A value in a title, with its unit only if the unit is a symbol."""
    if measure_unit(measure, t) in TIGHT_UNITS:
        return format_value(value, measure, t)
    return format_number(value, measure, t)


def record_value(
    pen: SentenceBuilder, value: float, measure: Measure, year: int, adcode: str
) -> str:
    """A value as ``short_value`` writes it, cited; adcode is empty for the national value."""
    return pen.cite(short_value(value, measure, pen.t), measure, year, adcode, "value")


def map_subtitle(measure: Measure, year: int, t: Translator) -> str:
    """Measure, unit and year, and the author unless the values are official statistics."""
    message = {
        "report": REPORT_SUBTITLES[is_development_report(year)],
        "index": N_("{measure}, {year}; calculated by this atlas, not by the report"),
        "indicator": N_("{measure}, {year}"),
        "own": N_("{measure}, {year}; uploaded data, not checked by the atlas"),
    }[measure.kind]
    return t(message, measure=name_with_unit_in_brackets(measure, t), year=year)


def name_with_unit_in_brackets(measure: Measure, t: Translator) -> str:
    """A measure with its unit in brackets; a unit that has brackets follows a comma."""
    unit = measure_unit(measure, t)
    title = measure_name(measure, t)
    if unit in title or not ("(" in unit or "（" in unit):
        return name_with_unit(measure, t)
    return t(N_("{measure}, {unit}"), measure=title, unit=unit)
