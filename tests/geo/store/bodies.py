"""Bodies as the workspace file has them: tables on long lines between short ones."""

from __future__ import annotations

import base64
import json
from random import Random


def workspace_body(seed: int, size: int = 40_000, title: str = "") -> bytes:
    """A body of about ``size`` bytes, most of it a table in base64 that compresses as values do."""
    random = Random(seed)
    rows = [f"{random.randrange(110000, 660000)},{random.random():.6f}" for _ in range(size // 19)]
    table = base64.b64encode("\n".join(rows).encode()).decode()
    document = {"kind": "test", "tables": [{"name": f"{seed}.csv", "body": table}], "title": title}
    return json.dumps(document, indent=1).encode()
