"""Agreement of an open index with the published lists, with product per head and chance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.captions import quiet_note
from geo.index import (
    Agreement,
    IndexResult,
    agreement_by_edition,
    compare_with_edition,
    default_recipe,
    score_index,
)
from geo.measures import GROUP_NAMES
from geo.text import N_, Translator, render_template
from pages.parts.tables import plain_table

TEMPLATES: Final = Path(__file__).parent / "templates"
EDITION = 2017
BRIEF = 4  # the number of columns (list and counts) in a narrow panel
NOTE = N_(
    "The table shows how many of the published ten are among the first ten of "
    "each. Tau-b: rank correlation over the published provinces. The open index "
    "follows gross regional product per capita closely (rank correlation "
    "{correlation}), and GRP per capita alone agrees about as well: agreement is "
    "not evidence of quality, and the open index is not the report’s."
)


def agreement_block(result: IndexResult, t: Translator, brief: bool = False) -> Markup:
    """Return the agreement with the edition of 2017, with its notes."""
    agreements = compare_with_edition(result.recipe, result.year, EDITION)
    return _agreement_table(agreements, t, brief) + _agreement_note(agreements, t)


def folded_agreement(year: int, t: Translator) -> Markup:
    """Return the agreement of the default index of a year, folded, for narrow places."""
    result = score_index(default_recipe(year), year)
    return render_template(
        TEMPLATES,
        "folded_agreement",
        title=t(N_("Agreement of the open index with the report")),
        agreement=agreement_block(result, t, brief=True),
    )


def draw_all_editions(result: IndexResult, t: Translator) -> None:
    """Draw the agreement with every edition, list by list."""
    for edition, agreements in agreement_by_edition(result.recipe, result.year).items():
        if agreements:
            title = t(N_("Edition of {year}"), year=edition)
            st.html(Markup("<h2>{}</h2>").format(title) + _agreement_table(agreements, t))
    st.html(_agreement_note(compare_with_edition(result.recipe, result.year, EDITION), t))


def _agreement_note(agreements: Sequence[Agreement], t: Translator) -> Markup:
    whole = agreements[0].spearman_wealth
    return quiet_note(t(NOTE, correlation=_format_coefficient(whole, t)))


def _format_coefficient(value: float | None, t: Translator) -> str:
    return "–" if value is None else t.format_number(value, 2)


def _agreement_table(agreements: Sequence[Agreement], t: Translator, brief: bool = False) -> Markup:
    heads = (
        N_("List"), N_("Open index"), N_("GRP per capita"), N_("Expected by chance"),
        N_("Tau-b, open index"), N_("Tau-b, GRP per capita"),
    )  # fmt: skip
    last = BRIEF if brief else len(heads)
    rows = [
        [
            t(GROUP_NAMES[agreement.index]),
            t(N_("{count} of {of}"), count=agreement.ours, of=agreement.published),
            t(N_("{count} of {of}"), count=agreement.wealth, of=agreement.published),
            t.format_number(agreement.chance, 1),
            _format_coefficient(agreement.tau, t),
            _format_coefficient(agreement.tau_wealth, t),
        ][:last]
        for agreement in agreements
    ]
    return plain_table([t(head) for head in heads[:last]], rows, "agreement-lists")
