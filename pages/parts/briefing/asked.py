"""What the address asks a picture of, for the page that composes it.

The page reads the same parameters as the address of a picture, so that what is composed here can
be embedded as it stands. ``words`` is the language of the picture, which may be both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from geo.compare.chosen import compared
from geo.compare.gaps import FEWEST
from geo.errors import InputError
from geo.measures import measures
from geo.openindex import PREFIX, WHOLE
from geo.picture.request import (
    COMPARISON,
    COURSE,
    INDEX,
    PROFILE,
    SCATTER,
    TWO,
    Picture,
    from_address,
)
from geo.view import DEFAULT_PROVINCE, NONE_CHOSEN, View

PARAMETERS = ("kind", "size", "title", "note", "qr", "recipe")


@dataclass(frozen=True)
class Asked:
    """The picture, the parameters of its address, and notes on what did not fit."""

    picture: Picture
    params: dict[str, str]
    notes: list[InputError]


def asked(view: View) -> Asked:
    """The picture of the address; what does not fit is noted, and the default is shown."""
    given = st.query_params.to_dict()
    params = {name: given[name] for name in PARAMETERS if given.get(name)}
    params |= _shown(view, given)
    try:
        return Asked(_read(params), params, [])
    except InputError as error:
        plain = _shown(view, given)
        return Asked(_read(plain), plain, [error])


def _shown(view: View, given: dict[str, str]) -> dict[str, str]:
    """What the view shows, as the address of a picture takes it."""
    found = {
        "lang": given.get("words", view.lang),
        "measure": view.measure,
        "year": str(view.year),
        "province": view.province,
    }
    if given.get("kind") == INDEX and measures()[view.measure].kind != "index":
        found["measure"] = PREFIX + WHOLE
    if given.get("kind") == PROFILE:
        found["province"] = view.province or DEFAULT_PROVINCE
        found["year"] = str(view.wanted_year)
    if given.get("kind") == COMPARISON:
        # Where too few are chosen, the page compares its example.
        some = view if len(compared(view)) >= FEWEST else replace(view, asked_provinces=None)
        found["provinces"] = ",".join(compared(some))
        found["year"] = str(view.wanted_year)
    if given.get("kind") in (TWO, SCATTER):
        found |= {"measure2": view.measure2, "year2": str(view.year2)}
    if given.get("kind") == TWO:
        found |= {"classed": view.classed, "third": view.third}
    if given.get("kind") == SCATTER:
        found |= {"quadrants": view.quadrants, "fit": view.fit}
        found["provinces"] = ",".join(compared(view)) or NONE_CHOSEN
    if given.get("kind") == COURSE:
        some = view if compared(view) else replace(view, asked_provinces=None)
        found |= {"course": view.course, "provinces": ",".join(compared(some))}
    found |= {name: given[name] for name in ("method", "classes") if name in given}
    return {name: value for name, value in found.items() if value}


def _read(params: dict[str, str]) -> Picture:
    return from_address(params, server(), date.today())


def server() -> str:
    """The address of this server as the reader's browser sees it, with a slash at its end."""
    seen = (st.context.url or "").partition("?")[0]
    return f"{seen.removesuffix('/briefing').rstrip('/')}/" if seen else "/"
