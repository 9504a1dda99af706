"""The address of a reader is found behind trusted proxies, and nobody can choose another one."""

from __future__ import annotations

import pytest
from starlette.requests import HTTPConnection

from geo.server.addresses import find_reader_address, parse_trusted_proxies
from geo.settings import TRUSTED_PROXIES
from geo.text import InputError


def find(peer, *forwarded, trusted=TRUSTED_PROXIES.default):
    """The address of a request from a peer (None: a Unix socket) with X-Forwarded-For headers."""
    scope = {
        "type": "http",
        "client": (peer, 1234) if peer else None,
        "headers": [(b"x-forwarded-for", value.encode()) for value in forwarded],
    }
    networks = parse_trusted_proxies({TRUSTED_PROXIES.name: trusted})
    return find_reader_address(HTTPConnection(scope), networks)


@pytest.mark.parametrize(
    ("case", "peer", "forwarded", "expected"),
    [
        ("no proxy", "203.0.113.7", [], "203.0.113.7"),
        ("a reader writes the header", "203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("a reader claims to be the server", "203.0.113.7", ["127.0.0.1"], "203.0.113.7"),
        ("a proxy", "127.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        ("a proxy adds to what was written", "127.0.0.1", ["1.1.1.1, 203.0.113.7"], "203.0.113.7"),
        ("a proxy adds a second header", "127.0.0.1", ["1.1.1.1", "203.0.113.7"], "203.0.113.7"),
        ("two proxies", "127.0.0.1", ["203.0.113.7, 127.0.0.5"], "203.0.113.7"),
        ("another proxy is not trusted", "127.0.0.1", ["203.0.113.7, 10.1.2.3"], "10.1.2.3"),
        ("a proxy gives a port", "::1", ["203.0.113.7:4711"], "203.0.113.7"),
        ("a Unix socket", None, ["203.0.113.7"], "203.0.113.7"),
        ("a network of 64 bits", "2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
        ("the same network", "::1", ["[2001:db8:1:2:ffff::1]:443"], "2001:db8:1:2::/64"),
        ("IPv4 within IPv6", "::ffff:203.0.113.7", [], "203.0.113.7"),
        ("a trusted one within IPv6", "::ffff:127.0.0.1", ["203.0.113.7"], "203.0.113.7"),
        ("this machine", "127.0.0.1", [], None),
        ("this machine by a proxy", "127.0.0.1", ["127.0.0.1"], None),
        ("a proxy that names nobody", "127.0.0.1", ["unknown"], None),
        ("what is no address is not passed", "127.0.0.1", ["203.0.113.7, x"], None),
        ("an empty header", "127.0.0.1", [""], None),
    ],
)
def test_the_address_is_the_last_that_no_trusted_proxy_has(case, peer, forwarded, expected):
    assert find(peer, *forwarded) == expected, case


def test_networks_of_proxies_are_those_of_the_setting():
    chain = "203.0.113.7, 10.1.2.3"
    assert find("10.1.9.9", chain, trusted="10.1.0.0/16") == "203.0.113.7"
    assert find("10.2.9.9", chain, trusted="10.1.0.0/16") == "10.2.9.9"
    assert find("127.0.0.1", chain, trusted="10.1.0.0/16") == "127.0.0.1"
    assert find("127.0.0.1", chain, trusted="") == "127.0.0.1"


@pytest.mark.parametrize("text", ["proxy.example.cn", "10.0.0.5/8", "0.0.0.0/0", "::/0", "10.1/16"])
def test_what_is_no_network_is_refused_with_a_sentence(text):
    with pytest.raises(InputError, match=r"^ATLAS_TRUSTED_PROXIES: “.+” is not a network of"):
        parse_trusted_proxies({TRUSTED_PROXIES.name: text})
