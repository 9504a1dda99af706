"""The files of a server by address: ``python -m tests.made_files [reversed]`` prints checksums.

The addresses are one of each kind of picture in each format, of the slide, and of each file;
languages take turns. The process is one that serves, without the processes that draw beside it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable
from hashlib import sha256
from itertools import product
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.exports import RENDERERS
from geo.pictures import FIGURE_FORMATS, FIGURE_KINDS, FIGURE_LANGUAGES, request_from_address
from geo.text import LANGUAGES, InputError
from pages.parts.share import SLIDE_PATH
from tests.cases import pair_in_turn
from tests.geo.pictures.test_addresses import BASE, DAY, choose_address

GUANGDONG = {"measure": "gdp_per_capita", "year": "2020", "province": "440000"}


def picture_params(kind: str, lang: str) -> dict[str, str]:
    """The first seeded choice of a kind that can be drawn."""
    draw = random.Random(f"{kind} {lang}")
    while True:
        params = choose_address(kind, "16-9", lang, draw)
        try:
            request_from_address(params, BASE, DAY)
        except InputError:
            continue
        return params


def file_addresses() -> list[str]:
    """The addresses of all files, pictures first."""
    pictures = pair_in_turn(product(FIGURE_FORMATS, FIGURE_KINDS), FIGURE_LANGUAGES)
    files = pair_in_turn([SLIDE_PATH, *RENDERERS], LANGUAGES)
    return [
        *(
            f"/picture.{form}?{urlencode(picture_params(kind, lang))}"
            for (form, kind), lang in pictures
        ),
        *(f"{path}?{urlencode({**GUANGDONG, 'lang': lang})}" for path, lang in files),
    ]


def file_checksums(addresses: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of the file at each address.

    Each request comes from a reader of its own, so that none is refused. Raises
    httpx.HTTPStatusError for any answer but a file.
    """
    import app  # noqa: PLC0415  the server is made when it is imported

    checksums = {}
    client = TestClient(Starlette(routes=app.routes), "http://atlas.test", client=("127.0.0.1", 1))
    for number, address in enumerate(addresses):
        answer = client.get(address, headers={"X-Forwarded-For": f"192.0.2.{number % 256}"})
        answer.raise_for_status()
        checksums[address] = sha256(answer.content).hexdigest()
    return checksums


if __name__ == "__main__":
    order = -1 if "reversed" in sys.argv else 1
    json.dump(file_checksums(file_addresses()[::order]), sys.stdout)
