"""Your own data: from the template to the measure on the map, all in this session alone."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.text import N_, Translator
from geo.upload import words
from pages.parts import about, state
from pages.parts.own import files, intake, listed, measureform, rowreport, understood

CHOOSE = '<style>.st-key-own [data-testid="stFileUploader"] {{ --choose: "{}"; }}</style>'


def draw_uploads(t: Translator) -> None:
    """Bring a table, see how it was understood, mend it, and make measures of it."""
    # Streamlit prints the button of an upload in English; the style puts the reader's word there.
    st.html(Markup(CHOOSE).format(t(N_("Choose a file"))))
    with st.container(key="own"):
        st.html(
            Markup('<h2 class="atlas-heading" id="own">{}</h2>{}{}').format(
                t(N_("Your own data")),
                about.quiet_note(t(words.PRIVATE)),
                about.quiet_note(t(words.NOT_IN_INDEX)),
            )
        )
        files.draw_files(t)
        intake.draw_intake(t)
        for place, table in enumerate(state.uploaded_tables().tables):
            with st.container(key=f"own_table_{place}", border=True):
                understood.draw_parsed_table(place, table, t)
                rowreport.draw_row_report(place, table, t)
                measureform.draw_measure_form(place, table, t)
        listed.draw_uploaded_measures(t)
