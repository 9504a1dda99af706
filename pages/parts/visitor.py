"""The sign-in of a session: checked at each action, ended in all tabs, and given workspaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from time import time
from typing import Final

import streamlit as st

from geo.access import INACTIVE_REASON, STORE_FAULT, SecurityEvent, Visitor, log_event
from geo.limits import ACTIVITY_SECONDS
from geo.store import browser_owner
from geo.text import InputError, StoreError
from pages.parts.access import VISITOR_KEY, access_policy, require_editor, session_visitor
from pages.parts.session import browser_key
from pages.parts.store import workspace_store

SIGN_IN_KEY: Final = (
    "visitor_sign_in"  # names the sign-in that this session began with; "" for none
)
SEEN_KEY: Final = "visitor_seen"  # when the last action in this tab was
NOTED_KEY: Final = "visitor_noted"  # when one was noted in the store
MOVABLE_KEY: Final = "movable_workspaces"
RELOAD: Final = "<div data-reload hidden></div>"  # the page's script then loads the page anew


def find_visitor(cookies: Mapping[str, str]) -> Visitor:
    """Return who a browser is, by the cookies of its request."""
    return access_policy().find_visitor(cookies, _is_ended, _last_action)


def check_visitor() -> Visitor:
    """Return who the reader is; forget what the session holds when that is another one than before.

    Every action calls it, so that a tab loses private data after a sign-out in another tab or
    process, and when the sign-in is too old or was not used for too long.
    """
    if access_policy().provider is None:
        return session_visitor()
    visitor = access_policy().find_visitor(
        st.context.cookies, _is_ended_in_session, _last_action_in_session
    )
    key = _key_of(visitor)
    before = st.session_state.get(SIGN_IN_KEY)
    if before not in (None, key):
        if visitor.refusal_reason == INACTIVE_REASON:
            log_event(SecurityEvent.SIGN_IN_EXPIRED, visitor.pseudonym, reason=INACTIVE_REASON)
        st.session_state.clear()
    if key:
        _note_activity(key)
    st.session_state[SIGN_IN_KEY] = key
    st.session_state[VISITOR_KEY] = visitor
    if before is None and visitor.may_edit:
        st.session_state[MOVABLE_KEY] = _count_movable(visitor)
    if before not in (None, key):
        st.html(RELOAD)
        st.stop()
    return visitor


def sign_out(everywhere: bool = False) -> None:
    """Callback: end the sign-in in all tabs of the browser, or all sign-ins of the person.

    The browser then deletes its cookie, and the provider ends its own session if it offers that.
    """
    end_sign_in(session_visitor(), everywhere)
    st.session_state.clear()
    st.logout()


def end_sign_in(visitor: Visitor, everywhere: bool = False) -> None:
    """End a sign-in before its cookie does, or all sign-ins of its person, and log it.

    Without the store the cookie is deleted all the same; the reason is in the log.
    """
    store = workspace_store()
    if store is None or visitor.sign_in is None:
        return
    event = SecurityEvent.SIGNED_OUT
    try:
        store.end_sign_ins(visitor.sign_in.key)
        if everywhere and visitor.person:
            store.end_sign_ins(visitor.person.key)
            event = SecurityEvent.SIGNED_OUT_EVERYWHERE
    except StoreError:
        log_event(SecurityEvent.SIGN_OUT_FAILED, visitor.pseudonym, reason=STORE_FAULT)
    else:
        log_event(event, visitor.pseudonym)


def movable_workspaces() -> int:
    """Return how many workspaces of this browser the person could be given."""
    return int(st.session_state.get(MOVABLE_KEY, 0))


def keep_in_browser() -> None:
    """Callback: ask no more in this session."""
    st.session_state.pop(MOVABLE_KEY, None)


def move_workspaces() -> InputError | None:
    """Give the workspaces of this browser to the person; return what prevented it.

    The session then begins anew, with the workspace that was changed last.
    """
    store, owner = workspace_store(), session_visitor().owner
    key = browser_key()
    if store is None or owner is None or not key:
        return None
    try:
        require_editor("move_workspaces")
        store.move_all(browser_owner(key), owner)
    except InputError as error:
        return error
    st.session_state.clear()
    return None


def _count_movable(visitor: Visitor) -> int:
    store, key = workspace_store(), browser_key()
    if store is None or visitor.owner is None or not key:
        return 0
    try:
        return store.usage(browser_owner(key)).workspaces
    except StoreError:
        return 0


def _key_of(visitor: Visitor) -> str:
    return visitor.sign_in.key if visitor.person and visitor.sign_in else ""


def _last_action(key: str) -> float | None:
    store = workspace_store()
    return store.find_activity(key) if store else None


def _last_action_in_session(key: str) -> float | None:
    """As ``_last_action``, or in this tab, which the store may not have noted yet."""
    here = st.session_state.get(SEEN_KEY, 0.0) if _is_of_session(key) else 0.0
    try:
        return max(here, _last_action(key) or 0.0)
    except StoreError:
        if here:
            return float(here)
        raise


def _note_activity(key: str) -> None:
    """Note that the reader did something, some time after that was noted last."""
    store, now = workspace_store(), time()
    st.session_state[SEEN_KEY] = now
    if store is None or now - st.session_state.get(NOTED_KEY, 0.0) < ACTIVITY_SECONDS:
        return
    with suppress(StoreError):  # the reason is in the log
        store.note_activity(key)
        st.session_state[NOTED_KEY] = now


def _is_of_session(key: str) -> bool:
    return bool(st.session_state.get(SIGN_IN_KEY) == key)


def _is_ended(keys: Sequence[str], began: float) -> bool:
    store = workspace_store()
    return store is None or store.is_sign_in_ended(keys, began)


def _is_ended_in_session(keys: Sequence[str], began: float) -> bool:
    """As ``_is_ended``; a tab that was checked before keeps its work while the store is gone."""
    try:
        return _is_ended(keys, began)
    except StoreError:
        if _is_of_session(keys[0]):
            return False
        raise
