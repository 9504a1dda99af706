"""Print what is understood of a table: ``python -m geo.upload FILE [--sheet NAME] [--json]``.

The exit code is 0 when the table is understood, 1 when it is refused.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from geo.upload.files import UploadedFile
from geo.upload.summary import summarise_file


def main(arguments: list[str]) -> int:
    """Read a file and print what is understood of it."""
    parser = argparse.ArgumentParser(prog="python -m geo.upload", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sheet", default="", help="of a workbook; else the first with a table")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--lang", default="en", choices=("en", "zh"))
    options = parser.parse_args(arguments)
    try:
        raw = UploadedFile(options.file.name, options.file.read_bytes())
    except OSError as error:
        parser.error(f"{options.file}: {error.strerror}")
    summary = summarise_file(raw, options.sheet, options.lang)
    if options.json:
        print(json.dumps(summary, ensure_ascii=False))
    else:
        print(_format_summary(summary))
    return 1 if summary["refused"] else 0


def _format_summary(summary: dict[str, Any]) -> str:
    if summary["refused"]:
        return f"{summary['file']}: {summary['refused']}"
    lines = [summary["file"]]
    for series in summary["series"]:
        values = series["values"]
        times = sorted({time for entry in values.values() for time in entry} - {""})
        span = f", {times[0]}–{times[-1]}" if times else ""
        unit = f" ({series['unit']})" if series["unit"] else ""
        lines.append(f"  {series['name']}{unit}: {len(values)} provinces{span}")
    lines += [f"  ? {decision['text']}" for decision in summary["decisions"]]
    lines += [f"  - row {entry['row']}: {entry['why']}" for entry in summary["set_aside"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
