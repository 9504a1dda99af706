"""Strengths and weaknesses of a province, by itself and against its peers, with the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    INCOME_MEASURE,
    LEADING_COUNT,
    NEAREST_COUNT,
    PEER_COUNT,
    PEER_GAP_RULE,
    PEER_KINDS,
    PEER_RULES,
    STANDOUT_COUNT,
    STANDOUT_RULE,
    PageState,
    Peer,
    StandoutIndicator,
    compare_with_peers,
    find_peers,
    published_measures,
    standing_in,
    strengths_and_weaknesses,
)
from geo.captions import quiet_note
from geo.measures import Status, format_cell, measure_name, short_rank, status_name
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.page_frame import page_address
from pages.parts.widgets import draw_segmented_control

TEMPLATES: Final = Path(__file__).parent / "templates"


def draw_strengths(adcode: str, view: PageState, t: Translator) -> None:
    """Draw strengths and weaknesses among the indicators of the province."""
    year = view.preferred_year
    strong, weak = strengths_and_weaknesses(adcode, year)
    rule = t(
        STANDOUT_RULE,
        year=year,
        count=STANDOUT_COUNT,
        leading=LEADING_COUNT,
    )
    with st.container(key="standouts"):
        _draw_pair_of_lists(
            t(N_("Strengths")),
            strong,
            t(N_("Weaknesses")),
            weak,
            quiet_note(rule),
            "h2",
            view,
            t,
        )


def draw_peer_comparison(adcode: str, view: PageState, t: Translator) -> None:
    """Draw the peers of the chosen kind, and where the province leads and lags them."""
    year = view.preferred_year
    results = find_peers(adcode, view.peers, year)
    lead, lag = compare_with_peers(adcode, [peer.adcode for peer in results], year)
    rule = t(PEER_RULES[view.peers], count=NEAREST_COUNT, year=year)
    with st.container(key="peers_part"):
        st.html(Markup("<h2>{}</h2>").format(t(N_("Compared with peers"))))
        draw_segmented_control(
            "peers", t(N_("Choice of peers")), PEER_KINDS, view.peers, t, hidden=True
        )
        if not results:
            st.html(quiet_note(t(N_("Peers are not available."))))
            return
        peers = [_peer_row(peer, view, t) for peer in results]
        st.html(render_template(TEMPLATES, "peers", peers=peers, note=quiet_note(rule)))
        note = quiet_note(t(PEER_GAP_RULE, count=PEER_COUNT))
        _draw_pair_of_lists(
            t(N_("Ahead of peers in")), lead, t(N_("Behind peers in")), lag, note, "h3", view, t
        )


def _draw_pair_of_lists(
    good: str,
    strong: Sequence[StandoutIndicator],
    bad: str,
    weak: Sequence[StandoutIndicator],
    note: Markup,
    level: str,
    view: PageState,
    t: Translator,
) -> None:
    """Draw two lists side by side with the rule below; what follows the first five is folded.

    level: the element of their headings.
    """
    lists = [
        {
            "title": title,
            "rows": [_standout_row(standout, view, t) for standout in standouts],
            "more": t(
                N_("{count} more, {all} in total"),
                count=len(standouts) - STANDOUT_COUNT,
                all=len(standouts),
            ),
        }
        for title, standouts in ((good, strong), (bad, weak))
    ]
    without = t(N_("No measures"))
    st.html(
        render_template(
            TEMPLATES,
            "standouts",
            lists=lists,
            level=level,
            count=STANDOUT_COUNT,
            without=without,
            note=note,
        )
    )


def _standout_row(standout: StandoutIndicator, view: PageState, t: Translator) -> dict[str, str]:
    place = standout.standing
    figures = [
        format_cell(place.cell, place.measure, t),
        short_rank(place.cell, t),
        str(place.year),
    ]
    if standout.gap is not None:
        sign = "+" if standout.gap >= 0 else "−"
        points = f"{sign}{t.format_number(abs(standout.gap))}"
        figures.append(t(N_("{points} percentile points"), points=points))
    address = page_address(
        "map", view, measure=place.measure.id, year=place.year, province=place.cell.adcode
    )
    return {
        "address": address,
        "name": measure_name(place.measure, t),
        "figures": " · ".join(figures),
    }


def _peer_row(peer: Peer, view: PageState, t: Translator) -> dict[str, str]:
    return {
        "address": page_address("province", view, province=peer.adcode, year=view.preferred_year),
        "name": provinces()[peer.adcode].name_in(t.lang),
        "distance": _peer_distance(peer, view, t),
    }


def _peer_distance(peer: Peer, view: PageState, t: Translator) -> str:
    """Return the distance of a peer: product per head, or the distance of the profiles."""
    if not provinces()[peer.adcode].evaluated:
        return status_name(Status.NOT_EVALUATED, t)
    if peer.distance is None:
        return ""
    if view.peers == "income":
        place = standing_in(peer.adcode, published_measures()[INCOME_MEASURE], view.preferred_year)
        return format_cell(place.cell, place.measure, t)
    return t(N_("mean difference {points} points"), points=t.format_number(peer.distance, 1))
