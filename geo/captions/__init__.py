"""The words around every picture: title, subtitle, alternative text, source and notes.

They are made from the figures, and every number in them comes with the cell it was read from.
"""

from geo.captions.caption import Caption
from geo.captions.charts import scatter_caption, time_series_caption
from geo.captions.maps import index_caption, map_caption
from geo.captions.pairs import comparison_caption
from geo.captions.profiles import profile_caption
from geo.captions.sidebyside import provinces_caption

__all__ = [
    "Caption",
    "comparison_caption",
    "index_caption",
    "map_caption",
    "profile_caption",
    "provinces_caption",
    "scatter_caption",
    "time_series_caption",
]
