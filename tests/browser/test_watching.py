"""A server that is watched: its metrics move with its readers, and say nothing about them."""

from __future__ import annotations

import json
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from geo.limits import ADDRESS_PICTURE_SECONDS, MAX_ADDRESS_PICTURES
from geo.server import READY_PATH
from geo.settings import METRICS_ADDRESS, METRICS_PORT
from tests.browser.atlas import Visit
from tests.browser.uploading import upload_table
from tests.geo.server.windows import begin_window
from tests.server import ROOT, Server, free_port

READER = "203.0.113.7"
NAME = "Wang Fang"


@pytest.fixture(scope="module")
def watched():
    """A server with a port for its metrics, and that port."""
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(METRICS_PORT.name, str(port))
        patch.setenv(METRICS_ADDRESS.name, "127.0.0.1")
        server = Server(ROOT / "app.py")
    yield server, port
    server.close()


def scrape(port):
    """The samples of a server: their values by name with labels."""
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        lines = answer.read().decode().splitlines()
    return {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))
    }


def total(samples, name, *labels):
    return sum(
        value
        for entry, value in samples.items()
        if entry.partition("{")[0] == name and all(label in entry for label in labels)
    )


def fetch(server, path, **headers):
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers={n.replace("_", "-"): v for n, v in headers.items()})
    answer = connection.getresponse()
    result = answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read()
    connection.close()
    return result


@pytest.mark.slow
def test_metrics_move_with_a_session_its_choices_its_tables_and_its_pictures(browser, watched):
    server, port = watched
    before = scrape(port)
    context = browser.new_context(locale="en-US")
    visit = Visit(context, server.url, 1440, 900)
    atlas = visit.page().open(f"?{urlencode({'lang': 'en', 'title': NAME})}")
    during = scrape(port)
    assert during["atlas_sessions"] == before["atlas_sessions"] + 1
    page, fragment = 'page="map"', 'scope="fragment"'
    choices = total(during, "atlas_rerun_seconds_count", page, fragment)
    assert total(during, "atlas_rerun_seconds_count", page, 'scope="page"') >= 1
    atlas.key("map_options").get_by_role("button").first.click()
    atlas.wait_settled()
    assert total(scrape(port), "atlas_rerun_seconds_count", page, fragment) == choices + 1
    upload_table(atlas)
    status, _, _ = fetch(
        server, f"/picture.svg?{urlencode({'title': NAME})}", X_Forwarded_For=READER
    )
    assert status == 200
    visit.close()
    context.close()
    after = scrape(port)
    assert total(after, "atlas_upload_seconds_count", 'outcome="taken"') == 1
    assert total(after, "atlas_store_seconds_count", 'operation="create"') >= 1
    drawn = [
        total(samples, "atlas_render_seconds_count", 'form="svg"', 'kind="map"')
        for samples in (before, after)
    ]
    assert drawn[1] == drawn[0] + 1
    assert total(after, "atlas_rerun_faults_total") == 0
    values = set(re.findall(r'="([^"]*)"', "".join(after)))
    assert all(re.fullmatch(r"[a-z0-9_.-]*|\+Inf", value) for value in values), values
    assert not {value for value in values if "wang" in value or READER in value}


@pytest.mark.slow
def test_an_address_is_refused_pictures_beyond_its_quota(watched):
    server, port = watched

    def ask(number, reader="198.51.100.9"):
        path = f"/picture.svg?{urlencode({'title': f'{NAME} {number}'})}"
        return fetch(server, path, X_Forwarded_For=f"10.9.8.{number}, {reader}")

    begin_window(ADDRESS_PICTURE_SECONDS)
    with ThreadPoolExecutor(MAX_ADDRESS_PICTURES + 3) as pool:
        answers = list(pool.map(ask, range(MAX_ADDRESS_PICTURES + 3)))
    refused = [answer for answer in answers if answer[0] == 429]
    assert [len(refused), *{answer[0] for answer in answers} - {429}] == [3, 200]
    _, headers, body = refused[0]
    assert 1 <= int(headers["retry-after"]) <= ADDRESS_PICTURE_SECONDS
    assert "Too many new pictures" in body.decode()
    assert "请求过多" in body.decode()
    assert total(scrape(port), "atlas_render_requests_total", 'outcome="quota"') == 3
    number = answers.index(refused[0])
    assert ask(number, "198.51.100.10")[0] == 200


def test_ready_says_what_is_not_and_health_stays(watched):
    server, port = watched
    status, headers, body = fetch(server, READY_PATH)
    assert (status, json.loads(body)["ready"]) == (200, True)
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert scrape(port)['atlas_check_passed{check="store"}'] == 1


def test_a_store_that_is_gone_is_not_ready_and_health_stays(monkeypatch):
    monkeypatch.setenv(METRICS_PORT.name, str(port := free_port()))
    gone = f"postgresql://127.0.0.1:{free_port()}/none"
    server = Server(ROOT / "app.py", settings={"ATLAS_DATABASE": gone})
    try:
        status, _, body = fetch(server, READY_PATH)
        assert status == 503
        checks = json.loads(body)["checks"]
        assert checks["tables"] == "ok"
        assert checks["store"] in ("failed", "slow")
        assert gone not in body.decode()
        assert scrape(port)['atlas_check_passed{check="store"}'] == 0
        assert server.healthy()
    finally:
        server.close()


def test_a_server_has_no_port_for_metrics_unless_it_is_set(server):
    body = fetch(server, "/metrics")[2]
    assert b"atlas_sessions" not in body


def test_a_port_in_use_stops_the_start_with_a_sentence(monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv(METRICS_PORT.name, str(port))
        with pytest.raises(RuntimeError) as ended:
            Server(ROOT / "app.py")
    assert f"ATLAS_METRICS_PORT: port {port} of 127.0.0.1 cannot be opened" in str(ended.value)
    assert f"ATLAS_METRICS_PORT：无法在 127.0.0.1 上打开用于监控指标的端口 {port}" in str(
        ended.value
    )
    assert "Traceback" not in str(ended.value)
