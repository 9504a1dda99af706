"""Collect the messages of the code into the catalogues of data/texts: ``make messages``.

New messages join each catalogue without a translation, idle ones leave it, and what lacks a
translation is printed. The server reads the catalogues as they are. The tables have columns in
English and Chinese; a catalogue of a further language holds their English texts too.
"""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parents[1]
DATA: Final = Path(__file__).parent
CATALOGUES: Final = DATA / "texts"
COLUMN_LANGUAGES: Final = ("en", "zh")  # languages with columns of their own in the tables
FOLDERS: Final = ("geo", "pages", "deploy")
KEYWORDS: Final = {"N_": None, "t": None}
WIDTH: Final = 100


def extract_messages() -> Catalog:
    """Return all messages of the code, with the files in which they are."""
    template = Catalog()
    for folder in FOLDERS:
        for file, _, message, _, _ in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            template.add(
                message if isinstance(message, str) else message[0],
                locations=[(f"{folder}/{file}", 1)],
            )
    return template


def add_table_texts(template: Catalog) -> None:
    """Add the English texts of the tables, with the tables in which they are."""
    for path in sorted(DATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column, text in row.items():
                    if column.endswith("_en") and text:
                        template.add(text, locations=[(f"data/{path.name}", 1)])


def update_catalogue(body: bytes, template: Catalog) -> tuple[bytes, list[str]]:
    """Return a catalogue with the messages of a template, and those without a translation."""
    catalogue = read_po(BytesIO(body))
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    out = BytesIO()
    write_po(
        out, catalogue, width=WIDTH, sort_by_file=True, ignore_obsolete=True, include_lineno=False
    )
    return out.getvalue(), [str(entry.id) for entry in catalogue if entry.id and not entry.string]


def main() -> None:
    for path in sorted(CATALOGUES.glob("*.po")):
        template = extract_messages()
        if path.stem not in COLUMN_LANGUAGES:
            add_table_texts(template)
        body, missing = update_catalogue(path.read_bytes(), template)
        path.write_bytes(body)
        print(f"{path.name}: {len(template)} messages, {len(missing)} without a translation")
        print("".join(f"  {message}\n" for message in missing), end="")


if __name__ == "__main__":
    main()
