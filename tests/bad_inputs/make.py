"""The bad files, each with the one answer that it must get: answers.csv is the table of both.

``python -m tests.bad_inputs.make FOLDER`` writes the files into a folder to look at; the tests make
them in memory.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bad_inputs import containers, jsons, names, opendocuments, sizes, texts, workbooks

ANSWERS: Final = Path(__file__).parent / "answers.csv"


@dataclass(frozen=True)
class Case:
    """A bad file: the name it comes under, how it is made, and what must be said of it.

    says is empty for a file that is odd, but understood.
    """

    id: str
    name: str
    make: Callable[[], bytes]
    says: str


def cases() -> list[Case]:
    """All bad files in the order of the table. Raises KeyError for one without an answer."""
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        answers = {row["file"]: row["says"] for row in csv.DictReader(file)}
    modules = (sizes, names, workbooks, opendocuments, jsons, texts, containers)
    files = {name: value for module in modules for name, value in module.FILES.items()}
    if set(files) != set(answers) or sum(len(m.FILES) for m in modules) != len(files):
        raise KeyError(set(files) ^ set(answers))
    return [Case(name, *files[name], says=says) for name, says in answers.items()]


def main(folder: Path) -> None:
    """Write every bad file under its id, with the end of the name that it comes under."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases():
        end = Path(case.name.replace("\0", "")).suffix[:10] or ".txt"
        (folder / f"{case.id}{end}").write_bytes(case.make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
