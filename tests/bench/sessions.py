"""Sessions without a browser: a websocket that speaks Streamlit's messages.

A session does what a page in a browser does, and nothing is drawn: it opens a page, changes its
address or chooses an option, and waits until the script has finished. So many of them cost little,
and what the server spends is its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode, urlsplit

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

PATIENCE_S = 60
WIDGETS = ("selectbox", "button_group", "text_input", "multiselect", "slider")


@dataclass
class Answer:
    """What a run of the page brought: its messages, and their bytes."""

    messages: list[ForwardMsg] = field(default_factory=list)
    size_in_bytes: int = 0

    @property
    def texts(self) -> list[str]:
        """The HTML of the page, element by element."""
        elements = (message.delta.new_element for message in self.messages)
        return [element.html.body for element in elements if element.WhichOneof("type") == "html"]

    @property
    def is_success(self) -> bool:
        """Whether the script ended without an error."""
        return self.messages[-1].script_finished in (
            ForwardMsg.FINISHED_SUCCESSFULLY,
            ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
        ) and not any(
            message.delta.new_element.WhichOneof("type") == "exception" for message in self.messages
        )


class Session:
    """One reader with an open page.

    url: of the server, such as ``http://127.0.0.1:8501``, with the path of the page, if any.
    params: the query of the address. Streamlit keeps a closed session for two minutes, for a
    browser that comes back.
    """

    def __init__(self, url: str, params: Mapping[str, object] | None = None) -> None:
        parts = urlsplit(url)
        self.page_name = parts.path.strip("/")
        self.url = f"{parts.scheme}://{parts.netloc}"
        self.page_hash = ""
        self.widgets: dict[str, tuple[str, str]] = {}  # id and fragment by key
        self.query = urlencode(params or {})
        self._opened = ExitStack()
        self._socket = self._opened.enter_context(
            connect(
                f"ws://{parts.netloc}/_stcore/stream",
                subprotocols=[Subprotocol("streamlit")],
                additional_headers={"Origin": self.url},
                max_size=None,
                proxy=None,
            )
        )
        self.first = self._run(ClientState(query_string=self.query, page_name=self.page_name))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def show(self, **params: object) -> Answer:
        """Go to another address of the same page, as Back does."""
        self.query = urlencode(params)
        return self._run(ClientState(query_string=self.query, page_script_hash=self.page_hash))

    def choose(self, key: str, value: str) -> Answer:
        """Choose an option of a select box by its key, and rerun the fragment that it is in."""
        widget, fragment = self.widgets[key]
        state = ClientState(
            query_string=self.query, page_script_hash=self.page_hash, fragment_id=fragment
        )
        state.widget_states.widgets.add(id=widget, string_value=value)
        return self._run(state)

    def close(self) -> None:
        """Close the connection, as a browser does that is closed."""
        self._opened.close()

    def _run(self, state: ClientState) -> Answer:
        state.context_info.url = f"{self.url}/{self.page_name}"
        state.context_info.locale = "en"
        self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        answer = Answer()
        while True:
            body = self._socket.recv(PATIENCE_S, decode=False)
            message = ForwardMsg.FromString(body)
            answer.messages.append(message)
            answer.size_in_bytes += len(body)
            self._note(message)
            # A run that is cut short by another one is not the end.
            if (
                message.WhichOneof("type") == "script_finished"
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return answer

    def _note(self, message: ForwardMsg) -> None:
        """Note what the browser keeps: the page, its address, and the widgets."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page_hash = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            name = element.WhichOneof("type")
            if name in WIDGETS:
                widget = getattr(element, name).id
                key = widget.split("-", 2)[2]  # a key may have hyphens
                self.widgets[key] = (widget, message.delta.fragment_id)


@contextmanager
def cpu_time(pid: int) -> Iterator[list[float]]:
    """Measure the processor time of one process, in seconds, into the list that is given."""
    process, seconds = psutil.Process(pid), [0.0]
    before = process.cpu_times()
    yield seconds
    after = process.cpu_times()
    seconds[0] = after.user + after.system - before.user - before.system
