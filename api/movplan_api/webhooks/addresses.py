"""Where notices may go: never into the network the service itself stands in.

A name is resolved once and what it resolves to is checked; the connection goes to that
very address, so a name that answers differently the second time gains nothing.
"""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"http": 80, "https": 443}
_PRIVATE = (
    "It is an address of a private network"
    " (MOVPLAN_WEBHOOKS_MAY_REACH_PRIVATE allows them)."
)


class UnreachableError(Exception):
    """The address must not, or cannot, be called; the text says why."""


def check_url(url: str, *, may_reach_private: bool) -> SplitResult:
    """The parts of an address that may be tried; nothing is looked up."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise UnreachableError("This is no address.") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UnreachableError("Expected an address with http:// or https://.")
    if parts.username or parts.password:
        raise UnreachableError("Addresses with a user or password are not called.")
    if port == 0:
        raise UnreachableError("There is no port 0.")
    if not may_reach_private:
        _refuse_inside(parts.scheme, parts.hostname)
    return parts


def resolve(url: str, *, may_reach_private: bool) -> tuple[Address, SplitResult]:
    """The one address to connect to. All that a name resolves to must be fit."""
    parts = check_url(url, may_reach_private=may_reach_private)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnreachableError("The name does not resolve.") from None
    addresses = [ipaddress.ip_address(str(row[4][0]).split("%")[0]) for row in found]
    if not may_reach_private:
        for address in addresses:
            _refuse_private(address)
    return addresses[0], parts


def _refuse_inside(scheme: str, host: str) -> None:
    literal = _literal(host)
    if literal is not None:
        _refuse_private(literal)
    if _names_this_machine(host):
        raise UnreachableError(_PRIVATE)
    if scheme != "https":
        raise UnreachableError("Expected https://: notices name families.")


def _literal(host: str) -> Address | None:
    """The address that a host is, however it is written (0x7f.1, 2130706433)."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def _refuse_private(address: Address) -> None:
    inner = _inner(address)
    if not inner.is_global or inner.is_multicast or inner.is_reserved:
        raise UnreachableError(_PRIVATE)


def _names_this_machine(host: str) -> bool:
    """Names that lead nowhere else (RFC 6761), and need not be looked up."""
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")


def _inner(address: Address) -> Address:
    """What an IPv6 address that carries one of IPv4 leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
