"""A province is found by whatever it is called, and nothing else is taken for one."""

from __future__ import annotations

import csv

import opencc
import pypinyin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text import InputError
from geo.units import evaluated_adcodes, find_province, nearest_provinces, normalise_name, provinces
from geo.units.resolver import DATA, SUFFIXES, _known_names

KNOWN = {
    "beijing": "110000",
    "BEIJING": "110000",
    "Ｂｅｉｊｉｎｇ": "110000",
    "北　京": "110000",
    "北 京 市": "110000",
    "Peking": "110000",
    "11": "110000",
    "1100": "110000",
    "110000": "110000",
    "１１００００": "110000",
    "CN-BJ": "110000",
    "cnbj": "110000",
    "京": "110000",
    "津": "120000",
    "冀": "130000",
    "Shanxi": "140000",
    "Shanxi Province": "140000",
    "山西": "140000",
    "Shānxī": "140000",
    "Shānxī Shěng": "140000",
    "晋": "140000",
    "晉": "140000",
    "Shaanxi": "610000",
    "SHAANXI PROVINCE": "610000",
    "陕西": "610000",
    "陝西省": "610000",
    "Shǎnxī": "610000",
    "Shensi": "610000",
    "陕": "610000",
    "秦": "610000",
    "Inner Mongolia": "150000",
    "Nei Mongol": "150000",
    "Neimenggu": "150000",
    "Nèi Měnggǔ": "150000",
    "inner-mongolia autonomous region": "150000",
    "内蒙": "150000",
    "內蒙古自治區": "150000",
    "蒙": "150000",
    "沪": "310000",
    "滬": "310000",
    "申": "310000",
    "Kwangtung": "440000",
    "廣東": "440000",
    "粤": "440000",
    "Guangxi Zhuang Autonomous Region": "450000",
    "广西壮族自治区": "450000",
    "渝": "500000",
    "川": "510000",
    "蜀": "510000",
    "Szechuan": "510000",
    "贵": "520000",
    "黔": "520000",
    "滇": "530000",
    "云": "530000",
    "雲南": "530000",
    "Tibet": "540000",
    "Xizang": "540000",
    "Xīzàng Zìzhìqū": "540000",
    "甘": "620000",
    "陇": "620000",
    "寧夏回族自治區": "640000",
    "Xinjiang Uygur Autonomous Region": "650000",
    "新": "650000",
    "臺灣": "710000",
    "台灣省": "710000",
    "Hong Kong SAR": "810000",
    "Hongkong": "810000",
    "Xianggang": "810000",
    "Macau": "820000",
    "Macao": "820000",
    "澳門": "820000",
}
UNKNOWN = [
    "", "   ", "全国", "合计", "National", "China", "深圳", "99", "4403", "440300", "999999", "1",
    "0", "shanxī", "上海市市", "Mongolia", "Georgia", "{{ 7*7 }}", "😀", "a" * 10_000,
    "北" * 10_000, "\x00", "广东广西", "京津冀", "GDsheng",
]  # fmt: skip


@pytest.mark.parametrize(("text", "adcode"), KNOWN.items())
def test_known(text, adcode):
    assert find_province(text).adcode == adcode


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown_raises_and_is_not_guessed(text):
    with pytest.raises(InputError) as caught:
        find_province(text)
    assert len(str(caught.value)) < 250


def test_codes_as_numbers():
    assert find_province(44).name_en == "Guangdong"
    assert find_province(440000).name_en == "Guangdong"


def test_candidates_are_the_nearest():
    assert nearest_provinces("hebie")[0].name_en == "Hebei"
    assert nearest_provinces("广冬")[0].short_zh == "广东"
    assert [nearest_province.adcode for nearest_province in nearest_provinces("440300")] == [
        "440000"
    ]
    with pytest.raises(InputError, match="Hebei 河北"):
        find_province("hebie")


def test_every_name_in_every_table_and_with_every_suffix():
    for province in provinces().values():
        for name in (
            province.adcode,
            province.iso,
            province.name_zh,
            province.short_zh,
            province.abbr,
            province.name_en,
        ):
            assert find_province(name) == province
        assert find_province(province.short_zh + "省") == province
        assert find_province(province.name_en + " Province") == province
    with (DATA / "province_names.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert find_province(row["name"]).adcode == row["adcode"]


def test_pinyin_and_traditional_script_against_the_libraries():
    traditional = opencc.OpenCC("s2t")
    taiwan = opencc.OpenCC("s2tw")
    for province in provinces().values():
        toned = pypinyin.lazy_pinyin(province.short_zh, style=pypinyin.Style.TONE)
        assert find_province("".join(toned)) == province, toned
        for converter in (traditional, taiwan):
            assert find_province(converter.convert(province.short_zh)) == province
            assert find_province(converter.convert(province.name_zh)) == province


def test_the_tables():
    assert len(provinces()) == 34
    assert len(evaluated_adcodes()) == 31
    assert not {"710000", "810000", "820000"} & set(evaluated_adcodes())
    assert provinces()["540000"].name_in("en") == "Xizang"
    assert provinces()["540000"].region_in("zh") == "西部"
    assert provinces()["810000"].region_in("en") == ""


@given(st.sampled_from(sorted(_known_names())), st.data())
def test_case_blanks_and_punctuation_do_not_matter(name, data):
    noise = st.sampled_from(["", " ", "　", "-", ".", "·", ", "])
    text = "".join(
        data.draw(noise) + (c.upper() if data.draw(st.booleans()) and len(c.upper()) == 1 else c)
        for c in name
    )
    assert find_province(text).adcode == _known_names()[name]


@given(st.text(max_size=30))
def test_any_text_is_a_known_name_or_an_input_error(text):
    try:
        province = find_province(text)
    except InputError:
        return
    given_name = normalise_name(text)
    if given_name.isdigit():
        assert province.adcode.startswith(given_name.rstrip("0") or "0")
    else:
        assert (
            province.adcode
            in {code for name, code in _known_names().items() if name[:2] == given_name[:2]}
            or not given_name.isascii()
        )


def test_no_suffix_is_a_name():
    for suffix in SUFFIXES:
        with pytest.raises(InputError):
            find_province(suffix)
