"""What stops the start is said in every language, with the place in the file."""

from __future__ import annotations

import shutil

import pytest

from geo.tables import DATA_DIR
from geo.tables.loading import load_dataset
from geo.text import DataError, error_messages


def test_a_damaged_table_is_named_with_row_and_column_in_both_languages(tmp_path):
    folder = shutil.copytree(DATA_DIR, tmp_path / "data")
    path = folder / "measures.csv"
    path.write_text(path.read_text("utf-8").replace(",100,per", ",ten,per", 1), "utf-8")
    with pytest.raises(DataError) as caught:
        load_dataset(folder)
    english, chinese = error_messages(caught.value)
    assert english.startswith("measures.csv, row 2, column scale: “ten” is not of the type number.")
    assert chinese.startswith("measures.csv 第2行 scale 列")
