"""Your own data: from the template to the measure on the map, all in this session alone."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.text import N_, Texts
from geo.upload import words
from pages.parts import about, state
from pages.parts.own import files, intake, listed, measureform, rowreport, understood

CHOOSE = '<style>.st-key-own [data-testid="stFileUploader"] {{ --choose: "{}"; }}</style>'


def draw(say: Texts) -> None:
    """Bring a table, see how it was understood, mend it, and make measures of it."""
    # Streamlit prints the button of an upload in English; the style puts the reader's word there.
    st.html(Markup(CHOOSE).format(say(N_("Choose a file"))))
    with st.container(key="own"):
        st.html(
            Markup('<h2 class="atlas-heading" id="own">{}</h2>{}{}').format(
                say(N_("Your own data")),
                about.note(say(words.PRIVATE)),
                about.note(say(words.NOT_IN_INDEX)),
            )
        )
        files.draw(say)
        intake.draw(say)
        for place, table in enumerate(state.own().tables):
            with st.container(key=f"own_table_{place}", border=True):
                understood.draw(place, table, say)
                rowreport.draw(place, table, say)
                measureform.draw(place, table, say)
        listed.draw(say)
