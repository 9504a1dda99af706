"""Pictures, files and uploads are answered by role; cookies of sign-in hold no token."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from geo.access import Role, Visitor, build_access_policy
from geo.limits import ADDRESS_FILE_SECONDS, MAX_ADDRESS_GUESSES, SIGN_IN_SECONDS
from geo.server import AccessMiddleware, AddressQuotas, parse_trusted_proxies
from geo.server.access import REQUEST_ID, make_private
from geo.store import person_owner
from tests.geo.access.cookies import (
    ENVIRONMENT,
    ISSUER,
    ORIGIN,
    PROVIDER,
    SECRET,
    claims,
    sign_in_cookies,
)
from tests.geo.access.events import logged_events
from tests.geo.server.windows import begin_window

PICTURE = "/picture.png"
MEDIA = "/media/0123abcd.csv"
UPLOAD = "/_stcore/upload_file/session/file"
OPEN = ("/", "/data", "/static/js/a.js", "/_stcore/health", "/atlas/ready", "/keep", "/media")
RETURN = "__Host-atlas_return"
SAME = {"sec-fetch-site": "same-origin"}


def answer(request):
    return PlainTextResponse("made", headers={"Cache-Control": "public, max-age=9"})


def callback(request):
    response = RedirectResponse("/")
    for name, value in (
        ("_streamlit_user", "signed"),
        ("_streamlit_user_1", "more"),
        ("_streamlit_user_tokens", "id"),
        ("_streamlit_user_tokens_1", "access"),
    ):
        response.set_cookie(name, value, max_age=2_592_000, httponly=True, samesite="lax")
    return response


def logout(request):
    response = RedirectResponse("https://id.example.cn/end")
    for name in ("_streamlit_user", "_streamlit_user_tokens"):
        response.delete_cookie(name)
    return response


def everyone(cookies, visitor, name):
    return True


def client(
    base="",
    owns=everyone,
    owns_session=everyone,
    cookies=None,
    end=None,
    address="testclient",
    **settings,
):
    """A client of an app behind the middleware, with the settings of a policy."""
    environment = {**ENVIRONMENT, **settings} if settings else {}
    policy = build_access_policy(environment)
    routes = [
        *(Route(base + path, answer, methods=["GET", "PUT", "DELETE"])
          for path in (PICTURE, MEDIA, UPLOAD, *OPEN)),
        Route(f"{base}/oauth2callback", callback),
        Route(f"{base}/auth/login", lambda request: RedirectResponse("https://id.example.cn/a")),
        Route(f"{base}/auth/logout", logout),
    ]  # fmt: skip
    middleware = Middleware(
        AccessMiddleware,
        protected={PICTURE},
        find_visitor=lambda cookies: policy.find_visitor(cookies, lambda keys, began: False),
        owns_media=owns,
        owns_session=owns_session,
        quotas=AddressQuotas(parse_trusted_proxies({})),
        provider=policy.provider,
        is_closed=policy.is_closed,
        base=base,
        end_sign_in=end,
    )
    app = Starlette(routes=routes, middleware=[middleware])
    return TestClient(
        app,
        base_url=ORIGIN,
        cookies=cookies or {},
        follow_redirects=False,
        client=(address, 50_000),
    )


def statuses(found, base=""):
    return (
        found.get(base + PICTURE).status_code,
        found.get(base + MEDIA).status_code,
        found.put(base + UPLOAD).status_code,
    )


def test_without_sign_in_everybody_gets_everything_as_before():
    found = client()
    assert statuses(found) == (200, 200, 200)
    assert found.get(PICTURE).headers["cache-control"] == "public, max-age=9"
    assert (
        found.get("/auth/login", headers={"referer": f"{ORIGIN}/data"}).headers.get("set-cookie")
        is None
    )


@pytest.mark.parametrize("base", ["", "/atlas-2"])
def test_a_closed_atlas_answers_those_who_signed_in_alone(base):
    strangers = client(base, ATLAS_ACCESS="signed_in")
    assert statuses(strangers, base) == (403, 403, 403)
    refused = strangers.get(base + PICTURE)
    assert refused.headers["cache-control"] == "no-store"
    assert "请先登录" in refused.text
    assert "Sign in first" in refused.text
    for path in OPEN:
        assert strangers.get(base + path).status_code == 200, path
    person = client(base, cookies=sign_in_cookies(claims()), ATLAS_ACCESS="signed_in")
    assert statuses(person, base) == (200, 200, 200)
    forged = client(base, cookies=sign_in_cookies(claims(), "x" * 32), ATLAS_ACCESS="signed_in")
    assert statuses(forged, base) == (403, 403, 403)


@pytest.mark.parametrize("path", [PICTURE, MEDIA])
def test_no_shared_cache_keeps_what_a_closed_atlas_answers(path):
    found = client(cookies=sign_in_cookies(claims()), ATLAS_ACCESS="signed_in").get(path)
    assert found.headers["cache-control"] == "private, max-age=9"
    assert found.headers["vary"] == "Cookie"
    public = client(ATLAS_ACCESS="public").get(path)
    assert public.headers["cache-control"] == "public, max-age=9"


def test_uploads_are_for_editors():
    roles = {"ATLAS_OIDC_ROLE_CLAIM": "role", "ATLAS_OIDC_ROLES": "e=editor;a=admin"}
    for role, status in ((None, 403), ("e", 200), ("a", 200)):
        found = client(cookies=sign_in_cookies(claims(role=role)), **roles)
        for method in ("PUT", "DELETE"):
            assert found.request(method, UPLOAD).status_code == status, role
        assert found.get(PICTURE).status_code == 200
    strangers = client(ATLAS_VISITOR_ROLE="reader")
    assert statuses(strangers) == (200, 200, 403)
    assert statuses(client(ATLAS_VISITOR_ROLE="editor")) == (200, 200, 200)


def test_a_made_file_is_for_its_owner_and_404_to_all_others():
    asked = []

    def owns(cookies, visitor, name):
        asked.append((cookies.get("who"), visitor.role, name))
        return cookies.get("who") == "me"

    assert client(owns=owns).get(MEDIA).status_code == 404
    assert client(owns=owns, cookies={"who": "you"}).get(MEDIA).status_code == 404
    assert client(owns=owns, cookies={"who": "me"}).get(MEDIA).text == "made"
    assert asked == [(who, Role.EDITOR, "0123abcd") for who in (None, "you", "me")]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_upload_is_taken_and_deleted_for_the_browser_of_its_session_alone(method):
    asked = []

    def owns(cookies, visitor, session):
        asked.append((cookies.get("who"), visitor.role, session))
        return cookies.get("who") == "me"

    for who, status in ((None, 404), ("you", 404), ("me", 200)):
        found = client(owns_session=owns, cookies={"who": who} if who else {})
        assert found.request(method, UPLOAD).status_code == status
    assert asked == [(who, Role.EDITOR, "session") for who in (None, "you", "me")]


def test_an_address_that_guesses_is_refused_and_its_colleagues_get_what_is_theirs():
    begin_window(ADDRESS_FILE_SECONDS)

    def owns(cookies, visitor, name):
        return name in ("mine", "session")

    found = client(owns=owns, owns_session=owns, address="203.0.113.7")
    for number in range(MAX_ADDRESS_GUESSES):
        path = UPLOAD.replace("session", f"s{number}") if number % 2 else f"/media/{number}.csv"
        assert found.get(path).status_code == 404
    for path in (MEDIA, UPLOAD.replace("session", "s")):
        refused = found.get(path)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= ADDRESS_FILE_SECONDS
    assert found.get("/media/mine.csv").status_code == 404  # there is no such route in this app
    assert found.put(UPLOAD).status_code == 200
    assert found.get(PICTURE).status_code == 200


def set_cookies(response):
    found = [text.split("; ") for text in response.headers.get_list("set-cookie")]
    return {parts[0].partition("=")[0]: (parts[0].partition("=")[2], parts[1:]) for parts in found}


def test_the_browser_gets_no_token_and_a_cookie_that_ends_with_the_sign_in():
    cookies = set_cookies(client(ATLAS_ACCESS="public").get("/oauth2callback"))
    assert set(cookies) == {"_streamlit_user", "_streamlit_user_1", RETURN}
    for name in ("_streamlit_user", "_streamlit_user_1"):
        parts = {part.lower() for part in cookies[name][1]}
        assert parts >= {f"max-age={SIGN_IN_SECONDS}", "httponly", "secure", "samesite=lax"}
    local = {"ATLAS_PUBLIC_ADDRESS": "http://localhost:8501"}
    parts = set_cookies(client(**local).get("/oauth2callback"))["_streamlit_user"][1]
    assert "Secure" not in parts
    assert "atlas_return" in set_cookies(client(**local).get("/oauth2callback"))


@pytest.mark.parametrize("base", ["", "/atlas"])
def test_a_sign_in_returns_to_the_page_it_began_on(base):
    settings = {"ATLAS_ACCESS": "public", "STREAMLIT_SERVER_BASE_URL_PATH": base}
    found = client(base, **settings)
    page = f"{base}/data?lang=zh&measure=%E4%BA%BA"
    began = found.get(f"{base}/auth/login", headers={"referer": ORIGIN + page})
    name, path = ("__Secure-atlas_return", f"{base}/oauth2callback") if base else (RETURN, "/")
    value, parts = set_cookies(began)[name]
    assert {"HttpOnly", "SameSite=Lax", "Secure", f"Path={path}"} <= set(parts)
    ended = client(base, cookies={name: value}, **settings).get(f"{base}/oauth2callback")
    assert ended.headers["location"] == page
    value, parts = set_cookies(ended)[name]
    assert (value, "Max-Age=0" in parts) == ("", True)


@pytest.mark.parametrize(
    "kept",
    [
        "", "https%3A%2F%2Fevil.example%2F", "%2F%2Fevil.example%2F", "%2F%5Cevil.example",
        ".evil.example%2F", "%40evil.example%2F", "%3A80%2F", "%2Fa%0D%0ASet-Cookie%3A%20x",
    ],
)  # fmt: skip
def test_a_sign_in_never_returns_to_another_site(kept):
    found = client(cookies={RETURN: kept}, ATLAS_ACCESS="public").get("/oauth2callback")
    assert found.headers["location"] == "/"


def test_a_page_of_another_site_is_no_page_to_return_to():
    for referrer in ("https://evil.example/", f"{ORIGIN}.evil.example/", "", "http://atlas"):
        found = client(ATLAS_ACCESS="public").get("/auth/login", headers={"referer": referrer})
        assert set_cookies(found)[RETURN][0] == "", referrer


def test_another_site_signs_nobody_out():
    found = client(ATLAS_ACCESS="public")
    for site in ("cross-site", "same-site"):
        refused = found.get("/auth/logout", headers={"sec-fetch-site": site})
        assert refused.headers["location"] == "/"
        assert "set-cookie" not in refused.headers
    out = found.get("/auth/logout", headers=SAME)
    assert out.headers["location"] == "https://id.example.cn/end"
    cookies = set_cookies(out)
    assert set(cookies) == {"_streamlit_user", "_streamlit_user_tokens"}
    assert all("Max-Age=0" in parts for _, parts in cookies.values())
    assert out.headers["cache-control"] == "no-store"


def test_the_visitor_of_a_request_is_found_by_its_cookies_alone():
    seen = []
    app = AccessMiddleware(
        Response("made"), {PICTURE},
        find_visitor=lambda cookies: seen.append(dict(cookies)) or Visitor(None),
        owns_media=everyone, owns_session=everyone, provider=PROVIDER, is_closed=True,
        quotas=AddressQuotas(()),
    )  # fmt: skip
    found = TestClient(app, base_url=ORIGIN, cookies={"a": "b"})
    headers = {"authorization": "Bearer x", "x-forwarded-user": "li"}
    assert found.get(PICTURE, headers=headers).status_code == 403
    assert seen == [{"a": "b"}]


def sign_in_answer(**more):
    """A route that answers as Streamlit does after a sign-in with claims."""

    def answer_sign_in(request):
        response = RedirectResponse("/")
        for name, value in sign_in_cookies(claims(**more)).items():
            response.set_cookie(name, value, httponly=True)
        return response

    return answer_sign_in


def test_a_sign_in_is_logged_with_its_role_or_why_it_is_refused(monkeypatch):
    settings = {
        "ATLAS_OIDC_ROLE_CLAIM": "role",
        "ATLAS_OIDC_ROLES": "e=editor; out=none",
        "ATLAS_OIDC_DOMAINS": "example.cn",
    }
    mail = {"email": "li@example.cn", "email_verified": True, "name": "Li Hua"}
    long = "x" * 9_000  # its cookie is cut into several
    person = person_owner(ISSUER, "li", SECRET).pseudonym
    for more, event in (
        ({**mail, "role": "e"}, {"event": "signed_in", "role": "editor"}),
        ({**mail, "role": "e", "more": long}, {"event": "signed_in", "role": "editor"}),
        (mail, {"event": "signed_in", "role": "reader"}),
        ({**mail, "role": "out"}, {"event": "sign_in_refused", "reason": "no_role"}),
        ({"name": "Li Hua"}, {"event": "sign_in_refused", "reason": "no_verified_mail"}),
    ):
        monkeypatch.setitem(globals(), "callback", sign_in_answer(**more))
        with logged_events() as log:
            client(**settings).get("/oauth2callback?code=secret", headers={REQUEST_ID: "abcd1234"})
        assert log.events() == [{**event, "person": person, "request_id": "abcd1234"}]
        for text in ("secret", "Li Hua", "example", *sign_in_cookies(claims(**more)).values()):
            assert text not in log.text


def test_a_sign_in_that_fails_is_logged_without_what_the_address_says(monkeypatch):
    monkeypatch.setitem(globals(), "callback", lambda request: RedirectResponse("/"))
    for query, reason in (
        ("error=access_denied&error_description=Li", "access_denied"),
        ("error=forged%0A%7B%22event%22%3A1%7D", "not_completed"),
        ("state=old", "not_completed"),
    ):
        with logged_events() as log:
            client(ATLAS_ACCESS="public").get(f"/oauth2callback?{query}")
        assert log.events() == [{"event": "sign_in_failed", "reason": reason}]


def test_what_is_refused_is_logged(monkeypatch):
    roles = {"ATLAS_OIDC_ROLE_CLAIM": "role", "ATLAS_OIDC_ROLES": "e=editor"}
    person = person_owner(ISSUER, "li", SECRET).pseudonym
    refused = {"event": "access_refused"}
    with logged_events() as log:
        statuses(client(cookies=sign_in_cookies(claims()), **roles))
    assert log.events() == [{**refused, "person": person, "reason": "role", "asked": "upload"}]
    with logged_events() as log:
        statuses(client(ATLAS_ACCESS="signed_in"))
    assert log.events() == [
        {**refused, "reason": "not_signed_in", "asked": asked}
        for asked in ("file", "media", "upload")
    ]
    with logged_events() as log:
        client(owns=lambda *_: False, ATLAS_ACCESS="public").get(MEDIA)
    assert log.events() == [{**refused, "reason": "not_owner", "asked": "media"}]
    with logged_events() as log:  # without sign-in there are no roles
        client(owns=lambda *_: False).get(MEDIA)
    assert log.events() == []


def test_whoever_opens_the_address_of_the_sign_out_ends_the_sign_in():
    ended = []
    cookies = sign_in_cookies(claims())
    person = client(cookies=cookies, end=ended.append, ATLAS_ACCESS="public")
    person.get("/auth/logout", headers={"sec-fetch-site": "cross-site"})
    assert ended == []
    person.get("/auth/logout", headers={"sec-fetch-site": "none"})
    assert [visitor.person.subject for visitor in ended] == ["li"]
    client(end=ended.append, ATLAS_ACCESS="public").get("/auth/logout", headers=SAME)
    assert len(ended) == 1


@pytest.mark.parametrize(
    ("caching", "private"),
    [
        ("", "private"),
        ("public, max-age=9", "private, max-age=9"),
        ("no-store", "no-store"),
    ],
)
def test_what_a_closed_atlas_sends_is_for_one_browser(caching, private):
    headers = MutableHeaders({"cache-control": caching} if caching else {})
    make_private(headers)
    assert (headers["cache-control"], headers["vary"]) == (private, "Cookie")
