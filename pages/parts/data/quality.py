"""The rule for doubtful values, and their effects on leaders, means and the open index."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from geo.analysis import (
    count_findings,
    find_lost_leads,
    find_moved_means,
    find_moved_ranks,
    published_measures,
)
from geo.captions import quiet_note
from geo.limits import MAX_MEANS_LISTED
from geo.measures import (
    EVALUATED_COUNT,
    MIN_OUTLIER_FACTOR,
    NEIGHBOUR_FACTOR,
    NORMAL_SCALE,
    OUTLIER_DEVIATIONS,
    REPORT_EDITION,
    SURE_OUTLIER_FACTOR,
    format_value,
    measure_name,
)
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.data import TEMPLATES


class _Block(NamedTuple):
    """A part of the section: its title, its paragraphs, and the rows of its list, if it has any."""

    title: str
    texts: tuple[str, ...]
    rows: tuple[str, ...] | list[str] = ()


def draw_quality(t: Translator) -> None:
    """Draw the rule with its threshold, its findings and their effects, folded."""
    blocks = (_build_rule(t), _build_leaders(t), _build_means(t), _build_ranks(t))
    with st.container(key="quality"):
        st.html(
            render_template(
                TEMPLATES,
                "doubtful_values",
                title=t(N_("Doubtful values")),
                note=quiet_note(_count_sentence(t)),
                summary=t(N_("How they are found, and the effect of marking them")),
                blocks=blocks,
            )
        )


def _count_sentence(t: Translator) -> str:
    findings = count_findings()
    return t(
        N_(
            "A rule flags {outliers} changes that differ from those of the other "
            "provinces; a value that differs from both its neighbours is flagged twice. "
            "{marked} values are marked as doubtful, {beyond} of them beyond the rule, "
            "by inspection or by comparison with an independent copy of the source; "
            "{explained} changes are explained and accepted. No value is corrected."
        ),
        outliers=findings.outliers,
        marked=findings.marked,
        beyond=findings.beyond,
        explained=findings.explained,
    )


def _build_rule(t: Translator) -> _Block:
    rule = t(
        N_(
            "A change from one published year to the next is flagged where it differs "
            "from the median change of all provinces by more than {deviations} median "
            "absolute deviations (times {scale}), in logarithms. Less than {least} times "
            "the median change is never flagged, {sure} times or more always is."
        ),
        deviations=f"{OUTLIER_DEVIATIONS:g}",
        scale=NORMAL_SCALE,
        least=MIN_OUTLIER_FACTOR,
        sure=f"{SURE_OUTLIER_FACTOR:g}",
    )
    levels = t(
        N_(
            "The levels then show which of the two years is unusual: a year that differs "
            "from both its neighbours by more than {neighbour} times is a spike or a "
            "dip, otherwise a new level begins. What another series confirms is "
            "explained and not marked."
        ),
        neighbour=NEIGHBOUR_FACTOR,
    )
    use = t(
        N_(
            "Marked values remain on the maps and in the files, and count in ranks and "
            "national values. Sentences about leaders and gains exclude them, and so "
            "does the open index by default."
        )
    )
    return _Block(t(N_("The rule")), (rule, levels, use))


def _build_leaders(t: Translator) -> _Block:
    rows = [
        t(
            N_("{measure}, {year}: {doubtful} has the highest value; sentences name {leader}."),
            measure=measure_name(published_measures()[one.measure], t),
            year=one.year,
            doubtful=provinces()[one.doubtful].name_in(t.lang),
            leader=provinces()[one.leader].name_in(t.lang),
        )
        for one in find_lost_leads()
    ]
    return _Block(t(N_("Leaders")), (), rows)


def _build_means(t: Translator) -> _Block:
    moves = find_moved_means()
    line = t(
        N_("{count} national values include doubtful values. Those that change most without them:"),
        count=len(moves),
    )
    rows = []
    for one in moves[:MAX_MEANS_LISTED]:
        measure = published_measures()[one.measure]
        rows.append(
            t(
                N_("{measure}, {year}: {counted} with, {without} without."),
                measure=measure_name(measure, t),
                year=one.year,
                counted=format_value(one.counted, measure, t),
                without=format_value(one.without, measure, t),
            )
        )
    return _Block(t(N_("National values")), (line,), rows)


def _build_ranks(t: Translator) -> _Block:
    moves = find_moved_ranks()
    line = t(
        N_(
            "Open index {year}: {count} of {all} provinces rank differently when doubtful values"
            " count."
        ),
        year=REPORT_EDITION,
        count=len(moves),
        all=EVALUATED_COUNT,
    )
    rows = [
        t(
            N_("{name}: rank {without} without, {counted} with doubtful values."),
            name=provinces()[one.adcode].name_in(t.lang),
            without=one.without,
            counted=one.counted,
        )
        for one in moves
    ]
    return _Block(t(N_("The open index")), (line,), rows)
