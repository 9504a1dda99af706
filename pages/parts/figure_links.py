"""Links from a page to its pictures; the same URL always gives the same file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from geo.analysis import PageState, add_query, uploaded_measures
from geo.exports import STANDALONE_MAP_PATH
from geo.maps import DEFAULT_CLASS_COUNT, DEFAULT_METHOD
from geo.pictures import FIGURE_FORMATS, MAP_KIND, PROFILE_KIND, TIME_SERIES_KIND
from geo.text import N_, Translator
from pages.parts.page_frame import page_address

EMPTY: Final = Markup()
NAMES: Final = {"png": "PNG", "svg": "SVG", "pdf": "PDF"}


def figure_address(form: str, params: Mapping[str, object]) -> str:
    """Return the URL of a picture in one of its file formats."""
    return add_query(f"/picture.{form}", params)


def figure_links(params: Mapping[str, object], t: Translator) -> Markup:
    """Return links to the picture in every file format."""
    link = Markup('<a href="{}" download aria-label="{}">{}</a>')
    return Markup(" · ").join(
        link.format(
            figure_address(form, params),
            t(N_("Download as {form}"), form=NAMES[form]),
            NAMES[form],
        )
        for form in FIGURE_FORMATS
    )


def figure_line(
    kind: str, view: PageState, t: Translator, also: Markup = EMPTY, **params: object
) -> Markup:
    """Return the links below a map or chart: its picture in every format, and its briefing.

    also: further links. The result is markup for the text of a page, not a separate block, as
    every block costs the browser time at each change.
    """
    given = {"kind": kind, "lang": view.lang, **params}
    uploaded = {measure.id for measure in uploaded_measures(view.catalogue)}
    if uploaded & {params.get("measure"), params.get("measure2")}:
        # No URL can give data of a session: the Briefing page draws it in the session.
        return Markup('<p class="atlas-note files"><a href="{}">{}</a></p>').format(
            page_address("briefing", view, **{"kind": kind, **params}),
            t(N_("compose for a briefing")),
        )
    return Markup('<p class="atlas-note files">{}{} · <a href="{}">{}</a></p>').format(
        Markup(t(N_("Picture: {files}"))).format(files=figure_links(given, t)),
        also,
        page_address("briefing", view, **{"kind": kind, **params}),
        t(N_("compose for a briefing")),
    )


def map_figure_line(view: PageState, t: Translator) -> Markup:
    """Return the links below the map of a measure, with the map as a standalone file."""
    values = {"measure": view.measure, "year": view.year, "province": view.province}
    if view.method != DEFAULT_METHOD or view.classes != DEFAULT_CLASS_COUNT:
        text = ",".join(f"{number:.12g}" for number in view.custom_breaks)
        values |= {"method": view.method, "classes": text or str(view.classes)}
    offline = Markup(' · <a href="{}" download>{}</a>').format(
        add_query(STANDALONE_MAP_PATH, {"lang": view.lang, **values}),
        t(N_("offline map (HTML)")),
    )
    return figure_line(MAP_KIND, view, t, offline, **values)


def profile_figure_line(adcode: str, view: PageState, t: Translator) -> Markup:
    """Return the links below a profile, with the profile as an A4 sheet."""
    values = {"province": adcode, "year": view.preferred_year}
    paper = {"kind": PROFILE_KIND, "lang": view.lang, "size": "a4-upright", **values}
    sheet = Markup(' · <a href="{}" download>{}</a>').format(
        figure_address("pdf", paper), t(N_("sheet of A4 (PDF)"))
    )
    return figure_line(PROFILE_KIND, view, t, sheet, **values)


def time_series_figure_line(
    measure: str, chosen: Sequence[str], course: str, view: PageState, t: Translator
) -> Markup:
    """Return the links below a time series of provinces; empty without a province."""
    if not chosen:
        return Markup()
    return figure_line(
        TIME_SERIES_KIND, view, t, measure=measure, provinces=",".join(chosen), course=course
    )
