"""The words around every picture: title, subtitle, alternative text, source and notes.

They are made from the figures, and every number in them comes with the cell it was read from.
"""

from geo.captions.caption import Caption
from geo.captions.charts import course_caption, scatter_caption
from geo.captions.maps import caption, index_caption
from geo.captions.pairs import comparison_caption
from geo.captions.profiles import profile_caption
from geo.captions.sidebyside import provinces_caption

__all__ = [
    "Caption",
    "caption",
    "comparison_caption",
    "course_caption",
    "index_caption",
    "profile_caption",
    "provinces_caption",
    "scatter_caption",
]
