"""A session of Streamlit without a browser: its messages over a websocket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState as RerunRequest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

WAIT_S = 60
XSRF_COOKIE = "_streamlit_xsrf"
NOTHING: Final[Mapping[str, str]] = {}
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class SessionError(Exception):
    """A session that ended, or a run of a page that did not succeed."""


class RawSession:
    """A reader whose browser draws nothing.

    address: of the server, without a slash at its end. cookie: names the process behind the proxy;
    without it, the proxy chooses.
    """

    def __init__(self, address: str, cookie: str = "") -> None:
        parts = urlsplit(address)
        self.server = address
        self.address = f"ws://{parts.netloc}{parts.path}/_stcore/stream"
        self.cookie = cookie
        self.socket: ClientConnection | None = None
        self._shown = RerunRequest()
        self._token = ""  # of this browser, whose uploads the server takes
        # Id and fragment of the field for files that the page has, if any.
        self._uploader: tuple[str, str] | None = None

    async def open(self) -> None:
        """Connect. Raises OSError or a fault of the websocket if the server does not accept."""
        if not self._token:
            await asyncio.to_thread(self._take_token)
        self.socket = await connect(
            self.address,
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": self.cookie},
            max_size=None,
            compression=None,
            open_timeout=WAIT_S,
            ping_interval=None,
        )

    async def is_lost_within(self, seconds: float) -> bool:
        """Wait for a time, or until the connection is lost; return whether it is."""
        assert self.socket is not None
        try:
            async with asyncio.timeout(seconds):
                await self.socket.wait_closed()
        except TimeoutError:
            return False
        return True

    async def show(
        self, page: str, query: str, pressed: str = "", typed: Mapping[str, str] = NOTHING
    ) -> float:
        """Show a page as Back does; return the seconds to the end of its script.

        page: its name, empty for the first one. query: of the URL. pressed: the id of a button.
        typed: texts of fields by their ids. Raises SessionError.
        """
        self._uploader = None
        self._shown = RerunRequest(query_string=query, page_name=page)
        if pressed:
            request = RerunRequest()
            request.CopyFrom(self._shown)
            request.widget_states.widgets.add(id=pressed, trigger_value=True)
            for field, text in typed.items():
                request.widget_states.widgets.add(id=field, string_value=text)
            return await self._run(request)
        return await self._run(self._shown)

    async def upload(self, name: str, body: bytes) -> float:
        """Upload a table into the field of the page that is shown, as the browser does.

        Returns the seconds from sending the file to the end of the page's script. Raises
        SessionError if the page has no such field or the server refuses the file.
        """
        if self._uploader is None:
            raise SessionError("the page has no field for files")
        widget, fragment = self._uploader
        began = time.perf_counter()
        urls = await self._ask_file_urls(name)
        await asyncio.to_thread(self._send_file, urls.upload_url, name, body)
        request = RerunRequest()
        request.CopyFrom(self._shown)
        request.fragment_id = fragment
        state = request.widget_states.widgets.add(id=widget).file_uploader_state_value
        file = state.uploaded_file_info.add(file_id=urls.file_id, name=name, size=len(body))
        file.file_urls.CopyFrom(urls)
        await self._run(request)
        return time.perf_counter() - began

    async def _run(self, request: RerunRequest) -> float:
        """Run the page's script; return the seconds until it ends. Raises SessionError."""
        began = time.perf_counter()
        await self._send(BackMsg(rerun_script=request))
        status = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        # A run that is cut short by another one is not the end.
        while status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            status = (await self._receive("script_finished")).script_finished
        if status not in FINISHED:
            raise SessionError(ForwardMsg.ScriptFinishedStatus.Name(status))
        return time.perf_counter() - began

    async def _ask_file_urls(self, name: str) -> FileURLs:
        """Return where the server takes a file."""
        question = BackMsg()
        question.file_urls_request.request_id = name
        question.file_urls_request.file_names.append(name)
        question.file_urls_request.session_id = ""
        await self._send(question)
        answer = await self._receive("file_urls_response")
        return answer.file_urls_response.file_urls[0]

    def _take_token(self) -> None:
        """Ask for what a browser asks first; the answer has the cookie that names it."""
        with requests.Session() as http:
            http.trust_env = False  # no proxy of the environment
            http.headers["Cookie"] = self.cookie
            answer = http.get(f"{self.server}/_stcore/health", timeout=WAIT_S)
        self._token = answer.cookies[XSRF_COOKIE]
        self.cookie = "; ".join(filter(None, (self.cookie, f"{XSRF_COOKIE}={self._token}")))

    def _send_file(self, path: str, name: str, body: bytes) -> None:
        """Send a file to its address. Raises SessionError if it is refused."""
        url = f"{self.server}{path}"
        headers = {"Cookie": self.cookie, "X-Xsrftoken": self._token}
        with requests.Session() as http:
            http.trust_env = False  # no proxy of the environment
            answer = http.put(url, files={name: (name, body)}, headers=headers, timeout=WAIT_S)
        if not answer.ok:
            raise SessionError(f"the file was answered with {answer.status_code}")

    async def _send(self, message: BackMsg) -> None:
        assert self.socket is not None
        await self.socket.send(message.SerializeToString())

    async def _receive(self, wanted: str) -> ForwardMsg:
        """Wait for a kind of message. Raises SessionError if the page shows an exception."""
        assert self.socket is not None
        async with asyncio.timeout(WAIT_S):
            while True:
                answer = ForwardMsg()
                answer.ParseFromString(bytes(await self.socket.recv(decode=False)))
                self.receive(answer)
                kind = answer.WhichOneof("type")
                if kind == wanted:
                    return answer
                if kind != "delta" or answer.delta.WhichOneof("type") != "new_element":
                    continue
                element = answer.delta.new_element
                if element.WhichOneof("type") == "exception":
                    raise SessionError(element.exception.message)
                if element.WhichOneof("type") == "file_uploader":
                    self._uploader = (element.file_uploader.id, answer.delta.fragment_id)

    def receive(self, message: ForwardMsg) -> None:
        """Take a message of the server; this reader looks at none."""

    async def close(self) -> None:
        """Close the tab."""
        if self.socket is not None:
            await self.socket.close()
