"""Where a province stands out, by printed rules: on its own, and against its peers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from geo import peers, strengths, wording
from geo.cells import Status
from geo.measures import measures
from geo.peers import Peer
from geo.profile import standing
from geo.provinces import provinces
from geo.strengths import Standout
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, choosers, nav


def own(adcode: str, view: View, say: Texts) -> None:
    """Strengths and weaknesses among its own indicators."""
    year = view.wanted_year
    strong, weak = strengths.standouts(adcode, year)
    rule = say(strengths.RULE, year=year, count=strengths.COUNT, leading=strengths.LEADING)
    with st.container(key="standouts"):
        _pair(
            say(N_("Strengths")), strong, say(N_("Weaknesses")), weak, about.note(rule), view, say
        )


def with_peers(adcode: str, view: View, say: Texts) -> None:
    """The peers of the kind that is chosen, and where the province leads and lags them."""
    year = view.wanted_year
    found = peers.peers(adcode, view.peers, year)
    lead, lag = strengths.against(adcode, [peer.adcode for peer in found], year)
    rule = say(peers.RULES[view.peers], count=peers.COUNT, year=year)
    with st.container(key="peers_part"):
        st.html(Markup("<h3>{}</h3>").format(say(N_("Against its peers"))))
        choosers.pick("peers", say(N_("Peers by")), peers.KINDS, view.peers, say, hidden=True)
        items = [_peer(peer, view, say) for peer in found]
        body = Markup('<p class="peers">{}</p>').format(Markup(" ").join(items))
        st.html(body + about.note(rule) if found else about.note(say(N_("No peers are known."))))
        if found:
            note = about.note(say(strengths.RULE_PEERS, count=strengths.COUNT_PEERS))
            _pair(
                say(N_("Leads its peers in")), lead, say(N_("Lags its peers in")), lag, note,
                view, say,
            )  # fmt: skip


def _pair(
    good: str,
    strong: Sequence[Standout],
    bad: str,
    weak: Sequence[Standout],
    note: Markup,
    view: View,
    say: Texts,
) -> None:
    """Two lists side by side with the rule under them."""
    lists = Markup("").join(
        Markup("<div><h4>{}</h4><ul>{}</ul></div>").format(title, _items(found, view, say))
        for title, found in ((good, strong), (bad, weak))
    )
    st.html(
        Markup('<section class="list"><div class="pair">{}</div>{}</section>').format(lists, note)
    )


def _items(found: Sequence[Standout], view: View, say: Texts) -> Markup:
    if not found:
        return Markup("<li>{}</li>").format(say(N_("None by this rule")))
    return Markup("").join(_item(one, view, say) for one in found)


def _item(one: Standout, view: View, say: Texts) -> Markup:
    place = one.standing
    figures = [
        wording.headline(place.cell, place.measure, say),
        wording.short_rank(place.cell, say),
        str(place.year),
    ]
    if one.gap is not None:
        sign = "+" if one.gap >= 0 else "−"
        points = f"{sign}{say.number(abs(one.gap))}"
        figures.append(say(N_("{points} percentile points"), points=points))
    address = nav.address(
        "map", view, measure=place.measure.id, year=place.year, province=place.cell.adcode
    )
    return Markup('<li><a href="{}">{}</a> <small>{}</small></li>').format(
        address, wording.measure_name(place.measure, say), " · ".join(figures)
    )


def _peer(peer: Peer, view: View, say: Texts) -> Markup:
    own = provinces()[peer.adcode]
    return Markup('<a href="{}">{}</a> <small>{}</small>').format(
        nav.address("province", view, province=peer.adcode, year=view.wanted_year),
        own.name(say.lang),
        _distance(peer, view, say),
    )


def _distance(peer: Peer, view: View, say: Texts) -> str:
    """What the kind of peers goes by: product per head, or the distance of the profiles."""
    if not provinces()[peer.adcode].evaluated:
        return wording.status(Status.NOT_EVALUATED, say)
    if peer.distance is None:
        return ""
    if view.peers == "income":
        place = standing(peer.adcode, measures()[peers.INCOME], view.wanted_year)
        return wording.headline(place.cell, place.measure, say)
    return say(N_("distance {points} points"), points=say.number(peer.distance, 1))
