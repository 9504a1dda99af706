"""What every page has: styles, navigation, header, and the message of a fault."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import PageState, add_query
from geo.maps import WEB_DIR, links_script
from geo.text import LANGUAGES, N_, Translator
from pages.parts.state import current_page, set_widget, sync_to_url

STYLES: Final = Path(__file__).parent / "styles"
SHARED_SHEETS: Final = (
    WEB_DIR / "sheet.css",
    *(STYLES / f"{name}.css" for name in ("atlas", "map", "tables")),
)
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
ICON = str(Path(__file__).parent / "icon.svg")


def load_shared_styles() -> None:
    """What every page wears, and the map, which is the page to be shown first."""
    st.html(_style_element(SHARED_SHEETS))


def load_styles(*names: str) -> None:
    """The sheets of a page, by their names in ``styles``.

    In one block: every block of Streamlit costs the browser time.
    """
    st.html(_style_element(tuple(STYLES / f"{name}.css" for name in names)))


@cache
def _style_element(sheets: tuple[Path, ...]) -> str:
    return "<style>{}</style>".format("".join(path.read_text("utf-8") for path in sheets))


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
    """The row of pages. It stands inside the part of a page that is drawn again with a choice."""
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


def draw_header(view: PageState, t: Translator) -> None:
    """The title and the language switch, in one row."""
    load_shared_styles()
    script = Markup('<script src="{}"></script>').format(links_script().path)
    with st.container(key="links"):
        st.html(script, unsafe_allow_javascript=True)
    with st.container(
        key="header",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.title(t(N_("Digital China Atlas")), anchor=False, width="content")
        set_widget("lang", view.lang)
        st.segmented_control(
            "Language / 语言",
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="lang",
            required=True,
            label_visibility="collapsed",
            on_change=sync_to_url,
            args=("lang",),
        )


def show_fault(error: Exception) -> bool:
    """Say in the reader's language that the page could not be drawn; the log has the reason.

    Returns that all is said, so that Streamlit adds nothing of its own.
    """
    _, t, _ = current_page()
    st.error(
        t(
            N_(
                "This part of the page could not be drawn. The fault is ours, and is noted. "
                "Load the page again, or go on with another page."
            )
        ),
        icon=":material/error:",
    )
    return True
