"""What a reader takes along for their own data: templates to fill in, and the recipe that keeps."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from geo.errors import InputError
from geo.text import N_, Texts
from geo.upload import recipe, template
from geo.upload.limits import MB, most
from geo.upload.session import OwnTables
from pages.parts import state

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAME: Final = "digital-china-atlas-template"


def draw(say: Texts) -> None:
    """Templates at the left, the recipe of this session at the right."""
    with st.container(key="own_files", horizontal=True, vertical_alignment="center"):
        every = bool(st.session_state.get("own_every"))
        _download("xlsx", say(N_("Template (Excel)")), partial(template.as_xlsx, every), XLSX)
        _download("csv", say(N_("Template (CSV)")), partial(template.as_csv, every), "text/csv")
        st.checkbox(say(N_("with Hong Kong, Macao and Taiwan")), key="own_every")
        with st.popover(say(N_("Open a recipe of own data")), icon=":material/upload:"):
            st.file_uploader(
                say(N_("A recipe of own data from this page (JSON)")),
                type="json",
                max_upload_size=most("recipe_bytes") // MB,
                key="own_recipe",
                on_change=_opened,
            )
        if state.own().tables:
            st.download_button(
                say(N_("Download the recipe of own data")),
                partial(recipe.to_json, state.own()),
                file_name=recipe.FILE_NAME,
                mime="application/json",
                icon=":material/download:",
                on_click="ignore",
                key="own_recipe_download",
            )


def _download(ending: str, label: str, make: partial[bytes], media_type: str) -> None:
    st.download_button(
        label,
        make,
        file_name=f"{NAME}.{ending}",
        mime=media_type,
        icon=":material/download:",
        on_click="ignore",
        key=f"own_template_{ending}",
    )


def _opened() -> None:
    """Open a recipe beside what is there. One that does not fit is refused with its place."""
    file = st.session_state["own_recipe"]
    if file is None:
        return
    try:
        tables: OwnTables = state.own()
        for table in recipe.from_json(file.getvalue()).tables:
            tables = tables.add(table)
    except InputError as error:
        state.tell(error)
        return
    state.put_own(tables)
