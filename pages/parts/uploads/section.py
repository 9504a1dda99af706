"""The section for uploaded data: from the template to the measure, in this session only."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.captions import quiet_note
from geo.text import N_, Translator
from geo.upload import NOT_IN_INDEX, PRIVACY_NOTE
from pages.parts.state import uploaded_tables
from pages.parts.uploads.intake import draw_intake
from pages.parts.uploads.measures import draw_files, draw_measure_form, draw_uploaded_measures
from pages.parts.uploads.parsed import draw_parsed_table, draw_row_report

CHOOSE = '<style>.st-key-uploads [data-testid="stFileUploader"] {{ --choose: "{}"; }}</style>'


def draw_uploads(t: Translator) -> None:
    """Draw the section: upload a table, check and correct how it is parsed, make measures."""
    # Streamlit labels the upload button in English; the style replaces the label.
    st.html(Markup(CHOOSE).format(t(N_("Choose a file"))))
    with st.container(key="uploads"):
        st.html(
            Markup('<h2 class="atlas-heading" id="own">{}</h2>{}{}').format(
                t(N_("Your data")),
                quiet_note(t(PRIVACY_NOTE)),
                quiet_note(t(NOT_IN_INDEX)),
            )
        )
        draw_files(t)
        draw_intake(t)
        for place, table in enumerate(uploaded_tables().tables):
            with st.container(key=f"upload_table_{place}", border=True):
                draw_parsed_table(place, table, t)
                draw_row_report(place, table, t)
                draw_measure_form(place, table, t)
        draw_uploaded_measures(t)
