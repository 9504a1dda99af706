"""The languages of the atlas: what each needs besides its catalogue of messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from geo.text.periods import write_chinese_periods

CHINESE_DIGITS: Final = ("", *"一二三四五六七八九")


def _english_ordinal(place: int) -> str:
    teen = place % 100 in (11, 12, 13)
    return f"{place}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def _chinese_ordinal(place: int) -> str:
    return f"第{place}位"


def _chinese_ordinal_in_words(place: int) -> str:
    tens, ones = divmod(place, 10)
    word = ("" if tens == 1 else CHINESE_DIGITS[tens]) + "十" if tens else ""
    return f"第{word}{CHINESE_DIGITS[ones]}"


@dataclass(frozen=True)
class Language:
    """How a language writes what no message can say.

    name: in the language itself. locale, date_format, month_format: of CLDR; list_locale: of CLDR,
    for lists of names. gap: between two
    sentences. separator: between clauses. colon: after a heading in a line. ordinal: a rank in a
    sentence; short_ordinal: in a list. uses_myriads: large numbers are counted in 万 and 亿.
    lowers_names: names of measures begin with a small letter within a sentence. write_periods: of a
    filled message, or None where periods stand in every sentence as in a table. tag: with the
    country, for office files. bibliography: its name in BibLaTeX. title_length: the most
    characters of a title, which fit on two lines of a slide in the largest font size.
    """

    name: str
    locale: str
    list_locale: str
    date_format: str
    month_format: str
    gap: str
    separator: str
    colon: str
    ordinal: Callable[[int], str]
    short_ordinal: Callable[[int], str]
    uses_myriads: bool
    lowers_names: bool
    write_periods: Callable[[str], str] | None
    tag: str
    bibliography: str
    title_length: int


ENGLISH: Final = "en"  # the language of the messages in the code
LANGUAGES: Final = MappingProxyType(
    {
        ENGLISH: Language(
            name="English",
            locale="en",
            list_locale="en_GB",  # without a comma before "and", as the OECD writes
            date_format="d MMMM y",
            month_format="MMMM y",
            gap=" ",
            separator="; ",
            colon=": ",
            ordinal=_english_ordinal,
            short_ordinal=_english_ordinal,
            uses_myriads=False,
            lowers_names=True,
            write_periods=None,
            tag="en-US",
            bibliography="english",
            title_length=90,
        ),
        "zh": Language(
            name="中文",
            locale="zh_Hans_CN",
            list_locale="zh_Hans_CN",
            date_format="y年M月d日",
            month_format="y年M月",
            gap="",
            separator="；",
            colon="：",
            ordinal=_chinese_ordinal,
            short_ordinal=_chinese_ordinal_in_words,
            uses_myriads=True,
            lowers_names=False,
            write_periods=write_chinese_periods,
            tag="zh-CN",
            bibliography="chinese",
            title_length=40,
        ),
    }
)


def choose_language(browser_locale: str) -> str:
    """Return the code of the language of a browser's locale; English if the atlas has none.

    browser_locale: a tag such as ``zh-CN``, or empty if the browser gives none.

    >>> [choose_language(tag) for tag in ("zh-Hans-CN", "en-GB", "fr", "")]
    ['zh', 'en', 'en', 'en']
    """
    code = browser_locale.replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else ENGLISH
