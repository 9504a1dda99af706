"""What reading a file costs, and what it touches: each in a process of its own, under limits.

``python -m tests.bad_inputs.measure FOLDER`` reads ``names.json`` (file to the name it comes
under) and prints a line of JSON for each: seconds, MB beyond those before, and every event of the
interpreter that opens a file, a socket or a process.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Final

from geo.text import InputError
from geo.upload import UploadedFile
from geo.upload.parsing import parse_table
from tests.bad_inputs import files

MOST_SECONDS: Final = 2
MOST_MB: Final = 150
MB: Final = 1_000_000
WATCHED: Final = (
    "open",
    "socket.",
    "os.",
    "subprocess.",
    "shutil.",
    "urllib.",
    "tempfile.",
    "glob.",
)


def status(name: str) -> int:
    """A line of the kernel's account of this process, in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


def warm() -> None:
    """Read one good file of each kind, so that what is loaded once is loaded."""
    for code in ("utf-8-sig", "utf-16", "gb18030"):
        parse_table(UploadedFile("a.csv", files.text(files.GOOD, encoding=code)))
    parse_table(UploadedFile("a.xlsx", files.book()))
    parse_table(UploadedFile("a.ods", files.ods()))
    parse_table(UploadedFile("a.geojson", files.features([{"省": "北京", "a": 1}])))
    for name, body in (
        ("a.csv", b"a,b\n1,2"),
        ("a.csv", "Größe,Région\n1,2".encode("cp1252")),
        ("a.csv", b"country,b\nFrance,2\nPeru,3"),
        ("a.xlsx", files.bent({files.SHEET: None})),
    ):
        try:
            parse_table(UploadedFile(name, body))
        except InputError as error:
            str(error)


def measured(name: str, data: bytes) -> dict[str, object]:
    """Read one file; in a process that ends afterwards, for the hook cannot be taken out."""
    seen: list[str] = []
    resource.setrlimit(resource.RLIMIT_AS, (status("VmSize") + MOST_MB * MB,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (5 * MOST_SECONDS,) * 2)
    before = status("VmRSS")
    sys.addaudithook(
        lambda event, args: seen.append(f"{event} {args}") if event.startswith(WATCHED) else None
    )
    start = time.process_time()  # nothing is waited for, and a busy machine must not count
    try:
        parse_table(UploadedFile(name, data))
        says = ""
    except InputError as error:
        says = str(error)
    seconds = time.process_time() - start
    touched = list(seen)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"says": says, "seconds": seconds, "mb": (peak - before) / MB, "touched": touched}


def main(folder: Path) -> None:
    warm()
    for file, name in json.loads((folder / "names.json").read_text()).items():
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            continue
        results = measured(name, (folder / file).read_bytes())
        print(json.dumps({"file": file, **results}), flush=True)
        os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
