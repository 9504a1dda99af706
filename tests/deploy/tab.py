"""A tab of a browser that draws nothing: it clicks, types, uploads and downloads by messages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack, closing
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any, Self
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

PATIENCE_S = 60
XSRF = "_streamlit_xsrf"
TICKET = re.compile(r"/keep\?ticket=[\w-]+")
BUTTONS, SWITCHES = ("Button", "DownloadButton"), ("Checkbox", "Popover")
TEXTS, CHOICES = ("TextInput", "TextArea"), ("Selectbox", "Radio")
FAULT = "This part of the page could not be shown"
ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Browser:
    """The cookies of a reader, who asks one server. received: every answer, newest last."""

    def __init__(self, url: str, cookies: Mapping[str, str], is_new: bool = True) -> None:
        self.url = url
        self.cookies = dict(cookies)
        self.received: list[bytes] = []
        self.fetched: set[str] = set()  # images, which a page asks for once
        if is_new:
            self.ask("/_stcore/health")  # as a page does first; the answer sets the browser’s token

    @property
    def cookie(self) -> str:
        """The cookies as a request has them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes]:
        """Return status and body of an answer, and keep the cookies that it sets."""
        status, body, cookies = ask(self.url, path, method, body, Cookie=self.cookie, **headers)
        self.cookies |= cookies
        self.received.append(body)
        return status, body


def ask(
    url: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, bytes, dict[str, str]]:
    """Return status, body and new cookies of an answer; no cookies are sent but those given."""
    place = urlsplit(url)
    sent = {name.replace("_", "-"): value for name, value in headers.items() if value}
    with closing(HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE_S)) as made:
        made.request(method, path, body, sent)
        answer = made.getresponse()
        cookies = SimpleCookie()
        for text in answer.headers.get_all("Set-Cookie") or ():
            cookies.load(text)
        found = {name: morsel.value for name, morsel in cookies.items()}
        return answer.status, answer.read(), found


def multipart(name: str, data: bytes) -> tuple[bytes, str]:
    """Return the body of a form with one file, and its content type."""
    mark = uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = head.encode() + b"Content-Type: text/csv\r\n\r\n" + data + f"\r\n--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"


class Tab:
    """A page that a browser has open.

    session: of another tab, to come back to. elements: the widgets of the page by their keys.
    texts: what the page shows as HTML, code, warnings and messages.
    """

    def __init__(self, browser: Browser, page: str, session: str = "", **params: str) -> None:
        self.browser = browser
        self.page = page
        self.query = urlencode(params)
        self.session = ""
        self.elements: dict[str, tuple[Any, str]] = {}
        self.values: dict[str, Any] = {}  # by ids
        self._shown: list[tuple[str, str]] = []
        self._fragment = ""  # that the run draws alone
        place = urlsplit(browser.url)
        protocols = ["streamlit", browser.cookies.get(XSRF, ""), session]
        self._opened = ExitStack()
        self._socket = self._opened.enter_context(
            connect(
                f"ws://{place.netloc}/_stcore/stream",
                subprotocols=[Subprotocol(name) for name in protocols if name],
                additional_headers={"Origin": browser.url, "Cookie": browser.cookie},
                max_size=None,
                proxy=None,
            )
        )
        self.show(page, **params)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the tab."""
        self._opened.close()

    @property
    def text(self) -> str:
        """What the page shows, without markup."""
        return unescape("\n".join(text for text, _ in self._shown))

    def show(self, page: str, **params: str) -> None:
        """Go to a page."""
        self.page, self.query = page, urlencode({"lang": "en", **params})
        self._run(ClientState(page_name=page))

    def keys(self, begin: str) -> list[str]:
        """The keys of the widgets that begin with a text, in the order of the page."""
        return [key for key in self.elements if key.startswith(begin)]

    def key(self, begin: str, part: str = "") -> str:
        """The first key that begins with a text and has another one in it."""
        return next(key for key in self.keys(begin) if part in key)

    def click(self, key: str, **values: object) -> None:
        """Type or choose values by key, then click a button."""
        element, _ = self.elements[key]
        assert not element.disabled, key
        self.change(key, True, **values)

    def change(self, key: str, value: object, **values: object) -> None:
        """Give a widget a value, and others by key, in one run of the page."""
        for name, given in {key: value, **values}.items():
            self.values[self.elements[name][0].id] = given
        self._run(ClientState(page_name=self.page, fragment_id=self.elements[key][1]))

    def upload(self, key: str, name: str, data: bytes) -> str:
        """Upload a file by the widget at a key; return the path that took it."""
        message = BackMsg()
        message.file_urls_request.request_id = uuid4().hex
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session
        self._socket.send(message.SerializeToString())
        (urls,) = self._wait_for("file_urls_response").file_urls_response.file_urls
        body, content = multipart(name, data)
        token = self.browser.cookies[XSRF]
        status, _ = self.browser.ask(
            urls.upload_url, "PUT", body, Content_Type=content, X_Xsrftoken=token
        )
        assert status == 204
        info = {"name": name, "size": len(data), "file_id": urls.file_id, "file_urls": urls}
        self.change(key, info)
        return str(urls.upload_url)

    def download(self, key: str) -> tuple[str, bytes]:
        """Return the path and the body of the file behind a button."""
        button, _ = self.elements[key]
        path = button.url
        if button.deferred_file_id:
            message = BackMsg()
            message.backend_operation_request.request_id = uuid4().hex
            message.backend_operation_request.session_id = self.session
            message.backend_operation_request.deferred_file.file_id = button.deferred_file_id
            self._socket.send(message.SerializeToString())
            answer = self._wait_for("backend_operation_response").backend_operation_response
            assert not answer.error_msg, answer.error_msg
            path = answer.deferred_file.url
        status, body = self.browser.ask(path)
        assert status == 200
        return path, body

    def _run(self, state: ClientState) -> None:
        state.query_string = self.query
        state.context_info.url = f"{self.browser.url}/{self.page}"
        state.context_info.locale = "en"
        for element, _ in self.elements.values():
            self._add_value(state, element)
        self._fragment = state.fragment_id
        self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        while True:
            finished = self._wait_for("script_finished").script_finished
            # A run that is cut short by another one is not the end.
            if finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
        assert finished in ENDED, ForwardMsg.ScriptFinishedStatus.Name(finished)
        assert FAULT not in self.text
        # The browser fetches the images of the page, the cookie of its key among them.
        for ticket in TICKET.findall("".join(text for text, _ in self._shown)):
            if ticket not in self.browser.fetched:
                self.browser.fetched.add(ticket)
                self.browser.ask(ticket, Sec_Fetch_Site="same-origin")

    def _add_value(self, state: ClientState, element: Any) -> None:
        """Add the value of a widget to what is sent, as a browser sends those of the whole page."""
        kind, value = element.DESCRIPTOR.name, self.values.get(element.id)
        if value is None or kind not in (*CHOICES, *TEXTS, *SWITCHES, *BUTTONS, "FileUploader"):
            return
        widget = state.widget_states.widgets.add(id=element.id)
        if kind in BUTTONS:
            widget.trigger_value = bool(self.values.pop(element.id))
        elif kind in SWITCHES:
            widget.bool_value = bool(value)
        elif kind == "FileUploader":
            widget.file_uploader_state_value.uploaded_file_info.add(**value)
        else:
            widget.string_value = str(value)

    def _note_value(self, element: Any) -> None:
        """Note the value that a widget begins with, or that the page gives it."""
        kind = element.DESCRIPTOR.name
        if kind in TEXTS and element.set_value:
            self.values[element.id] = element.value
        elif kind in CHOICES and element.set_value:
            self.values.pop(element.id, None)
            if element.HasField("raw_value"):
                self.values[element.id] = element.raw_value
        elif element.id in self.values or kind not in (*TEXTS, *CHOICES):
            return
        elif kind in TEXTS:
            self.values[element.id] = element.default
        elif element.HasField("default") and element.options:
            self.values[element.id] = element.options[element.default]

    def _wait_for(self, kind: str) -> ForwardMsg:
        """Return the next message of a kind; note all that come before."""
        while True:
            body = bytes(self._socket.recv(PATIENCE_S, decode=False))
            self.browser.received.append(body)
            message = ForwardMsg.FromString(body)
            self._note(message)
            if message.WhichOneof("type") == kind:
                return message

    def _note(self, message: ForwardMsg) -> None:
        """Note what the browser keeps: the session, the address, widgets and texts."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id
            drawn, self._fragment = self._fragment, ""  # what follows in this run is a whole page
            self.elements = {
                key: (element, fragment)
                for key, (element, fragment) in self.elements.items()
                if drawn and fragment != drawn
            }
            self._shown = [
                (text, fragment) for text, fragment in self._shown if drawn and fragment != drawn
            ]
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            self._note_delta(message.delta)

    def _note_delta(self, delta: Any) -> None:
        fragment = delta.fragment_id
        if delta.WhichOneof("type") == "add_block":
            if delta.add_block.popover.id:
                popover = delta.add_block.popover
                self.elements[popover.id.split("-", 2)[2]] = (popover, fragment)
            return
        name = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, name) if name else None
        assert name != "exception", element
        if name in ("html", "markdown", "alert", "toast"):
            self._shown.append((element.body, fragment))
        elif name == "code":
            self._shown.append((element.code_text, fragment))
        elif getattr(element, "id", ""):
            self.elements[element.id.split("-", 2)[2]] = (element, fragment)
            self._note_value(element)
