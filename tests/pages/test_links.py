"""Links between the pages keep what the pages share."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.parts.page_frame import PAGES
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


@pytest.mark.parametrize("at", ["", "province", "dimension", "compare", "index", "data", "work"])
def test_the_row_of_pages_keeps_all_shared_parameters(at):
    nav = re.search(r'<nav class="nav".*?</nav>', html(page(at, **SHARED)), re.DOTALL)
    links = re.findall(r'<a href="([^"]*)"( aria-current="page")?', nav[0])
    addresses = [urlsplit(unescape(link)) for link, _ in links]
    assert [address.path for address in addresses] == ["./", *list(PAGES)[1:]]
    assert [address.path for address, (_, here) in zip(addresses, links, strict=True) if here] == [
        at or "./"
    ]
    for address in addresses:
        given = {name: values[0] for name, values in parse_qs(address.query).items()}
        assert given == SHARED, address.path


@pytest.mark.parametrize("at", ["province", "dimension", "data"])
def test_links_in_texts_keep_the_language(at):
    addresses = [
        unescape(link) for link in re.findall(r'href="(/[^"]*)"', html(page(at, lang="zh")))
    ]
    inner = [address for address in addresses if "." not in urlsplit(address).path]
    assert inner
    for address in inner:
        assert parse_qs(urlsplit(address).query)["lang"] == ["zh"], address
