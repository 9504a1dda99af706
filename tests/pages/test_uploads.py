"""The pages with a measure of the reader's own in the session that they serve."""

from __future__ import annotations

import re
from html import unescape

import pytest

from geo.analysis import UPLOADED_HEAD, catalogue_entries, published_measures
from geo.analysis.catalogue import _published_entries
from geo.exports import CSV_PATH
from geo.text import translator
from geo.units import evaluated_adcodes, provinces
from geo.upload import (
    MeasureDefinition,
    RowOutcome,
    UploadedFile,
    UploadedTable,
    UploadedTables,
)
from geo.upload.workbook import OLD
from tests.geo.upload.table_files import tables_to_json
from tests.geo.upload.yearbook import GDP, PATENTS, PEOPLE, figure, gdp_rows, text
from tests.pages.run import address, heading, html, page


@pytest.fixture
def mine():
    """The tables of a session with one measure."""
    rows = [
        f"{provinces()[a].short_zh},{figure(PATENTS, a, 2017):.0f}" for a in evaluated_adcodes()
    ]
    raw = UploadedFile("a.csv", "\n".join(["省,2017", *rows, "台湾,5"]).encode())
    definition = MeasureDefinition("·", "{{7*7}} <b>Patents</b>", "件", decimals=0)
    return UploadedTables((UploadedTable(raw, measures=(definition,)),))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_map_shows_an_own_measure_and_says_so(mine, lang):
    (measure_id,) = mine.all_measures
    test = page(tables=mine, measure=measure_id, lang=lang, year="2017", province="540000")
    assert not test.exception
    assert heading(test) == {
        "en": "{{7*7}} <b>Patents</b>, 2017", "zh": "{{7*7}} <b>Patents</b>，2017年",
    }[lang]  # fmt: skip
    literal_string = html(test)
    unchecked = {
        "en": "Uploaded data; the atlas has not checked them, 件",
        "zh": "上传数据，本图集未作核实，件",
    }[lang]
    assert unchecked in literal_string
    assert "<b>Patents</b>" not in literal_string


@pytest.mark.parametrize("at", ["province", "dimension"])
def test_the_other_pages_open_with_an_own_measure_in_the_address(mine, at):
    (measure_id,) = mine.all_measures
    test = page(at, tables=mine, measure=measure_id, province="540000", year="2017")
    assert not test.exception


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "lang"), [("map_ranking", "en"), ("two_maps", "zh")])
def test_every_kind_of_picture_takes_an_own_measure(mine, kind, lang):
    (measure_id,) = mine.all_measures
    test = page(
        "briefing", tables=mine, lang=lang, kind=kind, measure=measure_id, measure2="urbanization"
    )
    assert not test.exception
    assert "data:image/png;base64,iVBOR" in html(test)


@pytest.mark.slow
def test_the_briefing_draws_an_own_measure_in_the_session_and_by_no_address(mine):
    (measure_id,) = mine.all_measures
    test = page("briefing", tables=mine, lang="en", measure=measure_id, year="2017", title="Mine")
    assert not test.exception
    literal_string = html(test)
    assert '<img class="sheet" src="data:image/png;base64,iVBOR' in literal_string
    assert "/picture." not in literal_string
    assert len(test.get("download_button")) == 3
    test.button(key="make_pack").click().run(timeout=120)
    assert not test.exception
    assert len(test.get("download_button")) == 4


TABLE = gdp_rows()
PLACES = {row[0]: number for number, row in enumerate(TABLE, start=1)}
CSV = ("gdp.csv", text(TABLE).encode("gb18030"), "text/csv")


def upload(test, file=CSV):
    turn = next(
        value.key for value in test.get("file_uploader") if value.key.startswith("upload_file")
    )
    test.file_uploader(key=turn).set_value([file]).run()
    return test


def tables(test):
    return (
        test.session_state["upload_tables"].tables if "upload_tables" in test.session_state else ()
    )


def widget(value, part):
    return next(
        entry
        for entry in value
        if entry.key and entry.key.startswith("upload_0_") and part in entry.key
    )


def open_settled(test):
    """Open what can be changed about the first table; its content runs only while it is open."""
    (first, *_) = tables(test)
    test.session_state[f"upload_0_{first.file.checksum[:8]}_settled"] = True
    return test.run()


def make(test, name="GDP", count=True, per="residents_10k"):
    """Answer what the table does not say, and make the measure of its first series."""
    widget(test.text_input, "_name_").set_value(name)
    widget(test.radio, "_count_").set_value(count)
    if per:
        widget(test.selectbox, "_per_").set_value(per)
    widget(test.button, "_make_").click().run()
    return test


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_uploaded_yearbook_is_understood_mended_and_mapped(lang):
    rows = [list(row) for row in TABLE]
    rows[PLACES["西 藏"] - 1][0] = "Xizng"
    test = upload(page("data", lang=lang), ("gdp.csv", text(rows).encode("gb18030"), "text/csv"))
    assert not test.exception
    assert not test.warning
    t = translator(lang)
    result = unescape(html(test))
    assert "GB18030" in result
    assert t("Delimiter: {name}", name=t("comma")) in result
    for line in ("Matched to a province: {count}", "Not matched: choose a province: {count}"):
        literal_string, _, _ = line.rpartition(": ")
        count = {"Matched to a province": 30}.get(literal_string, 1)
        assert t("{what}: {count}", what=t(literal_string), count=count) in result
    choice = widget(test.selectbox, f"row_{PLACES['西 藏']}")
    nearest = provinces()["540000"].name_in(t.lang)
    assert choice.options[1].startswith(nearest)
    choice.set_value("540000").run()
    (table,) = tables(test)
    assert dict(table.options.mapped) == {PLACES["西 藏"]: "540000"}
    assert make(test, "每人产值").exception == []
    assert not test.warning
    (measure_id,) = test.session_state["upload_tables"].all_measures
    test.query_params["measure"], test.query_params["year"] = measure_id, "2016"
    test.switch_page("map.py").run()
    assert not test.exception
    assert not test.warning
    assert heading(test) == t("{measure}, {year}", measure="每人产值", year=2016)
    value = figure(GDP, "540000", 2016) / 1e8 / figure(PEOPLE, "540000", 2016) * 1e4
    assert f">{t.format_number(value, 2)}</span>" in html(test)
    assert 'class="marked"' in html(test)
    assert test.selectbox(key="measure").options[-1] == t(
        "{group} · {name}", group=t("Uploaded data"), name="每人产值"
    )


def test_the_pages_show_an_own_measure_in_a_group_of_its_own():
    rows = [row for row in TABLE if row[0] != "西 藏"]  # one of the 31 has no figure
    test = make(upload(page("data", lang="en"), ("gdp.csv", text(rows).encode(), "text/csv")))
    held = test.session_state["upload_tables"]
    (measure_id,) = held.all_measures
    test.switch_page("province.py").run()
    group = html(test).split("<h2>Uploaded data</h2>")[1]
    assert group.startswith('</summary><p class="marked">')
    assert f'data-measure="{measure_id}"' in group.split("</section>")[0]
    assert f"{CSV_PATH}?measure={measure_id}" not in html(test)
    test.query_params["province"] = "710000"
    test.run()
    assert html(test).count(f'data-measure="{measure_id}"') == 1
    test.switch_page("compare.py").run()
    assert f'data-measure="{measure_id}"' in html(test).split("<h2>Uploaded data</h2>")[1]
    test.query_params["measure"], test.query_params["year"] = measure_id, "2017"
    test.query_params["provinces"] = "110000,540000"
    for view in ("maps", "scatter", "both", "years"):
        test.query_params["view"] = view
        test.run()
        assert not test.exception
        assert html(test).count('class="marked"') == 1
    test.query_params["measure2"], test.query_params["year2"] = measure_id, "2016"
    test.query_params["view"] = "maps"
    assert not test.run().exception
    test.switch_page("index.py").run()
    assert "They do not enter the open index" in html(test)
    test.switch_page("data.py").run()
    assert not test.exception
    assert f'data-entry="{measure_id}"' in html(test)
    assert "2016 to 2017: 30 of 31 provinces" in html(test)

    assert f"{CSV_PATH}?measure={measure_id}" not in html(test)


def test_two_sessions_never_see_each_others_tables():
    one = make(upload(page("data", lang="en")), "Mine alone")
    (measure_id,) = one.session_state["upload_tables"].all_measures
    rows = [list(row) for row in TABLE]
    rows[PLACES["北 京"] - 1][1] = "1.5"
    two = upload(page("data", lang="en"), ("gdp.csv", text(rows).encode(), "text/csv"))
    assert "Mine alone" not in html(two)
    assert "Mine alone" not in two.selectbox(key="measure").options
    assert measure_id not in html(two)
    make(two, "Theirs")
    (other_id,) = two.session_state["upload_tables"].all_measures
    assert other_id != measure_id
    again = html(one.run())
    assert "Mine alone" in again.split('id="own"')[0]
    assert "Theirs" not in again
    assert tables(one)[0].file.data != tables(two)[0].file.data
    strange = page(measure=measure_id, lang="en")
    assert "otherwise ask for a link to" in strange.warning[0].value
    assert measure_id not in catalogue_entries(published_measures())


def test_a_list_first_asked_for_by_a_session_with_own_data_is_nobody_elses():
    test = make(upload(page("data", lang="en")), "Mine alone")
    _published_entries.cache_clear()
    assert "Mine alone" in html(test.run()).split('id="own"')[0]
    assert "Mine alone" not in html(page("data", lang="en"))
    assert UPLOADED_HEAD not in catalogue_entries(published_measures())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_cannot_be_understood_is_one_sentence_and_can_be_mended(lang):
    t = translator(lang)
    test = upload(page("data", lang=lang), ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""))
    assert [warning.value for warning in test.warning] == [t(OLD)]
    assert tables(test) == ()
    test = page("data", lang=lang)
    test.text_area(key="upload_pasted_0").set_value("x,y\nKunming,3\nDalian,4\n")
    test.button(key="upload_read_0").click().run()
    assert len(test.warning) == 1
    assert not test.exception
    assert tables(test) == ()


def test_a_pasted_table_is_mended_by_saying_where_its_heads_are():
    test = page("data", lang="en")
    body = "北京,2\n省份,甲\n北京,5\n上海,7\n"
    test.text_area(key="upload_pasted_0").set_value(body)
    test.button(key="upload_read_0").click().run()
    if not tables(test):
        test.number_input(key="upload_mend_head_0").set_value(2).run()
    else:
        widget(open_settled(test).selectbox, "head_row").set_value(2).run()
    (table,) = tables(test)
    assert table.understood.head_row == 2
    assert table.understood.series[0].figures == (("110000", None, 5.0), ("310000", None, 7.0))
    assert test.text_area[0].value == ""


def test_a_measure_is_made_only_when_it_is_known_what_it_is():
    test = upload(page("data", lang="en"))
    widget(test.button, "_make_").click().run()
    assert "Say whether" in test.warning[0].value
    make(test, "A", count=True, per="gdp_100m")
    assert not test.warning
    (value,) = test.session_state["upload_tables"].all_measures.values()
    assert value.unit_en == "亿元 per 100 million CNY of GRP"
    assert value.years == (2016, 2017)
    assert value.decimals == 2  # the product over itself is 1
    make(test, "A", count=False, per=None)
    assert "Two of your measures are called" in test.warning[0].value


def test_doubled_rows_wait_for_a_choice_and_a_refused_choice_changes_nothing():
    rows = [*TABLE[:-2], TABLE[-3]]
    test = upload(page("data", lang="en"), ("d.csv", text(rows).encode(), "text/csv"))
    assert "Duplicate: choose which row to keep: 2" in html(test)
    first = len(TABLE) - 2
    widget(test.selectbox, f"double_{first}").set_value(first).run()
    (table,) = tables(test)
    assert table.options.kept == (first,)
    assert [row.outcome for row in table.understood.rows[-2:]] == [
        RowOutcome.MATCHED,
        RowOutcome.LEFT_OUT,
    ]
    widget(open_settled(test).selectbox, "province_column").set_value(2).run()
    assert tables(test)[0] == table
    assert len(test.toast) == 1
    assert widget(test.selectbox, "province_column").value == 1


def test_another_choice_keeps_the_measure_and_the_address_follows():
    rows = [list(row) for row in TABLE]
    rows[PLACES["西 藏"] - 1][0] = "Xizng"
    test = make(upload(page("data", lang="en"), ("gdp.csv", text(rows).encode(), "text/csv")))
    (before,) = test.session_state["upload_tables"].all_measures
    test.query_params["measure"] = before
    test.run()
    row = widget(test.selectbox, f"row_{PLACES['西 藏']}")
    assert row.value == ""
    row.set_value("540000").run()
    (after,) = test.session_state["upload_tables"].all_measures
    assert after != before
    assert address(test, "measure") == after
    assert not test.warning


def test_a_measure_and_a_table_are_taken_back():
    test = make(upload(page("data", lang="en")))
    (measure_id,) = test.session_state["upload_tables"].all_measures
    test.button(key=f"upload_back_{measure_id}").click().run()
    assert dict(test.session_state["upload_tables"].all_measures) == {}
    assert len(tables(test)) == 1
    widget(test.button, "_out").click().run()
    assert tables(test) == ()


def test_a_recipe_brings_all_back_and_a_wrong_one_is_refused():
    test = make(upload(page("data", lang="en")), "Back again")
    body = tables_to_json(test.session_state["upload_tables"]).encode()
    fresh = page("data", lang="en")
    fresh.file_uploader(key="upload_workspace").set_value(("recipe.json", body, "")).run()
    assert fresh.session_state["upload_tables"] == test.session_state["upload_tables"]
    assert "Back again" in html(fresh)
    fresh.file_uploader(key="upload_workspace").set_value(("x.json", b"{}", "")).run()
    assert fresh.toast[0].value.startswith("The file is not a workspace")
    assert not fresh.exception


def test_hostile_names_stand_as_text_in_every_place():
    evil = "{{7*7}} <img src=x onerror=alert(1)> [a](http://b)"
    rows = [list(row) for row in TABLE]
    rows[6][0], rows[0][0] = evil, evil
    test = make(upload(page("data", lang="en"), (f"{evil}.csv", text(rows).encode(), "")), evil)
    assert not test.exception
    literal_string = html(test)
    assert "<img src=x" not in literal_string
    assert "{{7*7}}" in literal_string
    labels = [selectbox.label for selectbox in test.selectbox] + [
        button.proto.help for button in test.button
    ]
    assert not any("[a](http" in label for label in labels)


def test_rows_of_cities_have_one_choice_for_all_and_no_list_of_doubles():
    rows = [["省份", "城市", "人口"]]
    rows += [
        [p, f"{p}{n}市", str(n)]
        for p in ("北京", "天津", "河北", "山西", "辽宁", "吉林")
        for n in (1, 2)
    ]
    test = upload(page("data", lang="en"), ("c.csv", text(rows).encode(), "text/csv"))
    assert not [box for box in test.selectbox if "_double_" in str(box.key)]
    widget(test.selectbox, "combined").set_value("sum").run()
    (table,) = tables(test)
    assert {value for _, _, value in table.understood.series[0].figures} == {3.0}
    assert len(table.understood.series[0].figures) == 6
    assert not test.exception


def test_days_can_be_combined_to_months():
    rows = [["省份", "日期", "值"]]
    rows += [[p, f"2020-01-0{d}", str(d)] for p in ("北京", "天津") for d in (2, 4)]
    test = upload(page("data", lang="en"), ("d.csv", text(rows).encode(), "text/csv"))
    widget(open_settled(test).selectbox, "time_step").set_value("month").run()
    widget(test.selectbox, "combined").set_value("mean").run()
    (table,) = tables(test)
    assert table.understood.series[0].figures == (("110000", 202001, 3.0), ("120000", 202001, 3.0))


def test_one_question_stands_at_a_time_and_the_others_are_counted():
    rows = [list(row) for row in TABLE]
    for number, name in enumerate(["西 藏", "北 京", "上 海"]):
        rows[PLACES[name] - 1][0] = f"Place {number}"
    test = upload(page("data", lang="en"), ("gdp.csv", text(rows).encode(), "text/csv"))
    boxes = [box for box in test.selectbox if str(box.key).startswith("upload_0_")]
    questions = [box for box in boxes if "_row_" in str(box.key)]
    assert len(questions) == 1
    assert "2 more questions" in [caption.value for caption in test.caption]
    assert len(boxes) <= 3  # the question, the series, the divisor
    questions[0].set_value("110000").run()
    assert "1 more question" in [caption.value for caption in test.caption]
    widget(test.button, "exclude").click().run()
    assert len(tables(test)[0].options.left_out) == 2
    assert not [box for box in test.selectbox if "_row_" in str(box.key)]
    assert len([box for box in open_settled(test).selectbox if "_row_" in str(box.key)]) == 3


def test_several_files_are_read_at_once_and_a_bad_one_stops_no_other():
    test = page("data", lang="en")
    good = [(f"{n}.csv", f"省,2017\n北京,{n}\n".encode(), "text/csv") for n in range(3)]
    field = test.file_uploader(key="upload_file_0")
    field.set_value([good[0], ("bad.pdf", b"%PDF-1.4", "application/pdf"), *good[1:]]).run()
    assert [table.file.name for table in tables(test)] == ["0.csv", "1.csv", "2.csv"]
    assert len(test.warning) == 1
    assert test.warning[0].value.count("bad\\.pdf") == 1
    assert len(tables(test.run())) == 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_rows_and_what_is_read_stand_side_by_side(lang):
    t = translator(lang)
    body = (
        "地区,年份,指标,数值,备注\n北京,2016,产值,5,a\n北京,2017,产值,7.5,b\n"
        "上海,2017,产值,6,{{7*7}}<b>\n"
    )
    test = upload(page("data", lang=lang), ("a.csv", body.encode(), "text/csv"))
    (preview,) = [part for part in html(test).split("\n") if "upload-preview" in part] or [
        html(test)
    ]
    heads = preview.split('<div class="upload-preview">')[1].split("</thead>")[0]
    for letters, look in zip("ABCDE", ["province", "time", "key", "value", "ignored"], strict=True):
        assert f'class="is-{look}">{letters}</th>' in heads
    for look in ("Province", "Time", "Value", "Tells series apart", "Not used"):
        assert f"</i>{t(look)}</span>" in preview
    result = preview.split("</section>")[1]
    assert ">2016</th>" in result
    assert f">{t.format_number(7.5, 1)}</td>" in result
    assert "<b></td>" not in preview
    assert "{{7*7}}" in preview


def test_a_total_is_made_without_a_divisor_and_mapped_by_circles():
    test = make(upload(page("data", lang="en")), "Total", per=None)
    assert not test.warning
    (measure,) = test.session_state["upload_tables"].all_measures.values()
    assert measure.is_total
    test.query_params["measure"] = measure.id
    test.switch_page("map.py").run()
    assert not test.exception
    assert html(test).count("--share:") == 3
    assert 'data-class="0"' not in html(test)


def test_a_measure_is_edited_afterwards_and_the_address_follows():
    test = make(upload(page("data", lang="en")), "Before")
    (before,) = test.session_state["upload_tables"].all_measures
    test.query_params["measure"] = before
    key = f"upload_edit_{before}"
    test.button(key=key).click().run()
    for part, value in (
        ("name", "After"), ("name_zh", "之后"), ("unit", "CNY"), ("unit_zh", "元"),
        ("source", "Bureau {{7*7}} <b>"), ("note", "Preliminary."),
    ):  # fmt: skip
        test.text_input(key=f"{key}_{part}").set_value(value)
    test.number_input(key=f"{key}_decimals").set_value(3)
    test.radio(key=f"{key}_higher").set_value(False)
    test.selectbox(key=f"{key}_per").set_value("")
    test.button(key=f"{key}_save").click().run()
    assert not test.warning
    ((after, measure),) = test.session_state["upload_tables"].all_measures.items()
    assert (measure.name_en, measure.name_zh) == ("After", "之后")
    assert (measure.unit_en, measure.unit_zh, measure.decimals) == ("CNY", "元", 3)
    assert (measure.higher_is_better, measure.is_total) == (False, True)
    assert address(test, "measure") == after != before
    shown = unescape(html(test))
    assert "Source: Bureau {{7*7}} <b>." in shown
    assert "<b>." not in html(test)
    assert "Preliminary." in shown
    test.query_params["lang"] = "zh"
    assert "之后" in html(test.run())


def test_an_edit_that_is_not_valid_changes_nothing():
    test = make(upload(page("data", lang="en")), "Before")
    (before,) = test.session_state["upload_tables"].all_measures
    test.button(key=f"upload_edit_{before}").click().run()
    test.text_input(key=f"upload_edit_{before}_name").set_value(" ")
    test.button(key=f"upload_edit_{before}_save").click().run()
    assert "has no name" in test.warning[0].value
    assert list(test.session_state["upload_tables"].all_measures) == [before]


def test_what_is_removed_comes_back_with_its_measures():
    test = make(upload(page("data", lang="en")), "Mine")
    held = test.session_state["upload_tables"]
    (measure_id,) = held.all_measures
    removals = {
        f"upload_back_{measure_id}": "“Mine” was removed.",
        "_out": "with its measures: 1.",
        "upload_remove_all": "All your tables were removed",
    }
    for key, said in removals.items():
        next(entry for entry in test.button if (entry.key or "").endswith(key)).click().run()
        assert not test.session_state["upload_tables"].all_measures
        assert said in test.toast[0].value
        test.run().button(key="upload_undo").click().run()
        assert test.session_state["upload_tables"] == held
        assert not any(button.key == "upload_undo" for button in test.button)


def test_what_was_done_is_said():
    test = upload(page("data", lang="en"))
    assert re.search(r"is read: provinces \d+, series \d+", test.toast[0].value)
    assert [toast.value for toast in make(test, "Mine").toast][-1].startswith("“Mine” is made")
    (measure_id,) = test.session_state["upload_tables"].all_measures
    test.button(key=f"upload_edit_{measure_id}").click().run()
    test.button(key=f"upload_edit_{measure_id}_save").click().run()
    assert test.toast[0].value == "The changes of “Mine” are saved."
    test.button(key=f"upload_edit_{measure_id}").click().run()
    test.button(key=f"upload_edit_{measure_id}_cancel").click().run()
    assert not any("_save" in (button.key or "") for button in test.button)


def test_a_measure_that_is_divided_says_so_in_its_name():
    test = page("data", lang="en")
    body = "省,2017\n北京,10\n上海,20\n".replace("2017", "Parcels 2017").encode()
    test.file_uploader(key="upload_file_0").set_value(("a.csv", body, "text/csv")).run()
    widget(test.radio, "_count_").set_value(True)
    widget(test.selectbox, "_per_").set_value("residents_100")
    widget(test.button, "_make_").click().run()
    (measure,) = test.session_state["upload_tables"].all_measures.values()
    assert measure.name_en == "Parcels per 100 residents"
    assert measure.name_zh == "Parcels（每百常住人口）"


def test_a_mark_beside_values_is_told():
    test = page("data", lang="en")
    body = "省,2017\n北京,10*\n上海,20\n天津,30\n".encode()
    test.file_uploader(key="upload_file_0").set_value(("a.csv", body, "text/csv")).run()
    assert "the mark “*” in 1 of its cells; the values are kept" in html(test)


def test_a_table_that_is_there_already_is_not_repaired():
    test = upload(page("data", lang="en"))
    (table,) = tables(test)
    field = test.file_uploader(key="upload_file_1")
    field.set_value((table.file.name, table.file.data, "text/csv")).run()
    assert len(test.warning) == 1
    assert "begins like this" not in html(test)
    assert not any("mend" in (entry.key or "") for entry in test.selectbox)
