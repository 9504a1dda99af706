"""How the measures of a dimension rank the provinces alike, as a half table."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import dimension, tints, wording
from geo.indicators import indicators_of
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about
from pages.parts.matrix import coloured_cell


def draw_correlations(view: PageState, t: Translator) -> None:
    """How the measures rank the provinces alike, as a half table."""
    measures = indicators_of(view.dimension)
    if len(measures) < 2:
        return
    correlations = dimension.measure_correlations(view.dimension, view.preferred_year)
    names = [wording.measure_name(m, t) for m in measures]
    rows = []
    for i, measure in enumerate(measures[1:], start=1):
        cells = []
        for other in measures[:i]:
            value = float(correlations.coefficients.loc[measure.id, other.id])
            count = int(correlations.counts.loc[measure.id, other.id])
            text = t.format_number(value, 2) if value == value else "–"  # noqa: PLR0124  (nan)
            note = t(N_("{count} provinces"), count=count)
            cells.append(coloured_cell(text, note, tints.colour_of_correlation(value)))
        rows.append(
            Markup('<tr><th scope="row">{}</th>{}{}</tr>').format(
                f"{i + 1} {names[i]}",
                Markup("").join(cells),
                Markup("<td></td>") * (len(measures) - 1 - i),
            )
        )
    heads = Markup("").join(
        Markup('<th scope="col" title="{}">{}</th>').format(name, f"{i + 1} {name}")
        for i, name in enumerate(names[:-1])
    )
    with st.container(key="correlations"):
        st.html(
            Markup(
                '<h3>{}</h3><div class="wide"><table class="matrix"><thead><tr><td></td>{}</tr>'
                "</thead>{}</table></div>{}"
            ).format(
                t(N_("How the indicators rank the provinces alike")),
                heads,
                Markup("").join(rows),
                about.quiet_note(
                    t(
                        N_(
                            "Spearman rank correlation over the provinces with a sound figure in"
                            " both, {year} or nearest: 1 means the same order, −1 the opposite."
                            " It says nothing of causes."
                        ),
                        year=view.preferred_year,
                    )
                ),
            )
        )
