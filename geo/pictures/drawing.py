"""Drawing of a sheet as PNG, SVG or PDF, by matplotlib without pyplot.

The same sheet gives the same bytes: no time or version is written, and the random ids of SVG are
seeded. Text stays text in SVG. PDF embeds the glyphs with their characters (as Type 3, which
matplotlib writes for the OpenType font of the pictures), so its text can be searched and copied.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Final

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text as Letters
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox
from PIL import Image
from shapely.geometry.base import BaseGeometry

from geo.colours import COLOURS
from geo.labels import Box
from geo.pictures.fonts import CSS_FAMILIES, FAMILIES, font_features, font_properties, text_outline
from geo.pictures.sheet import PAPER, ShapeItem, Sheet, StrokeItem, TextItem

FIGURE_FORMATS: Final = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}
POINTS: Final = 72  # per inch
PATTERN: Final = COLOURS["pattern"]
PATTERN_PX: Final = {"dots": 1.7, "bars": 0.8, "hatch": 0.9, "cross": 0.6}
HALO_PX: Final = 2.6
# zlib compression level; higher ones take longer and save little on flat colours.
PNG_EFFORT: Final = 4

# matplotlib's settings apply to the whole process, and only pictures use it. They are set once,
# because two pictures are drawn at a time and must not change them for each other.
mpl.rcParams.update(
    {
        "text.parse_math": False,
        "text.hinting": "no_hinting",
        "font.enable_last_resort": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "digital-china-atlas",
        "pdf.fonttype": 3,
        "path.simplify": False,
        "patch.force_edgecolor": False,
    }
)


def encode_sheet(sheet: Sheet, form: str, scale: int = 1) -> bytes:
    """Draw a sheet to a file. form: a key of FIGURE_FORMATS; scale: 1 to 4, for PNG only."""
    return _ENCODERS[form](build_figure(sheet), sheet, scale)


def build_figure(sheet: Sheet) -> Figure:
    """The sheet as a matplotlib figure, in units of pixels at scale 1."""
    size = sheet.size
    figure = Figure(figsize=size.size_in_inches, dpi=size.px_per_inch, facecolor=PAPER)
    inch = 1 / size.px_per_inch
    place = (
        Affine2D().scale(inch, -inch).translate(0, size.size_in_inches[1]) + figure.dpi_scale_trans
    )
    for order, item in enumerate(sheet.items, start=1):
        match item:
            case TextItem():
                _draw_text(figure, item, size.px_per_inch, place, order)
            case StrokeItem():
                _draw_strokes(figure, item, size.px_per_inch, place, order)
            case ShapeItem():
                _draw_shape(figure, item, size.px_per_inch, place, order)
    return figure


def _draw_text(figure: Figure, item: TextItem, ppi: int, place: Transform, order: float) -> None:
    if item.halo:
        # The halo is drawn separately: a text with a path effect would become outlines, which
        # cannot be searched or copied.
        around = (
            Affine2D().scale(item.size, -item.size).translate(item.bounding_box.x0, item.y) + place
        )
        glyphs = PathPatch(
            text_outline(item.text, item.weight), transform=around, zorder=order,
            facecolor="none", edgecolor=item.halo, linewidth=HALO_PX * POINTS / ppi,
            joinstyle="round",
        )  # fmt: skip
        glyphs.set_snap(False)
        figure.add_artist(glyphs)
    figure.add_artist(
        Letters(
            item.x,
            item.y,
            item.text,
            color=item.colour,
            fontproperties=font_properties(item.text, item.weight, item.size * POINTS / ppi),
            ha=item.align,
            va="baseline",
            transform=place,
            zorder=order + 0.2,
            parse_math=False,
            fontfeatures=font_features(item.text),
        )
    )


def _draw_strokes(
    figure: Figure, item: StrokeItem, ppi: int, place: Transform, order: float
) -> None:
    point = POINTS / ppi
    # matplotlib measures dashes in line widths.
    dash = (0, tuple(length / item.width for length in item.dash)) if item.dash else "solid"
    figure.add_artist(
        LineCollection(
            list(item.lines),
            colors=item.colour,
            linewidths=item.width * point,
            linestyles=[dash],
            capstyle="butt" if item.dash else "round",
            transform=place,
            zorder=order,
        )
    )


def _draw_shape(figure: Figure, item: ShapeItem, ppi: int, place: Transform, order: float) -> None:
    path = shape_path(item.shape)
    clip = _clip_box(item.clip, place)
    edge = {"edgecolor": item.edge or "none", "linewidth": item.width * POINTS / ppi}
    if not item.pattern:
        _add_patch(figure, path, clip, place, order, facecolor=item.fill or "none", **edge)
        return
    _add_patch(figure, path, clip, place, order, facecolor=item.fill, edgecolor="none", linewidth=0)
    marks = _add_patch(
        figure,
        pattern_path(item.pattern, Box(*path.get_extents().extents)),
        clip,
        place,
        order + 0.2,
        facecolor="none",
        edgecolor=PATTERN,
        linewidth=PATTERN_PX[item.pattern] * POINTS / ppi,
        capstyle="round",
    )
    marks.set_clip_path(path, place)
    if item.edge:
        _add_patch(figure, path, clip, place, order + 0.4, facecolor="none", **edge)


def _add_patch(
    figure: Figure,
    path: Path,
    clip: TransformedBbox | None,
    place: Transform,
    order: float,
    **look: Any,
) -> PathPatch:
    patch = PathPatch(path, transform=place, zorder=order, joinstyle="round", **look)
    patch.set_snap(False)
    if clip is not None:
        patch.set_clip_box(clip)
    # The patch has its own clip, if any; the figure's must not replace it.
    figure.add_artist(patch, clip=False)
    return patch


def _clip_box(box: Box | None, place: Transform) -> TransformedBbox | None:
    if box is None:
        return None
    return TransformedBbox(Bbox([[box.x0, box.y0], [box.x1, box.y1]]), place)


def shape_path(shape: BaseGeometry) -> Path:
    """Polygons as one path; holes run in the opposite direction, so that they stay empty."""
    points: list[np.ndarray] = []
    codes: list[np.ndarray] = []
    for polygon in shapely.get_parts(shapely.orient_polygons(shape)):
        for ring in (polygon.exterior, *polygon.interiors):
            # Rounding to a tenth of a pixel is invisible, and keeps SVG short.
            vertices = np.round(shapely.get_coordinates(ring), 1)
            array = np.full(len(vertices), Path.LINETO, dtype=Path.code_type)
            array[0], array[-1] = Path.MOVETO, Path.CLOSEPOLY
            points.append(vertices)
            codes.append(array)
    return Path(np.concatenate(points), np.concatenate(codes))


def pattern_path(name: str, box: Box) -> Path:
    """The lines of a pattern over a box, in pixels; dots are very short lines."""
    lines = _PATTERNS[name](box)
    codes = np.tile(np.array([Path.MOVETO, Path.LINETO], Path.code_type), len(lines))
    return Path(lines.reshape(-1, 2), codes)


def _pattern_offsets(low: float, high: float, step: float) -> np.ndarray:
    """Positions of lines along an edge, the same wherever the edge begins."""
    return np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step


def _dot_pattern(box: Box) -> np.ndarray:
    x, y = np.meshgrid(_pattern_offsets(box.x0, box.x1, 7), _pattern_offsets(box.y0, box.y1, 7))
    return np.stack([x, y, x + 0.01, y], -1).reshape(-1, 2, 2)


def _bar_pattern(box: Box) -> np.ndarray:
    x = _pattern_offsets(box.x0, box.x1, 6)
    return np.stack([x, np.full_like(x, box.y0), x, np.full_like(x, box.y1)], -1).reshape(-1, 2, 2)


def _slanted_pattern(box: Box, way: int) -> np.ndarray:
    corners = [x + way * y for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    sums = _pattern_offsets(min(corners), max(corners), 9)
    top, bottom = np.full_like(sums, box.y0), np.full_like(sums, box.y1)
    ends = [sums - way * top, top, sums - way * bottom, bottom]
    return np.stack(ends, -1).reshape(-1, 2, 2)


_PATTERNS: Final[dict[str, Callable[[Box], np.ndarray]]] = {
    "dots": _dot_pattern,
    "bars": _bar_pattern,
    "hatch": lambda box: _slanted_pattern(box, 1),
    "cross": lambda box: np.concatenate([_slanted_pattern(box, 1), _slanted_pattern(box, -1)]),
}


def _encode_png(figure: Figure, sheet: Sheet, scale: int) -> bytes:
    ppi = sheet.size.px_per_inch * scale
    figure.set_dpi(ppi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]  # of matplotlib
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]  # of matplotlib
    image = Image.fromarray(pixels[..., :3])
    out = io.BytesIO()
    # With the resolution, documents show the picture at its intended size.
    image.save(out, "PNG", dpi=(ppi, ppi), compress_level=PNG_EFFORT)
    return out.getvalue()


def _encode_svg(figure: Figure, sheet: Sheet, scale: int) -> bytes:
    out = io.BytesIO()
    values = {"Title": sheet.title, "Description": sheet.alt, "Date": None, "Creator": None}
    if sheet.rights:
        values["Rights"] = sheet.rights
    figure.savefig(out, format="svg", metadata=values)
    body, css = out.getvalue(), CSS_FAMILIES.encode()
    for families in (FAMILIES, FAMILIES[:1]):
        body = body.replace(", ".join(map(repr, families)).encode(), css)
    return body


def _encode_pdf(figure: Figure, sheet: Sheet, scale: int) -> bytes:
    out = io.BytesIO()
    values = {"Title": sheet.title, "Subject": sheet.alt, "CreationDate": None, "Producer": None,
            "Creator": None}  # fmt: skip
    figure.savefig(out, format="pdf", metadata=values)
    return out.getvalue()


_ENCODERS: Final[dict[str, Callable[[Figure, Sheet, int], bytes]]] = {
    "png": _encode_png,
    "svg": _encode_svg,
    "pdf": _encode_pdf,
}
