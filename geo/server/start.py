"""Checks before the server starts: every table and boundary is read, validated and cached."""

from __future__ import annotations

from geo.analysis import map_review_number, published_measures
from geo.maps import time_script, web_assets
from geo.tables import dataset
from geo.text import LANGUAGES, translator
from geo.units import boundaries


def check_data() -> None:
    """Read all data that the pages read, so that errors show at start and the first visit is fast.

    Raises DataError that names the file and the position in it, or the setting that is not valid.
    """
    map_review_number()
    dataset()
    for lang in LANGUAGES:
        translator(lang)
    boundaries()
    for measure in published_measures().values():
        for year in measure.years:
            measure.snapshot(year)
    for asset in (*web_assets().values(), time_script()):
        asset.encodings  # noqa: B018  compressed once, before the first visitor


def check_tables() -> None:
    """Check that the tables and boundaries are loaded. Raises DataError if they cannot be."""
    dataset()
    boundaries()
