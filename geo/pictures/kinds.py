"""The kinds of picture: how each lays out its content within the frame.

Each kind is declared once, in KINDS, with its texts, its file name and what it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from geo.analysis import (
    MIN_PROVINCES,
    NO_TOTALS,
    TILES_NOTE,
    build_measure_map,
    relate_measures,
)
from geo.captions import (
    Caption,
    Sentence,
    bivariate_caption,
    change_caption,
    comparison_caption,
    index_caption,
    map_caption,
    profile_caption,
    provinces_caption,
    scatter_caption,
    time_series_caption,
)
from geo.index import INDEX_PREFIX, WHOLE_INDEX, recipe_from_address, score_index
from geo.labels import Box
from geo.maps import TILE_LAYOUT, Choropleth
from geo.pictures.charts import draw_scatter, draw_time_series
from geo.pictures.circles import draw_circles
from geo.pictures.comparison import draw_comparison
from geo.pictures.figure_kinds import (
    BIVARIATE_KIND,
    COMPARISON_KIND,
    INDEX_KIND,
    MAP_KIND,
    PROFILE_KIND,
    RANKING_KIND,
    SCATTER_KIND,
    TIME_SERIES_KIND,
    TWO_MAPS_KIND,
    FigureKind,
)
from geo.pictures.legends import (
    FigureLegend,
    bivariate_legend,
    draw_legend_column,
    draw_legend_strip,
    legend_of_map,
    legend_strip_height,
)
from geo.pictures.maps import BESIDE, GRID, UNDER, arrange_panes, draw_map, unit_fills
from geo.pictures.profile import draw_profile
from geo.pictures.ranking import draw_ranking, ranking_height
from geo.pictures.request import FigureRequest
from geo.pictures.sheet import Sheet
from geo.pictures.subject import FigureSubject
from geo.pictures.tiles import draw_tile_grid
from geo.pictures.two_maps import draw_two_maps
from geo.pictures.unit_names import draw_unit_names
from geo.text import N_, InputError, Translator

LEGEND_SHARE: Final = 0.17  # of the sheet's width, for a legend beside the map
LEGEND_LEAST: Final = 15.0  # its least width, in em
# Share of the box's width for a ranking beside the map.
RANKING_SHARE: Final = 0.31
WHISKER_SHARE: Final = 0.4
MIN_MAP_WIDTH_SHARE: Final = 0.4  # least width of a map, share of the box's


def draw_map_with_legend(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Draw a map with its legend."""
    draw_map_and_legend(sheet, room, subject)


def draw_map_and_legend(sheet: Sheet, room: Box, subject: FigureSubject) -> float:
    """Draw a map and its legend in the layout with the largest map; returns the bottom of both."""
    return _draw_map_beside_legend(sheet, room, subject, subject.choropleth, legend_of_map(subject))


def draw_bivariate_map(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Draw both measures on one map, with the square legend."""
    choropleth = subject.bivariate.choropleth
    _draw_map_beside_legend(sheet, room, subject, choropleth, bivariate_legend(subject))


def _draw_map_beside_legend(
    sheet: Sheet,
    room: Box,
    subject: FigureSubject,
    choropleth: Choropleth,
    figure_legend: FigureLegend,
) -> float:
    is_grid = subject.picture.layout == TILE_LAYOUT
    side = GRID if is_grid else BESIDE
    ways = [_legend_left(sheet, room, side), _legend_below(sheet, room, side, figure_legend)]
    if not is_grid:
        ways.insert(1, _legend_beside_inset(sheet, room, figure_legend))
    for way in sorted(ways, key=lambda map_legend_layout: -map_legend_layout.scale):
        trial = replace(sheet, items=[], boxes={})
        if way.draw_legend(trial, way.legend, figure_legend) <= room.y1:
            break
    selected = subject.picture.province
    if is_grid:
        measure = subject.shown.measure
        draw_tile_grid(sheet, way.area, choropleth, measure, subject.translators, selected)
        low = way.draw_legend(sheet, way.legend, figure_legend)
        return max(low, way.area.y1)
    units = draw_map(sheet, way.area, unit_fills(choropleth), selected, way.side)
    draw_circles(sheet, choropleth)
    low = way.draw_legend(sheet, way.legend, figure_legend)
    # Names are placed last, because they avoid the inset and the legend.
    draw_unit_names(sheet, choropleth, subject.translators, units, way.area)
    return max(low, way.area.y1)


@dataclass(frozen=True)
class _MapLegendLayout:
    """The positions of a map and its legend, and how the legend is drawn.

    scale: pixels per metre in the main pane.
    """

    draw_legend: Callable[[Sheet, Box, FigureLegend], float]
    side: str
    area: Box
    legend: Box
    scale: float


def _legend_left(sheet: Sheet, room: Box, side: str) -> _MapLegendLayout:
    """The legend as a column to the left of the map."""
    letters = sheet.size.text
    wide = max(sheet.size.width * LEGEND_SHARE, letters * LEGEND_LEAST)
    area = Box(room.x0 + wide + letters * 2, room.y0, room.x1, room.y1)
    block = arrange_panes(side)
    scale = min(area.width / block.width, area.height / block.height)
    column = Box(room.x0, room.y0, room.x0 + wide, room.y1)
    return _MapLegendLayout(draw_legend_column, side, area, column, scale)


def _legend_beside_inset(sheet: Sheet, room: Box, entries: FigureLegend) -> _MapLegendLayout:
    """The inset below the map on the right, and the legend beside it."""
    letters = sheet.size.text
    block = arrange_panes(UNDER)
    scale = min(room.width / block.width, room.height / block.height)
    # The legend takes the width beside the inset, so both sizes depend on each other. The map
    # shrinks until the legend fits.
    while True:
        side = (room.width - block.width * scale) / 2
        wide = side + block.left * scale - letters * 2
        top = room.y0 + block.main_height * scale + letters
        high = legend_strip_height(sheet, wide, entries)
        if top + high <= room.y1 or scale * block.width < room.width * MIN_MAP_WIDTH_SHARE:
            break
        scale *= 0.98
    area = Box(room.x0, room.y0, room.x1, room.y0 + block.height * scale)
    strip = Box(room.x0, top, room.x0 + wide, room.y1)
    return _MapLegendLayout(draw_legend_strip, UNDER, area, strip, scale)


def _legend_below(sheet: Sheet, room: Box, side: str, entries: FigureLegend) -> _MapLegendLayout:
    """The legend below the map with its inset."""
    block = arrange_panes(side)
    high = legend_strip_height(sheet, room.width, entries)
    low = room.y1 - high - sheet.size.text
    scale = min(room.width / block.width, (low - room.y0) / block.height)
    low = room.y0 + block.height * scale
    area = Box(room.x0, room.y0, room.x1, low)
    strip = Box(room.x0, low + sheet.size.text, room.x1, room.y1)
    return _MapLegendLayout(draw_legend_strip, side, area, strip, scale)


def draw_map_with_ranking(
    sheet: Sheet, room: Box, subject: FigureSubject, whiskers: bool = False
) -> None:
    """Draw a map with its legend, and the ranking beside it or, on upright sizes, below."""
    letters = sheet.size.text
    if sheet.size.height > sheet.size.width:
        columns = 2 if whiskers or subject.is_bilingual else 3
        high = ranking_height(sheet, room.width, subject, columns, whiskers)
        above = Box(room.x0, room.y0, room.x1, room.y1 - high - letters * 1.6)
        low = draw_map_and_legend(sheet, above, subject)
        below = Box(room.x0, low + letters * 1.6, room.x1, room.y1)
        draw_ranking(sheet, below, subject, columns, whiskers)
        return
    wide = room.width * (WHISKER_SHARE if whiskers else RANKING_SHARE)
    left = Box(room.x0, room.y0, room.x1 - wide - letters * 2, room.y1)
    draw_map_and_legend(sheet, left, subject)
    draw_ranking(sheet, Box(room.x1 - wide, room.y0, room.x1, room.y1), subject, 1, whiskers)


def draw_index_result(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Draw the map of the open index, and the rank of every province with its interval."""
    draw_map_with_ranking(sheet, room, subject, whiskers=True)


def _map_caption(subject: FigureSubject, t: Translator) -> Caption:
    request, shown = subject.picture, subject.shown
    if shown.pair is not None and shown.difference is not None:
        caption = change_caption(shown, shown.pair, shown.difference, t)
    else:
        caption = map_caption(
            subject.measure, request.year, t, request.province, subject.choropleth
        )
    return _with_layout_note(caption, request, t)


def _with_layout_note(caption: Caption, request: FigureRequest, t: Translator) -> Caption:
    """The caption with a note on the tiles in place of the credit of the boundaries."""
    if request.layout != TILE_LAYOUT:
        return caption
    tiles = t(TILES_NOTE)
    return replace(
        caption,
        notes=(*caption.notes[:-1], Sentence(tiles)),
        foot=replace(caption.foot, boundaries=tiles),
    )


def _index_caption(subject: FigureSubject, t: Translator) -> Caption:
    request = subject.picture
    if not request.recipe:
        return _map_caption(subject, t)
    result = score_index(recipe_from_address(request.recipe), request.year)
    return index_caption(result, t, WHOLE_INDEX, request.province)


def _profile_caption(subject: FigureSubject, t: Translator) -> Caption:
    return profile_caption(subject.picture.province, subject.picture.year, t)


def _two_maps_caption(subject: FigureSubject, t: Translator) -> Caption:
    caption = comparison_caption(subject.pair, subject.difference_map, t)
    return _with_layout_note(caption, subject.picture, t)


def _bivariate_caption(subject: FigureSubject, t: Translator) -> Caption:
    return bivariate_caption(subject.pair, subject.bivariate, t)


def _comparison_caption(subject: FigureSubject, t: Translator) -> Caption:
    return provinces_caption(subject.picture.provinces, subject.picture.year, t)


def _scatter_caption(subject: FigureSubject, t: Translator) -> Caption:
    return scatter_caption(subject.relation, subject.picture.quadrants, subject.picture.fit, t)


def _time_series_caption(subject: FigureSubject, t: Translator) -> Caption:
    return time_series_caption(subject.time_series, subject.picture.provinces, t)


def _find_missing_province(request: FigureRequest) -> InputError | None:
    if request.province:
        return None
    return InputError(N_("A profile needs its province, such as province=440000."))


def _find_other_measure(request: FigureRequest) -> InputError | None:
    if request.shown_measure.kind == "index":
        return None
    return InputError(
        N_("“{measure}” is not a measure of the open index. Choose one, such as {such}."),
        measure=request.measure,
        such=INDEX_PREFIX + WHOLE_INDEX,
    )


def _find_no_display(request: FigureRequest) -> InputError | None:
    """The reason why the map cannot display what is requested, such as a break in the series.

    Values and ranks can always be displayed; pages ask for each view that they draw.
    """
    if not request.display.is_change:
        return None
    try:
        build_measure_map(request.shown_measure, request.year, request.display)
    except InputError as why_not:
        return why_not
    return None


def _find_total(request: FigureRequest) -> InputError | None:
    """The reason why both measures cannot be on one map."""
    totals = (request.shown_measure.is_total, request.second_measure.is_total)
    return InputError(NO_TOTALS) if any(totals) else None


def _find_few_provinces(request: FigureRequest) -> InputError | None:
    if len(request.provinces) >= MIN_PROVINCES:
        return None
    return InputError(
        N_("A comparison needs at least two provinces, such as provinces=110000,440000.")
    )


def _find_no_provinces(request: FigureRequest) -> InputError | None:
    if request.provinces:
        return None
    return InputError(N_("Lines need at least one province, such as provinces=110000,440000."))


def _find_no_pairs(request: FigureRequest) -> InputError | None:
    relation = relate_measures(
        request.shown_measure, request.year, request.second_measure, request.year2
    )
    if relation.by_rank or relation.complete_pairs:
        return None
    return InputError(N_("No province has values for both."))


_MAP_FIELDS: Final = frozenset(
    {"measure", "year", "province", "method", "classes", "custom_breaks", "marks"}
    | {"display_kind", "since", "layout"}
)
_PAIR_FIELDS: Final = frozenset({"measure", "year", "measure2", "year2"})
_PAIR_STEM: Final = ("measure", "year", "measure2", "year2")

KINDS: Final = (
    FigureKind(
        MAP_KIND,
        N_("Map"),
        _MAP_FIELDS,
        draw_map_with_legend,
        _map_caption,
        find_lack=_find_no_display,
    ),
    FigureKind(
        RANKING_KIND,
        N_("Map with its ranking"),
        _MAP_FIELDS,
        draw_map_with_ranking,
        _map_caption,
        find_lack=_find_no_display,
    ),
    FigureKind(
        PROFILE_KIND,
        N_("Profile of a province"),
        frozenset({"year", "province"}),
        draw_profile,
        _profile_caption,
        stem=("province", "year"),
        page="province",
        needs_province=True,
        find_lack=_find_missing_province,
    ),
    FigureKind(
        INDEX_KIND,
        N_("Open index with intervals"),
        _MAP_FIELDS | {"recipe"},
        draw_index_result,
        _index_caption,
        page="index",
        measure_kind="index",
        find_lack=_find_other_measure,
    ),
    FigureKind(
        TWO_MAPS_KIND,
        N_("Two maps"),
        _PAIR_FIELDS | {"province", "classed", "third", "layout"},
        draw_two_maps,
        _two_maps_caption,
        stem=_PAIR_STEM,
        page="compare",
        view="maps",
    ),
    FigureKind(
        BIVARIATE_KIND,
        N_("Bivariate map"),
        _PAIR_FIELDS | {"province"},
        draw_bivariate_map,
        _bivariate_caption,
        find_lack=_find_total,
        stem=_PAIR_STEM,
        page="compare",
        view="both",
    ),
    FigureKind(
        COMPARISON_KIND,
        N_("Comparison of provinces"),
        frozenset({"year", "provinces"}),
        draw_comparison,
        _comparison_caption,
        stem=("provinces", "year"),
        page="compare",
        view="provinces",
        min_provinces=MIN_PROVINCES,
        find_lack=_find_few_provinces,
    ),
    FigureKind(
        SCATTER_KIND,
        N_("Scatter of two measures"),
        _PAIR_FIELDS | {"provinces", "quadrants", "fit"},
        draw_scatter,
        _scatter_caption,
        stem=_PAIR_STEM,
        page="compare",
        view="scatter",
        find_lack=_find_no_pairs,
    ),
    FigureKind(
        TIME_SERIES_KIND,
        N_("Lines over the years"),
        frozenset({"measure", "provinces", "course"}),
        draw_time_series,
        _time_series_caption,
        stem=("measure", "course", "provinces"),
        page="compare",
        view="years",
        min_provinces=1,
        find_lack=_find_no_provinces,
    ),
)
