"""What must hold before the atlas opens: every table and boundary read, checked and warm."""

from __future__ import annotations

from geo.boundaries import boundaries
from geo.dataset import dataset
from geo.errors import DataError
from geo.measures import measures, snapshot
from geo.text import LANGUAGES, texts
from geo.webmap import assets


def check() -> None:
    """Read all that the pages read, so that what is broken shows now and the first visit is fast.

    Raises DataError that names the file and the place in it.
    """
    dataset()
    for lang in LANGUAGES:
        texts(lang)
    boundaries()
    for measure in measures().values():
        snapshot(measure.id, measure.years[-1])
    for asset in assets().values():
        asset.encodings  # noqa: B018  compressed once, before the first visitor


def sentences(error: DataError) -> list[str]:
    """An error of the start in every language whose catalogue can be read."""
    found = []
    for lang in LANGUAGES:
        try:
            found.append(texts(lang)(error.message, **error.slots))
        except DataError:
            continue
    return found
