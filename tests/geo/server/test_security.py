"""The headers of every answer: no foreign host, no script from text, frames by setting."""

from __future__ import annotations

import re

import pytest

from geo.server import build_security_policy
from geo.server.security import FRAME_PATHS, script_checksums
from geo.settings import FRAME_ANCESTORS, METRICS
from geo.text import InputError

PAGE = (
    "<html><script>\n  ready = false\n</script><script type='module' src='./a.js'></script></html>"
)
PORTAL = "https://portal.example.cn https://*.example.org:8443"


def directives(guard, path):
    policy = guard.headers_for(path)["Content-Security-Policy"]
    return dict(one.split(" ", 1) for one in policy.split("; "))


@pytest.fixture
def tight():
    return build_security_policy(PAGE, {"/table.csv"}, {})


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "page"),
        ("/province", "page"),
        ("/nobody/knows", "page"),
        ("/component/streamlit_folium.st_folium/index.html", "frame"),
        # Such a path is answered with the page: it must not get the looser policy of the frame.
        ("/x/component/streamlit_folium.st_folium/index.html", "page"),
        ("//component/streamlit_folium.st_folium/index.html", "page"),
        ("/table.csv", "file"),
        ("/table.csv/more", "page"),
        ("/media/1234.svg", "file"),
        ("/static/js/index.js", "file"),
        ("/_stcore/health", "file"),
        ("/atlas/map.1234.js", "file"),
    ],
)
def test_each_path_has_the_headers_of_its_kind(tight, path, kind):
    assert tight.headers_for(path) is tight.kinds[kind]


def test_no_kind_names_a_host_and_all_carry_the_same_rules(tight):
    assert set(tight.kinds) == {"page", "frame", "file"}
    for kind in tight.kinds.values():
        policy = kind["Content-Security-Policy"]
        assert not re.search(r"\*|https?:|wss?:|//", policy)
        assert policy.startswith("default-src 'none'; ")
        assert policy.endswith("; frame-ancestors 'self'")
        assert kind["X-Content-Type-Options"] == "nosniff"
        assert kind["Referrer-Policy"] == "same-origin"
        assert kind["X-Frame-Options"] == "SAMEORIGIN"


def test_a_page_runs_no_script_from_text_but_the_one_it_is_served_with(tight):
    (checksum,) = script_checksums(PAGE)
    assert directives(tight, "/")["script-src"] == f"'self' {checksum} 'wasm-unsafe-eval' blob:"
    assert script_checksums(PAGE.replace("false", "true")) != (checksum,)


def test_the_frame_of_the_map_runs_text_and_reaches_nothing(tight):
    allowed = directives(tight, FRAME_PATHS)
    assert allowed["script-src"] == "'self' 'unsafe-inline' 'unsafe-eval'"
    assert not {"connect-src", "frame-src", "form-action", "font-src"} & set(allowed)
    assert allowed["img-src"] == "data:"


def test_a_file_opened_by_itself_runs_nothing(tight):
    assert "script-src" not in directives(tight, "/table.csv")


@pytest.mark.parametrize("path", ["/", FRAME_PATHS, "/table.csv"])
def test_framing_is_opened_to_the_named_origins_and_no_older_header_forbids_it(path):
    guard = build_security_policy(PAGE, {"/table.csv"}, {FRAME_ANCESTORS.name: PORTAL})
    assert directives(guard, path)["frame-ancestors"] == f"'self' {PORTAL}"
    assert "X-Frame-Options" not in guard.headers_for(path)


@pytest.mark.parametrize(
    "given",
    ["*", "https:", "portal.example.cn", "https://a.cn/path", "https://a.cn;", "https://a.cn,b",
     "'none'", "https://*", "javascript://a", "https://a.cn; script-src *", "https://a..cn"],
)  # fmt: skip
def test_what_is_no_origin_stops_the_start(given):
    with pytest.raises(InputError) as raised:
        build_security_policy(PAGE, (), {FRAME_ANCESTORS.name: given})
    assert raised.value.slots["setting"] == "ATLAS_FRAME_ANCESTORS"


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/metrics/", "//_stcore/metrics", "/atlas/_stcore/metrics"],
)
def test_the_servers_own_figures_are_closed_unless_opened(tight, path):
    assert tight.is_closed(path)
    assert build_security_policy(PAGE, (), {METRICS.name: " Closed "}).is_closed(path)
    assert not build_security_policy(PAGE, (), {METRICS.name: "open"}).is_closed(path)


def test_nothing_else_is_closed_and_another_word_is_refused(tight):
    assert not any(
        map(tight.is_closed, ("/", "/_stcore/health", "/_stcore/metricsx", "/metrics", ""))
    )
    with pytest.raises(InputError, match=r"ATLAS_METRICS: “yes” is not valid"):
        build_security_policy(PAGE, (), {METRICS.name: "yes"})


def test_a_header_that_an_answer_has_already_is_replaced_and_others_stay(tight):
    bodies = [(b"Content-Type", b"text/csv"), (b"X-Content-Type-Options", b"other")]
    pairs = tight.merge_headers("/table.csv", bodies)
    assert pairs[0] == (b"Content-Type", b"text/csv")
    names = [name.lower() for name, _ in pairs]
    assert sorted(names) == sorted(set(names))
    assert dict(pairs)[b"x-content-type-options"] == b"nosniff"


def test_a_page_sends_no_form_and_has_no_other_base(tight):
    for path in ("/", "/province"):
        assert directives(tight, path)["form-action"] == "'none'"
        assert directives(tight, path)["base-uri"] == "'none'"
