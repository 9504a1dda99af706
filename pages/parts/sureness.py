"""How sure a rank is: intervals, pairs whose order is not safe, and what moves ranks most."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo import wording
from geo.index.model import IndexResult
from geo.indicators import indicators
from geo.provinces import provinces
from geo.robustness.sensitivity import leave_one_out, sensitivity
from geo.robustness.uncertainty import SAFE, Uncertainty
from geo.text import N_, Texts
from pages.parts import about, choosers, recipeform, recipes
from pages.parts.recipes import Asked

MOST_PAIRS = 40
MOST_ROWS = 12


def draw(now: Asked, result: IndexResult, sure: Uncertainty, say: Texts) -> None:
    """The whole tab, from intervals to single choices."""
    label = say(N_("Spread of the drawn weights"))
    choosers.pick("spread", label, recipes.SPREADS, f"{now.spread:g}", say)
    st.html(
        about.note(
            say(
                N_(
                    "{draws} draws of weights, normalisation, aggregation, outlier rule and one"
                    " indicator left out in half of them; seed {seed}, spread {spread}. The"
                    " interval runs from the 5th to the 95th percentile of a rank over these"
                    " choices of method; it says nothing of errors in the figures."
                ),
                draws=say.number(sure.draws),
                seed=sure.seed,
                spread=f"{sure.spread:g}",
            )
        )
    )
    _intervals(sure, say)
    _pairs(sure, say)
    st.html(Markup("<h3>{}</h3>").format(say(N_("Which single choice moves ranks most"))))
    st.html(_moves(sensitivity(result.recipe, result.year), _choice, say))
    st.html(Markup("<h3>{}</h3>").format(say(N_("Which part moves ranks most when left out"))))
    st.html(_moves(leave_one_out(result.recipe, result.year), _part, say))


def _intervals(sure: Uncertainty, say: Texts) -> None:
    heads = [N_("Province"), N_("Rank"), N_("Median"), N_("Interval"), N_("In the first ten"),
             N_("In another tier")]  # fmt: skip
    rows = [
        [
            name(adcode, say),
            int(row["rank"]),
            int(row["median"]),
            say(N_("{low} to {high}"), low=int(row["low"]), high=int(row["high"])),
            say(N_("{number}%"), number=say.number(100 * row["top_ten"])),
            say(N_("{number}%"), number=say.number(100 * row["tier_change"])),
        ]
        for adcode, row in sure.table.sort_values("rank").iterrows()
    ]
    st.html(table([say(head) for head in heads], rows))


def _pairs(sure: Uncertainty, say: Texts) -> None:
    """Neighbours in the ranking and beyond whose order does not hold in 95% of the draws."""
    found = sure.unsafe_pairs
    title = say(
        N_("{count} pairs whose order is not safe (holds in less than {safe}% of the draws)"),
        count=len(found),
        safe=say.number(100 * SAFE),
    )
    items = [
        Markup("<li>{}</li>").format(
            say(
                N_("{ahead} before {behind}: {number}%"),
                ahead=name(row.ahead, say),
                behind=name(row.behind, say),
                number=say.number(100 * row.holds),
            )
        )
        for row in found.sort_values("holds").head(MOST_PAIRS).itertuples()
    ]
    more = len(found) - len(items)
    note = say(N_("The least safe first; {count} more are not listed."), count=more) if more else ""
    st.html(
        Markup('<section class="list facts"><h4>{}</h4><ul>{}</ul></section>{}').format(
            title, Markup("").join(items), about.note(note) if note else ""
        )
    )


def _moves(found: pd.DataFrame, label: Callable[[pd.Series, Texts], str], say: Texts) -> Markup:
    heads = [N_("Instead"), N_("Mean move, places"), N_("Largest move"), N_("Who moves most")]
    rows = [
        [
            label(row, say),
            say.number(row["mean_move"], 2),
            int(row["largest_move"]),
            name(row["mover"], say) if row["mover"] else "–",
        ]
        for _, row in found.head(MOST_ROWS).iterrows()
    ]
    return table([say(head) for head in heads], rows)


def _choice(row: pd.Series, say: Texts) -> str:
    """One other choice in words, such as the mean across dimensions."""
    assumption, choice = row["assumption"], row["choice"]
    if assumption in recipeform.SWITCHES:
        state = N_("on") if choice == "on" else N_("off")
        return f"{say(recipeform.SWITCHES[assumption])}: {say(state)}"
    label, options = recipeform.METHODS[assumption]
    return f"{say(label)}: {say(options[choice])}"


def _part(row: pd.Series, say: Texts) -> str:
    if row["kind"] == "dimension":
        return say(
            N_("without the dimension {name}"), name=wording.dimension_name(row["part"], say)
        )
    return say(N_("without “{name}”"), name=wording.measure_name(indicators()[row["part"]], say))


def name(adcode: str, say: Texts) -> str:
    return provinces()[adcode].name(say.lang)


def table(heads: Sequence[str], rows: Sequence[Sequence[object]], words: bool = False) -> Markup:
    """A plain table of this page: the first cell of a row names it."""
    body = [
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            row[0], Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row[1:])
        )
        for row in rows
    ]
    return Markup(
        '<div class="wide"><table class="matrix {}"><thead><tr>{}</tr></thead>{}</table></div>'
    ).format(
        "words" if words else "",
        Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in heads),
        Markup("").join(body),
    )
