"""What is encrypted opens with its key and in its context alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.store import create_key
from geo.store.cipher import (
    KEY_LENGTH,
    ForgedError,
    decrypt,
    encrypt,
    hash_content,
    hash_key,
    names_match,
)

TEXT = "北京,35371\n".encode() * 400


@given(st.binary(max_size=300), st.text(max_size=20))
def test_bytes_come_back_with_their_key_and_context_and_with_no_other(body, context):
    key = create_key()
    sealed = encrypt(body, key, context)
    assert decrypt(sealed, key, context) == body
    with pytest.raises(ForgedError):
        decrypt(sealed, create_key(), context)
    with pytest.raises(ForgedError):
        decrypt(sealed, key, context + "x")


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


def test_the_same_content_has_another_name_under_another_key():
    one, two = create_key(), create_key()
    assert names_match(hash_content(TEXT, one), hash_content(TEXT, one))
    assert not names_match(hash_content(TEXT, one), hash_content(TEXT, two))
    assert not names_match(hash_content(TEXT, one), hash_content(TEXT[1:], one))
