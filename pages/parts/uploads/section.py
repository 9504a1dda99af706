"""The section for uploaded data: from the template to the measure, for this reader only."""

from __future__ import annotations

import json
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.limits import WORKSPACE_DAYS
from geo.text import N_, Translator, render_template
from geo.upload import (
    KEPT_FOR_PERSON_NOTE,
    KEPT_NOTE,
    NOT_IN_INDEX,
    UNKEPT_NOTE,
    format_limit,
)
from pages.parts.access import session_visitor, signed_in_owner
from pages.parts.session import keeping_fault, shared_workspace, uploaded_tables
from pages.parts.state import format_error
from pages.parts.store import workspace_store
from pages.parts.uploads.intake import draw_intake
from pages.parts.uploads.measures import draw_files, draw_measure_form, draw_table_measures
from pages.parts.uploads.notice import draw_notice, draw_reveal
from pages.parts.uploads.parsed import TEMPLATES, draw_decisions, draw_row_counts, draw_table_head
from pages.parts.uploads.preview import table_preview
from pages.parts.uploads.questions import draw_first_question, draw_settled

WORDS: Final = '<style>.st-key-uploads {{ --choose: "{}"; --not-uploaded: "{}"; }}</style>'
WORKSPACE_NOTE: Final = N_(
    "The address of a page does not contain your data. A link that you make under “Your work” shows"
    " them to whoever has it, until you withdraw it."
)
FILE_NOTE: Final = N_(
    "The workspace file holds your tables with all choices, your measures, presets of the index and"
    " the state of all pages. Give it to a colleague, or keep it."
)
SHARED_NOTE: Final = N_(
    "These tables belong to whoever shared the workspace with you. You see them as long as the link"
    " is not withdrawn, and change nothing here."
)
NO_UPLOADS: Final = N_("Uploads are for editors. Sign in with an account that has this role.")
# The English beginnings of names in Streamlit's uploader; see web/uploader_words.js.
UPLOADER_WORDS: Final = {
    "Add files": N_("Add files"),
    "Remove ": N_("Remove "),
    "Click to retry upload": N_("Click to upload again"),
}
NOT_UPLOADED: Final = N_("Not uploaded: larger than {most}, or the connection was lost")


def draw_uploads(t: Translator) -> None:
    """Draw the section: upload a table, check and correct how it is parsed, make measures."""
    # Streamlit labels the upload button in English; the style replaces the label, and the message
    # on what the browser could not send.
    refusal = t(NOT_UPLOADED, most=format_limit("session_bytes"))
    st.html(Markup(WORDS).format(t(N_("Choose files")), refusal))
    with st.container(key="uploads"):
        st.html(
            render_template(
                TEMPLATES,
                "section_head",
                title=t(N_("Shared data") if shared_workspace() else N_("Your data")),
                notes=_notes(t),
                words=json.dumps({english: t(text) for english, text in UPLOADER_WORDS.items()}),
            )
        )
        may_change = session_visitor().may_edit and not shared_workspace()
        if not (may_change or shared_workspace()):
            st.info(t(NO_UPLOADS), icon=":material/info:")
            return
        if fault := keeping_fault():
            st.warning(format_error(t, fault), icon=":material/info:")
        draw_files(t)
        if may_change:
            draw_intake(t)
            draw_notice(t)
        # The newest stands first, where the reader looks after an upload.
        for place, table in reversed(list(enumerate(uploaded_tables().tables))):
            with st.container(key=f"upload_table_{place}", border=True):
                draw_table_head(place, table, t)
                st.html(table_preview(table, t))
                draw_row_counts(table.understood, t)
                draw_decisions(table.understood, t)
                draw_first_question(place, table, t)
                draw_settled(place, table, t)
                draw_measure_form(place, table, t)
                draw_table_measures(table, t)
        draw_reveal()


def _notes(t: Translator) -> list[str]:
    """Return who sees the tables of the section and how long they are stored, as sentences."""
    if shared_workspace():
        return [t(SHARED_NOTE)]
    if not session_visitor().may_edit:
        return []
    if workspace_store() is None:
        return [t(UNKEPT_NOTE), t(NOT_IN_INDEX), t(FILE_NOTE)]
    kept = t(KEPT_FOR_PERSON_NOTE)
    if signed_in_owner() is None:
        kept = t(KEPT_NOTE, days=WORKSPACE_DAYS)
    return [kept, t(NOT_IN_INDEX), t(WORKSPACE_NOTE), t(FILE_NOTE)]
