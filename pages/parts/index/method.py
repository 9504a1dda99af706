"""The method of the open index, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.captions import fill_index_slots, quiet_note
from geo.index import IndexResult, index_indicators, rank_changes_with_security
from geo.measures import measure_name, published_indicators
from geo.text import N_, InputError, Translator, render_template
from pages.parts.index.recipe import RequestedRecipe
from pages.parts.index.uncertainty import province_name
from pages.parts.tables import plain_table

TEMPLATES: Final = Path(__file__).parent / "templates"
TREATMENTS = {"winsorise": N_("winsorised"), "log": N_("logarithm")}
# The ten steps of the OECD/JRC Handbook (2008): the step, what the report says, what we do.
STEPS = (
    (N_("Framework"), N_("Six dimensions, named in the text"), N_("The same six dimensions")),
    (N_("Choice of data"), N_("Indicators in Table 2, which is not in the text"),
     N_("{count} official series as intensities, assigned by this atlas")),
    (N_("Missing values"), N_("Not stated"),
     N_("A score requires values for 65% of the weight; missing values are filled "
"only if you choose it")),
    (N_("Structure"), N_("Not stated"),
     N_("Indicators that correlate above 0.9 or contain one another share one weight")),
    (N_("Outliers"), N_("Not stated"),
     N_("Winsorised where skewness is above 2 and kurtosis above 3.5; doubtful "
"values are excluded")),
    (N_("Normalisation"), N_("Not stated"), N_("Min–max, 1 to 100")),
    (N_("Weights"), N_("Not published"),
     N_("Equal by dimension; network security is shown and not counted")),
    (N_("Aggregation"), N_("Not stated"), N_("Arithmetic mean, within and across dimensions")),
    (N_("Robustness"), N_("Not stated"), N_("Intervals over 10,000 draws of all these choices")),
    (N_("Relation to other measures"), N_("Not stated"),
     N_("Agreement with the published lists, compared with GRP per capita and chance")),
)  # fmt: skip


def draw_method(requested: RequestedRecipe, result: IndexResult, t: Translator) -> None:
    """Draw everything that a reader needs to reproduce the index."""
    heads = [N_("Step"), N_("The report"), N_("This atlas, by default")]
    count = len(index_indicators())
    rows = [[f"{n}. {t(step)}", t(report), t(ours, count=count)]
            for n, (step, report, ours) in enumerate(STEPS, start=1)]  # fmt: skip
    st.html(plain_table([t(head) for head in heads], rows, "words"))
    for note in result.notes:
        st.html(quiet_note(t(note.message, **fill_index_slots(dict(note.slots), t))))
    st.html(Markup("<h2>{}</h2>").format(t(N_("Indicators and their weights"))))
    st.html(_indicators_table(result, t))
    _draw_overlaps(result, t)
    _draw_security(requested, t)


def _indicators_table(result: IndexResult, t: Translator) -> Markup:
    heads = [N_("Indicator"), N_("Year"), N_("Nominal weight"), N_("Effective weight"),
             N_("Outliers"), N_("Skewness"), N_("Kurtosis"), N_("Provinces"), N_("Doubtful values"),
             N_("Shares its weight with")]  # fmt: skip
    rows = []
    for hashable, row in result.indicators.iterrows():
        shares = [measure_name(published_indicators()[other], t) for other in row["shares_with"]]
        rows.append(
            [
                measure_name(published_indicators()[str(hashable)], t),
                int(row["year"]),
                t(N_("{number}%"), number=t.format_number(100 * row["nominal"], 1)),
                t(N_("{number}%"), number=t.format_number(100 * row["effective"], 1)),
                _describe_treatment(row, t),
                _format_decimal(row["skew"], t),
                _format_decimal(row["kurtosis"], t),
                int(row["figures"]),
                int(row["doubtful"]) or "–",
                t.join_names(shares) if shares else "–",
            ]
        )
    return plain_table([t(head) for head in heads], rows)


def _describe_treatment(row: pd.Series, t: Translator) -> str:
    treatment = row["treatment"]
    return t(TREATMENTS[treatment]) if treatment in TREATMENTS else "–"


def _format_decimal(value: float, t: Translator) -> str:
    return "–" if pd.isna(value) else t.format_number(value, 1)


def _draw_overlaps(result: IndexResult, t: Translator) -> None:
    """Draw the overlapping measures, including those that do not share a weight."""
    sentences = []
    for pair in result.overlaps:
        names = [
            measure_name(published_indicators()[adcode], t) for adcode in (pair.first, pair.second)
        ]
        message = (
            N_("“{first}” and “{second}” (rank correlation {number}): one weight together")
            if pair.shared
            else N_(
                "“{first}” and “{second}” (rank correlation {number}): in two dimensions, so "
                "each keeps its weight"
            )
        )
        number = (
            _format_decimal(pair.correlation, t)
            if pd.isna(pair.correlation)
            else t.format_number(pair.correlation, 2)
        )
        sentences.append(t(message, first=names[0], second=names[1], number=number))
    if sentences:
        st.html(
            render_template(
                TEMPLATES,
                "overlaps",
                title=t(N_("Indicators with nearly the same content")),
                sentences=sentences,
            )
        )


def _draw_security(requested: RequestedRecipe, t: Translator) -> None:
    """Draw the changes of rank if network security counted."""
    st.html(Markup("<h2>{}</h2>").format(t(N_("If network security were counted"))))
    try:
        frame = rank_changes_with_security(requested.recipe, requested.year)
    except InputError as error:
        st.html(quiet_note(t(error.message, **error.slots)))
        return
    heads = [N_("Province"), N_("Not counted"), N_("Counted"), N_("Change in rank")]
    rows = [
        [
            province_name(str(adcode), t),
            _format_whole(row["before"]),
            _format_whole(row["after"]),
            _format_whole(row["places"]),
        ]
        for adcode, row in frame.iterrows()
    ]
    st.html(plain_table([t(head) for head in heads], rows))


def _format_whole(value: float) -> str:
    return "–" if pd.isna(value) else f"{int(value):d}"
