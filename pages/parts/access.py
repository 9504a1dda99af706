"""Who the reader of this session is, and what the operator permits."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from geo.access import AccessPolicy, Visitor, build_access_policy
from geo.store import Holder, database_of

ROOT: Final = Path(__file__).parents[2]
VISITOR_KEY: Final = "visitor"


@cache
def access_policy() -> AccessPolicy:
    """Return what the operator permits, from the environment or Streamlit's secrets file.

    Raises InputError for settings that are not valid.
    """
    return policy_of(os.environ)


def policy_of(environment: Mapping[str, str]) -> AccessPolicy:
    """Return what an environment and Streamlit's secrets file permit.

    Raises InputError for settings that are not valid.
    """
    section = st.secrets.get("auth") if st.secrets.load_if_toml_exists() else None
    has_store = database_of(environment, ROOT) is not None
    return build_access_policy(environment, section, has_store)


def session_visitor() -> Visitor:
    """Return who the reader of this session is, as it was found when the page ran last."""
    visitor = st.session_state.get(VISITOR_KEY)
    return visitor if isinstance(visitor, Visitor) else Visitor(access_policy().visitor_role)


def signed_in_owner() -> Holder | None:
    """Return the owner of the workspaces of the person who is signed in; None for nobody."""
    return session_visitor().owner
