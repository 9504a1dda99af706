"""A province is found in what tables add to its name; other lists are not taken for provinces."""

from __future__ import annotations

import pytest

from geo.units import MentionKind, provinces, recognise_mention
from tests.cases import for_each

NAMED = {
    "北京 Beijing": "110000", "Inner Mongolia 内蒙古自治区": "150000", "北京①": "110000",
    "1.北京": "110000", "(1) 天津": "120000", "01 河北": "130000", "110000 北京": "110000",
    "北京(110000)": "110000", "Beijing, China": "110000", "Hong Kong SAR, China": "810000",
    "Taiwan, Province of China": "710000", "Taiwan, China": "710000", "中国香港": "810000",
    "新疆区": "650000", "新疆维吾尔": "650000", "Inner Mongolia AR": "150000",
    "Guangdong Prov.": "440000", "Hainan Island": "460000", "China, Hebei": "130000",
    "中国河北省": "130000", "北京[1]": "110000", "Xizang/Tibet": "540000",
    "Tibet (Xizang)": "540000", "Namenggu": "150000", "Innermogolia": "150000",
    "Quinghai": "630000", "Macao SAR": "820000", "Province of Guangdong": "440000",
    "Shaanxi Province, P.R. China": "610000", "其中:北京": "110000", "11-北京": "110000",
    "Beijing (CN-BJ)": "110000", "BJ 北京": "110000", "湖北1": "420000",
}  # fmt: skip
CODED = {
    "CN-11": "110000", "CN65": "650000", "CN-71": "710000", "CN-91": "810000", "CN-BJ": "110000",
    "CN_BJ": "110000", "CHN-GD": "440000", "GB650000": "650000", "156110000": "110000",
    "110000000000": "110000", "110000.0": "110000", "CHN.1_1": "340000", "CHN.31_1": "330000",
    "CN-HE": "130000", "CN.BJ": "110000", "CN.XJ": "650000",
    "CN-HA": "410000", "HKG": "810000", "CN.HA": "460000", "CN.HB": "130000", "CN.HE": "410000",
    "CN.HU": "420000", "CN.SA": "610000",
}  # fmt: skip
OTHERS = (
    "吉林市", "Jilin City", "海南州", "河南县", "山西 Shaanxi", "北京 Tianjin", "四川大学",
    "Hubei Bank", "广东省深圳市", "河北省 石家庄", "440300", "156440300", "CN-99", "CN-4403",
    "CHN.1.2_1", "CHN.40_1", "中国", "China", "2019", "111", "公司11", "1.", "①", "", "(1)",
    "1. 11", "CN.HI", "CN.SN", "11 12", "北京天津", "Guangzhou",
    "100000",
)  # fmt: skip


@for_each("text, adcode", NAMED.items())
def test_names_with_what_tables_add(text, adcode):
    mention = recognise_mention(text)
    assert mention is not None
    assert (mention.province.adcode, mention.kind) == (adcode, MentionKind.NAME)


@for_each("text, adcode", CODED.items())
def test_codes_of_provinces_alone(text, adcode):
    mention = recognise_mention(text)
    assert mention is not None
    assert (mention.province.adcode, mention.kind) == (adcode, MentionKind.CODE)


@for_each("text", OTHERS)
def test_others_are_not_taken_for_provinces(text):
    assert recognise_mention(text) is None


@pytest.mark.parametrize(
    ("text", "kind"), [("11", MentionKind.DIGITS), ("4400", "digits"), ("SN", MentionKind.LETTERS)]
)
def test_codes_that_other_lists_have_too_say_so(text, kind):
    mention = recognise_mention(text)
    assert mention is not None
    assert mention.kind == kind


def test_both_names_of_each_province_in_one_cell():
    for province in provinces().values():
        for text in (
            f"{province.short_zh} {province.name_en}",
            f"{province.name_en} ({province.name_zh})",
            f"{province.adcode} {province.short_zh}",
            f"{province.name_en}, China",
            f"CN-{province.iso[3:]} {province.name_en}",
        ):
            mention = recognise_mention(text)
            assert mention is not None, text
            assert mention.province == province, text
