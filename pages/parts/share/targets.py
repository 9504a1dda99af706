"""What a page and its view give away by address; the browser fills the Share dialog with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from geo.analysis import PageState, add_query, citation, compared_provinces
from geo.measures import Measure
from geo.pictures import (
    FIGURE_KINDS,
    INDEX_KIND,
    MAP_KIND,
    PROFILE_KIND,
    request_from_address,
)
from geo.text import N_, InputError, Translator
from pages.parts.share.picture import picture_params

# The browser knows under which address it reached this server.
ORIGIN_SLOT: Final = "{origin}"
LINK_SLOT: Final = "{link}"
QUERY_SLOT: Final = "{query}"
PICTURE_KINDS: Final = {"map": MAP_KIND, "province": PROFILE_KIND, "index": INDEX_KIND}
# Pages that show one measure or two, and so have their tables and citations.
MEASURE_PAGES: Final = ("map", "compare", "index", "data")
SLIDE_PAGES: Final = ("map", "index")
EMBEDDED_PANES: Final = ("both", "years")
GENERAL: Final = N_("Digital China Atlas: {title}. Accessed on {day}. {address}")


def share_targets(
    page: str, path: str, title: str, view: PageState, params: Mapping[str, str], t: Translator
) -> dict[str, object]:
    """Return the targets of the Share dialog; one that the view does not have is left out.

    page: its name; path: its path on this server. title: what the page shows. params: of its URL.
    own: whether the view shows data of the session, which has no address; the page says instead how
    to share them. link, embed: addresses.
    picture, slide, tables: queries of files. cite: the citation, with ``{origin}`` for the server.
    Where they repeat the link, or its query, they have a slot: ``{link}``, ``{query}``.
    """
    if _shows_own_data(page, view):
        return {"own": True}
    link = add_query(path, link_params(page, view, params))
    picture = _picture_query(page, view, params)
    result: dict[str, object] = {
        "link": link,
        "embed": _embed_address(page, path, view, params),
        "picture": picture,
        "slide": _slide_query(page, view, params),
        "tables": _table_queries(page, view, params),
        "cite": _citation_text(page, title, link, view, t),
    }
    return {name: _fill_with_slots(value, link) for name, value in result.items() if value} | {
        "link": link
    }


def _fill_with_slots(value: object, link: str) -> object:
    """Return a text, or texts, with slots in place of the link and its query."""
    if isinstance(value, list):
        return [_fill_with_slots(text, link) for text in value]
    _, _, query = link.partition("?")  # which has the language at least
    return str(value).replace(link, LINK_SLOT).replace(query, QUERY_SLOT)


def _shows_own_data(page: str, view: PageState) -> bool:
    measures = [view.shown_measure]
    if page == "compare" and view.pane in ("maps", "scatter", "both"):
        measures.append(view.second_measure)
    return any(measure.kind == "own" for measure in measures)


def link_params(page: str, view: PageState, params: Mapping[str, str]) -> dict[str, object]:
    """Return the parameters of the URL, with the language and the measure that it may leave out."""
    shown: dict[str, object] = {"lang": view.lang}
    if page == "map" or (page == "compare" and view.pane != "provinces"):
        shown |= {"measure": view.measure}
    if page == "map":
        shown |= {"year": view.year}
    return {**shown, **params, "lang": view.lang}


def _embed_address(page: str, path: str, view: PageState, params: Mapping[str, str]) -> str:
    if page == "map" or (page == "compare" and view.pane in EMBEDDED_PANES):
        return add_query(path, {**link_params(page, view, params), "embed": "true"})
    return ""


def _picture_kind(page: str, view: PageState) -> str:
    """Return the id of the kind of picture that shows the same as a page, or ''."""
    if page != "compare":
        return PICTURE_KINDS.get(page, "")
    for kind in FIGURE_KINDS.values():
        if kind.page == page and kind.view == view.pane:
            enough = len(compared_provinces(view)) >= kind.min_provinces
            return kind.id if enough else ""
    return ""


def _picture_query(page: str, view: PageState, params: Mapping[str, str]) -> str:
    kind = _picture_kind(page, view)
    if page == "briefing":
        kind = params.get("kind", MAP_KIND)
    if kind not in FIGURE_KINDS:
        return ""
    texts = {**picture_params(view, {**params, "kind": kind}), "kind": kind}
    if "recipe" in FIGURE_KINDS[kind].fields and "recipe" in params:
        texts["recipe"] = params["recipe"]
    if kind == MAP_KIND and view.marked_ranks:
        texts["marks"] = view.marks
    if page == "briefing":
        texts |= {name: params[name] for name in ("size", "title", "note") if name in params}
    try:
        request_from_address(texts, "/", date.today(), view.catalogue)
    except InputError:
        return ""  # no dead address: two measures without a province in common, for example
    return add_query("", texts).removeprefix("?")


def _slide_query(page: str, view: PageState, params: Mapping[str, str]) -> str:
    """Return the query of a slide: the map of the measure with its chart and table."""
    if page not in SLIDE_PAGES or "recipe" in params:
        return ""
    picture = picture_params(view, {**params, "kind": MAP_KIND})
    if page == "index":
        picture["measure"] = picture_params(view, {"kind": INDEX_KIND})["measure"]
    return add_query("", picture).removeprefix("?")


def _measures_with_years(page: str, view: PageState) -> list[tuple[Measure, int | None]]:
    """Return the measures of the page's table, each with its year, None for all years."""
    first, second = view.shown_measure, view.second_measure
    if page == "compare":
        if view.pane == "provinces":
            return []
        if view.pane == "years":
            return [(first, None)]
        return [(first, view.year), (second, view.year2)]
    if page == "index":
        index = view.catalogue[picture_params(view, {"kind": INDEX_KIND})["measure"]]
        return [(index, index.nearest_year(view.year))]
    if page in MEASURE_PAGES:
        return [(first, None if page == "data" else view.year)]
    return []


def _table_queries(page: str, view: PageState, params: Mapping[str, str]) -> list[str]:
    """Return the queries of the tables; a recipe of the reader's own has none by address."""
    if page == "index" and "recipe" in params:
        return []
    return [
        add_query("", {"lang": view.lang, "measure": measure.id, "year": year}).removeprefix("?")
        for measure, year in _measures_with_years(page, view)
    ]


def _citation_text(page: str, title: str, link: str, view: PageState, t: Translator) -> str:
    """Return how to cite what the page shows: its measures, or the page."""
    today, address = date.today(), ORIGIN_SLOT + link
    measures = [measure for measure, _ in _measures_with_years(page, view)]
    if not measures:
        return t(GENERAL, title=title, day=t.format_date(today), address=address)
    return "\n".join(
        citation(measure, today, t, address).text for measure in dict.fromkeys(measures)
    )
