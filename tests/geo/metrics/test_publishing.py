"""The port of the metrics: closed by default, of this machine alone, and clear when it fails."""

from __future__ import annotations

import socket
from urllib.request import urlopen

import pytest

from geo.metrics import metrics_place, open_metrics_port
from geo.settings import METRICS_ADDRESS, METRICS_PORT
from geo.text import InputError
from tests.server import free_port


def test_no_port_is_opened_unless_it_is_set():
    assert metrics_place({}) is None
    assert metrics_place({METRICS_PORT.name: " "}) is None
    assert metrics_place({METRICS_PORT.name: "9100"}) == ("127.0.0.1", 9100)
    given = {METRICS_PORT.name: "9100", METRICS_ADDRESS.name: "::1"}
    assert metrics_place(given) == ("::1", 9100)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80.5", "９１００"])
def test_what_is_no_port_is_refused_with_a_sentence(port):
    with pytest.raises(InputError, match=r"^ATLAS_METRICS_PORT: “.+” is not a port\. Write a"):
        metrics_place({METRICS_PORT.name: port})


@pytest.mark.parametrize("address", ["everyone", "localhost:9100", "127.0.0.1/8"])
def test_what_is_no_address_is_refused_with_a_sentence(address):
    with pytest.raises(InputError, match=r"^ATLAS_METRICS_ADDRESS: “.+” is not an IP address"):
        metrics_place({METRICS_PORT.name: "9100", METRICS_ADDRESS.name: address})


def test_the_port_gives_the_metrics_as_text_until_it_is_closed():
    place = metrics_place({METRICS_PORT.name: str(free_port())})
    stop = open_metrics_port(place)
    with urlopen(f"http://127.0.0.1:{place.port}/metrics", timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain")
        lines = answer.read().decode().splitlines()
    assert any(line.startswith("process_resident_memory_bytes ") for line in lines)
    assert "# TYPE atlas_rerun_seconds histogram" in lines
    assert open_metrics_port(place) is stop  # a second time does not try to open it
    stop()
    with pytest.raises(OSError, match="refused"):
        urlopen(f"http://127.0.0.1:{place.port}/metrics", timeout=10)


def test_a_port_in_use_is_refused_with_a_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        place = metrics_place({METRICS_PORT.name: str(other.getsockname()[1])})
        with pytest.raises(InputError, match=rf"port {place.port} of 127\.0\.0\.1 cannot be open"):
            open_metrics_port(place)
