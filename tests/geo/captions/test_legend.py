"""The legend as pages and pictures draw it: its numbers and words are those of the maps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.analysis import (
    build_bivariate,
    build_difference_map,
    published_measures,
    side_titles,
    snapshot_of,
)
from geo.captions import (
    build_bivariate_legend,
    build_map_legend,
    build_pair_legends,
    legend_classes,
    scale_marks_by_province,
)
from geo.maps import Choropleth, classify_snapshot
from geo.measures import Status, published_ranks
from geo.text import LANGUAGES, translator
from tests.cases import for_each, pair_maps

EN = translator("en")
GUANGDONG = "440000"
YEARS = {"internet_penetration": 2016, "report_comprehensive": 2017}


def drawn(measure: str, year: int = 2017) -> Choropleth:
    return classify_snapshot(snapshot_of(measure, year))


def legend(measure: str, year: int = 2017, province: str = ""):
    return build_map_legend(published_measures()[measure], drawn(measure, year), EN, province)


@for_each("lang", LANGUAGES)
@for_each("measure", lambda: [m for m in published_measures().values() if not m.is_total])
def test_classes_and_keys_count_every_unit_once(measure, lang):
    for year in measure.years:
        choropleth = classify_snapshot(measure.snapshot(year))
        built = build_map_legend(measure, choropleth, translator(lang))
        counts = [entry.counts for entry in (*built.classes, *built.keys)]
        doubtful = choropleth.snapshot.count_status(Status.DOUBTFUL)
        # Doubtful values have a class and a key.
        assert sum(count for (count,) in counts) == 34 + (doubtful if built.classes else 0)


@for_each("lang", LANGUAGES)
@for_each("measure", lambda: [m for m in published_measures().values() if m.is_total])
def test_a_total_has_three_circles_and_a_key_for_what_has_none(measure, lang):
    for year in measure.years:
        choropleth = classify_snapshot(measure.snapshot(year))
        built = build_map_legend(measure, choropleth, translator(lang))
        assert (len(built.circles), built.classes) == (3, ())
        without = 34 - len(choropleth.snapshot.values_by_adcode())
        doubtful = choropleth.snapshot.count_status(Status.DOUBTFUL)
        assert sum(count for key in built.keys for count in key.counts) == without + doubtful


def test_a_map_of_values_has_bounds_in_words_and_symbols_and_a_method():
    built = legend("gdp_per_capita", province=GUANGDONG)
    first, *_, last = built.classes
    assert first.label.startswith("up to ")
    assert first.symbols == first.label.replace("up to", "≤")
    assert last.symbols == last.label.replace("over", ">")
    assert (first.figure, first.figure_with_unit) == (
        str(first.counts[0]),
        f"{first.counts[0]} provinces",
    )
    assert built.head == "CNY per person"
    assert built.method_note.endswith("Each class includes its upper break.")
    assert built.scale_note == ""


def test_marks_say_the_national_value_and_the_province():
    national, chosen = legend("gdp_per_capita", province=GUANGDONG).scale_marks
    assert (national.kind, chosen.kind) == ("national", "selected")
    assert chosen.name == "Guangdong"
    assert chosen.text == f"Guangdong: {chosen.value} CNY per person"
    assert chosen.rank.startswith("Rank ")
    assert national.value in national.text
    assert 0 <= national.position <= 1
    assert 0 <= chosen.position <= 1


def test_a_province_without_a_value_has_a_status_and_no_position():
    *_, chosen = legend("gdp_per_capita", province="810000").scale_marks
    assert (chosen.value, chosen.rank, chosen.position) == ("", "", None)
    assert chosen.text == "Hong Kong: Not covered by this series"


def test_ranks_of_the_report_are_a_mark_that_names_its_list():
    ranks = published_ranks("information_services", 2017)
    choropleth = classify_snapshot(snapshot_of("gdp_per_capita", 2017))
    measure, t = published_measures()["gdp_per_capita"], translator("en")
    mark, *_ = build_map_legend(measure, replace(choropleth, ranks=ranks), t).marks
    assert (mark.sign, mark.numbered, mark.counts) == ("1–10", True, (10,))
    assert mark.name.startswith("Rank in the report, Ranking: ")
    assert mark.name.endswith(", 2017")
    assert not any(m.numbered for m in build_map_legend(measure, choropleth, t).marks)


def test_a_list_has_tiers_and_a_note_and_no_scale():
    built = legend("report_comprehensive", province=GUANGDONG)
    assert [entry.label for entry in built.classes] == [
        "Rank 1 to 3", "Rank 4 to 6", "Rank 7 to 10",
    ]  # fmt: skip
    assert [entry.symbols for entry in built.classes] == [entry.label for entry in built.classes]
    assert (built.head, built.method_note, built.has_scale) == ("Rank", "", False)
    assert built.scale_note == "The report publishes the first ten of 31 provinces, without scores."
    assert [mark.position for mark in built.scale_marks] == [None]
    measure = published_measures()["report_comprehensive"]
    assert scale_marks_by_province(measure, drawn("report_comprehensive"), EN) == {}


def test_the_marks_of_each_province_are_those_of_its_legend():
    measure, choropleth = published_measures()["gdp_per_capita"], drawn("gdp_per_capita")
    marks = scale_marks_by_province(measure, choropleth, EN)
    assert list(marks) == ["", *choropleth.snapshot.cells]
    for adcode in ("", GUANGDONG, "810000"):
        assert marks[adcode] == build_map_legend(measure, choropleth, EN, adcode).scale_marks


def test_maps_that_share_classes_have_one_legend_with_both_counts():
    pair = pair_maps("gdp_per_capita", 2016, "gdp_per_capita", 2017)
    third = build_difference_map(pair)
    shared, difference = build_pair_legends(pair, third, EN)
    assert (shared.maps, difference.maps) == ((0, 1), (2,))
    assert (shared.letter, difference.head) == ("", "")
    for place, entry in enumerate(shared.classes):
        counts = tuple(side.choropleth.classes[place].count for side in (pair.first, pair.second))
        assert entry.counts == counts
        assert entry.figure == entry.figure_with_unit == "A {} · B {}".format(*counts)
    assert [side.title for side in difference.sides] == list(side_titles(third, EN))
    assert tuple(side.class_count for side in difference.sides) == third.sides


def test_maps_with_classes_of_their_own_have_a_legend_each():
    pair = pair_maps("gdp_per_capita", 2016, "internet_penetration", 2016, shared=False)
    legends = build_pair_legends(pair, None, EN)
    assert [(built.letter, built.maps) for built in legends] == [("A", (0,)), ("B", (1,))]
    assert [built.head for built in legends] == ["CNY per person", "per 100 residents"]


@pytest.mark.parametrize(
    ("second", "head"),
    [("internet_penetration", "Percentile rank"), ("report_comprehensive", "Rank among 31")],
)
def test_shared_classes_of_another_basis_say_it(second, head):
    pair = pair_maps("gdp_per_capita", 2017, second, YEARS[second])
    assert build_pair_legends(pair, None, EN)[0].head == head


def test_the_fields_of_a_square_are_the_classes_of_its_map():
    pair = pair_maps("gdp_per_capita", 2016, "internet_penetration", 2016, shared=False)
    bivariate = build_bivariate(pair.first, pair.second)
    built = build_bivariate_legend(pair, bivariate, EN)
    fields = [field for column in built.fields for field in column]
    assert [(field.place, field.colour, field.count) for field in fields] == [
        (place, entry.colour, entry.count)
        for place, entry in enumerate(bivariate.choropleth.classes)
    ]
    last = fields[-1]
    assert last.label == (
        f"A {built.first_bounds[2]}, B {built.second_bounds[2]}: {last.count} provinces"
    )
    keyed = sum(count for key in built.keys.keys for count in key.counts)
    assert sum(field.count for field in fields) + keyed == 34
    assert built.keys.classes == ()


def test_classes_of_the_second_map_alone_are_in_the_legend():
    measures = published_measures()
    named = [
        (measure.id, year)
        for measure in measures.values()
        for year in measure.years
        if measure.kind == "report" and not drawn(measure.id, year).classes
    ]
    pair = pair_maps(*named[0], "report_comprehensive", 2017)
    built = build_pair_legends(pair, None, EN)[0]
    assert [entry.counts[0] for entry in built.classes] == [0] * len(built.classes)
    assert built.classes[0].counts == (0, 3)
    assert "A 0 · B 3" in legend_classes(built)
