"""The id of the websocket of a session, for the log."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.server import read_request_id


def session_request_id() -> str:
    """Return the id of the websocket whose page this thread runs; empty in another thread."""
    context = get_script_run_ctx(suppress_warning=True)
    return read_request_id(st.context.headers) if context else ""
