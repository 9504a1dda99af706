"""What the address asks a picture of, for the page that composes it.

The page reads the same parameters as the address of a picture, so that what is composed here can
be embedded as it stands. ``words`` is the language of the picture, which may be both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from geo.compare.chosen import compared_provinces
from geo.compare.gaps import MIN_PROVINCES
from geo.errors import InputError
from geo.measures import all_measures
from geo.openindex import PREFIX, WHOLE
from geo.picture.request import (
    COMPARISON,
    INDEX,
    PROFILE,
    SCATTER,
    TIME_SERIES,
    TWO_MAPS,
    FigureRequest,
    request_from_address,
)
from geo.view import DEFAULT_PROVINCE, NONE_CHOSEN, PageState

PARAMETERS = ("kind", "size", "title", "note", "qr", "recipe")


@dataclass(frozen=True)
class RequestedFigure:
    """The picture, the parameters of its address, and notes on what did not fit."""

    picture: FigureRequest
    params: dict[str, str]
    notes: list[InputError]


def read_requested_figure(view: PageState) -> RequestedFigure:
    """The picture of the address; what does not fit is noted, and the default is shown."""
    given = st.query_params.to_dict()
    params = {name: given[name] for name in PARAMETERS if given.get(name)}
    params |= _params_of_state(view, given)
    try:
        return RequestedFigure(_parse_request(params), params, [])
    except InputError as error:
        plain = _params_of_state(view, given)
        return RequestedFigure(_parse_request(plain), plain, [error])


def _params_of_state(view: PageState, given: dict[str, str]) -> dict[str, str]:
    """What the view shows, as the address of a picture takes it."""
    texts = {
        "lang": given.get("words", view.lang),
        "measure": view.measure,
        "year": str(view.year),
        "province": view.province,
    }
    if given.get("kind") == INDEX and all_measures()[view.measure].kind != "index":
        texts["measure"] = PREFIX + WHOLE
    if given.get("kind") == PROFILE:
        texts["province"] = view.province or DEFAULT_PROVINCE
        texts["year"] = str(view.preferred_year)
    if given.get("kind") == COMPARISON:
        # Where too few are chosen, the page compares its example.
        some = (
            view
            if len(compared_provinces(view)) >= MIN_PROVINCES
            else replace(view, requested_provinces=None)
        )
        texts["provinces"] = ",".join(compared_provinces(some))
        texts["year"] = str(view.preferred_year)
    if given.get("kind") in (TWO_MAPS, SCATTER):
        texts |= {"measure2": view.measure2, "year2": str(view.year2)}
    if given.get("kind") == TWO_MAPS:
        texts |= {"classed": view.classed, "third": view.third}
    if given.get("kind") == SCATTER:
        texts |= {"quadrants": view.quadrants, "fit": view.fit}
        texts["provinces"] = ",".join(compared_provinces(view)) or NONE_CHOSEN
    if given.get("kind") == TIME_SERIES:
        some = view if compared_provinces(view) else replace(view, requested_provinces=None)
        texts |= {"course": view.course, "provinces": ",".join(compared_provinces(some))}
    texts |= {name: given[name] for name in ("method", "classes") if name in given}
    return {name: value for name, value in texts.items() if value}


def _parse_request(params: dict[str, str]) -> FigureRequest:
    return request_from_address(params, server_address(), date.today())


def server_address() -> str:
    """The address of this server as the reader's browser sees it, with a slash at its end."""
    seen = (st.context.url or "").partition("?")[0]
    return f"{seen.removesuffix('/briefing').rstrip('/')}/" if seen else "/"
