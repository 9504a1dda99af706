"""What a reader takes along for their own data: templates to fill in, and the recipe that keeps."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from geo.errors import InputError
from geo.text import N_, Translator
from geo.upload import recipe, template
from geo.upload.limits import MB, limit_of
from geo.upload.session import UploadedTables
from pages.parts import state

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME: Final = "digital-china-atlas-template"


def draw_files(t: Translator) -> None:
    """Templates at the left, the recipe of this session at the right."""
    with st.container(key="own_files", horizontal=True, vertical_alignment="center"):
        every = bool(st.session_state.get("own_every"))
        _draw_template_download(
            "xlsx", t(N_("Template (Excel)")), partial(template.template_xlsx, every), XLSX
        )
        _draw_template_download(
            "csv", t(N_("Template (CSV)")), partial(template.template_csv, every), "text/csv"
        )
        st.checkbox(t(N_("with Hong Kong, Macao and Taiwan")), key="own_every")
        with st.popover(t(N_("Open a recipe of own data")), icon=":material/upload:"):
            st.file_uploader(
                t(N_("A recipe of own data from this page (JSON)")),
                type="json",
                max_upload_size=limit_of("recipe_bytes") // MB,
                key="own_recipe",
                on_change=_open_uploaded_recipe,
            )
        if state.uploaded_tables().tables:
            st.download_button(
                t(N_("Download the recipe of own data")),
                partial(recipe.tables_to_json, state.uploaded_tables()),
                file_name=recipe.FILE_NAME,
                mime="application/json",
                icon=":material/download:",
                on_click="ignore",
                key="own_recipe_download",
            )


def _draw_template_download(ending: str, label: str, make: partial[bytes], media_type: str) -> None:
    st.download_button(
        label,
        make,
        file_name=f"{NAME}.{ending}",
        mime=media_type,
        icon=":material/download:",
        on_click="ignore",
        key=f"own_template_{ending}",
    )


def _open_uploaded_recipe() -> None:
    """Open a recipe beside what is there. One that does not fit is refused with its place."""
    file = st.session_state["own_recipe"]
    if file is None:
        return
    try:
        tables: UploadedTables = state.uploaded_tables()
        for table in recipe.tables_from_json(file.getvalue()).tables:
            tables = tables.with_table(table)
    except InputError as error:
        state.notify(error)
        return
    state.hold_uploaded_tables(tables)
