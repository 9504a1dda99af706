"""What is kept comes back with its key alone, for a week, and nothing of it can be read without."""

from __future__ import annotations

import sqlite3
import stat
from secrets import token_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.keeping import KeptStore, TicketBook, create_key, store
from geo.limits import KEPT_SECONDS, MAX_TICKETS, TICKET_SECONDS
from geo.store import KEY_LENGTH, ForgedError, decrypt, encrypt, hash_key
from geo.text import InputError

TEXT = "北京,35371\n".encode() * 400


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def kept(tmp_path, clock):
    return KeptStore(tmp_path / "new" / "kept.db", clock)


@given(st.binary(max_size=300))
def test_bytes_come_back_with_their_key_and_with_no_other(body):
    key = create_key()
    sealed = encrypt(body, key)
    assert decrypt(sealed, key) == body
    with pytest.raises(ForgedError):
        decrypt(sealed, create_key())


@pytest.mark.parametrize("place", [0, 31, 32, 40, -33, -1])
def test_a_changed_byte_is_refused(place):
    key = create_key()
    sealed = bytearray(encrypt(b"a table of some length", key))
    sealed[place] ^= 1
    with pytest.raises(ForgedError):
        decrypt(bytes(sealed), key)
    with pytest.raises(ForgedError):
        decrypt(bytes(sealed[:60]), key)


def test_the_same_text_is_never_sealed_alike():
    key = create_key()
    one, two = encrypt(TEXT, key), encrypt(TEXT, key)
    assert one[:12] != two[:12]
    assert one[12:] != two[12:]


def test_a_key_has_256_bits_and_its_hash_is_another():
    keys = {create_key() for _ in range(200)}
    assert len(keys) == 200
    assert all(len(key) == (KEY_LENGTH * 8 + 5) // 6 for key in keys)
    assert len({hash_key(key) for key in keys} - keys) == 200


def test_what_is_kept_comes_back_and_is_replaced_and_forgotten(kept):
    key, other = create_key(), create_key()
    assert kept.fetch(key) is None
    assert kept.keep(key, TEXT) == 1
    assert kept.keep(other, b"theirs") == 1
    assert kept.keep(key, TEXT[:-1]) == 2
    assert kept.fetch(key).body == TEXT[:-1]
    assert kept.fetch(key).revision == kept.find_revision(key) == 2
    assert kept.fetch(other).body == b"theirs"
    kept.forget(key)
    assert kept.fetch(key) is None
    assert kept.find_revision(key) == 0
    assert kept.fetch(other).body == b"theirs"


def test_the_file_shows_neither_text_nor_key_and_only_its_owner_reads_it(kept):
    key = create_key()
    kept.keep(key, TEXT)
    body = kept.path.read_bytes()
    assert "北京".encode() not in body
    assert key.encode() not in body
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    before = len(body)
    kept.forget(key)
    after = kept.path.read_bytes()
    assert len(after) <= before
    assert hash_key(key).encode() not in after


def test_after_a_week_it_is_gone_and_a_change_begins_a_new_week(kept, clock):
    key = create_key()
    kept.keep(key, TEXT)
    clock.seconds += KEPT_SECONDS - 1
    kept.keep(key, TEXT)
    clock.seconds += KEPT_SECONDS
    assert kept.fetch(key).body == TEXT
    clock.seconds += 1
    assert kept.fetch(key) is None
    kept.keep(create_key(), b"x")  # what is too old leaves the file with the next change
    with sqlite3.connect(kept.path) as database:
        assert database.execute("select count(*) from kept").fetchone() == (1,)
    database.close()


def test_what_was_changed_in_the_file_does_not_come_back(kept):
    key = create_key()
    kept.keep(key, TEXT)
    with sqlite3.connect(kept.path) as database:
        database.execute("update kept set body = zeroblob(300)")
    database.close()
    assert kept.fetch(key) is None


def test_too_much_is_refused_and_what_was_kept_stays(kept, monkeypatch):
    key = create_key()
    kept.keep(key, TEXT)
    monkeypatch.setattr(store, "MAX_KEPT_BYTES", 2_000)
    with pytest.raises(InputError, match="too much to be kept"):
        kept.keep(key, token_bytes(2_000))
    monkeypatch.setattr(store, "MAX_KEPT_BYTES", 2_000_000)
    monkeypatch.setattr(store, "MAX_ALL_KEPT_BYTES", 400)
    with pytest.raises(InputError, match="no room"):
        kept.keep(create_key(), token_bytes(400))
    assert kept.keep(key, TEXT) == 2  # it takes the place of its own
    monkeypatch.setattr(store, "MAX_UNPACKED_BYTES", 100)
    assert kept.fetch(key) is None


def test_a_file_that_cannot_be_opened_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database" * 100)
    for path in (tmp_path / "file" / "kept.db", tmp_path, broken):
        with pytest.raises(InputError, match="could not be kept"):
            KeptStore(path).keep(create_key(), TEXT)


def test_a_ticket_works_once_and_for_some_minutes(clock):
    book = TicketBook(clock)
    key = create_key()
    ticket = book.issue(key)
    assert key not in ticket
    assert book.redeem(ticket) == key
    assert book.redeem(ticket) == ""
    late = book.issue(key)
    clock.seconds += TICKET_SECONDS + 1
    assert book.redeem(late) == ""
    assert book.redeem("") == ""


def test_of_too_many_tickets_the_oldest_are_dropped(clock):
    book = TicketBook(clock)
    first, second = book.issue("a"), book.issue("b")
    for _ in range(MAX_TICKETS - 1):
        book.issue("c")
    assert book.redeem(first) == ""
    assert book.redeem(second) == "b"
