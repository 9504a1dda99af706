"""Texts for the reader: translations, numbers, dates, and the errors that a page shows."""

from geo.text.errors import AtlasError, BusyError, DataError, InputError
from geo.text.templates import render_template
from geo.text.translation import LANGUAGES, LOCALES, N_, Translator, count_decimals, translator

__all__ = [
    "LANGUAGES",
    "LOCALES",
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
