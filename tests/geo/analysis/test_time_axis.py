"""The horizontal axis of lines: shared by published measures, its own for an uploaded one."""

from __future__ import annotations

import pytest

from geo.analysis import axis_ends_of, build_time_axis, build_time_series, published_measures
from geo.upload import MeasureDefinition, UploadedFile, UploadedTable, UploadedTables


def uploaded(times):
    rows = "".join(
        f"北京,{time},{i + 1}\n广东,{time},{2 * i + 1}\n" for i, time in enumerate(times)
    )
    file = UploadedFile("a.csv", ("省,时间,值\n" + rows).encode())
    table = UploadedTable(file, measures=(MeasureDefinition("值", "Sales"),))
    (measure,) = UploadedTables((table,)).all_measures.values()
    return measure


MONTHS = [f"{year}-{month:02}" for year in (2022, 2023) for month in range(1, 13)]


def test_published_measures_share_the_years_of_the_atlas():
    for measure in published_measures().values():
        axis = build_time_axis(measure)
        assert axis_ends_of(measure) == (2016, 2024)
        assert axis.ticks == tuple((float(year), str(year)) for year in range(2016, 2025))
        assert axis.pad == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("times", "ends", "ticks"),
    [
        (["1990", "2000", "2010"], (1990.0, 2010.0), ("1990", "1993", "2008")),
        (["2012", "2013"], (2012.0, 2013.0), ("2012", "2013", "2013")),
        (MONTHS, (2022.0, 2023 + 11 / 12), ("2022-01", "2022-04", "2023-10")),
        (["2023Q1", "2023Q2", "2023Q3"], (2023.0, 2023.5), ("2023Q1", "2023Q2", "2023Q3")),
        (["2024-03-01", "2024-03-02"], (2024.1639, 2024.1667), ("2024-03-01", "2024-03-02") * 2),
    ],
)
def test_an_uploaded_measure_has_an_axis_of_its_own_periods(times, ends, ticks):
    axis = build_time_axis(uploaded(times))
    assert (axis.first, axis.last) == pytest.approx(ends, abs=1e-4)
    texts = [text for _, text in axis.ticks]
    assert (texts[0], texts[1], texts[-1]) == (*ticks[:2], ticks[-1])
    assert len(texts) <= 9
    assert [place for place, _ in axis.ticks] == sorted({place for place, _ in axis.ticks})


@pytest.mark.parametrize(
    ("times", "pieces"),
    [
        (["2010", "2015", "2020"], 1),
        (["2010", "2011", "2015"], 2),
        (MONTHS, 1),
        ([*MONTHS[:5], *MONTHS[7:]], 2),
        (["2024-02-28", "2024-02-29", "2024-03-01"], 1),
        (["2022Q4", "2023Q1"], 1),
    ],
)
def test_a_line_joins_periods_with_none_between_them(times, pieces):
    series = build_time_series(uploaded(times), ["110000"], "lines")
    own = [point for point in series.points if point.line == "110000"]
    assert len(own) == len(times)
    assert len({point.segment for point in own}) == pieces


def test_periods_stand_at_their_place_in_time():
    axis = build_time_axis(uploaded(["2023Q1", "2023Q2", "2023Q4"]))
    assert axis.ticks == ((2023.0, "2023Q1"), (2023.25, "2023Q2"), (2023.75, "2023Q4"))
