"""The pages of the atlas and the links between them, which keep what the reader has chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from geo.address import add_query
from geo.text import N_, Translator
from geo.view import PageState

FOLDER: Final = Path(__file__).parent.parent
PAGES: Final = {
    "map": N_("Map"),
    "province": N_("Province"),
    "dimension": N_("Dimension"),
    "compare": N_("Compare"),
    "index": N_("Index"),
    "briefing": N_("Briefing"),
    "data": N_("Data"),
}
ICONS: Final = {
    "map": "map",
    "province": "location_on",
    "dimension": "category",
    "compare": "compare_arrows",
    "index": "tune",
    "briefing": "slideshow",
    "data": "table_chart",
}
HOME: Final = "map"
# What a link to another page takes along; the rest belongs to one page alone.
SHARED: Final = ("lang", "measure", "year", "province", "dimension", "provinces", "recipe")


def page_objects(t: Translator) -> dict[str, st.Page]:
    """The pages by name, titled in the reader's language."""
    return {
        name: st.Page(
            FOLDER / f"{name}.py",
            title=t(title),
            url_path="" if name == HOME else name,
            default=name == HOME,
        )
        for name, title in PAGES.items()
    }


def shared_params(**changes: str) -> dict[str, str]:
    """What the address shares with every page, with changes; an empty one is left out."""
    now = {name: st.query_params[name] for name in SHARED if name in st.query_params}
    return {name: value for name, value in {**now, **changes}.items() if value}


def draw_nav(t: Translator) -> None:
    """The row of pages. It stands inside the part of a page that is drawn anew with a choice."""
    with st.container(key="nav", horizontal=True, gap="small"):
        for name, page in page_objects(t).items():
            st.page_link(
                page,
                label=t(PAGES[name]),
                icon=f":material/{ICONS[name]}:",
                query_params=shared_params(),
            )


def draw_page_link(page: str, label: str, t: Translator, icon: str = "", **changes: str) -> None:
    """A link to a page with some of the choices changed, followed in place."""
    st.page_link(
        page_objects(t)[page],
        label=label,
        icon=f":material/{icon}:" if icon else None,
        query_params=shared_params(**changes),
    )


def page_address(page: str, view: PageState, **changes: object) -> str:
    """The address of a page for a link inside a text of our own."""
    path = "/" if page == HOME else f"/{page}"
    return add_query(path, {"lang": view.lang, **changes})
