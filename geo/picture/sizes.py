"""The sizes of pictures: pixels, how large they are on paper, and the letters that fit them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.text import N_


@dataclass(frozen=True)
class FigureSize:
    """One size. Pixels are those of scale 1; letters and widths of lines are in them too.

    px_per_inch: so that a slide or a sheet of paper is filled without being scaled. upright: what
    goes with a map stands below it, not beside. bare: what shows it has title, sources and notes of
    its own, so the picture has none. thirds: three maps stand side by side and can be read.
    """

    id: str
    name: str
    width: int
    height: int
    px_per_inch: int
    margin: float
    title: float
    subtitle: float
    text: float  # legends, rankings, tables
    label: float  # names on the map
    small: float  # sources, notes, credits
    upright: bool = False
    hair: float = 1.0  # thin lines
    bare: bool = False
    thirds: bool = False

    @property
    def size_in_inches(self) -> tuple[float, float]:
        return self.width / self.px_per_inch, self.height / self.px_per_inch


# Slides are 7.5 inches high, as PowerPoint has them, and A4 has its own size: the smallest letters
# are 6.7 points in print.
SIZES: Final = {
    size.id: size
    for size in (
        FigureSize(
            "16-9", N_("Slide, 16:9"), 1920, 1080, 144, 64, 42, 23, 18, 15, 14.0, thirds=True
        ),
        FigureSize("4-3", N_("Slide, 4:3"), 1440, 1080, 144, 52, 38, 21, 17, 14, 13.5),
        FigureSize("square", N_("Square"), 1080, 1080, 144, 44, 34, 19, 16, 13, 13.5, upright=True),
        FigureSize(
            "a4-upright", N_("A4 upright"), 1240, 1754, 150, 76, 40, 22, 18, 15, 14.0, upright=True
        ),
        FigureSize(
            "a4-across", N_("A4 across"), 1754, 1240, 150, 72, 41, 22, 18, 15, 14.0, thirds=True
        ),
    )
}
# What fills the place of the map on a slide (geo.slides.measure); readers are not offered it.
SLIDE_PART: Final = FigureSize(
    "slide-part", N_("Part of a slide"), 1073, 688, 144, 4, 20, 16, 15, 14, 13.0, bare=True
)
ALL_SIZES: Final = {**SIZES, SLIDE_PART.id: SLIDE_PART}
DEFAULT_SIZE: Final = "16-9"
SCALES: Final = (1, 2, 3, 4)
