"""The chosen measure to take along: as a file in any form, and as a citation."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st
from markupsafe import Markup

from geo import citation, files
from geo.address import add_query
from geo.exports.forms import FORMATS, ExportFormat, ExportRequest, export_file_name
from geo.measures import all_measures
from geo.text import LANGUAGES, N_, Translator, translator
from geo.upload import session
from geo.upload.session import UploadedTables
from geo.view import PageState
from pages.parts import nav, state


def draw_downloads(view: PageState, t: Translator) -> None:
    """A row of links for all years, one for the chosen year, each with every form."""
    measure = all_measures()[view.measure]
    if measure.kind == "own":
        _draw_uploaded_downloads(view, t)
        return
    spans: list[tuple[str, dict[str, str]]] = [(citation.format_years(measure.years, t), {})]
    if len(measure.years) > 1:
        spans.append((str(view.year), {"year": str(view.year)}))
    rows = [
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            span, Markup("").join(_format_links(form, view, span, year, t) for form in FORMATS)
        )
        for span, year in spans
    ]
    st.html(
        Markup(
            '<section class="files"><h3>{}</h3><div class="wide"><table>{}</table></div></section>'
        ).format(t(N_("Download")), Markup("").join(rows))
    )


def _format_links(
    export_format: ExportFormat, view: PageState, span: str, year: dict[str, str], t: Translator
) -> Markup:
    """A link to a form; to one with shapes also in the plane of the map."""
    given = {"measure": view.measure, **year, "lang": view.lang}
    path = files.TABLES[export_format.ending]
    link = Markup('<a class="file" href="{}" download aria-label="{}">{}</a>')
    label = t(N_("Download {name}, {span}"), name=export_format.name, span=span)
    markup = link.format(add_query(path, given), label, export_format.name)
    if export_format.placed:
        flat = t(N_("Albers"))
        label = t(N_("{label}, in the equal-area plane"), label=label)
        markup += " " + link.format(add_query(path, {**given, "crs": "albers"}), label, flat)
    return Markup("<td>{}</td>").format(markup)


def _draw_uploaded_downloads(view: PageState, t: Translator) -> None:
    """The same of a measure of the reader's own, made in this session: no address has it."""
    st.html(Markup('<section class="files"><h3>{}</h3></section>').format(t(N_("Download"))))
    with st.container(key="own_forms", horizontal=True, gap="small"):
        for form in FORMATS:
            request = ExportRequest(view.measure, None, t, files.WGS84)
            st.download_button(
                form.name,
                partial(_write_uploaded, form, request, state.uploaded_tables()),
                file_name=export_file_name(request, form),
                mime=form.media_type,
                on_click="ignore",
                key=f"own_form_{form.ending}",
            )


def _write_uploaded(
    export_format: ExportFormat, request: ExportRequest, tables: UploadedTables
) -> bytes:
    # It is made when it is asked for, beside the run of the page.
    with session.using_tables(tables):
        return export_format.write(request)


def draw_citation(view: PageState, t: Translator) -> None:
    """The citation in both languages and for BibTeX, each to be copied."""
    measure, today = all_measures()[view.measure], date.today()
    if measure.kind == "own":  # nothing that others could look up
        return
    with st.container(key="cite"), st.expander(t(N_("How to cite"))):
        for lang in sorted(LANGUAGES, key=lambda name: name != t.lang):
            where = _measure_address(view, lang)
            text = citation.citation_text(measure, today, translator(lang), where)
            st.code(text, language=None, wrap_lines=True)
        entry = citation.citation_bibtex(measure, today, t, _measure_address(view, t.lang))
        st.code(entry, language=None, wrap_lines=True)


def _measure_address(view: PageState, lang: str) -> str:
    """Where this measure stands on this server; empty where the server is not known."""
    seen = st.context.url
    if not seen:
        return ""
    path = nav.page_address("data", view, measure=view.measure, lang=lang)
    return seen.partition("?")[0].removesuffix("/data") + path
