"""Links from a page to its pictures; the same URL always gives the same file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from geo.analysis import Display, PageState, add_query, uploaded_measures
from geo.exports import STANDALONE_MAP_PATH
from geo.maps import DEFAULT_CLASS_COUNT, DEFAULT_METHOD, LAYOUTS
from geo.pictures import FIGURE_FORMATS, MAP_KIND, PROFILE_KIND, TIME_SERIES_KIND
from geo.settings import served_path
from geo.text import N_, Translator, render_template
from pages.parts.page_frame import TEMPLATES, page_address

NAMES: Final = {"png": "PNG", "svg": "SVG", "pdf": "PDF"}


class FileLink(NamedTuple):
    """A link to a file. label: its name for screen readers, if the text is too short."""

    address: str
    text: str
    label: str = ""


def figure_address(form: str, params: Mapping[str, object]) -> str:
    """Return the URL of a picture in one of its file formats."""
    return add_query(served_path(f"/picture.{form}"), params)


def figure_links(params: Mapping[str, object], t: Translator) -> list[FileLink]:
    """Return links to the picture in every file format."""
    return [
        FileLink(
            figure_address(form, params), NAMES[form], t(N_("Download as {form}"), form=NAMES[form])
        )
        for form in FIGURE_FORMATS
    ]


def file_links(links: Iterable[FileLink]) -> Markup:
    """Return links to files in one line."""
    return render_template(TEMPLATES, "file_links", links=links)


def figure_line(
    kind: str, view: PageState, t: Translator, *more: FileLink, **params: object
) -> Markup:
    """Return the links below a map or chart: files that the Share dialog lacks, and its briefing.

    more: those files. The result is markup for the text of a page, not a separate block, as every
    block costs the browser time at each change.
    """
    uploaded = {measure.id for measure in uploaded_measures(view.catalogue)}
    if uploaded & {params.get("measure"), params.get("measure2")}:
        # No URL can give data of a session: the Briefing page draws it in the session.
        more = ()
    return render_template(
        TEMPLATES,
        "figure_line",
        files=file_links(more),
        briefing=page_address("briefing", view, **{"kind": kind, **params}),
        text=t(N_("Create a picture or slides")),
    )


def map_figure_line(view: PageState, t: Translator) -> Markup:
    """Return the links below the map of a measure, with the map as a standalone file."""
    values = {"measure": view.measure, "year": view.year, "province": view.province}
    if view.method != DEFAULT_METHOD or view.classes != DEFAULT_CLASS_COUNT:
        text = ",".join(f"{number:.12g}" for number in view.custom_breaks)
        values |= {"method": view.method, "classes": text or str(view.classes)}
    if view.marked_ranks:
        values["marks"] = view.marks
    if view.layout != LAYOUTS[0]:
        values["layout"] = view.layout
    if view.display != Display():
        values |= {"display": view.display.kind, "since": str(view.display.since or "")}
    offline = FileLink(
        add_query(served_path(STANDALONE_MAP_PATH), {"lang": view.lang, **values}),
        t(N_("Download the offline map (HTML)")),
    )
    return figure_line(MAP_KIND, view, t, offline, **values)


def profile_figure_line(adcode: str, view: PageState, t: Translator) -> Markup:
    """Return the links below a profile, with the profile as an A4 sheet."""
    values = {"province": adcode, "year": view.preferred_year}
    paper = {"kind": PROFILE_KIND, "lang": view.lang, "size": "a4-upright", **values}
    sheet = FileLink(figure_address("pdf", paper), t(N_("A4 sheet (PDF)")))
    return figure_line(PROFILE_KIND, view, t, sheet, **values)


def time_series_figure_line(
    measure: str,
    chosen: Sequence[str],
    course: str,
    view: PageState,
    t: Translator,
    is_shared: bool = True,
) -> Markup:
    """Return the links below a time series of provinces; empty without a province.

    is_shared: whether the Share dialog of the page offers the picture; else the line does.
    """
    if not chosen:
        return Markup()
    params = {"measure": measure, "provinces": ",".join(chosen), "course": course}
    address = {"kind": TIME_SERIES_KIND, "lang": view.lang, **params}
    files = [] if is_shared else figure_links(address, t)
    return figure_line(TIME_SERIES_KIND, view, t, *files, **params)
