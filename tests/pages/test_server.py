"""The server's answers without a browser: headers on each, faults without a word of why."""

from __future__ import annotations

import importlib
import runpy
import tomllib
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import anyio
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from geo.limits import UPLOAD_LIMITS
from geo.server import SecurityHeadersMiddleware, error_handler
from geo.settings import FRAME_ANCESTORS
from tests.server import ROOT

SECRET = "what only the log may know"


@cache
def guard():
    """The guard of the app, whose import reads and checks all data."""
    return importlib.import_module("app").guard


def fails(request):
    raise ValueError(SECRET)


def answers(request):
    return PlainTextResponse("yes", headers={"Referrer-Policy": "unsafe-url"})


def ask(path, kind="http"):
    """The status, the headers and the body that a server of ours gives, and what it raised."""
    server = Starlette(
        routes=[Route("/fails", fails), Route("/_stcore/metrics", answers), Route("/", answers)],
        middleware=[Middleware(SecurityHeadersMiddleware, guard=guard())],
        exception_handlers={Exception: error_handler(guard())},
    )
    sent, raised = [], []

    async def receive():
        return {"type": f"{kind}.request", "body": b""}

    async def send(message):
        sent.append(message)

    async def run():
        scope = {"type": kind, "path": path, "method": "GET", "headers": [], "query_string": b""}
        try:
            await server(scope, receive, send)
        except ValueError as error:
            raised.append(str(error))

    # In a thread of its own: while a browser of the tests is open, its loop holds this one.
    with ThreadPoolExecutor(1) as executor:
        executor.submit(anyio.run, run).result()
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body, raised


def rules(path):
    return {n.lower().encode(): value.encode() for n, value in guard().headers_for(path).items()}


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/none", 404), ("/_stcore/metrics", 404)]
)
def test_every_answer_carries_the_headers(path, status):
    got, result, body, _ = ask(path)
    assert got == status
    assert rules(path).items() <= result.items()
    assert result[b"referrer-policy"] == b"same-origin"
    assert (body == b"yes") is (status == 200)


def test_an_answer_that_fails_carries_them_too_and_tells_nothing():
    status, result, body, raised = ask("/fails")
    assert status == 500
    assert rules("/fails").items() <= result.items()
    assert body == b"Internal Server Error"
    assert raised == [SECRET]  # for the log


def test_the_policy_knows_the_scripts_inside_the_page():
    """Streamlit's own, and the one that tells the client the address of the server."""
    policy = guard().headers_for("/")["Content-Security-Policy"]
    assert policy.count("'sha256-") == 2


def test_the_settings_are_the_safe_ones():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    server, client = settings["server"], settings["client"]
    assert server["enableXsrfProtection"] is True
    assert server["enableCORS"] is True
    assert server["enableAgentApi"] is False
    assert server["enableStaticServing"] is False
    assert client["showErrorDetails"] == "none"
    assert client["showErrorLinks"] is False
    assert settings["browser"]["gatherUsageStats"] is False
    assert server["maxUploadSize"] * 1_000_000 == UPLOAD_LIMITS["session_bytes"].value


@pytest.mark.parametrize(
    ("lang", "value"),
    [("en", "This part of the page could not be shown."), ("zh", "此部分页面未能显示。")],
)
def test_a_fault_is_told_in_the_readers_language_without_its_reason(lang, value):
    def page():
        from pages.parts.page_frame import show_fault  # noqa: PLC0415  (run as a script)

        assert show_fault(ValueError("what only the log may know")) is True

    test = AppTest.from_function(page, default_timeout=30)
    test.query_params["lang"] = lang
    test.run()
    (error,) = test.error
    assert error.value.startswith(value)
    assert SECRET not in error.value


def test_a_wrong_setting_stops_the_start_with_a_sentence_in_both_languages(monkeypatch):
    monkeypatch.setenv(FRAME_ANCESTORS.name, "everyone")
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "app.py"))
    english, chinese = str(ended.value).splitlines()
    assert english.startswith("ATLAS_FRAME_ANCESTORS: “everyone” is not an origin.")
    assert chinese.startswith("ATLAS_FRAME_ANCESTORS：“everyone”不是有效的来源地址。")
