"""What is made of a published measure is kept, what is made of an uploaded one is not."""

from __future__ import annotations

from dataclasses import replace

from geo.analysis import all_measures, cache_published


def test_only_what_is_published_is_cached():
    calls = []

    @cache_published(maxsize=8)
    def count(measure, lang):
        calls.append(measure.id)
        return object()

    published = all_measures()["urbanization"]
    assert count(published, "en") is count(published, "en")
    assert count(published, "en") is not count(published, "zh")
    uploaded = replace(published, id="mine", kind="own")
    assert count(uploaded, "en") is not count(uploaded, "en")
    assert calls == ["urbanization", "urbanization", "mine", "mine"]
