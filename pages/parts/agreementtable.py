"""How an open index agrees with the published lists, beside product per head and chance."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from geo import openindex, wording
from geo.index.agreement import Agreement, agreement, by_edition
from geo.index.model import IndexResult, score
from geo.text import N_, Texts
from pages.parts import about

EDITION = 2017
BRIEF = 4  # the first columns: list and counts, for a narrow panel
NOTE = N_(
    "Of the published ten, how many are among the first ten of each. Tau-b: rank correlation over"
    " the published provinces. The open index follows gross regional product per head closely"
    " (rank correlation {correlation}), and product per head alone does about as well: agreement"
    " is no proof, and the open index is not the report’s."
)


def small(result: IndexResult, say: Texts, brief: bool = False) -> Markup:
    """The agreement with the edition of 2017, with what must be said beside it."""
    found = agreement(result.recipe, result.year, EDITION)
    return _table(found, say, brief) + _note(found, say)


def folded(year: int, say: Texts) -> Markup:
    """The agreement of our default index of a year, folded, for where room is short."""
    result = score(openindex.recipe(year), year)
    return Markup('<details class="agreement"><summary>{}</summary>{}</details>').format(
        say(N_("How our open index agrees with the report")), small(result, say, brief=True)
    )


def every(result: IndexResult, say: Texts) -> None:
    """The agreement with every edition, list by list."""
    for edition, found in by_edition(result.recipe, result.year).items():
        if found:
            title = say(N_("Edition of {year}"), year=edition)
            st.html(Markup("<h3>{}</h3>").format(title) + _table(found, say))
    st.html(_note(agreement(result.recipe, result.year, EDITION), say))


def _note(found: Sequence[Agreement], say: Texts) -> Markup:
    whole = found[0].spearman_wealth
    return about.note(say(NOTE, correlation=_number(whole, say)))


def _number(value: float | None, say: Texts) -> str:
    return "–" if value is None else say.number(value, 2)


def _table(found: Sequence[Agreement], say: Texts, brief: bool = False) -> Markup:
    heads = (
        N_("List"), N_("Open index"), N_("Product per head"), N_("Chance"),
        N_("Tau-b, open index"), N_("Tau-b, product per head"),
    )  # fmt: skip
    last = BRIEF if brief else len(heads)
    rows = []
    for own in found:
        cells = [
            say(N_("{count} of {of}"), count=own.ours, of=own.published),
            say(N_("{count} of {of}"), count=own.wealth, of=own.published),
            say.number(own.chance, 1),
            _number(own.tau, say),
            _number(own.tau_wealth, say),
        ]
        rows.append(
            Markup('<tr><th scope="row">{}</th>{}</tr>').format(
                say(wording.GROUPS[own.index]),
                Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells[: last - 1]),
            )
        )
    return Markup(
        '<div class="wide"><table class="matrix agreed"><thead><tr>{}</tr></thead>{}</table></div>'
    ).format(
        Markup("").join(
            Markup('<th scope="col">{}</th>').format(say(head)) for head in heads[:last]
        ),
        Markup("").join(rows),
    )
