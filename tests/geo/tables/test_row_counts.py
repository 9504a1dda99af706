"""The numbers of rows in the descriptor follow the tables."""

from __future__ import annotations

import json
import shutil

from data.row_counts import renew_row_counts
from geo.tables import DATA_DIR


def test_counts_are_renewed_and_told(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(
        DATA_DIR, folder, ignore=shutil.ignore_patterns("boundaries", "report", "texts")
    )
    assert renew_row_counts(folder) == []
    descriptor = (folder / "datapackage.json").read_bytes()
    assert descriptor == (DATA_DIR / "datapackage.json").read_bytes()
    breaks = folder / "breaks.csv"
    lines = breaks.read_text("utf-8").splitlines(keepends=True)
    breaks.write_text("".join(lines[:-1]), "utf-8")
    assert renew_row_counts(folder) == [f"breaks.csv: {len(lines) - 1} to {len(lines) - 2} rows"]
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (table,) = (entry for entry in package["resources"] if entry["path"] == "breaks.csv")
    assert table["rows"] == len(lines) - 2
