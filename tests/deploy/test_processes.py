"""Two processes behind Caddy: readers stay with one, and move when it goes."""

from __future__ import annotations

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from geo.server import KEY_COOKIE
from geo.store import WorkspaceStore, create_key
from geo.store.database import open_sqlite
from tests.deploy.conftest import process_port
from tests.deploy.fleet import COOKIE
from tests.deploy.readers import desk, reading

pytestmark = [pytest.mark.slow, pytest.mark.timed]

GUANGDONG = "?measure=gdp_per_capita&year=2020&province=440000&lang=en"
BEIJING = "?measure=urbanization&year=2018&province=110000&lang=zh"
TICKET = re.compile(r"ticket=[\w-]+")  # each session has its own, and uses it once
HEADING = ".atlas-heading"


def shown(atlas):
    """Return what a reader sees of a view: address, title, heading, legend, fills of the map."""
    page = atlas.page
    texts = [page.locator(name).first.inner_text() for name in (HEADING, ".legend")]
    return [page.url, page.title(), *texts, atlas.fill("440000"), atlas.fill("110000")]


def seconds_until_served(atlas, sockets, before, since):
    """Return the seconds from an event until another process has served a reader.

    The page keeps its view while the browser connects again; then the next measure is painted.
    """
    atlas.until(lambda: len(sockets) > 0, "a new websocket")
    assert shown(atlas) == before
    atlas.navigate(GUANGDONG.replace("gdp_per_capita", "urbanization"))
    atlas.until(lambda: shown(atlas)[2:4] != before[2:4], "the next measure")
    return time.monotonic() - since


def websockets(atlas):
    """Return a list that grows by each websocket that a page opens from now on."""
    sockets = []
    atlas.page.on("websocket", lambda socket: sockets.append(socket))  # noqa: PLW0108
    return sockets


def test_a_browser_stays_with_one_process(fleet):
    first = fleet.ask("/")[1]
    cookie = first["set-cookie"].partition(";")[0]
    assert cookie.startswith(f"{COOKIE}=")
    for port in fleet.ports:
        cookie = f"{COOKIE}={fleet.cookie_of(port)}"
        for path in ("/", "/_stcore/health", "/keep", "/small-map.svg?province=110000"):
            status, headers, _ = fleet.ask(path, Cookie=cookie)
            assert status == 200
            assert COOKIE not in headers.get("set-cookie", ""), "another process would answer"


def test_an_upload_reaches_the_process_of_its_session(fleet, reader, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("province,Brought 2020\n广东,5\n北京,7\n上海,9\n", "utf-8")
    for port in fleet.ports:
        value, atlas = reader(port, "data?lang=en")
        with atlas.page.expect_response(lambda r: "/_stcore/upload_file/" in r.url) as upload:
            atlas.key("upload_file_0").locator("input").set_input_files(str(table))
        assert upload.value.status == 204
        atlas.key("upload_table_0").wait_for(timeout=60_000)
        assert process_port(value, fleet) == port


def test_a_killed_process_costs_its_readers_five_seconds_and_others_nothing(fleet, reader):
    gone, other = fleet.ports
    value, atlas = reader(gone, GUANGDONG)
    _, neighbour = reader(other, BEIJING)
    before, beside = shown(atlas), shown(neighbour)
    sockets, undisturbed = websockets(atlas), websockets(neighbour)
    began = time.monotonic()
    fleet.process_at(gone).kill()
    seconds = seconds_until_served(atlas, sockets, before, began)
    assert process_port(value, fleet) == other
    assert seconds <= 5
    assert undisturbed == []
    assert shown(neighbour) == beside
    fleet.wait_until_all_answer()


def test_a_process_that_is_killed_under_load_loses_nothing_and_others_are_as_fast(fleet):
    gone, other = fleet.ports
    key = create_key()
    view = ("", "lang=en&measure=gdp_per_capita&year=2020&province=440000")
    with reading(fleet, [other], each=4) as crowd, desk(fleet, gone, key) as own:
        own.show("work")
        own.show("work", press="work_create", work_new_name="Plan")
        before = own.show(*view)
        assert "Guangdong" in before
        killed = time.monotonic()
        fleet.process_at(gone).kill()
        with desk(fleet, gone, key) as again:  # as a browser does, with the same cookies
            after = again.show(*view)
            seconds = time.monotonic() - killed
            assert "Open now: " in again.show("work")
        fleet.wait_until_all_answer()
        crowd.wait_for_pages(2 * len(crowd.ports) + 1)
    assert TICKET.sub("", after) == TICKET.sub("", before)
    assert seconds <= 5
    assert crowd.faults == []
    assert len(crowd.waits) > 2 * len(crowd.ports)
    assert crowd.slow_s <= 0.8


def test_a_cookie_is_secure_behind_a_proxy_that_serves_https(fleet):
    store = WorkspaceStore(open_sqlite(fleet.database))
    with closing(store.database):
        for name, headers, is_secure in (
            ("HTTPS", {"X_Forwarded_Proto": "https"}, True),
            ("HTTP", {"X_Forwarded_Proto": "http"}, False),
            ("no proxy", {}, False),
        ):
            ticket = store.issue_ticket(create_key())
            path = f"/keep?ticket={ticket}"
            _, answer, _ = fleet.ask(path, Sec_Fetch_Site="same-origin", **headers)
            (cookie,) = [one for one in answer["set-cookie"].split(", ") if KEY_COOKIE in one]
            assert ("secure" in cookie.lower()) == is_secure, name


def test_a_process_that_is_to_stop_ends_its_downloads_and_hands_over_its_readers(fleet, reader):
    gone, other = fleet.ports
    value, atlas = reader(gone, GUANGDONG)
    before = shown(atlas)
    sockets = websockets(atlas)
    old = fleet.process_at(gone)
    cookie = f"{COOKIE}={fleet.cookie_of(gone)}"
    with ThreadPoolExecutor() as pool:
        # A picture that nobody has asked for takes more than a second.
        address = f"/picture.png?measure=urbanization&year=2019&title={time.time()}"
        download = pool.submit(fleet.ask, address, Cookie=cookie)
        time.sleep(0.4)
        assert not download.done(), "the download has to be running"
        began = time.monotonic()
        os.kill(old.pid, signal.SIGTERM)
        time.sleep(0.2)
        for _ in range(5):
            status, headers, _ = fleet.ask("/", Cookie=cookie)
            assert status == 200
            assert fleet.cookie_of(other) in headers["set-cookie"], "no new session goes there"
        seconds = seconds_until_served(atlas, sockets, before, began)
        status, headers, body = download.result()
    assert (status, body[:4], len(body)) == (200, b"\x89PNG", int(headers["content-length"]))
    assert body.endswith(b"IEND\xaeB`\x82")
    assert process_port(value, fleet) == other
    assert seconds <= 3
    old.wait(10)
    fleet.wait_until_all_answer()
    assert fleet.process_at(gone).pid != old.pid


def test_the_log_is_json_with_ids_and_without_what_readers_look_at(fleet):
    given = "id-of-another-proxy-1"
    path = "/table.csv?measure=gdp_per_capita&lang=en"
    _, headers, _ = fleet.ask(path, X_Request_Id=given, X_Forwarded_For="198.51.100.77")
    assert headers["x-request-id"] == given
    _, other, _ = fleet.ask("/keep?ticket=secret", X_Request_Id="no id\tbut a text")
    assert other["x-request-id"] not in ("", "no id\tbut a text")
    fleet.ask("/_stcore/upload_file/session-secret/file-secret")
    time.sleep(0.2)
    lines = {line["request_id"]: line for line in fleet.log_lines() if "request_id" in line}
    request = lines[given]["request"]
    assert (request["method"], request["uri"]) == ("GET", "/atlas/table.csv")
    assert lines[given]["status"] == 200
    assert request["client_ip"] == "198.51.0.0"  # a trusted proxy named it: this machine
    assert request["remote_ip"] == "127.0.0.0"
    assert lines[other["x-request-id"]]["request"]["uri"] == "/atlas/keep"
    text = fleet.log.read_text("utf-8")
    for secret in ("secret", "198.51.100", "gdp_per_capita", "Cookie", "User-Agent"):
        assert secret not in text
    loggers = {line["logger"] for line in fleet.log_lines() if "logger" in line}
    assert {"circus", "http.log.access.log0"} <= loggers  # a process with nothing to say is silent


def test_what_is_compressed_is_not_compressed_again(fleet):
    accepted = {"Accept_Encoding": "zstd, gzip"}
    assert fleet.ask("/", **accepted)[1]["content-encoding"] == "zstd"
    assert fleet.ask("/table.csv?measure=gdp_per_capita", **accepted)[1]["content-encoding"] == (
        "gzip"  # as the atlas itself keeps it
    )
    for path in ("/picture.png?measure=gdp_per_capita&year=2020", "/everything.zip"):
        assert "content-encoding" not in fleet.ask(path, **accepted)[1]
