"""Readers of two processes never see one another’s work, whatever they do; guesses open nothing.

The readers are two browsers and two people who signed in. They work through the pages themselves:
messages of a websocket, uploads and files by their addresses, behind the proxy. AppTest would not
do: it has one process, and no addresses.
"""

from __future__ import annotations

import string
import time
from collections import Counter
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from random import Random

import pytest

from geo.limits import ADDRESS_FILE_SECONDS, MAX_ADDRESS_GUESSES
from geo.server import KEY_COOKIE
from geo.store import Holder, WorkspaceStore, browser_owner, database_of, person_owner
from tests.cases import ALL_CASES
from tests.deploy.fleet import COOKIE, FleetProcess
from tests.deploy.tab import XSRF, Browser, Tab, ask, multipart
from tests.deploy.worker_actions import REQUIRED, WITHDRAWN, Worker
from tests.geo.access.cookies import ENVIRONMENT, ISSUER, SECRET, claims, sign_in_cookies
from tests.geo.store.conftest import (  # noqa: F401  (fixtures)
    STORES,
    new_postgresql,
    postgresql,
)

pytestmark = pytest.mark.slow

ACTIONS = 200
PEOPLE = ("li", "wu")
GUESSES = 2_000 if ALL_CASES else 300
# Each is a run of a page, or a session; tests/geo/store/test_isolation.py asks the store 10,000.
GUESSES_BY_PAGES = 200 if ALL_CASES else 60
LETTERS = string.ascii_letters + string.digits + "-_"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
FORWARDED = "X_Forwarded_For"  # which the processes believe a proxy on this machine


@pytest.fixture(scope="module", params=STORES)
def atlas(request, tmp_path_factory):
    """Two processes with sign-in, on a store; and the store as they have it."""
    folder = tmp_path_factory.mktemp(request.param)
    settings = {**ENVIRONMENT, "ATLAS_VISITOR_ROLE": "editor"}
    if request.param == "postgresql":
        settings["ATLAS_DATABASE"] = request.getfixturevalue("postgresql")
    else:
        settings["ATLAS_DATABASE"] = f"sqlite:///{folder}/atlas.db"
    fleet = FleetProcess(folder, **settings)
    database = database_of(settings, Path("/"))
    yield fleet, WorkspaceStore(database)
    database.close()
    fleet.close()


def owner_of(browser: Browser, person: str) -> Holder | None:
    if person:
        return person_owner(ISSUER, person, SECRET)
    key = browser.cookies.get(KEY_COOKIE)
    return browser_owner(key) if key else None


def status_of(fleet, method, path, cookies):
    """The status of an answer to somebody’s cookies, with the token that a page of them has."""
    body, content = multipart("other.csv", b"a,b")
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X_Xsrftoken": cookies.get(XSRF, ""),
        "Content_Type": content if method == "PUT" else "",
    }
    return ask(fleet.url, path, method, body if method == "PUT" else None, **headers)[0]


def start_workers(fleet, store, random):
    workers = []
    for number, person in enumerate(("", "", *PEOPLE)):
        process = {COOKIE: fleet.cookie_of(fleet.ports[number % 2])}
        cookies = sign_in_cookies(claims(person)) if person else {}
        browser = Browser(fleet.url, {**process, **cookies})
        processes = [{COOKIE: fleet.cookie_of(port)} for port in fleet.ports]
        mark = f"mark{random.randrange(10**9):09}of{number}"
        owner = partial(owner_of, person=person)
        workers.append(Worker(mark, browser, processes, random, store, owner))
    for worker in workers:
        worker.others = [other for other in workers if other is not worker]
    return workers


def test_interleaved_readers_see_their_own_work_whole_and_nothing_of_one_another(atlas):
    fleet, store = atlas
    random = Random(20)
    workers = start_workers(fleet, store, random)
    try:
        for _ in range(ACTIONS):
            worker, neighbour = random.sample(workers, 2)
            worker.act()
            neighbour.check()
            for method, path in worker.paths:
                there = {COOKIE: worker.browser.cookies[COOKIE]}
                for cookies in ({**neighbour.browser.cookies, **there}, there):
                    assert status_of(fleet, method, path, cookies) == 404, (method, path)
            worker.paths.clear()
    finally:
        for worker in workers:
            worker.tab.close()
    done = sum((Counter(worker.done) for worker in workers), Counter())
    assert done.total() == ACTIONS
    assert set(done) >= set(REQUIRED), "the actions were chosen too seldom"
    assert "Traceback" not in fleet.log.read_text("utf-8")


@pytest.fixture
def victim(atlas):
    """A reader of the first process with a table, a link and a file; and what opens them."""
    fleet, store = atlas
    process = {COOKIE: fleet.cookie_of(fleet.ports[0])}
    browser = Browser(fleet.url, process)
    owner = partial(owner_of, person="")
    mark = f"secret{Random().randrange(10**9):09}"
    worker = Worker(mark, browser, [process], Random(1), store, owner)
    worker.upload()
    worker.share()
    worker.download()
    yield worker
    worker.tab.close()


def test_a_session_is_taken_over_by_its_own_browser_alone(atlas, victim):
    fleet, _ = atlas
    process = {COOKIE: victim.browser.cookies[COOKIE]}
    for cookies, is_own in ((process, False), (victim.browser.cookies, True)):
        other = Browser(fleet.url, cookies)
        with Tab(other, "work", session=victim.tab.session) as tab:
            assert (tab.session == victim.tab.session) == is_own
            assert (victim.mark in tab.text) == is_own
            assert any(victim.mark.encode() in body for body in other.received) == is_own


def guesses_of(known, count, random):
    """Known secrets with a change, and random ones of the same length."""
    letters = "0123456789abcdef" if all(c in "0123456789abcdef-" for c in known) else LETTERS
    for number in range(count):
        place = random.randrange(len(known))
        if number % 2:
            yield "".join(random.choice(letters) for _ in known)
        elif known[place] != "-":
            yield (
                known[:place]
                + random.choice(letters.replace(known[place], ""))
                + known[place + 1 :]
            )


def ask_all(port, requests):
    """Return how often each status was answered over one connection, and the bodies."""
    answers = Counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    bodies = set()
    with closing(connection):
        for method, path, headers in requests:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            bodies.add(answer.read())
            answers[answer.status] += 1
            assert "atlas_key" not in answer.headers.get("Set-Cookie", "")
    return answers, bodies


def test_guesses_of_files_uploads_and_tickets_open_nothing_and_are_refused(atlas, victim):
    fleet, store = atlas
    random = Random(2)
    (_, upload), *_, (_, media) = victim.paths
    session, _, file = upload.removeprefix("/_stcore/upload_file/").partition("/")
    name, _, ending = media.removeprefix("/media/").partition(".")
    ticket = store.issue_ticket("the key of somebody")
    stranger = Browser(fleet.url, {COOKIE: victim.browser.cookies[COOKIE]})
    own = {"Cookie": stranger.cookie, "X-Xsrftoken": stranger.cookies[XSRF], **SAME_ORIGIN}
    kinds = {
        "media": [
            ("GET", f"/media/{guess}.{ending}") for guess in guesses_of(name, GUESSES, random)
        ],
        "session": [
            ("DELETE", f"/_stcore/upload_file/{guess}/{file}")
            for guess in guesses_of(session, GUESSES, random)
        ],
        "file": [
            ("PUT", f"/_stcore/upload_file/{session}/{guess}")
            for guess in guesses_of(file, GUESSES, random)
        ],
        "ticket": [
            ("GET", f"/keep?ticket={guess}") for guess in guesses_of(ticket, GUESSES, random)
        ],
    }
    for number, (kind, asked) in enumerate(kinds.items()):
        headers = {**own, "X-Forwarded-For": f"203.0.113.{number}"}
        if kind == "ticket":  # a browser that is known would wait for its first cookie
            del headers["Cookie"]
        begun = time.monotonic()
        requests = [(method, path, headers) for method, path in asked]
        statuses, bodies = ask_all(fleet.ports[0], requests)
        windows = (time.monotonic() - begun) // ADDRESS_FILE_SECONDS + 2
        refused = {200 if kind == "ticket" else 404, 429}
        assert set(statuses) == refused, (kind, statuses)
        assert statuses[429] >= len(asked) - windows * MAX_ADDRESS_GUESSES, (kind, statuses)
        assert not [body for body in bodies if victim.mark.encode() in body]
        # Others are served meanwhile, and so are owners behind the same address.
        assert ask(fleet.url, media, Cookie=victim.browser.cookie)[0] == 200
        there = f"http://127.0.0.1:{fleet.ports[0]}"
        cookies = {"Cookie": victim.browser.cookie, FORWARDED: headers["X-Forwarded-For"]}
        assert ask(there, media, **cookies)[0] == 200
    assert store.redeem_ticket(ticket) == "the key of somebody"


def test_guesses_of_keys_and_links_open_nothing(atlas, victim):
    fleet, store = atlas
    random = Random(3)
    key = victim.browser.cookies[KEY_COOKIE]
    (known,) = victim.known.values()
    (secret,) = known.links.values()
    stranger = Browser(fleet.url, {COOKIE: victim.browser.cookies[COOKIE]})
    with Tab(stranger, "work") as tab:
        for guess in guesses_of(secret, GUESSES_BY_PAGES, random):
            tab.show("work", link=guess)
            assert WITHDRAWN in tab.text
        assert victim.mark not in tab.text
    for guess in guesses_of(key, GUESSES_BY_PAGES, random):
        other = Browser(fleet.url, {**stranger.cookies, KEY_COOKIE: guess}, is_new=False)
        with Tab(other, "work") as tab:
            assert 'class="workspace"' not in tab.text
        stranger.received += other.received
    assert not [body for body in stranger.received if victim.mark.encode() in body]
    owner = browser_owner(key)
    assert [info.id for info in store.list_workspaces(owner)] == [*victim.known]
    assert "Traceback" not in fleet.log.read_text("utf-8")
