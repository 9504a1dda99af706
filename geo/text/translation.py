"""Translated messages, numbers, dates and lists in the language of the reader."""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from geo.limits import NUMBER_CACHE_SIZE
from geo.messages import N_
from geo.text.errors import AtlasError, DataError
from geo.text.languages import ENGLISH, LANGUAGES, Language

CATALOGUES: Final = Path(__file__).parents[2] / "data" / "texts"
# Chinese groups digits by ten thousands. The largest unit with at most two decimals is used.
MYRIAD_UNITS: Final = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4))
MOST_MYRIAD_DECIMALS: Final = 2


@dataclass(frozen=True)
class Translator:
    """Everything that depends on the reader's language; call it to translate a message."""

    lang: str
    _catalogue: gettext.NullTranslations

    def __call__(self, message: str, /, **slots: object) -> str:
        """Return the message in this language with its named slots filled.

        >>> translator("en")("{count} provinces", count=31)
        '31 provinces'
        """
        # The catalogue keeps its own header under the empty message.
        sentence = self._catalogue.gettext(message) if message else ""
        if not slots:
            return sentence
        text = sentence.format(**slots)
        write_periods = LANGUAGES[self.lang].write_periods
        return write_periods(text) if write_periods else text

    def __reduce__(self) -> tuple[Callable[[str], Translator], tuple[str]]:
        """A translator goes to another process as its language, without the catalogue."""
        return translator, (self.lang,)

    @property
    def language(self) -> Language:
        """How this language writes what no message can say."""
        return LANGUAGES[self.lang]

    def localized(self, entry: object, name: str) -> str:
        """Return a text of an entry of the data, such as a row of a table, in this language.

        It is the attribute or column name_<language>; without one, the English text as the
        catalogue translates it.
        """
        text = _read_field(entry, f"{name}_{self.lang}")
        if text is not None:
            return str(text)
        english = str(_read_field(entry, f"{name}_{ENGLISH}"))
        return self(english) if english else ""

    def format_number(self, value: float, decimals: int = 0) -> str:
        """Return a number with grouped thousands and a fixed number of decimals.

        >>> translator("en").format_number(-1234.5, 1)
        '−1,234.5'
        """
        return _format_number(value, decimals, self.lang)

    def format_in_myriads(self, exact: Decimal) -> str:
        """Return an exact number in 万, 亿 or 万亿; empty when each would take over two decimals.

        >>> [translator("zh").format_in_myriads(Decimal(n)) for n in (100_000_000, 21_710_000, 123)]
        ['1亿', '2,171万', '']
        """
        for word, size in MYRIAD_UNITS:
            number = (exact / size).normalize()
            if number >= 1 and count_decimals(number) <= MOST_MYRIAD_DECIMALS:
                return self.format_number(float(number), count_decimals(number)) + word
        return ""

    def format_ordinal(self, place: int) -> str:
        """Return a rank as an ordinal number.

        >>> [translator("en").format_ordinal(place) for place in (1, 12, 23)]
        ['1st', '12th', '23rd']
        >>> translator("zh").format_ordinal(9)
        '第9位'
        """
        return self.language.ordinal(place)

    def format_list_place(self, place: int) -> str:
        """Return a rank in the short form for lists; in Chinese in words.

        >>> [translator(lang).format_list_place(31) for lang in ("en", "zh")]
        ['31st', '第三十一']
        """
        return self.language.short_ordinal(place)

    def format_month(self, day: date) -> str:
        """Return the month of a date with its year."""
        return format_date(day, self.language.month_format, locale=self.language.locale)

    def format_date(self, day: date) -> str:
        """Return a date with the month in words.

        >>> from datetime import date
        >>> translator("en").format_date(date(2026, 3, 1))
        '1 March 2026'
        """
        return format_date(day, self.language.date_format, locale=self.language.locale)

    def format_moment(self, moment: datetime) -> str:
        """Return a date with the time of day.

        >>> translator("zh").format_moment(datetime(2026, 3, 1, 9, 5))
        '2026年3月1日 09:05'
        """
        return f"{self.format_date(moment.date())} {moment:%H:%M}"

    def join_sentences(self, sentences: Iterable[str]) -> str:
        """Join whole sentences, with a space in English and without in Chinese; skip empty ones.

        >>> translator("en").join_sentences(["One.", "", "Two."])
        'One. Two.'
        """
        return self.language.gap.join(filter(None, sentences))

    def join_clauses(self, clauses: Iterable[str]) -> str:
        """Join clauses that may have commas of their own.

        >>> translator("en").join_clauses(["A, B", "C"])
        'A, B; C'
        """
        return self.language.separator.join(clauses)

    def lower_initial(self, name: str) -> str:
        """Return a name as the language writes it within a sentence.

        An English name begins with a small letter there, unless its first word is an acronym.

        >>> [translator("en").lower_initial(name) for name in ("E-commerce sales", "IT revenue")]
        ['e-commerce sales', 'IT revenue']
        """
        first = name.partition(" ")[0]
        if not self.language.lowers_names or sum(letter.isupper() for letter in first) > 1:
            return name
        return name[:1].lower() + name[1:]

    def join_names(self, items: Iterable[str]) -> str:
        """Join names to a list, such as "A, B and C"."""
        return format_list(list(items), locale=self.language.list_locale)


@lru_cache(maxsize=NUMBER_CACHE_SIZE)
def _format_number(value: float, decimals: int, lang: str) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    # A value that rounds to zero must not be printed as -0.
    rounded = round(value, decimals) + 0.0
    return format_decimal(rounded, format=pattern, locale=LANGUAGES[lang].locale).replace("-", "−")


def _read_field(entry: object, name: str) -> object | None:
    """The column of a row or the attribute of an object; None if there is none."""
    try:
        return entry[name] if hasattr(entry, "__getitem__") else getattr(entry, name)
    except (KeyError, AttributeError):
        return None


def count_decimals(number: Decimal) -> int:
    """Return the number of decimals that a number is written with."""
    return max(0, -int(number.as_tuple().exponent))


@cache
def translator(lang: str) -> Translator:
    """Return the translator of one language, by its code in ``LANGUAGES``.

    Raises DataError when the catalogue is missing or cannot be read.
    """
    if lang == ENGLISH:
        return Translator(ENGLISH, gettext.NullTranslations())
    path = CATALOGUES / f"{lang}.po"
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=lang, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        raise DataError(
            N_("The texts in {file} cannot be read: {reason}."), file=path.name, reason=str(error)
        ) from error
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translator(lang, gettext.GNUTranslations(compiled))


def error_messages(error: AtlasError) -> list[str]:
    """Return an error's message in every language whose catalogue can be read."""
    lines = []
    for lang in LANGUAGES:
        try:
            lines.append(translator(lang)(error.message, **error.slots))
        except DataError:
            continue
    return lines
