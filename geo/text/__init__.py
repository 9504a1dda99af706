"""Texts for the reader: translations, numbers, dates, and the errors that a page shows."""

from geo.text.errors import AtlasError, BusyError, DataError, InputError
from geo.text.languages import LANGUAGES
from geo.text.templates import render_template
from geo.text.translation import N_, Translator, count_decimals, translator

__all__ = [
    "LANGUAGES",
    "N_",
    "AtlasError",
    "BusyError",
    "DataError",
    "InputError",
    "Translator",
    "count_decimals",
    "render_template",
    "translator",
]
