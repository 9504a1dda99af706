"""The ranking as pages, pictures and slides draw it: its rows are those of the cells."""

from __future__ import annotations

from geo.analysis import published_measures, snapshot_of
from geo.captions import NationalRow, Ranking, build_ranking, map_ranking
from geo.maps import classify_snapshot
from geo.measures import format_cell, ranking_groups
from geo.text import LANGUAGES, translator
from tests.cases import for_each


def ranking(measure: str, year: int = 2017, lang: str = "en") -> Ranking:
    drawn = classify_snapshot(snapshot_of(measure, year))
    return build_ranking(published_measures()[measure], drawn, translator(lang))


@for_each("lang", LANGUAGES)
@for_each("measure", lambda: published_measures().values())
def test_rows_are_the_cells_in_their_order(measure, lang):
    t = translator(lang)
    for year in (measure.years[0], measure.years[-1]):
        snapshot = measure.snapshot(year)
        built = build_ranking(measure, classify_snapshot(snapshot), t)
        order = [cell.adcode for group in ranking_groups(snapshot) for cell in group.cells]
        assert list(built.by_adcode) == order
        for adcode, row in built.by_adcode.items():
            cell = snapshot.cells[adcode]
            assert (row.rank, row.value, row.low, row.high) == (
                cell.rank, cell.value, cell.low, cell.high,
            )  # fmt: skip
            assert row.text == format_cell(cell, measure, t)
            assert bool(row.figure) == (cell.value is not None)
            assert row.figure_or_status
            assert row.marked_name.endswith(" ?") == cell.is_doubtful


def test_the_national_value_is_among_the_rows_by_its_size():
    built = ranking("gdp_per_capita")
    place = next(i for i, row in enumerate(built.rows) if isinstance(row, NationalRow))
    before, after = built.rows[:place], built.rows[place + 1 :]
    assert all(row.value > built.national.value for row in before)
    assert all(row.value <= built.national.value for row in after)
    assert len(built.rows) == len(built.ranked) + 1
    assert built.top == built.ranked[0].value


def test_a_list_has_ranks_without_values_and_the_others_by_status():
    built = ranking("report_comprehensive")
    assert (built.unit, built.top, built.has_values, built.national) == ("", 0.0, False, None)
    assert [row.rank for row in built.ranked] == list(range(1, 11))
    assert {row.figure for row in built.ranked} == {""}
    assert [len(group.provinces) for group in built.unranked] == [21, 3]


def test_a_place_among_ten_is_no_rank_and_stands_in_parentheses():
    built = ranking("report_network_security")
    assert built.ranked == ()
    assert built.rows == []
    placed = [label for group in built.unranked for label in group.labels if "(" in label]
    ranks = [row.rank for row in built.by_adcode.values() if row.rank]
    assert len(placed) == len(ranks) > 0


def test_the_open_index_has_intervals():
    built = ranking("index_comprehensive")
    assert built.is_open_index
    first = built.ranked[0]
    assert first.interval == f"{first.low} to {first.high}"
    assert first.short_rank == f"1 of {len(built.ranked)} ({first.interval})"


def test_ranks_without_values_have_a_colour_and_no_bar():
    for measure, bars in (("report_comprehensive", 0), ("gdp_per_capita", 32)):
        drawn = classify_snapshot(snapshot_of(measure, 2017))
        text = map_ranking(published_measures()[measure], drawn, translator("en"))
        assert text.count("<b style=") == bars
        assert text.count('<i style="background:#') == (10 if not bars else 0)
