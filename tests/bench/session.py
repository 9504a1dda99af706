"""A session of Streamlit without a browser: its messages over a websocket."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

WAIT_S = 60


class SessionError(Exception):
    """A session that ended, or a run of a page that did not succeed."""


class RawSession:
    """A reader whose browser draws nothing.

    address: of the server, without a slash at its end. cookie: names the process behind the proxy;
    without it, the proxy chooses.
    """

    def __init__(self, address: str, cookie: str = "") -> None:
        parts = urlsplit(address)
        self.address = f"ws://{parts.netloc}{parts.path}/_stcore/stream"
        self.cookie = cookie
        self.socket: ClientConnection | None = None

    async def open(self) -> None:
        """Connect. Raises OSError or a fault of the websocket if the server does not accept."""
        self.socket = await connect(
            self.address,
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": self.cookie} if self.cookie else {},
            max_size=None,
            compression=None,
            open_timeout=WAIT_S,
            ping_interval=None,
        )

    async def show(self, page: str, query: str, pressed: str = "") -> float:
        """Show a page as Back does; return the seconds to the end of its script.

        page: its name, empty for the first one. query: of the URL. pressed: the id of a button.
        Raises SessionError.
        """
        assert self.socket is not None
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        if pressed:
            message.rerun_script.widget_states.widgets.add(id=pressed, trigger_value=True)
        began = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(WAIT_S):
            while True:
                answer = ForwardMsg()
                answer.ParseFromString(bytes(await self.socket.recv(decode=False)))
                self.receive(answer)
                kind = answer.WhichOneof("type")
                if kind == "script_finished":
                    break
                if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                    raise SessionError(answer.delta.new_element.exception.message)
        if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise SessionError(ForwardMsg.ScriptFinishedStatus.Name(answer.script_finished))
        return time.perf_counter() - began

    def receive(self, message: ForwardMsg) -> None:
        """Take a message of the server; this reader looks at none."""

    async def close(self) -> None:
        """Close the tab."""
        if self.socket is not None:
            await self.socket.close()
