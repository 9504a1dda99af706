"""Cells of CSV files that a spreadsheet could take for formulas."""

from __future__ import annotations

from geo.tables import escape_formula


def test_text_that_begins_like_a_formula_gets_an_apostrophe_and_numbers_do_not():
    for start in ("=", "+", "-", "@", "\t", "\r"):
        assert escape_formula(f"{start}cmd") == f"'{start}cmd", repr(start)
        assert escape_formula(f"cmd{start}") == f"cmd{start}", repr(start)
    for number in ("-1.5", "+3", -1.5, -2):
        assert str(escape_formula(number)) == str(number)
