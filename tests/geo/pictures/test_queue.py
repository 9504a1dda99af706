"""The line of orders, the shelf, and the addresses of pictures."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.analysis import build_catalogue
from geo.limits import (
    MAX_LINK_LENGTH,
    MAX_PICTURE_TEXT_LENGTH,
    MAX_PICTURES_AT_ONCE,
    MAX_PICTURES_WAITING,
    PICTURE_CACHE_BYTES,
)
from geo.pictures import TWO_MAPS_KIND, FigureRequest, picture_queue, request_from_address
from geo.pictures.queue import PictureQueue
from geo.server import picture_route
from geo.text import BusyError, DataError
from geo.units import evaluated_adcodes, provinces
from geo.upload import (
    MeasureDefinition,
    UploadedFile,
    UploadedTable,
    UploadedTables,
)

MAP = FigureRequest(measure="gdp_per_capita", day="2026-11-25")


class Draft:
    """Stands in for the drawing: counts, and waits until it is let go."""

    def __init__(self, size: int = 10, held: bool = False) -> None:
        self.size, self.drawn, self.now, self.most = size, 0, 0, 0
        self.go = threading.Event()
        self.lock = threading.Lock()
        if not held:
            self.go.set()

    def __call__(self, picture: FigureRequest, form: str) -> bytes:
        with self.lock:
            self.drawn += 1
            self.now += 1
            self.most = max(self.most, self.now)
        self.go.wait(10)
        with self.lock:
            self.now -= 1
        return f"{picture.title}/{form}/{self.drawn}".encode().ljust(self.size)


def test_what_was_drawn_is_kept():
    draft = Draft()
    queue = PictureQueue(draft)
    first = queue.render(MAP, "png")
    assert queue.render(replace(MAP), "png") is first
    assert queue.render(replace(MAP, recipe="ignored"), "png") is first
    assert draft.drawn == 1
    assert first.name == "atlas-map-gdp-per-capita-2017-en-16-9.png"
    # A scale is of PNG alone.
    assert queue.render(replace(MAP, scale=2), "svg") is queue.render(MAP, "svg")
    assert queue.render(replace(MAP, scale=2), "png").name.endswith("16-9-2x.png")
    assert draft.drawn == 3


def test_two_are_drawn_at_once_the_rest_wait_and_beyond_a_limit_none():
    draft = Draft(held=True)
    queue = PictureQueue(draft, at_once=2, waiting=3)
    futures = [queue.submit(replace(MAP, title=str(n)), "png") for n in range(5)]
    with pytest.raises(BusyError, match="Try again in 5 seconds"):
        queue.submit(replace(MAP, title="one more"), "png")
    # Who asks for what is being drawn already waits with the others.
    assert queue.submit(replace(MAP, title="0"), "png") is futures[0]
    draft.go.set()
    assert [f.result(10).body.split(b"/")[0] for f in futures] == [b"0", b"1", b"2", b"3", b"4"]
    assert draft.most == 2
    assert draft.drawn == 5
    assert queue.render(replace(MAP, title="one more"), "png").body.startswith(b"one more")


def test_the_queue_of_the_server_is_as_long_as_the_table_says():
    draft = Draft(held=True)
    queue = PictureQueue(draft)
    most = MAX_PICTURES_AT_ONCE + MAX_PICTURES_WAITING
    futures = [queue.submit(replace(MAP, title=str(n)), "png") for n in range(most)]
    try:
        with pytest.raises(BusyError):
            queue.submit(replace(MAP, title="one more"), "png")
    finally:
        draft.go.set()
    assert len({future.result(10).body for future in futures}) == most
    assert draft.most == MAX_PICTURES_AT_ONCE


@pytest.mark.parametrize(("beyond", "cached"), [(0, True), (1, False)])
def test_the_cache_of_the_server_is_as_large_as_the_table_says(beyond, cached):
    queue = PictureQueue(Draft(size=PICTURE_CACHE_BYTES + beyond))
    assert (queue.render(MAP, "png") is queue.render(MAP, "png")) is cached


def test_texts_of_a_request_are_as_long_as_the_table_says():
    long = "x" * 5000
    request = replace(MAP, title=long, note=long, link=long).canonical()
    assert [len(text) for text in (request.title, request.note, request.link)] == [
        MAX_PICTURE_TEXT_LENGTH, MAX_PICTURE_TEXT_LENGTH, MAX_LINK_LENGTH,
    ]  # fmt: skip


# ---- by address ----


@pytest.fixture(scope="module")
def client():
    import app  # noqa: PLC0415  the server is made when it is imported

    routes = [picture_route(form, app.submit_picture, app.quotas) for form in ("png", "svg", "pdf")]
    with TestClient(Starlette(routes=routes), base_url="http://atlas.test") as client:
        yield client


QUERY = "measure=gdp_per_capita&year=2018&lang=zh&size=square"


@pytest.mark.parametrize(
    ("form", "media_type", "begin"),
    [("png", "image/png", b"\x89PNG"), ("svg", "image/svg+xml", b"<?xml"),
     ("pdf", "application/pdf", b"%PDF")],
)  # fmt: skip
def test_a_picture_by_address(client, form, media_type, begin):
    answer = client.get(f"/picture.{form}?{QUERY}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.content.startswith(begin)
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["content-disposition"] == (
        f'inline; filename="atlas-map-gdp-per-capita-2018-zh-square.{form}"'
    )
    again = client.get(
        f"/picture.{form}?{QUERY}", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_svg_travels_compressed(client):
    plain = client.get(f"/picture.svg?{QUERY}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    packed = client.get(f"/picture.svg?{QUERY}", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) * 2 < len(plain.content)


def test_the_address_and_the_page_hand_out_the_same_bytes(client):
    params = dict(pair.split("=") for pair in QUERY.split("&"))
    rendered_figure = picture_queue().render(
        request_from_address(params, "http://atlas.test/", date.today()), "png"
    )
    assert client.get(f"/picture.png?{QUERY}").content == rendered_figure.body


@pytest.mark.timed
def test_a_kept_picture_is_there_at_once(client):
    client.get(f"/picture.png?{QUERY}")
    began = time.perf_counter()
    for _ in range(5):
        assert client.get(f"/picture.png?{QUERY}").status_code == 200
    assert (time.perf_counter() - began) / 5 < 0.05


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("size=huge", "“size=huge”无效"),
        ("measure=nonsense", "measure=nonsense"),
        ("kind=profile", "A profile needs its province"),
        ("method=own&classes=3,2,1", "classes=3,2,1"),
    ],
)
def test_a_bad_address_gets_a_plain_sentence(client, query, value):
    answer = client.get(f"/picture.png?{query}")
    assert answer.status_code == 400
    assert value in answer.text
    assert "Traceback" not in answer.text


def test_a_full_line_says_when_to_ask_again(client, monkeypatch):
    draft = Draft(held=True)
    queue = PictureQueue(draft, at_once=1, waiting=0)
    monkeypatch.setattr("app.picture_queue", lambda: queue)
    held = queue.submit(MAP, "png")
    answer = client.get(f"/picture.png?{QUERY}")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "请5秒后再试" in answer.text
    draft.go.set()
    held.result(10)


def test_a_wrong_picture_is_not_handed_out(client, monkeypatch):
    def crooked(picture: FigureRequest, form: str) -> bytes:
        raise DataError("The picture would be wrong.")

    monkeypatch.setattr("app.picture_queue", lambda: PictureQueue(crooked))
    answer = client.get(f"/picture.png?{QUERY}")
    assert (answer.status_code, answer.text.splitlines()[0]) == (500, "The picture would be wrong.")


def test_text_with_markup_in_an_address_comes_out_as_text(client):
    answer = client.get(
        "/picture.svg", params={"title": '</text><script>alert(1)</script>"&$x$', "note": "{{7*7}}"}
    )
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert "{{7*7}}" in answer.text
    assert "script" not in answer.headers["content-disposition"]


@pytest.mark.parametrize("which", ["measure", "measure2"])
def test_a_picture_with_uploaded_data_is_never_kept(which):
    body = "省,2017\n" + "\n".join(f"{provinces()[a].short_zh},5" for a in evaluated_adcodes())
    definition = MeasureDefinition("·", "Mine", "件")
    table = UploadedTable(UploadedFile("a.csv", body.encode()), measures=(definition,))
    tables = UploadedTables((table,))
    (measure_id,) = tables.all_measures
    draft = Draft()
    queue = PictureQueue(draft)
    request = replace(MAP, kind=TWO_MAPS_KIND, measure2="urbanization", year2=2017)
    private = replace(
        request, catalogue=build_catalogue(tables.all_measures), **{which: measure_id}
    )
    assert private.shows_user_data
    sides = {name: str(getattr(private, name)) for name in ("kind", "measure", "measure2")}
    address = {**sides, "year": "2017", "year2": "2017"}
    built = request_from_address(address, "https://a.cn/", date(2026, 1, 1), private.catalogue)
    assert (built.measure, built.measure2, built.link) == (private.measure, private.measure2, "")
    assert queue.render(private, "png") is not queue.render(private, "png")
    assert draft.drawn == 2
    assert queue.render(request, "png") is queue.render(request, "png")
