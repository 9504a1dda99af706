"""The frame of every page: styles, navigation, header and error message."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.analysis import PageState, add_query
from geo.captions import map_heading
from geo.colours import define_colours
from geo.maps import WEB_DIR, WebAsset, build_asset, read_style_sheet
from geo.measures import dimension_name
from geo.server import KEEP_PATH
from geo.settings import served_path
from geo.text import LANGUAGES, N_, Translator, render_template
from geo.units import provinces
from geo.workspace import PAGE_NAMES
from pages.parts.access import reader_mark, session_visitor
from pages.parts.account import draw_account, draw_notices, draw_sign_in_page
from pages.parts.banner import draw_banner
from pages.parts.session import (
    cookie_ticket,
    is_at_risk,
    is_cookie_ending,
    remember_page,
    shared_workspace,
)
from pages.parts.share import draw_share_buttons, share_targets
from pages.parts.shared import link_state, may_copy
from pages.parts.state import current_page, set_widget, sync_to_url
from pages.parts.store import workspace_store
from pages.parts.widgets import draw_find_province

STYLES: Final = Path(__file__).parent / "styles"
# Of two rules of equal weight the later one applies.
STYLE_SHEETS: Final = (
    WEB_DIR / "sheet.css",
    *(
        STYLES / f"{name}.css"
        for name in (
            "atlas", "map", "tables", "rows", "compare", "data", "own", "index", "briefing", "work",
        )
    ),
)  # fmt: skip
TEMPLATES: Final = Path(__file__).parent / "templates"
FOLDER: Final = Path(__file__).parent.parent


class PageEntry(NamedTuple):
    """A page of the atlas: its title, a message, and the name of its icon."""

    title: str
    icon: str


PAGES: Final = {
    "map": PageEntry(N_("Map"), "map"),
    "province": PageEntry(N_("Province"), "location_on"),
    "dimension": PageEntry(N_("Dimension"), "category"),
    "compare": PageEntry(N_("Compare"), "compare_arrows"),
    "index": PageEntry(N_("Index"), "tune"),
    "briefing": PageEntry(N_("Briefing"), "slideshow"),
    "data": PageEntry(N_("Data"), "table_chart"),
    "work": PageEntry(N_("Your work"), "work"),
}
HOME: Final = "map"
MISSING_TITLE: Final = N_("Page not found")
MISSING_SENTENCE: Final = N_(
    "There is no page at this address. Choose one of the pages in the row above."
)
OWN_LINK_NOTE: Final = N_(
    "This view shows your data, which its address does not contain: whoever opens it does not see"
    " them. To show them to a colleague, make a link under “Your work”, or download the workspace"
    " file there and hand it over. The Briefing page makes pictures and slides."
)
OWN_FILE_NOTE: Final = N_(
    "This view shows your data, which its address does not contain: whoever opens it does not see"
    " them. To hand them over, download the workspace file on the Data page; your colleague opens"
    " it there. The Briefing page makes pictures and slides."
)
SHARED_LOOK_NOTE: Final = N_(
    "This view shows data that somebody shared with you by a link. Its address does not contain"
    " them. Whoever else should see them asks the owner for a link."
)
SHARED_COPY_NOTE: Final = N_(
    "This view shows data that somebody shared with you by a link. Its address does not contain"
    " them. Whoever else should see them asks the owner for a link; or copy the workspace to your"
    " work, and share your copy."
)
MEASURE_PAGES: Final = ("map", "compare")  # pages that show one measure in a year
UNTITLED: Final = ("compare", "index", "briefing")  # pages without a title that is seen
FOLDED: Final = ("map", "province", "dimension")  # whose choices fold on a narrow screen
# The parameters that links to other pages keep; the others belong to one page only.
SHARED: Final = ("lang", "measure", "year", "province", "dimension", "provinces", "recipe")
ICON = str(Path(__file__).parent / "icon.svg")


@cache
def style_asset() -> WebAsset:
    """Return the style sheet of all pages, for ``build_page``."""
    return build_asset("page.css", read_styles(STYLE_SHEETS).encode())


def read_styles(sheets: tuple[Path, ...]) -> str:
    """Return style sheets as one, with the colours that they take."""
    return define_colours("".join(map(read_style_sheet, sheets)))


def page_objects(t: Translator) -> dict[str, st.Page]:
    """Return the pages by name, with titles in the language of the reader."""
    return {
        name: st.Page(
            FOLDER / f"{name}.py",
            title=t(entry.title),
            url_path="" if name == HOME else name,
            default=name == HOME,
        )
        for name, entry in PAGES.items()
    }


def missing_page(t: Translator) -> st.Page | None:
    """Return the page for an address that has none; None if it has one.

    Streamlit itself answers such an address with a dialog in English over the first page.
    """
    name = unquote(urlsplit(st.context.url or "").path.rpartition("/")[2])
    if not name or (name in PAGES and name != HOME):
        return None
    return st.Page(FOLDER / "missing.py", title=t(MISSING_TITLE), url_path=name)


def shared_params(**changes: str) -> dict[str, str]:
    """Return the parameters shared by all pages, with changes; empty ones are left out."""
    now = {name: st.query_params[name] for name in SHARED if name in st.query_params}
    return {name: value for name, value in {**now, **changes}.items() if value}


def draw_nav(current: str, view: PageState, t: Translator) -> None:
    """Draw the navigation. It is part of the fragment, so that its links follow every choice.

    It is one element: seven of Streamlit's page links cost the browser 25 ms on each change. It
    also says which language and title the document has, and what can be shared of it. Notices come
    after it: on a wide screen it is moved up into the header, which has to be right above.
    """
    params = shared_params()
    title = document_title(current, view, t)
    path = page_path(current)
    shown = st.query_params.to_dict()
    remember_page(current, shown)
    targets = share_targets(current, path, title, view, shown, t)
    if "own" in targets:
        targets["own"] = own_data_note(t)
    if current in PAGE_NAMES and session_visitor().may_edit and shared_workspace() is None:
        targets["save"] = current
    links = [
        {
            "address": add_query("./" if name == HOME else name, params),
            "current": name == current,
            "icon": entry.icon,
            "title": t(entry.title),
        }
        for name, entry in PAGES.items()
    ]
    st.html(
        render_template(
            TEMPLATES,
            "nav",
            label=t(N_("Pages")),
            links=links,
            lang=view.lang,
            title=title,
            at_risk=is_at_risk(),
            link=link_state(),
            reader=reader_mark(),
            keep_path=served_path(KEEP_PATH),
            ticket=cookie_ticket(),
            ends=is_cookie_ending(),
            share=json.dumps(targets, ensure_ascii=False, separators=(",", ":")),
            heading=t(PAGES[current].title) if current in UNTITLED else "",
            fold=t(N_("Choices")) if current in FOLDED else "",
        )
    )
    draw_notices(t)
    draw_banner(t)


def own_data_note(t: Translator) -> str:
    """Return how a reader shows uploaded data to somebody else, for the Share dialog."""
    if shared := shared_workspace():
        return t(SHARED_COPY_NOTE if may_copy(shared) else SHARED_LOOK_NOTE)
    if workspace_store() is None or not session_visitor().may_edit:
        return t(OWN_FILE_NOTE)
    return t(OWN_LINK_NOTE)


def document_title(current: str, view: PageState, t: Translator) -> str:
    """Return the title of the browser's tab: what the page shows, and the atlas."""
    province = provinces()[view.province].name_in(t.lang) if view.province else ""
    if current in MEASURE_PAGES:
        subject = [map_heading(view.shown_measure, view.year, t), province]
    elif current == "dimension":
        subject = [dimension_name(view.dimension, t)]
    elif current not in PAGES:
        return " · ".join([t(MISSING_TITLE), t(N_("Digital China Atlas"))])
    else:
        subject = [province]
    page = "" if current == HOME else t(PAGES[current].title)
    return " · ".join(filter(None, [*subject, page, t(N_("Digital China Atlas"))]))


def draw_page_link(page: str, label: str, t: Translator, icon: str = "", **changes: str) -> None:
    """Draw a link to a page with some parameters changed."""
    st.page_link(
        page_objects(t)[page],
        label=label,
        icon=f":material/{icon}:" if icon else None,
        query_params=shared_params(**changes),
    )


def page_path(page: str) -> str:
    """Return the path of a page on this server."""
    return served_path("/" if page == HOME else f"/{page}")


def page_address(page: str, reader: PageState | Translator, **changes: object) -> str:
    """Return the URL of a page in the language of the reader, for a link inside a text."""
    return add_query(page_path(page), {"lang": reader.lang, **changes})


def draw_header(view: PageState, t: Translator) -> None:
    """Draw title, search for a province, share buttons and language switch in one row."""
    with _header_row():
        _draw_brand(t)
        draw_find_province(t)
        draw_share_buttons(t)
        draw_account(t)
        _draw_language_switch(view)


def _header_row() -> DeltaGenerator:
    """The row at the top of every page."""
    return st.container(
        key="header",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    )


def draw_entrance(view: PageState, t: Translator) -> None:
    """Draw the page of a reader who may see no other: title, language, and the way to sign in."""
    with _header_row():
        _draw_brand(t)
        _draw_language_switch(view)
    title = " · ".join([t(N_("Sign in")), t(N_("Digital China Atlas"))])
    waits = t(N_("Sign in to see the workspace of the link that you opened."))
    shown = {name: value for name, value in st.query_params.items() if name != "embed"}
    st.html(
        render_template(
            TEMPLATES,
            "entrance",
            lang=view.lang,
            title=title,
            waits=waits,
            address=add_query(urlsplit(st.context.url or "/").path, {**shown, "lang": view.lang}),
            link=t(N_("Open the atlas in a window of its own to sign in")),
        )
    )
    draw_sign_in_page(t)


def _draw_brand(t: Translator) -> None:
    title = t(N_("Digital China Atlas"))
    tagline = t(N_("China’s provinces in the report of 2017 and in open indicators, 2016–2024"))
    st.html(render_template(TEMPLATES, "brand", title=title, tagline=tagline), width="content")


def _draw_language_switch(view: PageState) -> None:
    set_widget("lang", view.lang)
    st.segmented_control(
        "Language / 语言",
        list(LANGUAGES),
        format_func=lambda lang: LANGUAGES[lang].name,
        key="lang",
        required=True,
        label_visibility="collapsed",
        on_change=sync_to_url,
        args=("lang",),
    )


def show_fault(error: Exception) -> bool:
    """Show that the page could not be drawn, in the reader's language; log the reason.

    Return True, so that Streamlit adds no message.
    """
    _, t, _ = current_page()
    st.error(
        t(
            N_(
                "This part of the page could not be shown. The error is in the atlas and is "
                "recorded. Reload the page, or go to another page."
            )
        ),
        icon=":material/error:",
    )
    return True
