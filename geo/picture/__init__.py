"""Pictures for briefings: complete by themselves, the same on the page and by address.

A ``Picture`` (geo.picture.request) says all that a picture depends on. geo.picture.kinds lays it
out as a ``Sheet`` of plain items in pixels, geo.picture.guard looks over the sheet, and
geo.picture.drawing turns it into PNG, SVG or PDF with matplotlib. ``geo.picture.render`` does all
three; geo.picture.studio is the queue and the cache before it.
"""

from __future__ import annotations

import logging
from typing import Final

from geo.errors import DataError
from geo.picture import drawing, frame, guard, kinds
from geo.picture.request import FigureRequest, check_request
from geo.picture.sheet import Sheet
from geo.picture.subject import FigureSubject
from geo.text import N_

LOG: Final = logging.getLogger(__name__)

__all__ = ["FigureRequest", "lay_out", "render_picture"]


def lay_out(picture: FigureRequest) -> Sheet:
    """What a picture shows and where, before it is drawn.

    Raises InputError when its kind lacks what it shows, KeyError for an unknown measure or year.
    """
    check_request(picture)
    subject = FigureSubject(picture.canonical())
    sheet, room = frame.begin_sheet(subject)
    kinds.KINDS[picture.kind](sheet, room, subject)
    return sheet


def render_picture(picture: FigureRequest, form: str) -> bytes:
    """The file of a picture: PNG, SVG or PDF. The same picture gives the same bytes.

    form: a key of geo.picture.drawing.FORMATS. Raises as ``lay_out`` does, and DataError when the
    guard finds a fault, so that a wrong picture never leaves.
    """
    sheet = lay_out(picture)
    lines = guard.find_layout_faults(sheet)
    if lines:
        LOG.error("The picture %s is refused: %s", picture.file_stem, "; ".join(lines))
        raise DataError(
            N_(
                "This picture could not be laid out without a fault, so it was not drawn. Choose"
                " another size or fewer provinces; the fault is recorded in the server’s log."
            )
        )
    return drawing.encode_sheet(sheet, form, picture.scale if form == "png" else 1)
