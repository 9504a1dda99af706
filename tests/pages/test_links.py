"""Links between the pages keep what the pages share."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.pages.run import html, page

SHARED = {
    "lang": "zh",
    "measure": "urbanization",
    "year": "2020",
    "province": "520000",
    "dimension": "technology_industry",
    "provinces": "110000,520000",
    "recipe": "1~outliers-log",
}


@pytest.mark.parametrize("at", ["", "province", "dimension", "compare", "index", "data"])
def test_the_row_of_pages_keeps_all_shared_parameters(at):
    links = page(at, **SHARED).get("page_link")[:7]
    assert len(links) == 7
    for link in links:
        given = {name: values[0] for name, values in parse_qs(link.proto.query_string).items()}
        assert given == SHARED, link.proto.page


@pytest.mark.parametrize("at", ["province", "dimension", "data"])
def test_links_in_texts_keep_the_language(at):
    addresses = [
        unescape(link) for link in re.findall(r'href="(/[^"]*)"', html(page(at, lang="zh")))
    ]
    inner = [address for address in addresses if "." not in urlsplit(address).path]
    assert inner
    for address in inner:
        assert parse_qs(urlsplit(address).query)["lang"] == ["zh"], address
