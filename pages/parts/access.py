"""Who the reader of this session is, and what the operator permits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Final

import streamlit as st

from geo.access import (
    AccessPolicy,
    SecurityEvent,
    Visitor,
    build_access_policy,
    log_event,
)
from geo.store import Holder
from geo.text import N_, InputError
from pages.parts.store import workspace_store

VISITOR_KEY: Final = "visitor"
ROLE_REFUSED: Final = N_(
    "Your role in this atlas does not permit this. Ask whoever runs it for the role of an editor."
)


@cache
def access_policy() -> AccessPolicy:
    """Return what the operator permits, from the environment or Streamlit's secrets file.

    Raises InputError for settings that are not valid.
    """
    return policy_of(os.environ, workspace_store() is not None)


def policy_of(environment: Mapping[str, str], has_store: bool) -> AccessPolicy:
    """Return what an environment and Streamlit's secrets file permit.

    has_store: whether workspaces are stored. Raises InputError for settings that are not valid.
    """
    section = st.secrets.get("auth") if st.secrets.load_if_toml_exists() else None
    return build_access_policy(environment, section, has_store)


def session_visitor() -> Visitor:
    """Return who the reader of this session is, as it was found when the page ran last."""
    visitor = st.session_state.get(VISITOR_KEY)
    return visitor if isinstance(visitor, Visitor) else Visitor(access_policy().visitor_role)


def signed_in_owner() -> Holder | None:
    """Return the owner of the workspaces of the person who is signed in; None for nobody."""
    return session_visitor().owner


def reader_mark() -> str:
    """Return what names the person who is signed in for the script of the page; empty for nobody.

    A tab forgets the secret of a link when another person follows.
    """
    visitor = session_visitor()
    return visitor.pseudonym if visitor.person else ""


def require_editor(asked: str) -> None:
    """Raise InputError and log it when the reader may not keep work. asked: a word for the log."""
    visitor = session_visitor()
    if not visitor.may_edit:
        log_event(SecurityEvent.ACCESS_REFUSED, visitor.pseudonym, reason="role", asked=asked)
        raise InputError(ROLE_REFUSED)
