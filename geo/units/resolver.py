"""China's 34 provincial units, and the search for a unit by name or code.

``find_province`` never guesses. It raises InputError with the nearest candidates for a name
or code that it does not know.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Indel

from geo.limits import MAX_ECHO_LENGTH
from geo.text import N_, DataError, InputError, shorten_echo, translator

DATA: Final = Path(__file__).parents[2] / "data"
MIN_SIMILARITY: Final = 0.34  # the lowest similarity (0 to 1) of a candidate

# The characters in the names of units that differ in traditional script.
SIMPLIFIED: Final = str.maketrans(
    "廣東臺灣陝內寧遼龍門慶雲貴蘇肅別區維爾壯閩魯晉滬瓊粵贛隴濱縣",
    "广东台湾陕内宁辽龙门庆云贵苏肃别区维尔壮闽鲁晋沪琼粤赣陇滨县",
)
# Suffixes that may follow a short name in Chinese, English or pinyin, by the last character of the
# full name. "市" follows a municipality alone: 吉林市 is a city of the province 吉林.
PROVINCE_SUFFIXES: Final = ("省", "province", "prov", "sheng", "shěng")
KIND_SUFFIXES: Final = {
    "省": (),
    "市": ("市", "直辖市", "municipality", "mun", "city", "shi", "shì"),
    "区": (
        "自治区", "autonomousregion", "autonomousreg", "autonregion", "autreg", "ar", "uar", "har",
        "zizhiqu", "zìzhìqū",
    ),
    "特别行政区": (
        "特别行政区", "特区", "特別行政區", "specialadministrativeregion", "sar",
        "tebiexingzhengqu", "tèbiéxíngzhèngqū",
    ),
}  # fmt: skip
SUFFIXES: Final = (*PROVINCE_SUFFIXES, *(end for ends in KIND_SUFFIXES.values() for end in ends))


# The official abbreviation of Inner Mongolia has three characters; number plates have one.
ONE_CHARACTER: Final = {"150000": "蒙"}


@dataclass(frozen=True)
class Province:
    """A provincial unit: its codes, its names and its region of the statistical bureau.

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
        """Return the name for maps and tables: English, short Chinese, or the catalogue's."""
        return self.short_zh if lang == "zh" else translator(lang)(self.name_en)

    def bilingual_name(self, lang: str) -> str:
        """Return the name in a language and in the other one, so that a search finds either.

        >>> [provinces()["110000"].bilingual_name(lang) for lang in ("en", "zh")]
        ['Beijing · 北京', '北京 · Beijing']
        """
        return f"{self.name_in(lang)} · {self.name_en if lang == 'zh' else self.short_zh}"

    def code_in(self, lang: str) -> str:
        """Return the name for narrow maps: one Chinese character, or the letters of ISO 3166-2.

        >>> provinces()["150000"].code_in("zh"), provinces()["150000"].code_in("en")
        ('蒙', 'NM')
        """
        if lang != "zh":
            return self.iso.removeprefix("CN-")
        return ONE_CHARACTER.get(self.adcode, self.abbr)

    def region_in(self, lang: str) -> str:
        """Return the name of the region; empty if the report does not evaluate the unit."""
        return translator(lang).localized(self, "region")


@cache
def provinces() -> dict[str, Province]:
    """Return the 34 units by adcode, ascending. Raises DataError for an unreadable table."""
    rows = read_rows("provinces.csv", set(Province.__annotations__))
    result = {}
    for row in rows:
        evaluated = row.pop("evaluated") == "yes"
        result[row["adcode"]] = Province(**row, evaluated=evaluated)
    return result


def read_rows(name: str, columns: set[str]) -> list[dict[str, str]]:
    try:
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            N_("{file} cannot be read: {reason}."), file=name, reason=type(error).__name__
        ) from error
    if not rows or not columns <= set(rows[0]):
        raise DataError(
            N_("{file} has no columns {columns}."), file=name, columns=", ".join(sorted(columns))
        )
    return rows


def find_province(text: str | int) -> Province:
    """Return the unit for a name or a code.

    Accepted are the adcode (six digits, or the leading two or four), ISO 3166-2 with or without
    ``CN-``, full and short Chinese names in simplified or traditional script, one-character
    abbreviations, English names, pinyin with or without tones, and older spellings. Case, spaces
    and punctuation are ignored, and suffixes such as "Province" or 省 are optional. A suffix of
    cities makes a name a city's, except for the four municipalities.

    >>> [find_province(name).name_en for name in ("陝西省", "Nei Mongol", 44)]
    ['Shaanxi', 'Inner Mongolia', 'Guangdong']

    Raises InputError with the nearest candidates in its slots. Pinyin with all tones separates
    山西 Shānxī from 陕西 Shǎnxī; with some of the tones it is ambiguous and raises.
    """
    province = recognise_province(text)
    if province is None:
        raise _unknown_name_error(str(text))
    return province


def recognise_province(text: str | int) -> Province | None:
    """Return the unit that ``find_province`` finds, or None, without a search for candidates.

    Meant for many texts of which most are no names, such as the cells of a table.
    """
    if text in provinces():  # a whole code, as in every URL of the atlas
        return provinces()[str(text)]
    normalised = normalise_name(str(text))
    known = _known_names()
    plain = _strip_accents(normalised)
    if normalised.isascii() and normalised.isdigit():
        adcode = _parse_adcode(normalised)
    elif plain != normalised and plain in _AMBIGUOUS_WITHOUT_TONES:
        adcode = known.get(normalised)
    else:
        adcode = known.get(normalised) or known.get(plain)
    return None if adcode is None else provinces()[adcode]


# 山西 and 陕西 are the same without tones. English spells them Shanxi and Shaanxi.
_AMBIGUOUS_WITHOUT_TONES: Final = frozenset({"shanxi", "shanxisheng"})


def nearest_provinces(text: str | int, count: int = 3) -> list[Province]:
    """Return the units with the most similar names, best first; fewer when few are similar."""
    normalised = normalise_name(str(text))[:MAX_ECHO_LENGTH]
    if normalised.isascii() and normalised.isdigit():
        return [
            province for adcode, province in provinces().items() if adcode[:2] == normalised[:2]
        ][:count]
    names = _known_names()
    best: dict[str, float] = {}
    for name, similarity, _ in process.extract_iter(
        normalised, names.keys(), scorer=Indel.normalized_similarity, score_cutoff=MIN_SIMILARITY
    ):
        best[names[name]] = max(best.get(names[name], 0.0), similarity)
    near = sorted(best, key=lambda adcode: (-best[adcode], adcode))
    return [provinces()[adcode] for adcode in near[:count]]


def _unknown_name_error(text: str) -> InputError:
    near = nearest_provinces(text)
    echo = shorten_echo(text)
    if not near:
        return InputError(N_("“{text}” is not a province of China."), text=echo)
    return InputError(
        N_("“{text}” is not a province of China. The closest names are: {candidates}."),
        text=echo,
        candidates=", ".join(f"{province.name_en} {province.short_zh}" for province in near),
    )


def _parse_adcode(digits: str) -> str | None:
    """Return the adcode for six digits or the leading two or four; None below province level."""
    padded = digits.ljust(6, "0")
    whole = len(digits) in (2, 4, 6) and padded.endswith("0000")
    return padded if whole and padded in provinces() else None


def normalise_name(text: str) -> str:
    """Return a name in the form in which names are compared.

    Full-width forms become plain (NFKC), letters lower case, and the traditional characters in
    names of units simplified. Spaces, punctuation and symbols are removed. Tone marks stay.

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
    """Return the adcode of every known name, normalised; no two units share a name.

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
    for row in read_rows("province_names.csv", {"adcode", "name", "kind"}):
        add(row["name"], row["adcode"])
        plain = _strip_accents(row["name"])
        if row["kind"] == "pinyin" and plain not in _AMBIGUOUS_WITHOUT_TONES:
            add(plain, row["adcode"])
    # A code or an abbreviation takes no suffix, and a full name has its own.
    for name, adcode in list(texts.items()):
        if len(name) > (4 if name.isascii() else 1) and not name.endswith(SUFFIXES):
            for suffix in _suffixes_of(provinces()[adcode]):
                if suffix.isascii() == name.isascii():
                    texts.setdefault(name + suffix, adcode)
    return texts


def _suffixes_of(province: Province) -> tuple[str, ...]:
    """Return the suffixes that may follow a short name of a unit."""
    kind = next(end for end in reversed(KIND_SUFFIXES) if province.name_zh.endswith(end))
    return (*PROVINCE_SUFFIXES, *KIND_SUFFIXES[kind])


@cache
def pinyin_names() -> dict[str, str]:
    """Return the pinyin of every unit without tones, by adcode.

    >>> pinyin_names()["150000"]
    'neimenggu'
    """
    rows = read_rows("province_names.csv", {"adcode", "name", "kind"})
    names: dict[str, str] = {}
    for row in rows:
        if row["kind"] == "pinyin":
            names.setdefault(row["adcode"], _strip_accents(row["name"]))
    return names


@cache
def evaluated_adcodes() -> tuple[str, ...]:
    """Return the adcodes of the 31 units that the report evaluates."""
    return tuple(adcode for adcode, province in provinces().items() if province.evaluated)
