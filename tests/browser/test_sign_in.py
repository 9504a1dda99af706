"""People sign in at a real provider, have work of their own, and hide it by signing out."""

from __future__ import annotations

import json
import re
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from playwright.sync_api import expect

from geo.limits import SIGN_IN_SECONDS
from geo.pictures import FIGURE_FORMATS
from geo.store import person_owner
from tests.browser.atlas import Atlas
from tests.browser.uploading import upload_table
from tests.identity import COOKIE_SECRET, PEOPLE, Identity
from tests.server import ROOT, Server, free_port

pytestmark = pytest.mark.slow
TABLE = "年鉴.csv"


@pytest.fixture(scope="module")
def identity():
    provider = Identity()
    yield provider
    provider.close()


def serve(identity, **settings):
    port = free_port()
    return Server(ROOT / "app.py", port, identity.settings(port, **settings))


@pytest.fixture(scope="module")
def public(identity):
    server = serve(identity)
    yield server
    output = server.output()
    server.close()
    assert "Traceback" not in output


@pytest.fixture(scope="module")
def closed(identity):
    server = serve(identity, ATLAS_ACCESS="signed_in", STREAMLIT_SERVER_BASE_URL_PATH="atlas-x")
    yield server
    output = server.output()
    server.close()
    assert "Traceback" not in output


class Reader:
    """A browser of its own, and all addresses that it asked for."""

    def __init__(self, browser, base: str) -> None:
        self.context = browser.new_context(locale="en-US")
        # The page of the provider asks another host for a style sheet.
        self.context.route("https://**", lambda route: route.fulfill(body=""))
        self.base = base
        self.requests: list[str] = []
        self.context.on("request", lambda request: self.requests.append(request.url))

    def page(self, width=1440, height=900) -> Atlas:
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        return Atlas(page, self.base)

    def sign_in(self, subject: str, address="data?lang=en", atlas: Atlas | None = None) -> Atlas:
        atlas = atlas or self.page().open(address)
        atlas.page.locator(".st-key-account, .st-key-sign_in").get_by_role("button").click()
        atlas.page.wait_for_url("**/oauth2/authorize?**")
        atlas.page.get_by_role("button", name=subject, exact=True).click()
        atlas.page.wait_for_url(f"{self.base}/{address}")
        atlas.wait_settled()
        return atlas

    def cookies(self) -> dict[str, dict]:
        return {cookie["name"]: cookie for cookie in self.context.cookies()}

    def status(self, path: str) -> int:
        return self.context.request.get(self.base + path).status


@pytest.fixture
def reader(browser):
    """A function that gives a browser of its own at a server."""
    readers = []

    def start(server, base=""):
        readers.append(Reader(browser, server.url + base))
        return readers[-1]

    yield start
    for one in readers:
        one.context.close()


def open_menu(atlas):
    atlas.key("account").get_by_role("button").click()
    atlas.key("sign_out").get_by_role("button").wait_for()
    atlas.wait_settled()


def sign_out(atlas, key="sign_out"):
    open_menu(atlas)
    atlas.key(key).get_by_role("button").click()
    # The provider ends its session, too, and asks first.
    atlas.page.wait_for_url("**/oauth2/end_session?**")
    atlas.page.get_by_role("button").first.click()
    atlas.page.wait_for_url(re.compile(r"^http://localhost:\d+/([\w-]+/)?$"))
    atlas.wait_settled()


def tables(atlas):
    return atlas.page.get_by_text(TABLE)


def events_of(server):
    """The security events in the log of a server, the oldest first."""
    lines = [line for line in server.output().splitlines() if line.startswith('{"ts": ')]
    return [json.loads(line) for line in lines]


def status_without_cookies(url):
    try:
        return build_opener(HTTPCookieProcessor(CookieJar())).open(url).status
    except HTTPError as error:
        return error.code


def test_work_of_a_person_is_theirs_alone_and_gone_after_the_sign_out(public, reader, tmp_path):
    li, wu = reader(public), reader(public)
    first = li.sign_in("li")
    expect(first.key("account")).to_contain_text("李华")
    upload_table(first)
    assert "atlas_key" not in li.cookies()  # the work is the person's and not the browser's
    with first.page.expect_download() as download:
        first.page.get_by_role("button", name="Download the workspace").click()
    made = Path(download.value.path()).read_text("utf-8")
    assert TABLE in json.dumps(json.loads(made), ensure_ascii=False)
    (address,) = {url for url in li.requests if "/media/" in url and "json" in url}
    assert li.context.request.get(address).text() == made

    other = wu.sign_in("wu")
    expect(tables(other)).to_have_count(0)
    assert wu.context.request.get(address).status == 404
    assert status_without_cookies(address) == 404

    elsewhere = reader(public).sign_in("li")  # the same person in another browser
    expect(tables(elsewhere).first).to_be_visible()

    second = li.page().open("data?lang=en")
    expect(tables(second).first).to_be_visible()
    sign_out(first)
    expect(first.key("account")).to_contain_text("Sign in")
    assert "_streamlit_user" not in li.cookies()
    assert li.context.request.get(address).status == 404
    # The other tab still shows what it had; its next action forgets it.
    second.page.get_by_text("By rank in").click()
    expect(second.key("account")).to_contain_text("Sign in")
    expect(tables(second)).to_have_count(0)
    expect(tables(elsewhere).first).to_be_visible()
    elsewhere.page.get_by_text("By rank in").click()
    elsewhere.wait_settled()
    expect(elsewhere.key("account")).to_contain_text("李华")

    again = li.sign_in("wu", atlas=li.page().open("data?lang=en"))
    expect(tables(again)).to_have_count(0)
    sign_out(again)
    back = li.sign_in("li", atlas=li.page().open("data?lang=en"))
    expect(tables(back).first).to_be_visible()


def test_signing_out_on_all_devices_ends_the_sign_ins_of_a_person_alone(public, reader):
    here, there, other = (reader(public) for _ in range(3))
    first, second, third = here.sign_in("li"), there.sign_in("li"), other.sign_in("wu")
    stolen = there.cookies()["_streamlit_user"]["value"]
    sign_out(first, "sign_out_everywhere")
    for atlas in (second, third):
        atlas.page.get_by_text("By rank in").click()
    expect(second.key("account")).to_contain_text("Sign in")
    third.wait_settled()
    expect(third.key("account")).to_contain_text("Wu Mei")
    thief = reader(public)
    cookie = {"name": "_streamlit_user", "value": stolen, "url": public.url}
    thief.context.add_cookies([cookie])
    expect(thief.page().open("data?lang=en").key("account")).to_contain_text("Sign in")


def test_no_token_is_in_an_address_a_log_or_a_browser(public, identity, reader):
    li = reader(public)
    atlas = li.sign_in("li", "province?province=110000&lang=zh")
    cookie = li.cookies()["_streamlit_user"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert not [name for name in li.cookies() if "tokens" in name]
    assert "_streamlit_session" not in li.cookies()  # the state of the sign-in is used up
    age = cookie["expires"] - atlas.page.evaluate("Date.now() / 1000")
    assert SIGN_IN_SECONDS - 60 < age <= SIGN_IN_SECONDS
    sign_out(atlas)
    assert any("/oauth2callback?code=" in url for url in li.requests)
    parts = [part for part in cookie["value"].split(".") if part]  # claims, time, signature
    assert len(parts) == 3
    secrets = [cookie["value"], *parts, "the secret of the client"]
    for url in li.requests:
        assert not re.search(r"(id|access|refresh)_token|id_token_hint|client_secret", url), url
        for secret in secrets:
            assert secret not in url
        # The one signed text in an address names the provider, for two minutes.
        for token in re.findall(r"eyJ[\w-]+\.[\w-]+\.[\w-]+", url):
            assert url.startswith(f"{public.url}/auth/login?provider={token}")
    log = public.output()
    for text in (*secrets, "eyJ", "code=", "李华", "li@example.cn"):
        assert text not in log, text
    person = person_owner(identity.issuer, "li", COOKIE_SECRET).pseudonym
    events = [event for event in events_of(public) if event.get("person") == person]
    assert [event["event"] for event in events[-2:]] == ["signed_in", "signed_out"]
    assert events[-2]["role"] == "editor"


def test_roles_come_from_the_provider(public, reader):
    for subject, uploads, numbers in (("zhao", 0, 0), ("wu", 1, 0), ("admin", 1, 1)):
        place = reader(public)
        atlas = place.sign_in(subject)
        expect(atlas.key("upload_file_0")).to_have_count(uploads)
        note = atlas.page.get_by_text("Uploads are for editors")
        expect(note).to_have_count(1 - uploads)
        open_menu(atlas)
        usage = atlas.page.get_by_text(
            re.compile(r"^All users store (one workspace|\d+ workspaces),")
        )
        expect(usage).to_have_count(numbers)
        token = place.cookies()["_streamlit_xsrf"]["value"]
        answer = place.context.request.put(
            f"{public.url}/_stcore/upload_file/x/y", headers={"X-Xsrftoken": token},
            multipart={"file": {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a"}},
        )  # fmt: skip
        # For an editor Streamlit itself refuses: there is no such session.
        assert (answer.status == 403) == (uploads == 0), subject
        assert ("您在本图集中的角色" in answer.text()) == (uploads == 0), subject


def test_a_domain_that_is_not_permitted_gets_a_sentence(public, closed, reader):
    open_atlas = reader(public).sign_in("eve")
    event = events_of(public)[-1]
    assert (event["event"], event["reason"]) == ("sign_in_refused", "domain_not_permitted")
    expect(open_atlas.page.get_by_text("The account Eve has a mail address")).to_be_visible()
    expect(open_atlas.key("account")).to_contain_text("Not permitted")
    shut = reader(closed, "/atlas-x").sign_in("eve", "?lang=zh")
    expect(shut.page.get_by_text("不在本图集允许的范围内")).to_be_visible()
    expect(shut.page.get_by_role("button", name="退出登录")).to_be_visible()
    expect(shut.page.locator(".nav a")).to_have_count(0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_closed_atlas_shows_strangers_how_to_sign_in_and_nothing_else(closed, reader, lang):
    stranger = reader(closed, "/atlas-x")
    sentence = {"en": "for people who have signed in", "zh": "仅供使用获准账号登录的用户"}[lang]
    for path in ("", "data", "province", "nowhere"):
        atlas = stranger.page().open(f"{path}?lang={lang}")
        expect(atlas.page.get_by_text(sentence)).to_be_visible()
        expect(atlas.page.locator(".nav a, .ranking, iframe, .st-key-uploads")).to_have_count(0)
        assert atlas.page.evaluate("document.documentElement.lang") == lang
        assert atlas.serious(atlas.page) == []
    embedded = stranger.page().open(f"?embed=true&lang={lang}&measure=urbanization")
    expect(embedded.page.get_by_text(sentence)).to_be_visible()
    # In a frame of another page, where a provider does not show itself, a new window is offered.
    way = embedded.page.locator(".framed-only a")
    expect(way).to_be_hidden()
    embedded.page.evaluate("document.documentElement.dataset.framed = 'true'")
    expect(way).to_be_visible()
    expect(embedded.key("sign_in")).to_be_hidden()
    assert way.get_attribute("target") == "_blank"
    address = urlsplit(way.evaluate("link => link.href"))
    assert parse_qs(address.query) == {"lang": [lang], "measure": ["urbanization"]}
    assert address.path == "/atlas-x/"
    for path in refused_paths():
        assert stranger.status(path) == 403, path
    for path in ("/_stcore/health", "/_stcore/host-config"):
        assert stranger.status(path) == 200, path


def refused_paths():
    import app  # noqa: PLC0415  the server of another policy, whose routes are the same

    paths = sorted(app.made_here - {app.KEEP_PATH})
    assert {f"/picture.{form}" for form in FIGURE_FORMATS} < set(paths)
    return [*paths, "/media/0123.csv", "/_stcore/upload_file/x/y"]


def test_a_closed_atlas_below_a_path_serves_who_signed_in(closed, reader):
    li = reader(closed, "/atlas-x")
    atlas = li.sign_in("li", "data?lang=en")
    expect(atlas.page.locator(".nav a").first).to_be_visible()
    for path in ("/picture.png", "/picture.svg"):
        answer = li.context.request.get(li.base + path)
        assert answer.status == 200
        assert answer.headers["cache-control"].startswith("private")
    assert li.cookies()["_streamlit_user"]["path"] == "/atlas-x"
    sign_out(atlas)
    assert li.status("/picture.png") == 403
    expect(atlas.page.get_by_text("for people who have signed in")).to_be_visible()


def test_work_of_the_browser_moves_to_the_person_when_asked(public, reader):
    place = reader(public)
    before = upload_table(place.page())
    before.until(lambda: "atlas_key" in place.cookies(), "the cookie")
    atlas = place.sign_in("admin", atlas=before)
    offer = atlas.key("move_offer")
    expect(offer).to_contain_text("one workspace")
    for lang in ("en", "zh"):
        atlas.navigate(f"data?lang={lang}")
        for size in ((1440, 900), (1280, 720), (390, 844)):
            atlas.resize(*size)
            nav, box = (part.bounding_box() for part in (atlas.page.locator(".nav"), offer))
            assert nav["y"] + nav["height"] <= box["y"], (lang, size)
    atlas.navigate("data?lang=en")
    atlas.resize(1440, 900)
    expect(tables(atlas)).to_have_count(0)
    offer.get_by_role("button", name="Move to my account").click()
    expect(tables(atlas).first).to_be_visible()
    expect(atlas.key("move_offer")).to_have_count(0)
    sign_out(atlas)
    atlas.open("data?lang=en")
    expect(tables(atlas)).to_have_count(0)
    elsewhere = reader(public).sign_in("admin")
    expect(tables(elsewhere).first).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_person_fits_the_header(public, reader, lang):
    atlas = reader(public).sign_in("li", f"data?lang={lang}")
    for width in (390, 768, 1024, 1260, 1280, 1440):
        atlas.resize(width, 800)
        check_header(atlas, width)


def check_header(atlas, width):
    """Fail where a part of the header covers another. The line below the title is below the row."""
    boxes = atlas.page.locator(".st-key-header > :not(:has(.brand)), .brand h1, .nav").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().toJSON()).filter(b => b.width)"
    )
    for place_of, one in enumerate(boxes):
        assert one["right"] <= width
        for two in boxes[place_of + 1 :]:
            apart = (
                one["right"] <= two["left"] + 1 or two["right"] <= one["left"] + 1
                or one["bottom"] <= two["top"] + 1 or two["bottom"] <= one["top"] + 1
            )  # fmt: skip
            assert apart, (one, two)
    assert atlas.page.evaluate("document.documentElement.scrollWidth") <= width
    assert atlas.key("account").get_by_role("button", name=PEOPLE["li"]["name"]).is_visible()


def test_a_link_to_a_closed_atlas_is_shown_after_the_sign_in(closed, reader):
    base = "/atlas-x"
    owner = reader(closed, base).sign_in("li", "data?lang=en")
    upload_table(owner)
    owner.page.locator(".nav a", has_text="Your work").click()
    expect(owner.page.get_by_text("may sign in to this atlas")).to_be_visible()
    owner.wait_settled()
    owner.key("work_link").get_by_role("button").click()
    link = owner.page.locator("code", has_text="#link=")
    address = link.inner_text().strip()
    secret = address.partition("#link=")[2]
    wu = reader(closed, base)
    atlas = wu.page()
    atlas.page.goto(address)
    expect(atlas.page.locator("[data-link-waits]")).to_be_visible()
    assert secret not in atlas.page.url
    atlas.wait_settled()
    wu.sign_in("wu", "work", atlas=atlas)
    expect(atlas.key("shared_banner")).to_contain_text(TABLE)
    assert not [url for url in wu.requests if secret in url.partition("#")[0]]
    sign_out(atlas)
    expect(atlas.key("sign_in")).to_be_visible()
    assert atlas.page.evaluate("sessionStorage.getItem('atlas-link')") is None
    expect(atlas.page.locator("[data-link-waits]")).to_be_hidden()
