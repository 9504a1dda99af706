"""Files and uploads of a session, and the session itself, are for the browser of its page alone.

Streamlit serves files to whoever has the address, takes uploads for any session from whoever names
it, and gives a session to any reader without a sign-in who comes back with its id.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from geo.access import Visitor, read_sign_in
from pages.parts.access import access_policy

# The sessions whose pages made a file. Streamlit forgets its own list whenever a page runs again,
# and still serves the file for a while.
_makers: Final[dict[str, frozenset[str]]] = {}
SPARE: Final = 16  # files that are no longer there, before they are removed from the list
BROWSER: Final = "atlas_browser"  # what Streamlit compares, besides the person, when one comes back


def note_made_files() -> None:
    """Note from now on which session a file is made for, when the server starts."""
    manager = runtime.get_instance().media_file_mgr
    add, execute = manager.add, manager.execute_deferred

    def add_and_note(*args: Any, **kwargs: Any) -> str:
        address = add(*args, **kwargs)
        context = get_script_run_ctx()
        if context:
            _note_maker(address, context.session_id)
        return address

    def execute_and_note(placeholder: str) -> str:
        entry = manager._deferred_callables.get(placeholder)
        address = execute(placeholder)
        if entry:
            _note_maker(address, entry["session_id"])
        return address

    manager.add = add_and_note  # type: ignore[method-assign]  # Streamlit has no hook
    manager.execute_deferred = execute_and_note  # type: ignore[assignment, method-assign]  # as above


def bind_sessions() -> None:
    """Let a tab that comes back have its session again in its own browser alone.

    Streamlit compares what it knows of the person, which is nothing without a sign-in: here the
    browser is a part of it. Another one gets a new session, as with an id that nobody has.
    """
    instance = runtime.get_instance()
    connect = instance.connect_session

    def connect_browser(client: Any, user_info: Any, *args: Any, **kwargs: Any) -> str:
        token = browser_of(client.client_context.cookies) or b""
        known = {**user_info, BROWSER: sha256(token).hexdigest()}
        return connect(client, known, *args, **kwargs)

    instance.connect_session = connect_browser  # type: ignore[method-assign]


def _note_maker(address: str, session: str) -> None:
    """Note that a session made a file, and forget files and sessions that are gone."""
    instance = runtime.get_instance()
    file = address.rpartition("/")[2].partition(".")[0]
    others = filter(instance.is_active_session, _makers.get(file, ()))
    _makers[file] = frozenset({*others, session})
    there = instance.media_file_mgr._file_metadata
    if len(_makers) > 2 * len(there) + SPARE:
        for name in [name for name in list(_makers) if name not in there]:
            _makers.pop(name, None)


def owns_media(cookies: Mapping[str, str], visitor: Visitor, file: str) -> bool:
    """Whether a page in this browser, of this sign-in, has a file.

    cookies: of the request. visitor: who the browser is, by the same cookies. file: the id by which
    Streamlit has it.
    """
    return any(owns_session(cookies, visitor, session) for session in _makers.get(file, ()))


def owns_session(cookies: Mapping[str, str], visitor: Visitor, session: str) -> bool:
    """Whether a session is connected and of this browser, and of this sign-in.

    cookies and visitor: as for ``owns_media``. session: the id by which Streamlit has it.
    """
    browser = browser_of(cookies)
    if browser is None or not runtime.exists():
        return False
    info = runtime.get_instance()._session_mgr.get_session_info(session)
    context = info.client.client_context if info and info.client else None
    if context is None or not compare_digest(browser_of(context.cookies) or b"", browser):
        return False
    return _sign_in_of(context.cookies) == (visitor.sign_in.key if visitor.sign_in else "")


def browser_of(cookies: Mapping[str, str]) -> bytes | None:
    """Return what names a browser: the random token by which Streamlit knows its own pages."""
    return decode_xsrf_token_string(cookies.get(XSRF_COOKIE_NAME, ""))[0]


def _sign_in_of(cookies: Mapping[str, str]) -> str:
    provider = access_policy().provider
    sign_in = read_sign_in(cookies, provider) if provider else None
    return sign_in.key if sign_in else ""
