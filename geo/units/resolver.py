"""China's 34 provincial units, and finding one by whatever a reader calls it.

``find_province`` never guesses: it knows a name or a code, or it raises with the nearest
candidates.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Final

from geo.text import N_, DataError, InputError

DATA: Final = Path(__file__).parents[2] / "data"
MAX_ECHO_LENGTH: Final = 40  # characters of an unknown name that a message repeats
MIN_SIMILARITY: Final = 0.34  # the least likeness (0 to 1) of a candidate

# The characters of the units' names that differ in traditional script.
SIMPLIFIED: Final = str.maketrans(
    "廣東臺灣陝內寧遼龍門慶雲貴蘇肅別區維爾壯閩魯晉滬瓊粵贛隴濱縣",
    "广东台湾陕内宁辽龙门庆云贵苏肃别区维尔壮闽鲁晋沪琼粤赣陇滨县",
)
# What may follow a short name in Chinese, English or pinyin.
SUFFIXES: Final = (
    "省", "市", "自治区", "特别行政区",
    "province", "municipality", "city", "autonomousregion", "specialadministrativeregion", "sar",
    "sheng", "shi", "zizhiqu", "tebiexingzhengqu", "shěng", "shì", "zìzhìqū", "tèbiéxíngzhèngqū",
)  # fmt: skip


@dataclass(frozen=True)
class Province:
    """A provincial unit: codes, names, the statistical bureau's region.

    region_en and region_zh are empty, and evaluated is False, for Hong Kong, Macao and
    Taiwan, which the report does not evaluate.
    """

    adcode: str
    iso: str
    name_zh: str
    short_zh: str
    abbr: str
    name_en: str
    region_en: str
    region_zh: str
    evaluated: bool

    def name_in(self, lang: str) -> str:
        """The name on maps and in tables: English, or short Chinese."""
        return self.short_zh if lang == "zh" else self.name_en

    def region_in(self, lang: str) -> str:
        return self.region_zh if lang == "zh" else self.region_en


@cache
def provinces() -> dict[str, Province]:
    """The 34 units by adcode, in its order. Raises DataError when the table cannot be read."""
    rows = _read_rows("provinces.csv", set(Province.__annotations__))
    result = {}
    for row in rows:
        evaluated = row.pop("evaluated") == "yes"
        result[row["adcode"]] = Province(**row, evaluated=evaluated)
    return result


def _read_rows(name: str, columns: set[str]) -> list[dict[str, str]]:
    try:
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            N_("{file} cannot be read: {reason}."), file=name, reason=type(error).__name__
        ) from error
    if not rows or not columns <= set(rows[0]):
        raise DataError(
            N_("{file} lacks the columns {columns}."), file=name, columns=", ".join(sorted(columns))
        )
    return rows


def find_province(text: str | int) -> Province:
    """The unit that a name or a code means.

    Known are: adcode (six digits, or two or four leading ones), ISO 3166-2 with or without
    ``CN-``, full and short Chinese names in simplified or traditional script, one-character
    abbreviations, English names, pinyin with or without tones, and older spellings; in any
    case, spacing and punctuation, with or without "Province", 省 and the like.

    >>> [find_province(name).name_en for name in ("陝西省", "Nei Mongol", 44)]
    ['Shaanxi', 'Inner Mongolia', 'Guangdong']

    Raises InputError with the nearest candidates in its slots; nothing is guessed. Toned
    pinyin tells 山西 Shānxī from 陕西 Shǎnxī; half-toned it could be either, and raises.
    """
    province = recognise_province(text)
    if province is None:
        raise _unknown_name_error(str(text))
    return province


def recognise_province(text: str | int) -> Province | None:
    """The unit that ``find_province`` would give, or None, without the search for candidates.

    For many texts of which most are no names, such as the cells of a table.
    """
    given = normalise_name(str(text))
    known = _known_names()
    plain = _strip_accents(given)
    if given.isascii() and given.isdigit():
        adcode = _parse_adcode(given)
    elif plain != given and plain in _AMBIGUOUS_WITHOUT_TONES:
        adcode = known.get(given)
    else:
        adcode = known.get(given) or known.get(plain)
    return None if adcode is None else provinces()[adcode]


# 山西 and 陕西 are one word without tones; English tells them apart as Shanxi and Shaanxi.
_AMBIGUOUS_WITHOUT_TONES: Final = frozenset({"shanxi", "shanxisheng"})


def nearest_provinces(text: str | int, count: int = 3) -> list[Province]:
    """The units whose names are nearest to a text, best first; fewer when few are near."""
    given = normalise_name(str(text))[:MAX_ECHO_LENGTH]
    if given.isascii() and given.isdigit():
        return [province for adcode, province in provinces().items() if adcode[:2] == given[:2]][
            :count
        ]
    best: dict[str, float] = {}
    matcher = SequenceMatcher(b=given, autojunk=False)
    for name, adcode in _known_names().items():
        matcher.set_seq1(name)
        best[adcode] = max(best.get(adcode, 0.0), matcher.ratio())
    near = sorted(best, key=lambda adcode: (-best[adcode], adcode))
    return [provinces()[adcode] for adcode in near[:count] if best[adcode] >= MIN_SIMILARITY]


def _unknown_name_error(text: str) -> InputError:
    near = nearest_provinces(text)
    result = text if len(text) <= MAX_ECHO_LENGTH else text[: MAX_ECHO_LENGTH - 1] + "…"
    if not near:
        return InputError(N_("“{text}” is no province of China."), text=result)
    return InputError(
        N_("“{text}” is no province of China. The nearest names are: {candidates}."),
        text=result,
        candidates=", ".join(f"{province.name_en} {province.short_zh}" for province in near),
    )


def _parse_adcode(digits: str) -> str | None:
    """The adcode that digits mean: whole, or its leading two or four; no lower level."""
    padded = digits.ljust(6, "0")
    whole = len(digits) in (2, 4, 6) and padded.endswith("0000")
    return padded if whole and padded in provinces() else None


def normalise_name(text: str) -> str:
    """A name without what does not tell names apart.

    Full-width forms become plain (NFKC), letters small, traditional characters of the units'
    names simplified; blanks, punctuation and symbols go. Tone marks stay.

    >>> normalise_name("  Nei-Mongol ＡＢ 廣　東")
    'neimongolab广东'
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(SIMPLIFIED)
    return "".join(c for c in unicodedata.normalize("NFC", folded) if c.isalnum())


def _strip_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def _known_names() -> dict[str, str]:
    """The adcode of every known name, normalised; two units never share one.

    Raises DataError when province_names.csv gives one name to two units.
    """
    texts: dict[str, str] = {}

    def add(name: str, adcode: str) -> None:
        key = normalise_name(name)
        if texts.setdefault(key, adcode) != adcode:
            raise DataError(
                N_("province_names.csv gives the name “{name}” to two units: {first}, {second}."),
                name=name,
                first=texts[key],
                second=adcode,
            )

    for province in provinces().values():
        for name in (
            province.iso,
            province.iso[3:],
            province.name_zh,
            province.short_zh,
            province.abbr,
            province.name_en,
        ):
            add(name, province.adcode)
    for row in _read_rows("province_names.csv", {"adcode", "name", "kind"}):
        add(row["name"], row["adcode"])
        plain = _strip_accents(row["name"])
        if row["kind"] == "pinyin" and plain not in _AMBIGUOUS_WITHOUT_TONES:
            add(plain, row["adcode"])
    # A code or an abbreviation takes no suffix, and a full name has its own.
    for name, adcode in list(texts.items()):
        if len(name) > (4 if name.isascii() else 1) and not name.endswith(SUFFIXES):
            for suffix in SUFFIXES:
                if suffix.isascii() == name.isascii():
                    texts.setdefault(name + suffix, adcode)
    return texts


def evaluated_adcodes() -> tuple[str, ...]:
    """The adcodes of the 31 units that the report evaluates."""
    return tuple(adcode for adcode, province in provinces().items() if province.evaluated)
