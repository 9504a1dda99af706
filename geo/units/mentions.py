"""Provinces as tables write them: with codes, numbers, marks, the country, or in two languages.

``recognise_province`` knows names and short codes. Tables add to them: "1.北京①", "110000 北京",
"Beijing, China", "北京 Beijing", CN-11, 156110000. ``recognise_mention`` takes what is added away
and says of what kind the rest is, because digits and letters alone are codes of other lists, too.
A text whose parts name different units names none.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geo.units.resolver import Province, normalise_name, provinces, recognise_province


class MentionKind(StrEnum):
    """How a text names a unit; the kinds differ in how sure they are."""

    NAME = "name"
    CODE = "code"  # a code of provinces and of nothing else, such as 110000 and CN-BJ
    LETTERS = "letters"  # two letters or one character, which mean other things, too
    DIGITS = "digits"  # two or four digits, which are any number


@dataclass(frozen=True)
class Mention:
    """The unit that a text names, and how."""

    province: Province
    kind: MentionKind


# GADM numbers the units of its level 1 by their English names.
_GADM: Final = (
    "340000", "110000", "500000", "350000", "620000", "440000", "450000", "520000", "460000",
    "130000", "230000", "410000", "420000", "430000", "320000", "360000", "220000", "210000",
    "150000", "640000", "630000", "610000", "370000", "310000", "140000", "510000", "120000",
    "650000", "540000", "530000", "330000",
)  # fmt: skip
# HASC has a point after CN and other letters than ISO 3166-2 for some provinces; ISO's letters for
# these name no province after a point. Read from the list of FusionCharts' map of China.
_HASC: Final = {
    "HA": "460000", "HB": "130000", "HE": "410000", "HU": "420000", "SA": "610000",
    "HI": "", "SN": "",
}  # fmt: skip
# ISO 3166-2 before 2017: the two digits of the adcode, but for Hong Kong and Macao.
_OLD_ISO: Final = {"91": "810000", "92": "820000"}
_DIGITS: Final = re.compile(r"(?:156)?(\d{2})0000(?:000000)?(?:\.0+)?|(\d{2}(?:00)?)(?:\.0+)?")
_PREFIXED: Final = re.compile(
    r"(?:CH?N|GB|CHINA)[-_. ]?(\d{2})0000|CN[-_. ]?(\d{2})|CH?N[-_ ]?([A-Z]{2})|CN\.([A-Z]{2})"
    r"|CHN\.(\d{1,2})_\d|(?:CHN\.)?(HKG|MAC|TWN)(?:\.\d_\d)?",
    re.I,
)
_THREE_LETTERS: Final = {"HKG": "810000", "MAC": "820000", "TWN": "710000"}
_MARKS_END: Final = re.compile(
    r"(?:[①-⑳㉑-㊿⑴-⒇*＊※†‡#¹²³⁴-⁹⁰₀-₉]+"
    r"|\s*[\[［【(（]\s*(?:\d{1,2}|[a-z]|[注註]\s*\d?|[①-⑳*])\s*[\]］】)）]"
    r"|(?<=[\u4e00-\u9fffa-z])\s*\d{1,2}[)）]?)$",
    re.I,
)
_MARKS_START: Final = re.compile(r"^[*＊※†‡#·•\-–—]+\s*|^其\s*中\s*[:：]\s*")
_NUMBER_START: Final = re.compile(
    r"^[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．:：]\s*|^\d{1,2}[\s_\-–]+(?=[^\W\d])"
    r"|^[①-⑳]\s*"
)
_COUNTRY: Final = (
    r"(?:the\s+)?(?:p\.?\s?r\.?\s?(?:of\s+)?china|prc|p\.r\.c\."
    r"|people[’']?s republic of china|china|chn)"
)
_COUNTRY_START: Final = re.compile(rf"^{_COUNTRY}\s*[,:：\-–/|>._·]\s*|^中国[\s,，:：/·\-|]*", re.I)
_COUNTRY_END: Final = re.compile(
    rf"(?:\s*[,;/(（|\-–]\s*(?:province of\s+|sar\s+)?|\s+province of\s+){_COUNTRY}"
    r"\s*(?:\(?sar\)?)?\s*[)）]?$"
    r"|\s*[,，/(（]?\s*中国\s*[)）]?$",
    re.I,
)
_PROVINCE_OF: Final = re.compile(r"^(?:province|municipality|city) of\s+", re.I)
_PIECES: Final = re.compile(
    r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff](?:[^\W\d_\u3400-\u9fff]|[ .'’])*|\d+"
)
_BREAKS: Final = re.compile(
    r"[/|()（）,，;；\[\]【】<>《》:：=+&_\n]|\s[-–—]\s|(?<=\d)[-–—]|\s{2,}"
    r"|(?<=^CN[-.][A-Z]{2})\s|(?<=^CN-\d{2})\s|\s(?=CN[-.][A-Z\d]{2}$)"
)
_NOISE: Final = frozenset({"china", "prchina", "prc", "chn", "中国", "cn"})


def recognise_mention(text: str) -> Mention | None:
    """Return the unit that a text names with what tables add to names; None if it names none.

    >>> [recognise_mention(text).province.adcode for text in ("1.北京①", "Hebei, China", "CN-15")]
    ['110000', '130000', '150000']
    >>> recognise_mention("吉林市"), recognise_mention("北京 Tianjin")
    (None, None)
    """
    text = text.strip()
    mention = _recognise_whole(text)
    if mention or not text:
        return mention
    for _ in range(4):
        rest = _MARKS_START.sub("", _MARKS_END.sub("", text)).strip()
        rest = _NUMBER_START.sub("", rest).strip()
        rest = _COUNTRY_END.sub("", rest)
        rest = _PROVINCE_OF.sub("", _COUNTRY_START.sub("", rest)).strip()
        if rest == text or not rest:
            break
        text = rest
        mention = _recognise_whole(text)
        if mention:
            # A number or a mark was taken away: digits that are left say nothing.
            return mention if mention.kind in (MentionKind.NAME, MentionKind.CODE) else None
    return _recognise_pieces(text)


def _recognise_whole(text: str) -> Mention | None:
    """Return the mention in a text that is a name or a code and nothing else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or plain[0].isdigit():
        match = _DIGITS.fullmatch(plain)
        if not match:
            return None
        province = provinces().get((match[1] or match[2][:2]) + "0000")
        kind = MentionKind.CODE if match[1] else MentionKind.DIGITS
        return Mention(province, kind) if province else None
    match = _PREFIXED.fullmatch(plain)
    if match:
        return _recognise_code(match)
    province = recognise_province(text)
    if province is None:
        return None
    letters = normalise_name(plain)  # S.D. is SD
    short = len(letters) == 1 or (len(letters) == 2 and letters.isascii())
    return Mention(province, MentionKind.LETTERS if short else MentionKind.NAME)


def _recognise_code(match: re.Match[str]) -> Mention | None:
    whole, old, iso, hasc, gadm, three = match.groups()
    if whole or old:
        digits = whole or old
        adcode = _OLD_ISO.get(digits, digits + "0000") if old else digits + "0000"
    elif hasc and hasc.upper() in _HASC:
        adcode = _HASC[hasc.upper()]
    elif iso or hasc:
        wanted = f"CN-{(iso or hasc).upper()}"
        adcode = next((a for a, unit in provinces().items() if unit.iso == wanted), "")
    elif gadm:
        adcode = _GADM[int(gadm) - 1] if 0 < int(gadm) <= len(_GADM) else ""
    else:
        adcode = _THREE_LETTERS[three.upper()]
    province = provinces().get(adcode)
    return Mention(province, MentionKind.CODE) if province else None


def _recognise_pieces(text: str) -> Mention | None:
    """Return the mention that all pieces of a text agree on: code and name, or both languages."""
    parts = [part.strip() for part in _BREAKS.split(text) if part.strip()]
    mentions: list[Mention] = []
    for part in parts:
        whole = _recognise_whole(part)
        pieces = [part] if whole or normalise_name(part) in _NOISE else _PIECES.findall(part)
        if not pieces:
            return None
        for piece in pieces:
            if normalise_name(piece) in _NOISE:
                continue
            mention = whole or _recognise_whole(piece.strip())
            if mention is None and not (piece.isdigit() and len(piece) <= 2 and len(parts) > 1):
                return None
            if mention is not None:
                mentions.append(mention)
    sure = [m for m in mentions if m.kind in (MentionKind.NAME, MentionKind.CODE)]
    if not sure or len({mention.province.adcode for mention in mentions}) != 1:
        return None
    return next((m for m in sure if m.kind is MentionKind.NAME), sure[0])
