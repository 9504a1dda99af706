"""The buttons Share and Keyboard with their dialogs: one fragment, the same on every page.

The addresses change with each choice and come with the navigation (``share_targets``); the
script of the page fills them in when a dialog opens, so that opening one runs nothing here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

import streamlit as st

from geo.exports import ARCHIVE_PATH, TABLE_PATHS
from geo.pictures import FIGURE_FORMATS
from geo.settings import served_path
from geo.text import N_, Translator, render_template
from pages.parts.share.shortcuts import SHORTCUTS
from pages.parts.share.slide import SLIDE_PATH

TEMPLATES: Final = Path(__file__).parent / "templates"
FORM_NAMES: Final = {"png": "PNG", "svg": "SVG", "pdf": "PDF"}
FRAME_HEIGHT_PX: Final = 640
HEIGHT_MESSAGE: Final = "digital-china-atlas-height"


class CodeLine(NamedTuple):
    """A line of code that reads a table by its address; {csv} and {xlsx} stand for it."""

    name: str
    code: str


CODE_LINES: Final = (
    CodeLine("Python (pandas)", 'pandas.read_csv("{csv}")'),
    CodeLine("R", 'read.csv("{csv}", fileEncoding = "UTF-8-BOM", check.names = FALSE)'),
    CodeLine("Stata", 'import delimited using "{csv}", encoding("utf-8") clear'),
    CodeLine(
        "Excel (Power Query)",
        '= Table.PromoteHeaders(Csv.Document(Web.Contents("{csv}"), [Encoding = 65001]))',
    ),
)
# {lt} stands for "<": the sanitizer of the browser drops an attribute that holds a closing tag.
EMBED_CODE: Final = (
    '{lt}iframe src="{embed}" title="{title}" width="100%" height="' + str(FRAME_HEIGHT_PX) + '"'
    ' style="border: 0" loading="lazy">{lt}/iframe>'
)
RESIZE_CODE: Final = (
    "{lt}script>\n"
    'addEventListener("message", ({ data, origin, source }) => {\n'
    f'  if (origin !== "{{origin}}" || data?.type !== "{HEIGHT_MESSAGE}") return;\n'
    '  for (const frame of document.querySelectorAll("iframe"))\n'
    "    if (frame.contentWindow === source) frame.height = data.height;\n"
    "});\n"
    "{lt}/script>"
)


def draw_share_buttons(t: Translator) -> None:
    """Draw the buttons and both dialogs."""
    st.html(
        render_template(
            TEMPLATES,
            "share",
            share=t(N_("Share")),
            keys=t(N_("Keyboard shortcuts")),
            close=t(N_("Close")),
            copy=t(N_("Copy")),
            copied=t(N_("Copied.")),
            not_copied=t(N_("The browser does not allow copying. Select the text to copy it.")),
            save=t(N_("Save this view")),
            link=t(N_("Link to this view")),
            picture=t(N_("Picture")),
            forms=[(form, FORM_NAMES[form]) for form in FIGURE_FORMATS],
            slide=t(N_("Slide (PPTX)")),
            slide_path=served_path(SLIDE_PATH),
            data=t(N_("Data")),
            tables=[(served_path(path), ending.upper()) for ending, path in TABLE_PATHS.items()][
                :2
            ],
            table_names=(("table0", "A"), ("table1", "B")),
            archive=served_path(ARCHIVE_PATH),
            everything=t(N_("All data (ZIP)")),
            read=t(N_("Read the table in a program")),
            lines=CODE_LINES,
            embed=t(N_("Embed the live view")),
            embed_code=EMBED_CODE,
            embed_note=t(
                N_("Works on sites that the operator of this server allows to embed the atlas.")
            ),
            resize=t(N_("Adjust the height of the frame automatically (optional)")),
            resize_code=RESIZE_CODE,
            cite=t(N_("Citation")),
            groups=[
                (t(group.name), [(keys, t(text)) for keys, text in group.shortcuts])
                for group in SHORTCUTS
            ],
        ),
        width="content",
    )
