"""Links from a page to its pictures: the same address gives the same file to a document or wiki."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from geo import classify, files
from geo.address import with_query
from geo.measures import measures
from geo.picture.drawing import FORMATS
from geo.picture.request import COURSE, MAP, PROFILE
from geo.text import N_, Texts
from geo.view import View
from pages.parts import nav

EMPTY: Final = Markup()
NAMES: Final = {"png": "PNG", "svg": "SVG", "pdf": "PDF"}


def address(form: str, params: Mapping[str, object]) -> str:
    """The address of a picture in one of its forms."""
    return with_query(f"/picture.{form}", params)


def links(params: Mapping[str, object], say: Texts) -> Markup:
    """The picture in every form, each by one click."""
    link = Markup('<a href="{}" download aria-label="{}">{}</a>')
    return Markup(" · ").join(
        link.format(
            address(form, params), say(N_("Download as {form}"), form=NAMES[form]), NAMES[form]
        )
        for form in FORMATS
    )


def line(kind: str, view: View, say: Texts, also: Markup = EMPTY, **params: object) -> Markup:
    """What stands under a map or a chart: the picture in every form, and where to compose it.

    also: further links. It is part of the text of a page and no block of its own, of which each
    costs the browser time at every change.
    """
    given = {"kind": kind, "lang": view.lang, **params}
    shown = (str(params.get(name, "")) for name in ("measure", "measure2"))
    if any(name in measures() and measures()[name].kind == "own" for name in shown):
        # No address knows what one session holds: the page of briefings draws it there.
        return Markup('<p class="atlas-note files"><a href="{}">{}</a></p>').format(
            nav.address("briefing", view, **{"kind": kind, **params}),
            say(N_("compose for a briefing")),
        )
    return Markup('<p class="atlas-note files">{}{} · <a href="{}">{}</a></p>').format(
        Markup(say(N_("Picture: {files}"))).format(files=links(given, say)),
        also,
        nav.address("briefing", view, **{"kind": kind, **params}),
        say(N_("compose for a briefing")),
    )


def of_map(view: View, say: Texts) -> Markup:
    """The line under the map of a measure, with the map as a file that needs no server."""
    shown = {"measure": view.measure, "year": view.year, "province": view.province}
    if view.method != classify.DEFAULT_METHOD or view.classes != classify.DEFAULT_COUNT:
        own = ",".join(f"{number:.12g}" for number in view.own)
        shown |= {"method": view.method, "classes": own or str(view.classes)}
    offline = Markup(' · <a href="{}" download>{}</a>').format(
        with_query(files.OFFLINE_MAP, {"lang": view.lang, **shown}),
        say(N_("offline map (HTML)")),
    )
    return line(MAP, view, say, offline, **shown)


def of_profile(adcode: str, view: View, say: Texts) -> Markup:
    """The line under a profile, with it as a sheet of A4 to print or to mail."""
    shown = {"province": adcode, "year": view.wanted_year}
    paper = {"kind": PROFILE, "lang": view.lang, "size": "a4-upright", **shown}
    sheet = Markup(' · <a href="{}" download>{}</a>').format(
        address("pdf", paper), say(N_("sheet of A4 (PDF)"))
    )
    return line(PROFILE, view, say, sheet, **shown)


def of_course(measure: str, chosen: Sequence[str], course: str, view: View, say: Texts) -> Markup:
    """The line under the lines of some provinces over the years; nothing without a province."""
    if not chosen:
        return Markup()
    return line(COURSE, view, say, measure=measure, provinces=",".join(chosen), course=course)
