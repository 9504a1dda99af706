"""A deck as bytes: the same deck gives the same bytes, on any day and machine."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Final

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck

from geo.slides.letters import name_east_asian
from geo.text import N_, Translator

MIME: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can name
# When a workbook behind a chart says it was made.
_TIMES: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def save_deck(deck: Deck, title: str, day: date, t: Translator) -> bytes:
    """The bytes of a PowerPoint file; made: the day that it names as its own."""
    for slide in deck.slides:
        roots = [slide.element, slide.notes_slide.element]
        roots += [shape.chart.element for shape in slide.shapes if shape.has_chart]
        for root in roots:
            name_east_asian(root)
    core_properties_part = deck.core_properties
    core_properties_part.title = title[:255]  # as many characters as the property may have
    core_properties_part.author = core_properties_part.last_modified_by = t(
        N_("Digital China Atlas")
    )
    core_properties_part.created = core_properties_part.modified = datetime(
        day.year, day.month, day.day
    )
    core_properties_part.revision = 1
    core_properties_part.language = {"en": "en-US", "zh": "zh-CN"}[t.lang]
    # The template's picture of itself is an empty page.
    for name, rel in list(deck.part.package._rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            deck.part.package.drop_rel(name)
    out = io.BytesIO()
    deck.save(out)
    return _strip_timestamps(out.getvalue(), day)


def _strip_timestamps(package: bytes, day: date) -> bytes:
    """A zip file with the time of making taken out, also of the workbooks within it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            if name.endswith(".xlsx"):
                body = _strip_timestamps(body, day)
            elif name == "docProps/core.xml":
                body = _TIMES.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode(), body)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, body)
    return out.getvalue()
