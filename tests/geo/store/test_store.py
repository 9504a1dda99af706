"""Workspaces come back to who has their secret, version by version, and to nobody else."""

from __future__ import annotations

from secrets import token_bytes

import pytest
from sqlalchemy import func, select, update

from geo.limits import (
    MAX_LINKS,
    MAX_TICKETS,
    MAX_VERSIONS,
    REPLACED_KEY_SECONDS,
    SIGN_IN_SECONDS,
    TICKET_SECONDS,
    VISIT_SECONDS,
)
from geo.limits import WORKSPACE_SECONDS as LASTS_S
from geo.store import (
    LOOK,
    ConflictError,
    Details,
    HistoryError,
    NotFoundError,
    QuotaError,
    Usage,
    browser_owner,
    checks,
    create_key,
    link_holder,
    person_owner,
    tickets,
)
from geo.store import store as store_module
from geo.store.schema import activity, grants, parts, replaced_keys, sign_outs, versions, workspaces
from geo.text import InputError
from tests.geo.store.bodies import workspace_body

BODY = workspace_body(1)


@pytest.fixture
def owner():
    return browser_owner(create_key())


@pytest.fixture
def person():
    return person_owner("https://id.example", "alice", "secret of the server")


def count(store, table):
    with store.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def put(store, column, value):
    """Change a column of the only row of its table."""
    with store.database.writing() as connection:
        connection.execute(update(column.table).values({column.name: value}))


def save_many(store, owner, workspace, bodies, expected=1):
    for body in bodies:
        expected = store.save(owner, workspace, body, expected).number
    return expected


# Workspaces.


def test_a_workspace_comes_back_to_its_owner_with_all_that_is_known_of_it(store, owner, clock):
    made = store.create(owner, "  Digital   北京 ", BODY, "first")
    clock.seconds += 5
    version = store.save(owner, made.id, BODY + b"\n", 1, "second")
    opened = store.open(owner, made.id)
    assert opened.body == BODY + b"\n"
    assert opened.version == version
    assert (version.number, version.label, version.origin) == (2, "second", 2)
    assert (version.size, version.made) == (len(BODY) + 1, clock.seconds)
    info = opened.info
    assert (info.name, info.right, info.number) == ("Digital 北京", "own", 2)
    assert (info.created, info.changed) == (clock.seconds - 5, clock.seconds)
    assert info.ends == clock.seconds + LASTS_S
    assert info.size == len(BODY) + 1
    assert 0 < info.stored_bytes < len(BODY)
    assert store.list_workspaces(owner) == [info]
    first = store.open(owner, made.id, 1)
    assert (first.body, first.version.label) == (BODY, "first")
    assert len(made.id) == 22
    assert owner.secret not in repr(owner)


def test_an_empty_body_and_a_body_of_short_and_long_lines_come_back(store, owner):
    long = b"x" * 20_000 + b"\n"
    for body in (
        b"",
        b"\n",
        b"a",
        long,
        long + long,
        b"a\n" + long + b"b\n" + long + b"c",
        b"\r\n",
    ):
        made = store.create(owner, "Lines", body)
        assert store.open(owner, made.id).body == body
        assert store.open(owner, made.id).version.size == len(body)


def test_workspaces_are_listed_the_last_changed_first(store, owner, clock):
    ids = []
    for name in "abc":
        clock.seconds += 1
        ids.append(store.create(owner, name, name.encode()).id)
    clock.seconds += 1
    store.rename(owner, ids[0], "A")
    assert [info.name for info in store.list_workspaces(owner)] == ["A", "c", "b"]
    assert [info.id for info in store.list_workspaces(owner)] == [ids[0], ids[2], ids[1]]


def test_what_is_deleted_leaves_no_row(store, owner, person):
    for holder in (owner, person):
        for name in ("one", "two"):
            made = store.create(holder, name, BODY)
            store.save(holder, made.id, b"later", 1)
            store.share(holder, made.id, "look")
    one = store.list_workspaces(owner)[0].id
    store.delete(owner, one)
    with pytest.raises(NotFoundError):
        store.open(owner, one)
    with pytest.raises(NotFoundError):
        store.delete(owner, one)
    assert store.delete_all(owner) == 1
    assert store.delete_all(owner) == 0
    assert store.list_workspaces(owner) == []
    assert len(store.list_workspaces(person)) == 2
    assert store.delete_all(person) == 2
    for table in (workspaces, grants, versions, parts):
        assert count(store, table) == 0


def test_a_copy_has_the_newest_version_and_a_life_of_its_own(store, owner, person):
    made = store.create(owner, "Plan", b"one")
    store.save(owner, made.id, b"two", 1)
    copy = store.duplicate(owner, made.id, owner)
    other = store.duplicate(owner, made.id, person, "Mine")
    assert (copy.name, other.name, copy.number) == ("Plan", "Mine", 1)
    assert (copy.ends is None, other.ends) == (False, None)
    store.delete(owner, made.id)
    assert store.open(owner, copy.id).body == store.open(person, other.id).body == b"two"


@pytest.mark.parametrize("name", ["", "  ", "n" * 121])
def test_a_name_that_is_empty_or_too_long_is_refused(store, owner, name):
    with pytest.raises(InputError, match="a name of 1 to 120 characters"):
        store.create(owner, name, BODY)
    made = store.create(owner, "n" * 120, BODY)
    with pytest.raises(InputError, match="a name of 1 to 120 characters"):
        store.rename(owner, made.id, name)
    with pytest.raises(InputError, match="at most 200 characters"):
        store.save(owner, made.id, b"", 1, "l" * 201)
    assert store.open(owner, made.id).info.name == "n" * 120


# Versions.


def test_a_save_from_an_older_version_is_a_conflict_and_changes_nothing(store, owner):
    made = store.create(owner, "Plan", b"one")
    newest = store.save(owner, made.id, b"two", 1, "of the other tab")
    actions = (
        lambda expected: store.save(owner, made.id, b"three", expected),
        lambda expected: store.undo(owner, made.id, expected),
        lambda expected: store.redo(owner, made.id, expected),
        lambda expected: store.restore_version(owner, made.id, 1, expected),
    )
    for act in actions:
        for expected in (0, 1, 3):
            with pytest.raises(ConflictError, match="saved somewhere else") as caught:
                act(expected)
            assert caught.value.newest == newest
    assert store.open(owner, made.id).body == b"two"
    assert len(store.list_versions(owner, made.id)) == 2


def test_the_same_bytes_make_no_new_version(store, owner, clock):
    made = store.create(owner, "Plan", BODY)
    clock.seconds += 1
    assert store.save(owner, made.id, BODY, 1, "again").number == 1
    assert [version.label for version in store.list_versions(owner, made.id)] == [""]


def test_every_change_is_undone_and_redone(store, owner):
    bodies = [f"body {number}".encode() for number in range(MAX_VERSIONS)]
    made = store.create(owner, "Plan", bodies[0])
    assert store.can_step(owner, made.id) == (False, False)
    number = save_many(store, owner, made.id, bodies[1:])
    for body in reversed(bodies[:-1]):
        version = store.undo(owner, made.id, number)
        assert version.number > number
        number = version.number
        assert store.open(owner, made.id).body == body
    assert store.can_step(owner, made.id) == (False, True)
    with pytest.raises(HistoryError, match="no earlier version"):
        store.undo(owner, made.id, number)
    for body in bodies[1:]:
        number = store.redo(owner, made.id, number).number
        assert store.open(owner, made.id).body == body
    with pytest.raises(HistoryError, match="no later version"):
        store.redo(owner, made.id, number)
    assert store.can_step(owner, made.id) == (True, False)


def test_after_an_undo_a_save_goes_on_from_there(store, owner):
    made = store.create(owner, "Plan", b"one")
    number = save_many(store, owner, made.id, [b"two", b"three"])
    number = store.undo(owner, made.id, number).number
    number = store.save(owner, made.id, b"four", number).number
    with pytest.raises(HistoryError, match="no later version"):
        store.redo(owner, made.id, number)
    for body in (b"two", b"one"):
        number = store.undo(owner, made.id, number).number
        assert store.open(owner, made.id).body == body
    for body in (b"two", b"four"):
        number = store.redo(owner, made.id, number).number
        assert store.open(owner, made.id).body == body


def test_an_earlier_version_is_restored_and_that_is_undone_like_a_change(store, owner):
    made = store.create(owner, "Plan", b"one", "the first")
    number = save_many(store, owner, made.id, [b"two", b"three"])
    version = store.restore_version(owner, made.id, 1, number)
    assert (version.number, version.label) == (4, "the first")
    assert store.open(owner, made.id).body == b"one"
    assert store.restore_version(owner, made.id, 1, 4) == version  # it is the same already
    number = store.undo(owner, made.id, 4).number
    assert store.open(owner, made.id).body == b"three"
    for missing in (0, -1, 99):
        with pytest.raises(HistoryError, match=f"Version {missing} is not stored"):
            store.restore_version(owner, made.id, missing, number)
    with pytest.raises(HistoryError, match="Version 99 is not stored"):
        store.open(owner, made.id, 99)


def test_the_last_fifty_versions_are_kept(store, owner):
    made = store.create(owner, "Plan", b"body 0")
    number = save_many(
        store, owner, made.id, [f"body {number}".encode() for number in range(1, MAX_VERSIONS + 10)]
    )
    found = [version.number for version in store.list_versions(owner, made.id)]
    assert found == list(range(number, number - MAX_VERSIONS, -1))
    assert count(store, parts) == MAX_VERSIONS
    with pytest.raises(HistoryError):
        store.open(owner, made.id, number - MAX_VERSIONS)
    assert store.open(owner, made.id, number - MAX_VERSIONS + 1).body == b"body 10"


def test_steps_of_undo_push_no_version_out_of_the_history(store, owner, monkeypatch):
    monkeypatch.setattr("geo.store.store.MAX_VERSIONS", 4)
    made = store.create(owner, "Plan", b"one")
    number = save_many(store, owner, made.id, [b"two", b"three"])
    for step in (store.undo, store.undo, store.redo, store.redo) * 2:
        number = step(owner, made.id, number).number
    assert number == 11
    number = store.save(owner, made.id, b"four", number).number
    opened = [store.open(owner, made.id, version).body for version in (1, 2, 3, number)]
    assert opened == [b"one", b"two", b"three", b"four"]
    number = store.save(owner, made.id, b"five", number).number  # a fifth change: the first goes
    with pytest.raises(HistoryError, match="Version 1 is not stored"):
        store.open(owner, made.id, 1)
    for body in (b"four", b"three", b"two"):
        number = store.undo(owner, made.id, number).number
        assert store.open(owner, made.id).body == body


def test_versions_share_the_tables_that_did_not_change(store, owner):
    size = 400_000
    made = store.create(owner, "Plan", workspace_body(7, size))
    titles = [workspace_body(7, size, title=f"title {number}") for number in range(20)]
    save_many(store, owner, made.id, titles)
    info = store.list_workspaces(owner)[0]
    assert info.stored_bytes < made.stored_bytes * 1.1
    for number, body in enumerate(titles, 2):
        assert store.open(owner, made.id, number).body == body


def test_what_a_workspace_takes_is_what_its_rows_have(store, owner):
    made = store.create(owner, "Plan", BODY)
    number = save_many(store, owner, made.id, [b"x", BODY + b"y", b"z"])
    store.undo(owner, made.id, number)
    with store.database.reading() as connection:
        bodies = connection.execute(select(parts.c.body)).scalars().all()
        lists = connection.execute(select(versions.c.manifest)).scalars().all()
    taken = sum(map(len, (*bodies, *lists)))
    assert store.list_workspaces(owner)[0].stored_bytes == taken
    assert store.usage(owner) == store.total_usage() == Usage(1, taken)


# Links.


def test_a_link_opens_one_workspace_until_it_is_withdrawn(store, owner, clock):
    made, other = store.create(owner, "Plan", b"one"), store.create(owner, "Other", b"other")
    clock.seconds += 7
    secret = store.share(owner, made.id, "look", "for the office")
    (link,) = store.list_links(owner, made.id)
    assert (link.name, link.right, link.made, link.used) == (
        "for the office", "look", clock.seconds, None,
    )  # fmt: skip
    assert secret not in repr(link)
    opened = store.open_link(secret)
    assert (opened.body, opened.info.right, opened.info.name) == (b"one", "look", "Plan")
    assert store.list_links(owner, made.id)[0].used == clock.seconds
    clock.seconds += VISIT_SECONDS
    store.open_link(secret)
    assert store.list_links(owner, made.id)[0].used == clock.seconds - VISIT_SECONDS
    clock.seconds += 1
    store.open_link(secret)
    assert store.list_links(owner, made.id)[0].used == clock.seconds
    store.save(owner, made.id, b"two", 1)
    assert store.open_link(secret).body == b"two"
    with pytest.raises(NotFoundError):
        store.open(link_holder(secret), other.id)
    with pytest.raises(NotFoundError):
        store.withdraw(owner, other.id, link.id)
    store.withdraw(owner, made.id, link.id)
    with pytest.raises(NotFoundError):
        store.open_link(secret)
    with pytest.raises(NotFoundError):
        store.withdraw(owner, made.id, link.id)
    assert store.list_links(owner, made.id) == []
    assert store.open(owner, made.id).body == b"two"


def test_a_link_permits_what_it_says(store, owner, person):
    made = store.create(owner, "Plan", b"one")
    look = link_holder(store.share(owner, made.id, "look"))
    copy = link_holder(store.share(owner, made.id, "copy"))
    for link in (look, copy):
        forbidden = (
            lambda link=link: store.save(link, made.id, b"theirs", 1),
            lambda link=link: store.undo(link, made.id, 1),
            lambda link=link: store.restore_version(link, made.id, 1, 1),
            lambda link=link: store.list_versions(link, made.id),
            lambda link=link: store.rename(link, made.id, "Theirs"),
            lambda link=link: store.delete(link, made.id),
            lambda link=link: store.share(link, made.id, "copy"),
            lambda link=link: store.list_links(link, made.id),
            lambda link=link: store.withdraw(link, made.id, store.list_links(owner, made.id)[0].id),
        )
        for act in forbidden:
            with pytest.raises(InputError, match="does not permit this"):
                act()
        assert store.delete_all(link) == 0
        assert store.usage(link) == Usage(0, 0)
    with pytest.raises(InputError, match="does not permit this"):
        store.duplicate(look, made.id, person)
    mine = store.duplicate(copy, made.id, person)
    assert store.open(person, mine.id).body == b"one"
    assert len(store.list_links(owner, made.id)) == 2
    assert store.open(owner, made.id).body == b"one"


def test_a_grant_of_the_owner_is_no_link(store, owner):
    made = store.create(owner, "Plan", b"one")
    with store.database.reading() as connection:
        name = connection.execute(select(grants.c.name)).scalar_one()
    with pytest.raises(NotFoundError):
        store.withdraw(owner, made.id, name)
    with pytest.raises(ValueError, match="own"):
        store.share(owner, made.id, "own")


def test_an_older_version_is_not_shown_by_a_link(store, owner):
    made = store.create(owner, "Plan", b"a secret that was removed")
    store.save(owner, made.id, b"public", 1)
    link = link_holder(store.share(owner, made.id, "copy"))
    with pytest.raises(InputError, match="does not permit this"):
        store.open(link, made.id, 1)
    assert store.open(link, made.id).body == b"public"


def test_links_are_limited(store, owner):
    made = store.create(owner, "Plan", b"one")
    for _ in range(MAX_LINKS):
        store.share(owner, made.id, "look")
    with pytest.raises(InputError, match="The workspace has 50 links"):
        store.share(owner, made.id, "look")


# Ends.


def test_a_workspace_of_a_browser_ends_thirty_days_after_the_last_visit(store, owner, clock):
    made = store.create(owner, "Plan", BODY)
    link = store.share(owner, made.id, "look")
    clock.seconds += LASTS_S
    assert store.open_link(link).body == BODY  # the visit of another is none of the owner
    assert store.list_workspaces(owner)[0].ends == clock.seconds
    store.touch(owner)
    clock.seconds += LASTS_S
    assert store.open(owner, made.id).body == BODY  # opening is a visit, too
    clock.seconds += LASTS_S
    assert store.list_workspaces(owner)[0].id == made.id
    clock.seconds += 1
    assert store.list_workspaces(owner) == []
    for holder in (owner, link_holder(link)):
        with pytest.raises(NotFoundError):
            store.open(holder, made.id)
    store.touch(owner)
    assert store.list_workspaces(owner) == []


def test_a_workspace_of_a_person_does_not_end(store, person, clock):
    made = store.create(person, "Plan", BODY)
    clock.seconds += 100 * LASTS_S
    store.touch(person)
    assert store.purge() == Usage(0, 0)
    assert store.open(person, made.id).info.ends is None


def test_a_purge_removes_what_has_ended_and_says_what(store, owner, person, clock):
    for name in range(25):
        store.create(owner, str(name), BODY)
    taken = store.usage(owner)
    clock.seconds += LASTS_S
    late = store.create(browser_owner(create_key()), "Later", b"later")
    store.create(person, "Of a person", b"person")
    assert store.purge() == Usage(0, 0)
    clock.seconds += 1
    assert store.purge() == taken
    assert taken.workspaces == 25
    assert count(store, workspaces) == 2
    assert count(store, parts) == 2
    assert store.total_usage().stored_bytes < 300
    assert late.ends == clock.seconds - 1 + LASTS_S


def test_saving_removes_some_of_what_has_ended(store, owner, person, clock):
    made = store.create(person, "Of a person", b"one")
    for name in range(25):
        store.create(owner, str(name), b"x")
    clock.seconds += LASTS_S + 1
    store.save(person, made.id, b"two", 1)
    assert count(store, workspaces) == 16
    store.create(person, "Another", b"x")
    assert count(store, workspaces) == 7


def test_a_clock_set_back_does_no_harm(store, owner, clock):
    made = store.create(owner, "Plan", b"one")
    ends, changed = clock.seconds + LASTS_S, clock.seconds
    clock.seconds -= 400 * 86_400
    store.touch(owner)
    assert store.open(owner, made.id).info.ends == ends
    store.save(owner, made.id, b"two", 1)
    info = store.list_workspaces(owner)[0]
    assert (info.ends, info.changed) == (ends, changed)
    assert store.purge() == Usage(0, 0)
    assert [version.number for version in store.list_versions(owner, made.id)] == [2, 1]
    assert store.undo(owner, made.id, 2).number == 3
    ticket = store.issue_ticket("key")
    clock.seconds += 1
    assert store.redeem_ticket(ticket) == "key"


# Quotas.


def test_too_much_is_refused_and_what_was_saved_stays(store, owner, monkeypatch):
    made = store.create(owner, "Plan", b"one")
    monkeypatch.setattr(checks, "MAX_STORED_BYTES", 2_000)
    for act in (
        lambda: store.save(owner, made.id, token_bytes(2_000), 1),
        lambda: store.create(owner, "Another", token_bytes(2_000)),
    ):
        with pytest.raises(QuotaError, match="too much to be saved"):
            act()
    store.save(owner, made.id, bytes(100_000), 1)
    monkeypatch.setattr(checks, "MAX_OPENED_BYTES", 100)
    with pytest.raises(QuotaError, match="too much to be saved"):
        store.save(owner, made.id, bytes(101), 2)
    assert store.usage(owner).workspaces == 1
    assert store.open(owner, made.id).body == bytes(100_000)


def test_an_owner_and_the_store_have_quotas(store, owner, person, monkeypatch):
    first = store.create(owner, "First", token_bytes(1_000))
    monkeypatch.setattr(store_module, "MAX_OWNER_WORKSPACES", 2)
    second = store.create(owner, "Second", token_bytes(1_000))
    with pytest.raises(QuotaError, match="You have 2 workspaces"):
        store.create(owner, "Third", b"x")
    with pytest.raises(QuotaError, match="You have 2 workspaces"):
        store.duplicate(owner, first.id, owner)
    monkeypatch.setattr(store_module, "MAX_OWNER_BYTES", 4_000)
    with pytest.raises(QuotaError, match="as much as can be saved"):
        store.save(owner, first.id, token_bytes(4_000), 1)
    monkeypatch.setattr(store_module, "MAX_STORE_BYTES", 3_000)
    with pytest.raises(QuotaError, match="no room to save more"):
        store.create(person, "Theirs", token_bytes(1_000))
    monkeypatch.setattr(store_module, "MAX_STORE_BYTES", 30_000)
    monkeypatch.setattr(store_module, "MAX_STORE_WORKSPACES", 2)
    with pytest.raises(QuotaError, match="no room to save more"):
        store.create(person, "Theirs", b"x")
    assert store.save(owner, second.id, b"smaller", 1).number == 2
    assert store.list_workspaces(person) == []
    assert len(store.open(owner, first.id).body) == 1_000


def test_old_versions_go_before_an_owner_has_no_room(store, owner, monkeypatch):
    made = store.create(owner, "Plan", token_bytes(1_000))
    monkeypatch.setattr(store_module, "MAX_OWNER_BYTES", 3_700)
    save_many(store, owner, made.id, [token_bytes(1_000) for _ in range(5)])
    found = [version.number for version in store.list_versions(owner, made.id)]
    assert found == [6, 5, 4]
    assert count(store, parts) == 3
    assert store.usage(owner).stored_bytes < 3_700


# What is in the rows.


def test_what_was_changed_in_the_store_does_not_open(store, owner):
    body = b"one part alone"
    made = store.create(owner, "Plan", body)
    for column in (parts.c.body, versions.c.manifest, grants.c.sealed_key, workspaces.c.name):
        with store.database.reading() as connection:
            before = connection.execute(select(column)).scalar_one()
        for after in (b"", before[:-1], before[:-1] + bytes([before[-1] ^ 1]), bytes(300)):
            put(store, column, after)
            with pytest.raises(InputError, match="damaged in the store"):
                store.open(owner, made.id)
        put(store, column, before)
        assert store.open(owner, made.id).body == body


def test_parts_and_versions_cannot_be_exchanged_and_a_right_not_be_raised(store, owner):
    made = store.create(owner, "Plan", b"one")
    store.save(owner, made.id, b"two", 1)
    with store.database.writing() as connection:
        one, two = connection.execute(select(versions).order_by(versions.c.number)).all()
        change = update(versions).where(versions.c.number == 2)
        connection.execute(change.values(manifest=one.manifest))
    with pytest.raises(InputError, match="damaged in the store"):
        store.open(owner, made.id)
    with store.database.writing() as connection:
        connection.execute(change.values(manifest=two.manifest))
    link = store.share(owner, made.id, "look")
    with store.database.writing() as connection:
        connection.execute(update(grants).values(right="own"))
    with pytest.raises(InputError, match="damaged in the store"):
        store.save(link_holder(link), made.id, b"three", 2)


def test_the_parts_of_a_version_cannot_be_exchanged(store, owner):
    made = store.create(owner, "Plan", b"one")
    store.save(owner, made.id, b"two", 1)
    with store.database.writing() as connection:
        one, two = connection.execute(select(parts)).all()
        for part, other in ((one, two), (two, one)):
            change = update(parts).where(parts.c.name == part.name)
            connection.execute(change.values(body=other.body))
    for number in (1, 2):
        with pytest.raises(InputError, match="damaged in the store"):
            store.open(owner, made.id, number)


def test_a_part_that_unpacks_to_more_than_the_limit_does_not_open(store, owner, monkeypatch):
    made = store.create(owner, "Plan", bytes(5_000))
    monkeypatch.setattr("geo.store.bodies.MAX_OPENED_BYTES", 4_999)
    with pytest.raises(InputError, match="damaged in the store"):
        store.open(owner, made.id)
    monkeypatch.setattr("geo.store.bodies.MAX_OPENED_BYTES", 5_000)
    assert store.open(owner, made.id).body == bytes(5_000)


# Owners.


def test_a_person_is_the_same_by_issuer_subject_and_secret_of_the_server():
    found = {
        person_owner(issuer, subject, secret).secret
        for issuer in ("https://a", "https://a\0b", 'https://a", "b')
        for subject in ("1", "2", 'b", "1')
        for secret in ("s", "t")
    }
    assert len(found) == 18
    assert person_owner("https://a", "1", "s") == person_owner("https://a", "1", "s")


# Tickets.


def test_a_ticket_works_once_and_for_some_minutes(store, clock):
    key = create_key()
    ticket = store.issue_ticket(key)
    assert key not in ticket
    assert store.redeem_ticket(ticket) == key
    assert store.redeem_ticket(ticket) == ""
    late, last = store.issue_ticket(key), store.issue_ticket("last")
    clock.seconds += TICKET_SECONDS
    assert store.redeem_ticket(last) == "last"
    clock.seconds += 1
    assert store.redeem_ticket(late) == ""
    assert store.redeem_ticket("") == ""


def test_of_too_many_tickets_the_oldest_are_dropped(store, clock, monkeypatch):
    assert MAX_TICKETS > 3
    monkeypatch.setattr(tickets, "MAX_TICKETS", 3)
    found = []
    for key in "abcd":
        clock.seconds += 1
        found.append(store.issue_ticket(key))
    assert [store.redeem_ticket(ticket) for ticket in found] == ["", "b", "c", "d"]


# Moving to a person, and sign-outs.


def test_workspaces_move_with_versions_and_links_and_open_for_the_new_owner_alone(
    store, owner, person, clock
):
    first = store.create(owner, "First", BODY)
    save_many(store, owner, first.id, [b"2", b"3"])
    link = store.share(owner, first.id, "look", "for Li")
    second = store.create(owner, "Second", b"other")
    kept = store.create(person, "Mine", b"mine")
    assert store.move_all(owner, person) == 2
    assert store.list_workspaces(owner) == []
    for info in (first, second):
        with pytest.raises(NotFoundError):
            store.open(owner, info.id)
    assert {info.name for info in store.list_workspaces(person)} == {"First", "Second", "Mine"}
    assert {info.ends for info in store.list_workspaces(person)} == {None}
    assert store.open(person, kept.id).body == b"mine"
    assert store.open(person, first.id, 1).body == BODY
    assert store.undo(person, first.id, 3).number == 4
    assert store.open_link(link).body == b"2"
    assert [found.name for found in store.list_links(person, first.id)] == ["for Li"]
    clock.seconds += 2 * LASTS_S
    assert store.open(person, second.id).body == b"other"
    assert store.move_all(owner, person) == store.move_all(person, person) == 0


def test_a_link_moves_nothing_and_an_ended_workspace_stays(store, owner, person, clock):
    made = store.create(owner, "Plan", BODY)
    link = link_holder(store.share(owner, made.id, "copy"))
    assert store.move_all(link, person) == 0
    assert store.open(owner, made.id).body == BODY
    clock.seconds += LASTS_S + 1
    assert store.move_all(owner, person) == 0
    assert store.list_workspaces(person) == []


def test_a_person_without_room_is_given_nothing(store, owner, person, monkeypatch):
    monkeypatch.setattr(store_module, "MAX_OWNER_WORKSPACES", 2)
    mine = [store.create(owner, name, b"1") for name in ("a", "b")]
    store.create(person, "c", b"2")
    with pytest.raises(QuotaError):
        store.move_all(owner, person)
    assert {info.id for info in store.list_workspaces(owner)} == {info.id for info in mine}
    assert len(store.list_workspaces(person)) == 1


def test_a_sign_out_ends_what_began_before_it_by_its_key_alone(store, clock):
    began = clock.seconds
    assert not store.is_sign_in_ended(["one", "alice"], began)
    store.end_sign_ins("one")
    assert store.is_sign_in_ended(["one", "alice"], began)
    assert not store.is_sign_in_ended(["two", "alice"], began)
    clock.seconds += 60
    store.end_sign_ins("alice")
    store.end_sign_ins("alice")
    for key in ("two", "three"):
        assert store.is_sign_in_ended([key, "alice"], clock.seconds)
        assert not store.is_sign_in_ended([key, "alice"], clock.seconds + 1)
        assert not store.is_sign_in_ended([key, "bob"], began)


def test_links_of_all_owners_are_listed_and_withdrawn_without_a_key(store, owner, person, clock):
    mine, theirs = store.create(owner, "a", BODY), store.create(person, "b", BODY)
    first = store.share(owner, mine.id, LOOK, "one")
    clock.seconds += 1
    second = store.share(person, theirs.id, "copy", "two")
    found = store.list_all_links()
    assert [(link.owner, link.link, link.right) for link in found] == [
        (owner.pseudonym, link_holder(first).pseudonym, "look"),
        (person.pseudonym, link_holder(second).pseudonym, "copy"),
    ]
    assert [link.made for link in found] == [clock.seconds - 1, clock.seconds]
    for nothing in ("%", "_", owner.pseudonym, person.pseudonym):
        assert store.withdraw_any(nothing) == 0
    assert store.withdraw_any(found[0].link) == 1
    assert store.list_all_links() == found[1:]
    clock.seconds += LASTS_S + 1  # the workspace of the browser ends, that of the person does not
    assert store.list_all_links() == found[1:]


def test_another_key_of_a_browser_gets_its_workspaces_and_its_sessions_find_it(store, clock):
    lost, kept = create_key(), create_key()
    info = store.create(browser_owner(lost), "mine", BODY)
    secret = store.share(browser_owner(lost), info.id, LOOK)
    assert store.find_replacement(lost) == ""
    store.replace_key(lost, kept)
    assert store.find_replacement(lost) == kept
    assert store.find_replacement(kept) == ""
    assert store.open(browser_owner(kept), info.id).body == BODY
    assert store.list_workspaces(browser_owner(lost)) == []
    assert store.open_link(secret).body == BODY
    with store.database.reading() as connection:
        (row,) = connection.execute(select(replaced_keys))
    assert kept.encode() not in row.sealed_key
    assert lost not in row.name
    other = create_key()
    store.replace_key(lost, other)
    assert store.find_replacement(lost) == other
    clock.seconds += REPLACED_KEY_SECONDS + 1
    assert store.find_replacement(lost) == ""
    store.replace_key(kept, other)
    assert count(store, replaced_keys) == 1


def test_a_key_without_room_for_the_work_of_another_leaves_it_there(store, monkeypatch):
    monkeypatch.setattr("geo.store.store.MAX_OWNER_WORKSPACES", 1)
    lost, kept = create_key(), create_key()
    for key in (lost, kept):
        store.create(browser_owner(key), "mine", BODY)
    store.replace_key(lost, kept)
    assert len(store.list_workspaces(browser_owner(lost))) == 1
    assert len(store.list_workspaces(browser_owner(kept))) == 1
    assert store.find_replacement(lost) == kept


def test_of_too_many_replaced_keys_the_oldest_go(store, clock, monkeypatch):
    monkeypatch.setattr("geo.store.replaced_keys.MAX_REPLACED_KEYS", 2)
    keys, kept = [create_key() for _ in range(3)], create_key()
    for key in keys:
        store.replace_key(key, kept)
        clock.seconds += 1
    assert [store.find_replacement(key) for key in keys] == ["", kept, kept]


def test_the_last_activity_of_a_sign_in_is_noted_and_forgotten_with_its_cookie(store, clock):
    assert store.find_activity("one") is None
    first = clock.seconds
    store.note_activity("one")
    clock.seconds += 100
    store.note_activity("two")
    store.note_activity("two")
    assert (store.find_activity("one"), store.find_activity("two")) == (first, first + 100)
    clock.seconds -= 50  # a clock set back
    store.note_activity("two")
    assert store.find_activity("two") == first + 100
    clock.seconds = first + SIGN_IN_SECONDS + 2
    store.note_activity("two")
    assert count(store, activity) == 1
    assert store.find_activity("one") is None


def test_a_sign_out_is_kept_as_long_as_a_cookie_could_last(store, clock):
    began = clock.seconds
    store.end_sign_ins("one")
    clock.seconds += SIGN_IN_SECONDS
    store.end_sign_ins("two")
    assert store.is_sign_in_ended(["one"], began)
    assert count(store, sign_outs) == 2
    clock.seconds += 2
    store.end_sign_ins("three")
    assert count(store, sign_outs) == 2


def test_versions_and_links_are_counted_for_the_owner_alone(store, owner, person):
    first = store.create(owner, "a", BODY)
    second = store.create(owner, "b", BODY)
    other = store.create(person, "c", BODY)
    save_many(store, owner, first.id, [workspace_body(2), workspace_body(3)])
    secret = store.share(owner, first.id, "look")
    store.share(person, other.id, "copy")
    assert store.count_details(owner) == {first.id: Details(3, 1), second.id: Details(1, 0)}
    assert store.count_details(link_holder(secret)) == {}
