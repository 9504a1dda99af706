"""Texts for the reader: translations, numbers, dates, and the errors that a page shows."""

from geo.messages import N_
from geo.text.errors import (
    AtlasError,
    BusyError,
    DataError,
    InputError,
    RateLimitError,
    StoreError,
)
from geo.text.languages import LANGUAGES, choose_language
from geo.text.periods import (
    Period,
    are_consecutive,
    parse_period_text,
    period_position,
    period_step,
)
from geo.text.templates import render_template
from geo.text.translation import Translator, count_decimals, error_messages, translator
from geo.text.validation import (
    Fault,
    exactly,
    expect,
    list_faults,
    one_of,
    refuse_with,
    shorten_echo,
)

__all__ = [
    "LANGUAGES",
    "N_",
    "AtlasError",
    "BusyError",
    "DataError",
    "Fault",
    "InputError",
    "Period",
    "RateLimitError",
    "StoreError",
    "Translator",
    "are_consecutive",
    "choose_language",
    "count_decimals",
    "error_messages",
    "exactly",
    "expect",
    "list_faults",
    "one_of",
    "parse_period_text",
    "period_position",
    "period_step",
    "refuse_with",
    "render_template",
    "shorten_echo",
    "translator",
]
