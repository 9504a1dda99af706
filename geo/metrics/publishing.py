"""The port on which a process gives its metrics, apart from the one for readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from ipaddress import ip_address
from typing import Final, NamedTuple

from prometheus_client import start_http_server

from geo.metrics.labels import REGISTRY
from geo.settings import METRICS_ADDRESS, METRICS_PORT
from geo.text import N_, InputError

LAST_PORT: Final = 65_535  # TCP has no higher one
CLOSED_PORT: Final = N_(
    "{setting}: port {port} of {address} cannot be opened for the metrics. Choose a port that no"
    " other program uses, and an address of this machine."
)


class MetricsPlace(NamedTuple):
    """The address and the port of the metrics."""

    address: str
    port: int


def metrics_place(settings: Mapping[str, str]) -> MetricsPlace | None:
    """Return where the operator wants the metrics; None by default.

    settings: the environment variables. Raises InputError for an invalid port or address.

    >>> metrics_place({}), metrics_place({"ATLAS_METRICS_PORT": "9100"})
    (None, MetricsPlace(address='127.0.0.1', port=9100))
    """
    text = METRICS_PORT.read(settings).strip()
    if not text:
        return None
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= port <= LAST_PORT:
        raise InputError(
            N_("{setting}: “{given}” is not a port. Write a number from 1 to {last}."),
            setting=METRICS_PORT.name,
            given=text,
            last=LAST_PORT,
        )
    address = METRICS_ADDRESS.read(settings).strip() or METRICS_ADDRESS.default
    try:
        ip_address(address)
    except ValueError:
        raise InputError(
            N_(
                "{setting}: “{given}” is not an IP address. Write one of this machine, such as"
                " {example}."
            ),
            setting=METRICS_ADDRESS.name,
            given=address,
            example=METRICS_ADDRESS.default,
        ) from None
    return MetricsPlace(address, port)


@cache
def open_metrics_port(place: MetricsPlace) -> Callable[[], None]:
    """Answer requests for the metrics in threads of their own; return a function that stops it.

    A process opens a place once. Raises InputError if the port cannot be opened.
    """
    try:
        server, thread = start_http_server(place.port, place.address, REGISTRY)
    except OSError:
        raise InputError(
            CLOSED_PORT, setting=METRICS_PORT.name, port=place.port, address=place.address
        ) from None

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return stop
