"""Two sessions, two people, two processes never see one another's data; guesses open nothing."""

from __future__ import annotations

import multiprocessing
import secrets
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import islice
from random import Random

import pytest
from sqlalchemy import func, select

from geo.store import (
    ConflictError,
    NotFoundError,
    WorkspaceStore,
    browser_owner,
    create_key,
    hash_key,
    link_holder,
    person_owner,
)
from geo.store import store as store_module
from geo.store.schema import grants, parts, tickets, versions, workspaces
from tests.geo.store.actions import Actor, act_in_process, add_in_process, redeem_in_process

ACTIONS = 200
GUESSES = 10_000
PROCESSES = 3
TIMES = 6


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    """Processes that share nothing with this one, as those of a server."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        yield pool


def two_owners():
    return {
        "two browsers": (browser_owner(create_key()), browser_owner(create_key())),
        "two people": (
            person_owner("https://id.example", "alice", "secret"),
            person_owner("https://id.example", "bob", "secret"),
        ),
    }


@pytest.mark.parametrize("who", ["two browsers", "two people"])
def test_interleaved_actions_never_show_the_data_of_another(store, who):
    random = Random(who)
    actors = [
        Actor(store, owner, mark, random)
        for owner, mark in zip(two_owners()[who], ("first", "second"), strict=True)
    ]
    for _ in range(ACTIONS):
        actor, other = random.sample(actors, 2)
        actor.strange = [*other.saved][-3:]
        actor.act()
        other.compare()
    for actor in actors:
        assert actor.saved
        assert actor.store.delete_all(actor.owner) == len(actor.saved)
    with store.database.reading() as connection:
        for table in (workspaces, grants, versions, parts):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_processes_start_at_once_and_never_show_the_data_of_another(settings, processes):
    owners = [browser_owner(create_key()) for _ in range(PROCESSES)]
    running = [
        processes.submit(act_in_process, settings, owner, f"process {number}", 25)
        for number, owner in enumerate(owners)
    ]
    assert len({each.result() for each in running}) > 1


def test_processes_that_save_the_same_workspace_lose_nothing(store, settings, processes):
    owner = browser_owner(create_key())
    made = store.create(owner, "Counter", b"0")
    running = [
        processes.submit(add_in_process, settings, owner, made.id, TIMES) for _ in range(PROCESSES)
    ]
    for each in running:
        each.result()
    opened = store.open(owner, made.id)
    assert (opened.body, opened.version.number) == (
        b"%d" % (TIMES * PROCESSES),
        TIMES * PROCESSES + 1,
    )


def test_a_ticket_is_exchanged_by_one_process_alone(store, settings, processes):
    tickets = {store.issue_ticket(f"key {number}"): f"key {number}" for number in range(30)}
    running = [processes.submit(redeem_in_process, settings, [*tickets]) for _ in range(PROCESSES)]
    answers = list(zip(*(each.result() for each in running), strict=True))
    assert [sorted(answer)[-1] for answer in answers] == [*tickets.values()]
    assert all(sorted(answer)[:-1] == [""] * (PROCESSES - 1) for answer in answers)


def test_of_threads_that_save_from_the_same_version_one_succeeds(store):
    owner = browser_owner(create_key())
    made = store.create(owner, "Plan", b"one")

    def save(number: int) -> str:
        try:
            store.save(owner, made.id, b"%d" % number, 1)
        except ConflictError:
            return "conflict"
        return f"{number}"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(save, range(6)))
    assert answers.count("conflict") == 5
    assert store.open(owner, made.id).body.decode() in answers


def test_threads_of_an_owner_stay_within_the_quota(store, monkeypatch):
    monkeypatch.setattr(store_module, "MAX_OWNER_WORKSPACES", 3)
    owner = browser_owner(create_key())

    def create(number: int) -> bool:
        try:
            store.create(owner, f"Plan {number}", b"one")
        except store_module.QuotaError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(create, range(6))) == 3
    assert store.usage(owner).workspaces == 3


def guesses(known: list[str]) -> Iterator[str]:
    """Random keys, and known ones with a change."""
    random = Random(0)
    for number in range(GUESSES):
        if number % 2:
            yield secrets.token_urlsafe(32)
        else:
            key = random.choice(known)
            place = random.randrange(len(key))
            other = random.choice("abcABC012-_")
            changed = key[:place] + other + key[place + 1 :]
            yield changed if changed != key else key[:-1]


def batched(keys: Iterator[str], size: int) -> Iterator[list[str]]:
    while some := list(islice(keys, size)):
        yield some


def test_guesses_of_keys_links_and_addresses_open_nothing(store):
    owners = [browser_owner(create_key()) for _ in range(5)]
    ids, links, issued = [], [], []
    for owner in owners:
        for _ in range(4):
            ids.append(store.create(owner, "Plan", b"one").id)
            links.append(store.share(owner, ids[-1], "copy"))
        issued.append(store.issue_ticket(owner.secret))
    with store.database.reading() as connection:
        names = list(connection.execute(select(grants.c.name)).scalars())
    known = [owner.secret for owner in owners] + links + names + ids + issued
    stranger = browser_owner(create_key())
    assert find_rows(store, [owners[0].secret, links[0], issued[0]]) == 4 + 1 + 1
    for some in batched(guesses(known), 1_000):
        assert find_rows(store, some) == 0
    for number, guess in enumerate(guesses(known)):
        if number % 200 == 0:  # the same question by each way in
            assert store.list_workspaces(browser_owner(guess)) == []
            assert store.redeem_ticket(guess) == ""
            for holder, workspace in (
                (browser_owner(guess), ids[number % len(ids)]),
                (link_holder(guess), ids[number % len(ids)]),
                (stranger, guess),
                (owners[0], guess),
                (owners[0], ids[-1]),
                (link_holder(links[0]), ids[-1]),
            ):
                with pytest.raises(NotFoundError) as caught:
                    store.open(holder, workspace)
                assert str(caught.value).startswith("There is no such workspace")
    # What the database shows is no key: neither hashes nor addresses open anything.
    for name in (*names, *ids):
        assert store.list_workspaces(link_holder(name)) == []


def find_rows(store: WorkspaceStore, keys: list[str]) -> int:
    """How many grants and tickets have the name of one of many keys."""
    names = [hash_key(key) for key in keys]
    with store.database.reading() as connection:
        return sum(
            connection.execute(
                select(func.count()).select_from(table).where(table.c.name.in_(names))
            ).scalar_one()
            for table in (grants, tickets)
        )
