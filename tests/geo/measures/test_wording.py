"""Words for measures and their classes."""

from __future__ import annotations

import pytest

from geo.measures import format_class_counts
from geo.text import translator


@pytest.mark.parametrize(
    ("lang", "of", "expected"),
    [("en", [1], "1 province"), ("en", [0], "0 provinces"), ("zh", [1], "1个省份")],
)
def test_one_province_is_not_one_provinces(lang, of, expected):
    assert format_class_counts(of, translator(lang)) == expected
