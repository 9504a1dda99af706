"""Write the number of rows of each table into datapackage.json: ``make row-counts``.

The check before the server starts compares every table with its number, so that a truncated file
is noticed. Run this after adding or removing rows; it updates the numbers and prints the changes.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

DATA = Path(__file__).parent
DESCRIPTOR = DATA / "datapackage.json"


def renew_row_counts(folder: Path = DATA) -> list[str]:
    """Write the row counts of a folder's tables; returns one line for each changed count."""
    path = folder / DESCRIPTOR.name
    package = json.loads(path.read_text("utf-8"))
    changes = []
    for resource in package["resources"]:
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            count = sum(1 for _ in csv.reader(file)) - 1
        if count != resource["rows"]:
            changes.append(f"{resource['path']}: {resource['rows']} to {count} rows")
            resource["rows"] = count
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return changes


if __name__ == "__main__":
    print("\n".join(renew_row_counts()) or "Every table has the number of rows that is written.")
