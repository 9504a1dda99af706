"""Files that pages make for a reader, such as downloads: only the browser of that page gets them.

Streamlit serves them to whoever has the address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from streamlit import runtime
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from geo.access import Visitor, read_sign_in
from pages.parts.access import access_policy

# Sessions whose pages had a file made when it was asked for: Streamlit notes that of other files.
_made: Final[dict[str, frozenset[str]]] = {}


def note_made_files() -> None:
    """Note from now on which session a file is made for, when the server starts."""
    instance = runtime.get_instance()
    manager = instance.media_file_mgr
    execute = manager.execute_deferred

    def execute_and_note(placeholder: str) -> str:
        entry = manager._deferred_callables.get(placeholder)
        address = execute(placeholder)
        if entry:
            file = address.rpartition("/")[2].partition(".")[0]
            _made[file] = _made.get(file, frozenset()) | {entry["session_id"]}
            for name, sessions in list(_made.items()):
                if not any(map(instance.is_active_session, sessions)):
                    _made.pop(name, None)
        return address

    manager.execute_deferred = execute_and_note  # type: ignore[assignment, method-assign]


def owns_media(cookies: Mapping[str, str], visitor: Visitor, file: str) -> bool:
    """Whether a page in this browser, of this sign-in, has a file.

    cookies: of the request. visitor: who the browser is, by the same cookies. file: the id by which
    Streamlit has it.
    """
    browser = _browser_of(cookies)
    if browser is None or not runtime.exists():
        return False
    instance = runtime.get_instance()
    sign_in = visitor.sign_in.key if visitor.sign_in else ""
    pages = list(instance.media_file_mgr._files_by_session_and_coord.items())
    sessions = {name for name, files in pages if file in list(files.values())}
    for session in sessions | _made.get(file, frozenset()):
        info = instance._session_mgr.get_session_info(session)
        context = info.client.client_context if info and info.client else None
        if context is None or _browser_of(context.cookies) != browser:
            continue
        if _sign_in_of(context.cookies) == sign_in:
            return True
    return False


def _browser_of(cookies: Mapping[str, str]) -> bytes | None:
    """Return what names a browser: the random token by which Streamlit knows its own pages."""
    return decode_xsrf_token_string(cookies.get(XSRF_COOKIE_NAME, ""))[0]


def _sign_in_of(cookies: Mapping[str, str]) -> str:
    provider = access_policy().provider
    sign_in = read_sign_in(cookies, provider) if provider else None
    return sign_in.key if sign_in else ""
