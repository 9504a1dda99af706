"""Captions written from the data: titles, notes, sources and alternative texts."""

from geo.captions.bivariate import CLASSES_NOTE, bivariate_caption
from geo.captions.caption import Caption
from geo.captions.changes import change_caption
from geo.captions.charts import scatter_caption, time_series_caption
from geo.captions.foot import FOOT_LINES, Caution, Foot, choose_foot
from geo.captions.leaders import describe_leaders, describe_risers
from geo.captions.legend import (
    BivariateLegend,
    Legend,
    LegendClass,
    LegendKey,
    LegendMark,
    LegendSide,
    ScaleMark,
    SquareField,
    build_bivariate_legend,
    build_map_legend,
    build_pair_legends,
    scale_marks_by_province,
)
from geo.captions.maps import index_caption, map_caption
from geo.captions.markup import (
    legend_circles,
    legend_classes,
    legend_keys,
    legend_marks,
    legend_sides,
    map_heading,
    map_legend,
    map_ranking,
    map_subheading,
    measure_map_heading,
    quiet_note,
)
from geo.captions.notes import NAMED_SET, OWN_CHOICES, fill_index_slots
from geo.captions.pairs import comparison_caption
from geo.captions.portraits import describe_province
from geo.captions.province_values import describe_change, labelled_lines_image, small_lines_image
from geo.captions.provinces import profile_caption, provinces_caption
from geo.captions.ranking import (
    NationalRow,
    Ranking,
    RankingRow,
    UnrankedGroup,
    build_ranking,
)
from geo.captions.sentences import Sentence
from geo.captions.two_provinces import describe_row_difference, describe_two_provinces

__all__ = [
    "CLASSES_NOTE",
    "FOOT_LINES",
    "NAMED_SET",
    "OWN_CHOICES",
    "BivariateLegend",
    "Caption",
    "Caution",
    "Foot",
    "Legend",
    "LegendClass",
    "LegendKey",
    "LegendMark",
    "LegendSide",
    "NationalRow",
    "Ranking",
    "RankingRow",
    "ScaleMark",
    "Sentence",
    "SquareField",
    "UnrankedGroup",
    "bivariate_caption",
    "build_bivariate_legend",
    "build_map_legend",
    "build_pair_legends",
    "build_ranking",
    "change_caption",
    "choose_foot",
    "comparison_caption",
    "describe_change",
    "describe_leaders",
    "describe_province",
    "describe_risers",
    "describe_row_difference",
    "describe_two_provinces",
    "fill_index_slots",
    "index_caption",
    "labelled_lines_image",
    "legend_circles",
    "legend_classes",
    "legend_keys",
    "legend_marks",
    "legend_sides",
    "map_caption",
    "map_heading",
    "map_legend",
    "map_ranking",
    "map_subheading",
    "measure_map_heading",
    "profile_caption",
    "provinces_caption",
    "quiet_note",
    "scale_marks_by_province",
    "scatter_caption",
    "small_lines_image",
    "time_series_caption",
]
