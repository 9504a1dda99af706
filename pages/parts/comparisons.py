"""Where a province stands out, by printed rules: on its own, and against its peers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from geo import peers, strengths, wording
from geo.cells import Status
from geo.measures import all_measures
from geo.peers import Peer
from geo.profile import standing_in
from geo.provinces import provinces
from geo.strengths import StandoutIndicator
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about, choosers, nav


def draw_strengths(adcode: str, view: PageState, t: Translator) -> None:
    """Strengths and weaknesses among its own indicators."""
    year = view.preferred_year
    strong, weak = strengths.strengths_and_weaknesses(adcode, year)
    rule = t(strengths.RULE, year=year, count=strengths.COUNT, leading=strengths.LEADING)
    with st.container(key="standouts"):
        _draw_pair_of_lists(
            t(N_("Strengths")),
            strong,
            t(N_("Weaknesses")),
            weak,
            about.quiet_note(rule),
            view,
            t,
        )


def draw_peer_comparison(adcode: str, view: PageState, t: Translator) -> None:
    """The peers of the kind that is chosen, and where the province leads and lags them."""
    year = view.preferred_year
    results = peers.find_peers(adcode, view.peers, year)
    lead, lag = strengths.compare_with_peers(adcode, [peer.adcode for peer in results], year)
    rule = t(peers.RULES[view.peers], count=peers.COUNT, year=year)
    with st.container(key="peers_part"):
        st.html(Markup("<h3>{}</h3>").format(t(N_("Against its peers"))))
        choosers.draw_segmented_control(
            "peers", t(N_("Peers by")), peers.KINDS, view.peers, t, hidden=True
        )
        items = [_peer_item(peer, view, t) for peer in results]
        body = Markup('<p class="peers">{}</p>').format(Markup(" ").join(items))
        st.html(
            body + about.quiet_note(rule)
            if results
            else about.quiet_note(t(N_("No peers are known.")))
        )
        if results:
            note = about.quiet_note(t(strengths.RULE_PEERS, count=strengths.PEER_COUNT))
            _draw_pair_of_lists(
                t(N_("Leads its peers in")), lead, t(N_("Lags its peers in")), lag, note,
                view, t,
            )  # fmt: skip


def _draw_pair_of_lists(
    good: str,
    strong: Sequence[StandoutIndicator],
    bad: str,
    weak: Sequence[StandoutIndicator],
    note: Markup,
    view: PageState,
    t: Translator,
) -> None:
    """Two lists side by side with the rule under them."""
    lists = Markup("").join(
        Markup("<div><h4>{}</h4><ul>{}</ul></div>").format(
            title, _standout_items(standouts, view, t)
        )
        for title, standouts in ((good, strong), (bad, weak))
    )
    st.html(
        Markup('<section class="list"><div class="pair">{}</div>{}</section>').format(lists, note)
    )


def _standout_items(
    standouts: Sequence[StandoutIndicator], view: PageState, t: Translator
) -> Markup:
    if not standouts:
        return Markup("<li>{}</li>").format(t(N_("None by this rule")))
    return Markup("").join(_standout_item(one, view, t) for one in standouts)


def _standout_item(standout: StandoutIndicator, view: PageState, t: Translator) -> Markup:
    place = standout.standing
    figures = [
        wording.format_cell(place.cell, place.measure, t),
        wording.short_rank(place.cell, t),
        str(place.year),
    ]
    if standout.gap is not None:
        sign = "+" if standout.gap >= 0 else "−"
        points = f"{sign}{t.format_number(abs(standout.gap))}"
        figures.append(t(N_("{points} percentile points"), points=points))
    address = nav.page_address(
        "map", view, measure=place.measure.id, year=place.year, province=place.cell.adcode
    )
    return Markup('<li><a href="{}">{}</a> <small>{}</small></li>').format(
        address, wording.measure_name(place.measure, t), " · ".join(figures)
    )


def _peer_item(peer: Peer, view: PageState, t: Translator) -> Markup:
    province = provinces()[peer.adcode]
    return Markup('<a href="{}">{}</a> <small>{}</small>').format(
        nav.page_address("province", view, province=peer.adcode, year=view.preferred_year),
        province.name_in(t.lang),
        _peer_distance(peer, view, t),
    )


def _peer_distance(peer: Peer, view: PageState, t: Translator) -> str:
    """What the kind of peers goes by: product per head, or the distance of the profiles."""
    if not provinces()[peer.adcode].evaluated:
        return wording.status_name(Status.NOT_EVALUATED, t)
    if peer.distance is None:
        return ""
    if view.peers == "income":
        place = standing_in(peer.adcode, all_measures()[peers.INCOME], view.preferred_year)
        return wording.format_cell(place.cell, place.measure, t)
    return t(N_("distance {points} points"), points=t.format_number(peer.distance, 1))
