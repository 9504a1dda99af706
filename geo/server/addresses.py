"""The address of a reader, which a proxy names, and the proxies that are believed.

Reference: RFC 7239, section 8: what the header names may be forged, but for what trusted
proxies add.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final

from starlette.requests import HTTPConnection

from geo.settings import TRUSTED_PROXIES
from geo.text import N_, InputError

FORWARDED: Final = "x-forwarded-for"
LOOPBACK: Final = IPv4Address("127.0.0.1")
SITE_PREFIX: Final = 64  # bits: one reader has all addresses of such a network of IPv6
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def parse_trusted_proxies(settings: Mapping[str, str]) -> tuple[Network, ...]:
    """Return the networks of the proxies that the operator trusts.

    settings: the environment variables; an empty value trusts none. Raises InputError for what is
    not a network, and for all addresses: then any reader could name any address.

    >>> parse_trusted_proxies({"ATLAS_TRUSTED_PROXIES": "10.1.0.0/16 fd00::1"})
    (IPv4Network('10.1.0.0/16'), IPv6Network('fd00::1/128'))
    """
    networks = []
    for given in TRUSTED_PROXIES.read(settings).split():
        try:
            network = ip_network(given)
            if network.prefixlen == 0:
                raise ValueError
        except ValueError:
            raise InputError(
                N_(
                    "{setting}: “{given}” is not a network of proxies. Write networks such as"
                    " 10.1.0.0/16, separated by spaces."
                ),
                setting=TRUSTED_PROXIES.name,
                given=given,
            ) from None
        networks.append(network)
    return tuple(networks)


def find_reader_address(connection: HTTPConnection, trusted: Sequence[Network]) -> str | None:
    """Return the address that a request comes from; None if only trusted proxies are named.

    It is the last address in ``X-Forwarded-For`` that is not a trusted proxy: each proxy adds at
    the end who asked it, so what a reader writes into the header stands before it. The header
    counts only if a trusted proxy sent the request. A request through a Unix socket comes from this
    machine. IPv6 addresses are given by their network of 64 bits.
    """
    peer = connection.client.host if connection.client else ""
    address: Address = _parse_address(peer) or LOOPBACK
    forwarded = ",".join(connection.headers.getlist(FORWARDED)).split(",")
    while any(address in network for network in trusted):
        before = _parse_address(forwarded.pop()) if forwarded else None
        if before is None:
            return None
        address = before
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, SITE_PREFIX), strict=False))
    return str(address)


def _parse_address(text: str) -> Address | None:
    """Return an address, without a port; None if it is none.

    >>> _parse_address("[2001:db8::1]:443"), _parse_address("::ffff:192.0.2.1")
    (IPv6Address('2001:db8::1'), IPv4Address('192.0.2.1'))
    """
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
