"""The section for uploaded data: from the template to the measure, for this reader only."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.server import KEEP_PATH
from geo.text import N_, Translator, render_template
from geo.upload import KEPT_NOTE, NOT_IN_INDEX, UNKEPT_NOTE
from pages.parts.session import cookie_ticket, keeping_fault, kept_store, uploaded_tables
from pages.parts.state import format_error
from pages.parts.uploads.intake import draw_intake
from pages.parts.uploads.measures import draw_files, draw_measure_form, draw_uploaded_measures
from pages.parts.uploads.parsed import TEMPLATES, draw_parsed_table, draw_row_report

CHOOSE = '<style>.st-key-uploads [data-testid="stFileUploader"] {{ --choose: "{}"; }}</style>'


def draw_uploads(t: Translator) -> None:
    """Draw the section: upload a table, check and correct how it is parsed, make measures."""
    # Streamlit labels the upload button in English; the style replaces the label.
    st.html(Markup(CHOOSE).format(t(N_("Choose a file"))))
    with st.container(key="uploads"):
        st.html(
            render_template(
                TEMPLATES,
                "section_head",
                title=t(N_("Your data")),
                notes=[t(KEPT_NOTE if kept_store() else UNKEPT_NOTE), t(NOT_IN_INDEX)],
                path=KEEP_PATH,
                ticket=cookie_ticket(),
            )
        )
        if fault := keeping_fault():
            st.warning(format_error(t, fault), icon=":material/info:")
        draw_files(t)
        draw_intake(t)
        for place, table in enumerate(uploaded_tables().tables):
            with st.container(key=f"upload_table_{place}", border=True):
                draw_parsed_table(place, table, t)
                draw_row_report(place, table, t)
                draw_measure_form(place, table, t)
        draw_uploaded_measures(t)
