"""An address gets a number of new pictures and files in some seconds; what is cached is free."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.testclient import TestClient

from geo.exports import ServedFile
from geo.limits import (
    ADDRESS_FILE_SECONDS,
    ADDRESS_PICTURE_SECONDS,
    MAX_ADDRESS_DOWNLOADS,
    MAX_ADDRESS_GUESSES,
    MAX_ADDRESS_PAGE_FILES,
    MAX_ADDRESS_PICTURES,
)
from geo.render_queue import RenderQueue
from geo.server import AddressQuotas, file_route, parse_trusted_proxies, picture_route
from geo.server.quotas import DOWNLOADS, GUESSES, PAGE_FILES, PICTURES, Quota
from geo.text import RateLimitError
from tests.geo.metrics.readings import label_values, sample
from tests.geo.server.windows import begin_window

READER, COLLEAGUE = "203.0.113.7", "198.51.100.2"


@pytest.fixture
def quotas():
    begin_window(ADDRESS_PICTURE_SECONDS)  # a minute begins with one of them
    return AddressQuotas(parse_trusted_proxies({}))


def permit(quotas, quota, address):
    scope = {"type": "http", "client": (address, 1), "headers": []}
    return quotas.build_permit(HTTPConnection(scope), quota)


@pytest.mark.parametrize("quota", [PICTURES, DOWNLOADS, PAGE_FILES, GUESSES])
def test_an_address_gets_as_much_as_the_table_says(quotas, quota):
    for _ in range(quota.amount):
        permit(quotas, quota, READER)()
    with pytest.raises(RateLimitError) as refused:
        permit(quotas, quota, READER)()
    assert 1 <= refused.value.retry_after_s <= quota.seconds
    permit(quotas, quota, COLLEAGUE)()
    other = DOWNLOADS if quota is PICTURES else PICTURES
    permit(quotas, other, READER)()


def test_the_quotas_are_those_of_the_table_of_limits():
    assert Quota("pictures", MAX_ADDRESS_PICTURES, ADDRESS_PICTURE_SECONDS) == PICTURES
    assert Quota("downloads", MAX_ADDRESS_DOWNLOADS, ADDRESS_FILE_SECONDS) == DOWNLOADS
    assert Quota("page_files", MAX_ADDRESS_PAGE_FILES, ADDRESS_FILE_SECONDS) == PAGE_FILES
    assert Quota("guesses", MAX_ADDRESS_GUESSES, ADDRESS_FILE_SECONDS) == GUESSES


def test_quotas_of_equal_numbers_are_counted_apart(quotas):
    downloads, page_files = (Quota(name, 1, 60) for name in ("downloads", "page_files"))
    permit(quotas, downloads, READER)()
    permit(quotas, page_files, READER)()
    with pytest.raises(RateLimitError):
        permit(quotas, page_files, READER)()


def test_programs_on_this_machine_have_no_quota(quotas):
    assert permit(quotas, PICTURES, "127.0.0.1") is None


def test_what_was_used_up_comes_back(quotas):
    short = Quota("short", 2, 1)
    begin_window(1, room=0.9)
    for _ in range(2):
        permit(quotas, short, READER)()
    with pytest.raises(RateLimitError):
        permit(quotas, short, READER)()
    time.sleep(2.1)
    for _ in range(2):
        permit(quotas, short, READER)()


def test_addresses_are_forgotten(quotas):
    short = Quota("short", 2, 1)
    storage = quotas._limiter.storage
    for number in range(200):
        permit(quotas, short, f"203.0.113.{number}")()
    assert len(storage.storage) == 200
    time.sleep(2.1)
    permit(quotas, short, COLLEAGUE)()
    storage.timer.join(5)
    time.sleep(0.1)
    assert len(storage.storage) <= 1


@pytest.fixture
def ask(quotas):
    """Ask for a file that is made anew for each name, from an address."""
    queue = RenderQueue(10_000, 2, thread_name="test")

    def render(query):
        return ServedFile(b"x", {"Content-Type": "text/plain"})

    def submit_picture(params, base, form, permit):
        figure = SimpleNamespace(
            media_type="image/png", name="x", etag='"x"', encodings={"": b"x"}, size_in_bytes=1
        )
        key = ("picture", params["name"])
        return queue.submit(key, lambda: figure, permit=permit, kind="map", form=form)

    small = Quota("small", 3, 60)
    routes = [
        file_route("/table.csv", lambda params, base: params["name"], render, queue, quotas, small),
        picture_route("png", submit_picture, quotas),
    ]
    with TestClient(Starlette(routes=routes), client=("127.0.0.1", 5)) as client:

        def ask(path, name, address=READER, **headers):
            headers = {"X-Forwarded-For": address, **headers} if address else headers
            return client.get(path, params={"name": name}, headers=headers)

        yield ask


def test_a_file_too_many_is_answered_by_429_and_sentences(ask):
    assert [ask("/table.csv", n).status_code for n in range(3)] == [200] * 3
    answer = ask("/table.csv", 3)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.headers["cache-control"] == "no-store"
    english, chinese = answer.text.splitlines()
    seconds = answer.headers["retry-after"]
    assert english == (
        "Too many new pictures or files were asked for from this network address. Try again in"
        f" {seconds} seconds."
    )
    assert chinese == f"来自此网络地址的新图片或文件请求过多，请{seconds}秒后再试。"


def test_what_is_cached_is_free_and_another_address_has_its_own(ask):
    assert [ask("/table.csv", n).status_code for n in range(3)] == [200] * 3
    assert [ask("/table.csv", n % 3).status_code for n in range(20)] == [200] * 20
    assert ask("/table.csv", 4).status_code == 429
    assert ask("/table.csv", 4, COLLEAGUE).status_code == 200
    assert ask("/table.csv", 4).status_code == 200  # a colleague's is cached now


def test_a_header_that_a_reader_writes_gives_no_new_quota(ask):
    codes = [ask("/table.csv", n, f"10.9.8.{n}, {READER}").status_code for n in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_a_proxy_that_names_nobody_is_not_limited(ask):
    assert [ask("/table.csv", n, None).status_code for n in range(9)] == [200] * 9


def test_pictures_have_the_quota_of_pictures(ask):
    codes = [ask("/picture.png", n).status_code for n in range(MAX_ADDRESS_PICTURES + 1)]
    assert codes == [200] * MAX_ADDRESS_PICTURES + [429]


def test_metrics_count_what_is_refused_and_know_no_address(ask):
    labels = {"queue": "test", "kind": "table", "form": "csv", "outcome": "quota"}
    before = sample("atlas_render_requests_total", **labels)
    for number in range(5):
        ask("/table.csv", f"Li Lei {number}")
    assert sample("atlas_render_requests_total", **labels) == before + 2
    assert not {v for v in label_values() if "203.0" in v or "Lei" in v}
