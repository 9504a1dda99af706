"""Rendering of pictures: the same picture on the page and by address, complete by itself.

A ``FigureRequest`` (geo.pictures.request) holds everything that a picture depends on.
geo.pictures.kinds lays it out as a ``Sheet`` of plain items in pixels, geo.pictures.guard checks
the sheet, and geo.pictures.drawing draws it as PNG, SVG or PDF with matplotlib.
``render_picture`` does all three; geo.pictures.queue is the queue and cache in front of it.
"""

from __future__ import annotations

import logging
from typing import Final

from geo.pictures.drawing import encode_sheet
from geo.pictures.figure_kinds import FIGURE_KINDS
from geo.pictures.frame import begin_sheet
from geo.pictures.guard import find_layout_faults
from geo.pictures.request import FigureRequest, check_request
from geo.pictures.sheet import Sheet
from geo.pictures.subject import FigureSubject
from geo.text import N_, DataError

LOG: Final = logging.getLogger(__name__)


def lay_out(picture: FigureRequest) -> Sheet:
    """Lay out a picture as a sheet, before it is drawn.

    Raises InputError if the request lacks something that its kind shows, KeyError for an unknown
    measure or year.
    """
    check_request(picture)
    subject = FigureSubject(picture.canonical())
    sheet, room = begin_sheet(subject)
    FIGURE_KINDS[picture.kind].draw(sheet, room, subject)
    return sheet


def render_picture(picture: FigureRequest, form: str) -> bytes:
    """Render a picture to a file: PNG, SVG or PDF. The same picture gives the same bytes.

    form: a key of geo.pictures.drawing.FIGURE_FORMATS. Raises as ``lay_out`` does, and DataError if
    the guard finds a fault, so that no faulty picture is returned.
    """
    sheet = lay_out(picture)
    lines = find_layout_faults(sheet)
    if lines:
        LOG.error("The picture %s is refused: %s", picture.file_stem, "; ".join(lines))
        raise DataError(
            N_(
                "The layout of this picture failed, so it was not drawn. Choose another size "
                "or fewer provinces; the error is recorded in the server’s log."
            )
        )
    return encode_sheet(sheet, form, picture.scale if form == "png" else 1)
