"""Every fact is where it says, in both languages, and none is a sentence of the report."""

from __future__ import annotations

import importlib.util
import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from geo.tables import (
    DATA_DIR,
    dataset,
    fact_change,
    fact_time,
    fact_value,
    facts_of_dimension,
    missing_exhibits,
    national_facts,
    plan_targets,
    province_mentions,
    report_sections,
)
from geo.tables.facts import HOMES, NOT_IN_THE_TEXT, SCALES, facts_of_section
from geo.text import translator
from geo.units import provinces

ROOT = Path(__file__).parents[3]
EN, ZH = translator("en"), translator("zh")
WORDS = {
    "first": 1, "second": 2, "two": 2, "twice": 2, "doubled": 2, "doubling": 2, "third": 3,
    "three": 3, "four": 4, "fourth": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
    "thirteen": 13, "twenty-one": 21, "thirty-five": 35, "three quarters": 75,
}  # fmt: skip
STEPS = {"million": 10**6, "billion": 10**9, "trillion": 10**12, "万": 10**4, "亿": 10**8}
STEPS["万亿"] = 10**12
FACTS = list(national_facts().values())
MENTIONS = [
    province_mention for adcode in provinces() for province_mention in province_mentions(adcode)
]
LEADING_TEN = set(
    dataset().rankings.query("edition == 2017 and index == 'comprehensive'")["adcode"]
)


def script():
    path = DATA_DIR / "report" / "sections.py"
    spec = importlib.util.spec_from_file_location("report_sections", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def report():
    """The report's lines; its text is not part of the atlas."""
    place = Path(os.environ.get("ATLAS_REPORT", ROOT.parent / "shared" / "report"))
    paths = sorted(place.glob("*.txt")) if place.is_dir() else [place]
    if not paths or not paths[0].is_file():
        pytest.skip("no copy of the report beside the checkout or in ATLAS_REPORT")
    return paths[0].read_text("utf-8").splitlines()


def numerals(section):
    frame = dataset().sections.set_index("section")
    return f" {frame.loc[section, 'numerals']} "


def number(numeral):
    digits = numeral.replace(",", "")
    return Decimal(digits) if digits[0].isdigit() else Decimal(WORDS[numeral.lower()])


# ---- the digits are in the section ----


def test_the_digits_of_a_fact_stand_in_the_sections_that_it_cites():
    cited = [
        (fact.fact, section, fact.value_text)
        for fact in FACTS
        for section in [fact.section, *fact.also_in.split()]
    ]
    cited += [
        (entry.fact, entry.section, entry.change_text) for entry in FACTS if entry.change_text
    ]
    assert [row for row in cited if f" {row[2]} " not in numerals(row[1])] == []


def test_the_digits_of_a_mention_stand_in_its_section():
    cited = [
        (mention.mention, mention.section, mention.value_text)
        for mention in MENTIONS
        if mention.value_text
    ]
    assert len(cited) == 17
    assert [row for row in cited if f" {row[2]} " not in numerals(row[1])] == []


def test_a_value_is_its_numeral_times_its_scale():
    for fact in FACTS:
        scale = SCALES[fact.scale]
        assert Decimal(str(fact.value)) == number(fact.value_text) * scale, fact.fact
        if fact.change is not None:
            factor = scale if fact.change_unit == "absolute" else 1
            assert Decimal(str(fact.change)) == number(fact.change_text) * factor, fact.fact


def test_the_numerals_are_those_of_the_report(report):
    module_type = script()
    rows = dataset().sections.astype(str).to_dict("records")
    assert set(module_type.section_texts(report)) <= {row["section"] for row in rows}
    assert module_type.rebuilt(rows, module_type.section_texts(report)) == rows


def test_no_english_text_shares_eight_words_in_a_row_with_the_report(report):
    def runs(text):
        words = re.findall(r"[\w’'-]+", text.lower())
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    known = runs(" ".join(report))
    frames = ("sections", "facts", "mentions", "targets", "exhibits")
    for frame in (getattr(dataset(), name) for name in frames):
        for column in (name for name in frame if name.endswith("_en")):
            assert [text for text in frame[column] if runs(text) & known] == []


def test_numerals_leave_names_out_and_units_off():
    value = script().numerals("In G20 and IPv6, 7320180Mbps; Twenty-one of 2,755.7, doubled.")
    assert value == ["7320180", "Twenty-one", "2,755.7", "doubled"]


def test_sections_are_counted_whatever_their_heading_is_numbered_with():
    lines = ["Before", "First, a part", "(1) One", "text 5", "(B) Two", "Figure 1 of 9", "text"]
    assert script().section_texts(lines) == {"0": "Before", "1.1": "text 5", "1.2": "text"}


# ---- sizes and places ----


def test_there_are_at_least_150_national_facts():
    assert len(FACTS) == 253
    assert len({fact.fact for fact in FACTS}) == 253


def test_the_report_numbers_ten_tasks_twelve_actions_five_experiences_seven_directions():
    for kind, part, count in zip(HOMES, (2, 3, 5, 6), (10, 12, 5, 7), strict=True):
        sections = [row for row in report_sections().values() if row.kind == kind]
        assert [row.number for row in sections] == list(range(1, count + 1))
        assert [row.section for row in sections] == [
            f"{part}.{place + 1}" for place in range(count)
        ]


def test_every_fact_stands_under_a_task_an_action_an_experience_or_a_direction():
    sections = report_sections()
    homeless = {entry.fact for entry in FACTS if sections[entry.home_section].kind not in HOMES}
    # The plan's own counts, the evaluation, and the count of the experiences themselves.
    assert {sections[national_facts()[fact].section].section for fact in homeless} == {
        "1.1", "1.3", "4.1", "4.2", "4.3", "4.4", "4.5", "5",
    }  # fmt: skip
    assert [fact for fact in homeless if national_facts()[fact].section == "1.3"] == [
        "plan_key_tasks"
    ]
    assert {sections[item.topic].kind for item in FACTS if item.topic} <= {"task", "action"}


def test_facts_are_found_by_section_and_dimension():
    assert national_facts()["netizens"] in facts_of_section("2.6")
    assert national_facts()["netizens"] not in facts_of_section("1.3")
    of_dimension = {value: len(facts_of_dimension(value)) for value in dataset().dimensions.index}
    assert all(count >= 3 for entry, count in of_dimension.items() if entry != "policy_environment")
    # The text puts no figure on the policy environment.
    assert of_dimension["policy_environment"] == 0


def test_the_leading_ten_have_their_highlights_and_no_one_else():
    mentions = [mention for mention in MENTIONS if mention.kind == "leading_ten_highlight"]
    assert {entry.adcode for entry in mentions} == LEADING_TEN
    assert all(item.section == "4.1" for item in mentions)
    assert len(MENTIONS) == len(dataset().mentions) == 56


def test_who_is_named_elsewhere():
    pilots = {
        mention.adcode for mention in MENTIONS if mention.mention.startswith("open_data_pilot")
    }
    assert pilots == {"110000", "310000", "330000", "350000", "520000"}
    elsewhere = {entry.adcode for entry in MENTIONS if entry.kind != "leading_ten_highlight"}
    named = (
        "Beijing Shanghai Tianjin Hebei Jiangsu Zhejiang Anhui Fujian Guangdong Sichuan Guizhou "
        "Ningxia Xinjiang"
    )
    assert {provinces()[name].name_en for name in elsewhere} == set(named.split())


def test_every_province_that_the_text_names_is_mentioned(report):
    texts_of = script().section_texts(report)
    known = {(mention.section, mention.adcode) for mention in MENTIONS}
    lists = {"4.1", "4.2", "4.3", "4.4", "4.5"}
    for section, text in texts_of.items():
        for adcode, province in provinces().items():
            name = {"150000": "Inner Mongolia"}.get(adcode, province.name_en)
            if section not in lists and re.search(rf"\b{name}\b", text):
                assert (section, adcode) in known, (section, name)


def test_seven_tables_and_sixteen_figures_are_missing():
    results = [
        (missing_exhibit.kind, missing_exhibit.number) for missing_exhibit in missing_exhibits()
    ]
    assert results == [("table", n + 1) for n in range(7)] + [("figure", n + 1) for n in range(16)]
    assert all(
        bool(exhibit.source_en) == (exhibit.kind == "figure") for exhibit in missing_exhibits()
    )
    assert ZH(NOT_IN_THE_TEXT) == "原文未载数据"


def test_the_text_names_those_exhibits_and_no_other(report):
    matches = [re.match(r"(Figure|Table) (\d+) ", line) for line in report]
    results = {(hit[1].lower(), int(hit[2])) for hit in matches if hit}
    assert results == {
        (missing_exhibit.kind, missing_exhibit.number) for missing_exhibit in missing_exhibits()
    }


def test_four_targets_are_called_met_ahead_of_2020():
    early = [plan_target.target for plan_target in plan_targets() if plan_target.met_early == "yes"]
    assert early == ["it_patents", "fibre_share", "household_penetration", "poor_village_coverage"]
    assert all(target.section == "1.3" for target in plan_targets() if target.met_early == "yes")


# ---- what differs stands as it is ----


def test_both_figures_of_4g_users_stand():
    one, other = (
        national_facts()["mobile_4g_users"],
        national_facts()["mobile_4g_users_over"],
    )
    assert (one.section, one.value, one.bound) == ("1.3", 997e6, "")
    assert (other.section, other.value, other.bound) == ("2.2", 1e9, "over")
    assert fact_value(one, EN) == "997 million users"
    assert fact_value(other, EN) == "more than 1 billion users"
    assert fact_value(one, ZH) == "9.97亿户"
    assert fact_value(other, ZH) == "超过10亿户"


def test_what_differs_names_each_other_and_says_so():
    pairs = [fact for fact in FACTS if fact.differs_from]
    assert len(pairs) == 4
    for pair in pairs:
        other = national_facts()[pair.differs_from]
        assert other.differs_from == pair.fact
        assert (other.subject_en, other.subject_zh) == (pair.subject_en, pair.subject_zh)
        assert pair.note_en


# ---- both languages ----


def parsed(value):
    """The number in a wording, with its step."""
    match = re.search(r"([\d,]+(?:\.\d+)?) ?(million|billion|trillion|万亿|亿|万)?", value)
    return Decimal(match[1].replace(",", "")) * STEPS.get(match[2], 1)


def test_english_and_chinese_show_the_same_number():
    for fact in FACTS:
        for t in (EN, ZH):
            assert parsed(fact_value(fact, t)) == Decimal(str(fact.value)), fact.fact
            rise = fact_change(fact, t)
            assert bool(rise) == (fact.change is not None), fact.fact
            if rise:
                decimal = parsed(rise.replace(str(fact.base_year), ""))
                assert decimal == Decimal(str(fact.change)), fact.fact


@pytest.mark.parametrize("name", ["sections", "facts", "mentions", "targets", "exhibits"])
def test_both_languages_are_whole_and_chinese_is_chinese(name):
    frame = getattr(dataset(), name)
    for column in [value for value in frame if value.endswith("_en")]:
        for english, chinese in zip(frame[column], frame[f"{column[:-3]}_zh"], strict=True):
            optional = column.startswith(("note", "source"))
            assert bool(english) == bool(chinese)
            assert english or optional
            assert not re.search(r"[\u4e00-\u9fff]", english)
            if not column.startswith("unit"):
                assert re.search(r"[\u4e00-\u9fff]", chinese) or not chinese
            assert "Tibet" not in english


@pytest.mark.parametrize(
    ("fact", "english", "chinese"),
    [
        (
            "fixed_broadband_subscriptions",
            ("348.54 million subscriptions", "up 51.33 million subscriptions on 2016", "in 2017"),
            ("34,854万户", "比2016年增加5,133万户", "2017年"),
        ),
        (
            "broadband_100m_share",
            ("38.9%", "up 22.4 percentage points on 2016", "in 2017"),
            ("38.9%", "比2016年提高22.4个百分点", "2017年"),
        ),
        ("online_retail", ("7,175.1 billion CNY", "up 32.2% on 2016", "in 2017"),
         ("71,751亿元", "比2016年增长32.2%", "2017年")),
        ("smart_tv_output", ("96.66 million sets", "up 3.8%", "in 2017"),
         ("9,666万台", "增长3.8%", "2017年")),
        ("cross_border_zone_trade",
         ("more than 330 billion CNY", "more than 2 times that of 2016", "in 2017"),
         ("超过3,300亿元", "为2016年的2倍以上", "2017年")),
        ("school_internet_access", ("90%", "3.6 times that of 2012", "as of December 2017"),
         ("90%", "为2012年的3.6倍", "截至2017年12月")),
        ("telecom_fraud_cases", ("76,000 cases", "", "first half of 2017"),
         ("7.6万起", "", "2017年上半年")),
        ("broadband_download_rate",
         ("16.4 Mbit/s", "up 48.7% on 2016", "quarter 3 of 2017"),
         ("16.4Mbit/s", "比2016年增长48.7%", "2017年第3季度")),
        ("universal_service_batch", ("batch 3", "", "in 2017"), ("第3批", "", "2017年")),
        ("public_cloud_market", ("24.6 billion CNY expected", "up 44.7% on 2016", "in 2017"),
         ("预计246亿元", "比2016年增长44.7%", "2017年")),
        ("mobile_tariff_fall", ("35.50%", "", "in 2017"), ("35.50%", "", "2017年")),
        ("security_doctoral_universities", ("35 universities", "", ""), ("35所", "", "")),
        ("large_data_centres_share_2010", ("less than 8%", "", "in 2010"),
         ("不足8%", "", "2010年")),
        ("governance_video_townships", ("13,472 townships", "", ""), ("13,472个", "", "")),
    ],
)  # fmt: skip
def test_a_fact_as_a_reader_reads_it(fact, english, chinese):
    entry = national_facts()[fact]
    word = (fact_value, fact_change, fact_time)
    assert tuple(t(entry, EN) for t in word) == english
    assert tuple(t(entry, ZH) for t in word) == chinese


def test_a_base_year_lies_before_the_year_and_a_change_without_one_is_in_percent():
    for fact in FACTS:
        if fact.base_year is not None:
            assert fact.year is not None
            assert fact.base_year < fact.year
        if fact.change is not None and fact.base_year is None:
            assert fact.change_unit == "percent"
        assert (fact.change is None) == (fact.change_unit == "") == (fact.change_text == "")
        assert fact.as_of == "" or fact.year in (None, int(fact.as_of[:4]))
