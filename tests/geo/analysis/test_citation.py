"""A citation names whose figures they are, where they were read, and the atlas."""

from __future__ import annotations

import re
from datetime import date

from geo.analysis import citation, format_years, published_measures
from geo.analysis.sources import issuer_name
from geo.text import translator
from tests.cases import for_each

DAY = date(2026, 11, 24)


@for_each("lang", ["en", "zh"])
@for_each("measure", list(published_measures()))
def test_every_measure_can_be_cited(measure, lang):
    t, entry = translator(lang), published_measures()[measure]
    text = citation(entry, DAY, t, "https://atlas.example/data").text
    for issuer in issuer_name(entry, t).split(t("; ")):
        assert issuer in text
    assert ("2026年11月24日" if lang == "zh" else "24 November 2026") in text
    assert str(entry.years[-1]) in text
    assert text.endswith(" https://atlas.example/data")
    bibtex = citation(entry, DAY, t, "https://atlas.example/data").bibtex
    assert bibtex.startswith(f"@misc{{digitalchinaatlas_{measure}_{entry.years[-1]},\n")
    assert "urldate = {2026-11-24}" in bibtex
    unescaped = re.sub(r"\\.", "", bibtex)
    assert unescaped.count("{") == unescaped.count("}")
    assert not re.search(r"(?<!\\)[%&#$^~]", bibtex)


def test_who_is_cited():
    def author(measure):
        return issuer_name(published_measures()[measure], translator("en"))

    assert author("report_comprehensive") == "Cyberspace Administration of China"
    assert author("report_policy_environment").startswith("Fujian Provincial Economic")
    assert author("index_comprehensive") == "Digital China Atlas"
    assert author("gdp_per_capita").startswith("National Bureau of Statistics of China")
    derived = citation(published_measures()["gdp_per_capita"], DAY, translator("en")).text
    assert "calculated from it in: Digital China Atlas" in derived
    plain = citation(published_measures()["egov_capability"], DAY, translator("en")).text
    assert "as given in: Digital China Atlas" in plain


def test_years_with_gaps_are_named_one_by_one():
    assert format_years((2016, 2017, 2018), translator("en")) == "2016 to 2018"
    assert format_years((2017, 2018, 2020), translator("en")) == "2017, 2018 and 2020"
    assert format_years((2017,), translator("zh")) == "2017"


def test_an_address_cannot_break_out_of_the_entry():
    entry = citation(
        published_measures()["gdp_per_capita"], DAY, translator("en"), "http://x/}, a={ \\b"
    ).bibtex
    assert "url = {http://x/,a=b}" in entry
