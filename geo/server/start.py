"""What must hold before the atlas opens: every table and boundary read, checked and warm."""

from __future__ import annotations

import gc
from functools import cache

from geo.analysis import all_measures, snapshot_of
from geo.maps import web_assets
from geo.tables import dataset
from geo.text import LANGUAGES, AtlasError, DataError, translator
from geo.units import boundaries


def check_data() -> None:
    """Read all that the pages read, so that what is broken shows now and the first visit is fast.

    Raises DataError that names the file and the place in it.
    """
    dataset()
    for lang in LANGUAGES:
        translator(lang)
    boundaries()
    for measure in all_measures().values():
        snapshot_of(measure.id, measure.years[-1])
    for asset in web_assets().values():
        asset.encodings  # noqa: B018  compressed once, before the first visitor


def error_messages(error: AtlasError) -> list[str]:
    """An error outside of a page in every language whose catalogue can be read."""
    lines = []
    for lang in LANGUAGES:
        try:
            lines.append(translator(lang)(error.message, **error.slots))
        except DataError:
            continue
    return lines


@cache
def freeze_objects() -> None:
    """Once everything is loaded, take it out of the garbage collector's rounds.

    Streamlit collects garbage after every run of a page, before it sends the last of the run.
    Over all modules and tables, which live as long as the server, that takes 20 to 50 ms, and the
    reader waits for it. Only the first page that a server shows does this: what a session
    leaves behind is still collected.
    """
    gc.collect()
    gc.freeze()
