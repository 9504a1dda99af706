"""Widgets shared by pages: choice of a province, a measure, a year, provinces to mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import streamlit as st

from geo.analysis import FIRST_YEAR, LAST_YEAR, NONE_CHOSEN, PageState
from geo.limits import MAX_CHOSEN
from geo.measures import Measure, picker_label
from geo.text import N_, InputError, Translator
from geo.units import evaluated_adcodes, pinyin_names, provinces
from pages.parts.state import current_page, notify, set_widget, sync_to_url, write_params

FIND_KEY: Final = "find_province"
FOUND_KEY: Final = "found_province"
LAYOUT_NAMES: Final = {"map": N_("Map"), "tiles": N_("Tiles")}
NO_PARAMS: Final[Mapping[str, str]] = {}
TOO_MANY: Final = N_(
    "At most {count} provinces can be distinguished by colour and shape. Remove one first."
)


def draw_province_select(adcode: str, t: Translator, adcodes: Sequence[str] = ()) -> None:
    """Draw the choice of another province, with search. adcodes: the choice; if empty, all."""
    set_widget("province", adcode)
    st.selectbox(
        t(N_("Province")),
        list(adcodes or provinces()),
        format_func=lambda option: searchable_name(option, t),
        key="province",
        on_change=sync_to_url,
        args=("province",),
        filter_mode="contains",
        help=t(N_("Type a name in either language to search.")),
    )


def draw_find_province(t: Translator) -> None:
    """Draw the search for a province in the header.

    It finds either name and the pinyin. The page keeps what was found: see ``found_province``.
    """
    set_widget(FIND_KEY, None)
    label = t(N_("Find a province"))
    st.selectbox(
        label,
        list(provinces()),
        index=None,
        format_func=lambda option: searchable_name(option, t),
        key=FIND_KEY,
        placeholder=label,
        label_visibility="collapsed",
        filter_mode="contains",
        on_change=_keep_found,
        width=230,
    )


def _keep_found() -> None:
    st.session_state[FOUND_KEY] = st.session_state[FIND_KEY] or ""


def found_province() -> str:
    """Return the adcode that the search has just found, once; otherwise ''."""
    return str(st.session_state.pop(FOUND_KEY, ""))


def searchable_name(adcode: str, t: Translator) -> str:
    """Return both names of a province, and its pinyin without tones if it is neither.

    >>> from geo.text import translator
    >>> searchable_name("150000", translator("en"))
    'Inner Mongolia · 内蒙古 · neimenggu'
    """
    pinyin = pinyin_names()[adcode]
    name = provinces()[adcode].bilingual_name(t.lang)
    return name if pinyin in name.lower() else f"{name} · {pinyin}"


def draw_measure_select(
    key: str,
    label: str,
    value: str,
    view: PageState,
    t: Translator,
    on_change: Callable[..., None] = sync_to_url,
    args: tuple[object, ...] = (),
    measure_ids: Sequence[str] = (),
) -> None:
    """Draw the choice of a measure, with search; the URL parameter is named like the widget.

    measure_ids: the ids of the measures to choose from; if empty, all of the view.
    """
    set_widget(key, value)
    measures = view.catalogue
    st.selectbox(
        label,
        list(measure_ids or measures),
        format_func=lambda name: picker_label(measures[name], t),
        key=key,
        on_change=on_change,
        args=args or (key,),
        filter_mode="contains",
        help=t(
            N_(
                "Type to search. Groups: the report’s lists, its six dimensions, context, "
                "uploaded data."
            )
        ),
    )


def draw_year_slider(
    key: str, label: str, measure: Measure, value: int, measure_key: str = ""
) -> None:
    """Draw the choice of one of the years of a measure.

    measure_key: the parameter of the measure, written with the year if the year alone would be
    read as that of another measure.
    """
    _draw_year_slider(
        key, label, measure.years, value, {measure_key: measure.id} if measure_key else {}
    )


def draw_page_year_slider(view: PageState, t: Translator) -> None:
    """Draw the choice of the year; measures without it show their nearest year."""
    label = t(N_("Year, or the nearest available for a measure"))
    _draw_year_slider("year", label, range(FIRST_YEAR, LAST_YEAR + 1), view.preferred_year)


def _draw_year_slider(
    key: str, label: str, years: Sequence[int], value: int, params: Mapping[str, str] = NO_PARAMS
) -> None:
    set_widget(key, value)
    st.select_slider(
        label,
        years,
        key=key,
        disabled=len(years) == 1,
        on_change=sync_to_url,
        args=(key,),
        kwargs=dict(params),
    )


def draw_marked_provinces(view: PageState, but: str, t: Translator) -> None:
    """Draw the choice of up to ten provinces to mark on every chart of the page."""
    label = t(N_("Mark up to {count} other provinces"), count=MAX_CHOSEN)
    draw_province_multiselect(
        label, [adcode for adcode in view.chosen_provinces if adcode != but], but, t
    )


def draw_province_multiselect(
    label: str,
    chosen: Sequence[str],
    but: str,
    t: Translator,
    on_change: Callable[[], None] | None = None,
) -> None:
    """Draw the choice of provinces, with search, except `but`, the province of the page.

    on_change: the callback that writes them into the URL; by default the provinces alone.
    """
    set_widget("provinces", list(chosen))
    st.multiselect(
        label,
        [adcode for adcode in evaluated_adcodes() if adcode != but],
        format_func=lambda option: provinces()[option].name_in(t.lang),
        key="provinces",
        placeholder=t(N_("No province marked")),
        filter_mode="contains",
        on_change=on_change or _write_chosen,
    )


def _write_chosen() -> None:
    set_provinces(st.session_state["provinces"])


def write_compared_provinces() -> None:
    """Callback of the choice on the Compare page."""
    set_compared_provinces(st.session_state["provinces"])


def set_compared_provinces(adcodes: Sequence[str]) -> None:
    """Write the provinces of the Compare page into the URL.

    The province of other pages is the first of them, and leaves the URL when it is taken away.
    """
    view, _, _ = current_page()
    is_kept = not view.province or view.province in adcodes
    set_provinces(adcodes, **({} if is_kept else {"province": ""}))


def set_provinces(adcodes: Sequence[str], **params: str) -> None:
    """Write provinces into the URL; show a message if there are more than ten.

    params: further parameters to write with them.
    """
    if len(adcodes) > MAX_CHOSEN:
        notify(InputError(TOO_MANY, count=MAX_CHOSEN))
    write_params(provinces=",".join(adcodes[:MAX_CHOSEN]) or NONE_CHOSEN, **params)


def draw_segmented_control(
    key: str, label: str, options: dict[str, str], value: str, t: Translator, hidden: bool = False
) -> None:
    """Draw a few options side by side, stored in the URL."""
    set_widget(key, value)
    st.segmented_control(
        label,
        list(options),
        format_func=lambda name: t(options[name]),
        key=key,
        required=True,
        label_visibility="collapsed" if hidden else "visible",
        on_change=sync_to_url,
        args=(key,),
    )


def draw_select(
    key: str,
    label: str,
    options: dict[str, str],
    value: str,
    on_change: Callable[[], None] | None = None,
) -> None:
    """Draw a list of options, stored in the URL by `on_change`, or as it is."""
    set_widget(key, value)
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=on_change or partial(sync_to_url, key),
    )
