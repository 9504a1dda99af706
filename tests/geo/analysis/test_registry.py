"""What is made of a published measure is kept, what is made of an uploaded one is not."""

from __future__ import annotations

from dataclasses import replace

from geo.analysis import ComparedRow, Standing, cache_published, published_measures, snapshot_of


def test_only_what_is_published_is_cached():
    calls = []

    @cache_published(maxsize=8)
    def count(measure, lang):
        calls.append(measure.id)
        return object()

    published = published_measures()["urbanization"]
    assert count(published, "en") is count(published, "en")
    assert count(published, "en") is not count(published, "zh")
    uploaded = replace(published, id="mine", kind="own")
    assert count(uploaded, "en") is not count(uploaded, "en")
    assert calls == ["urbanization", "urbanization", "mine", "mine"]


def test_what_holds_an_uploaded_measure_is_not_cached():
    published = published_measures()["urbanization"]
    cell = snapshot_of("urbanization", 2020).cells["440000"]

    @cache_published(maxsize=8)
    def build(subject):
        return object()

    for make in (
        lambda measure: Standing(measure, 2020, cell),
        lambda measure: ComparedRow(measure, 2020, (cell, cell)),
    ):
        assert build(make(published)) is build(make(published))
        uploaded = make(replace(published, id="mine", kind="own"))
        assert build(uploaded) is not build(uploaded)
