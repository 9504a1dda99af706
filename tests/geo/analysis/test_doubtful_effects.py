"""What marking doubtful values does is counted again from the tables."""

from __future__ import annotations

import pytest

from geo.analysis import count_findings, find_lost_leads, find_moved_means, find_moved_ranks
from geo.measures import indicator_snapshot, published_indicators
from geo.tables import dataset


def value_of(measure, year):
    """The measure's values by adcode, from the table of published figures."""
    frame = dataset().indicators
    entry = frame[frame["year"] == year].set_index(["indicator", "adcode"])["value"]
    value = entry[measure.numerator]
    if measure.denominator:
        timeless = frame[frame["indicator"] == measure.denominator]
        if timeless["year"].nunique() == 1:
            return (value / timeless.set_index("adcode")["value"]).dropna() * measure.scale
        value = value / entry[measure.denominator]
    return value.dropna() * measure.scale


def doubtful_of(measure, year):
    frame = dataset().doubtful
    rows = frame[frame["indicator"].isin(measure.series_ids) & (frame["year"] == year)]
    return set(rows["adcode"])


def test_the_findings_add_up():
    findings = count_findings()
    assert findings.marked == len(dataset().doubtful)
    assert findings.explained == len(dataset().explained)
    assert 0 < findings.beyond < findings.marked
    assert findings.outliers > findings.marked - findings.beyond


@pytest.mark.slow
def test_every_lead_that_a_doubtful_value_loses_is_listed():
    result = set()
    for measure in published_indicators().values():
        for year in measure.years:
            values = value_of(measure, year)
            doubtful = doubtful_of(measure, year) & set(values.index)
            sound = values.drop(list(doubtful))
            if doubtful and values.idxmax() in doubtful and values.max() > sound.max():
                result.add((measure.id, year, values.idxmax(), sound.idxmax()))
    lost_leads = find_lost_leads()
    assert {(one.measure, one.year, one.doubtful, one.leader) for one in lost_leads} == result
    assert ("rd_intensity_industry", 2016, "120000", "370000") in result


def test_a_national_value_without_doubtful_ones_is_over_the_others():
    moved = find_moved_means()
    assert len(moved) > len(find_lost_leads())
    assert [abs(one.factor - 1) for one in moved] == sorted(
        (abs(one.factor - 1) for one in moved), reverse=True
    )
    for one in moved[:8]:
        measure, frame = published_indicators()[one.measure], dataset().indicators
        assert indicator_snapshot(one.measure, one.year).national.value == one.counted
        if measure.summary != "ratio_of_sums":
            continue
        entry = frame[(frame["year"] == one.year) | (frame["indicator"] == "land_area")]
        wide = entry.pivot(index="adcode", columns="indicator", values="value")
        wide = wide.drop(list(doubtful_of(measure, one.year)))
        wide = wide.dropna(subset=[measure.numerator, measure.denominator])
        ratio = wide[measure.numerator].sum() / wide[measure.denominator].sum()
        assert one.without == pytest.approx(ratio * measure.scale)


def test_the_ranks_that_move_in_the_index_are_different_and_of_31():
    moved = find_moved_ranks()
    assert moved
    for one in moved:
        assert one.without != one.counted
        assert {one.without, one.counted} <= set(range(1, 32))
