"""The chosen measure to take along: as a file in any form, and as a citation."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st
from markupsafe import Markup

from geo import citation, files
from geo.address import with_query
from geo.exports.forms import FORMS, Asked, Form, file_name
from geo.measures import measures
from geo.text import LANGUAGES, N_, Texts, texts
from geo.upload import session
from geo.upload.session import OwnTables
from geo.view import View
from pages.parts import nav, state


def draw(view: View, say: Texts) -> None:
    """A row of links for all years, one for the chosen year, each with every form."""
    own = measures()[view.measure]
    if own.kind == "own":
        _own(view, say)
        return
    spans: list[tuple[str, dict[str, str]]] = [(citation.span(own.years, say), {})]
    if len(own.years) > 1:
        spans.append((str(view.year), {"year": str(view.year)}))
    rows = [
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            span, Markup("").join(_cell(form, view, span, year, say) for form in FORMS)
        )
        for span, year in spans
    ]
    st.html(
        Markup(
            '<section class="files"><h3>{}</h3><div class="wide"><table>{}</table></div></section>'
        ).format(say(N_("Download")), Markup("").join(rows))
    )


def _cell(form: Form, view: View, span: str, year: dict[str, str], say: Texts) -> Markup:
    """A link to a form; to one with shapes also in the plane of the map."""
    given = {"measure": view.measure, **year, "lang": view.lang}
    path = files.TABLES[form.ending]
    link = Markup('<a class="file" href="{}" download aria-label="{}">{}</a>')
    label = say(N_("Download {name}, {span}"), name=form.name, span=span)
    found = link.format(with_query(path, given), label, form.name)
    if form.placed:
        flat = say(N_("Albers"))
        label = say(N_("{label}, in the equal-area plane"), label=label)
        found += " " + link.format(with_query(path, {**given, "crs": "albers"}), label, flat)
    return Markup("<td>{}</td>").format(found)


def _own(view: View, say: Texts) -> None:
    """The same of a measure of the reader's own, made in this session: no address has it."""
    st.html(Markup('<section class="files"><h3>{}</h3></section>').format(say(N_("Download"))))
    with st.container(key="own_forms", horizontal=True, gap="small"):
        for form in FORMS:
            asked = Asked(view.measure, None, say, files.WGS84)
            st.download_button(
                form.name,
                partial(_written, form, asked, state.own()),
                file_name=file_name(asked, form),
                mime=form.media_type,
                on_click="ignore",
                key=f"own_form_{form.ending}",
            )


def _written(form: Form, asked: Asked, tables: OwnTables) -> bytes:
    # It is made when it is asked for, beside the run of the page.
    with session.using(tables):
        return form.write(asked)


def cite(view: View, say: Texts) -> None:
    """The citation in both languages and for BibTeX, each to be copied."""
    own, today = measures()[view.measure], date.today()
    if own.kind == "own":  # nothing that others could look up
        return
    with st.container(key="cite"), st.expander(say(N_("How to cite"))):
        for lang in sorted(LANGUAGES, key=lambda name: name != say.lang):
            where = _address(view, lang)
            said = citation.text(own, today, texts(lang), where)
            st.code(said, language=None, wrap_lines=True)
        entry = citation.bibtex(own, today, say, _address(view, say.lang))
        st.code(entry, language=None, wrap_lines=True)


def _address(view: View, lang: str) -> str:
    """Where this measure stands on this server; empty where the server is not known."""
    seen = st.context.url
    if not seen:
        return ""
    path = nav.address("data", view, measure=view.measure, lang=lang)
    return seen.partition("?")[0].removesuffix("/data") + path
