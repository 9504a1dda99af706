"""Files of tables alone, as versions before the workspace file wrote them."""

from __future__ import annotations

import json

from geo.upload import TABLES_KIND, UploadedTables, table_records


def tables_to_json(tables: UploadedTables) -> str:
    """The tables of a session as JSON, with their bytes in base64."""
    document = {"kind": TABLES_KIND, "version": 1, "tables": table_records(tables)}
    return json.dumps(document, indent=1) + "\n"
