"""Which addresses are fetched from: of http and https, on their own ports, of hosts that everybody can reach."""

import re
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from django.utils.translation import gettext as _

Number = IPv4Address | IPv6Address
LONGEST = 2_000
PORTS = {"http": 80, "https": 443}
NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
# What a browser takes for a number: 0x7f.1, 0177.0.0.1 and 2130706433 are all 127.0.0.1.
NUMERIC = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)")
NOT_PUBLIC = [
    # IANA's registry of special-purpose addresses, those that are not reachable globally, and multicast.
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
    *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
    *("224.0.0.0/4", "240.0.0.0/4"),
    "168.63.129.16/32",  # looks public, and is the metadata service of a cloud
]
PRIVATE = [IPv4Network(network) for network in NOT_PUBLIC]
UNICAST = IPv6Network("2000::/3")  # everything public of IPv6 lies in it, but for NAT64
UNUSED = [IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
NAT64 = IPv6Network("64:ff9b::/96")


class NotFetched(ValueError):
    """An address is not fetched; why, in a sentence for a curator."""


class Target(NamedTuple):
    """Where to ask, and for what. `host` is a name in ASCII or an IP address without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_number(self) -> bool:
        return is_numeric(self.host)

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.path}"


def target_of(address: str, ports: Iterable[int] = PORTS.values()) -> Target:
    """The parts of an address. Raises NotFetched on what is none of http or https, and on every trick of spelling."""
    if len(address) > LONGEST or not address.isprintable() or re.search(r"[\s\\]", address):
        raise NotFetched(_("This is no address: it is too long, or has spaces or backslashes in it."))
    parts, port = taken_apart(address)
    if parts.scheme not in PORTS:
        raise NotFetched(_("Only addresses that begin with https:// or http:// are fetched."))
    if "@" in parts.netloc:
        raise NotFetched(_("The address names a user or a password; leave that out."))
    if port not in ports:
        raise NotFetched(_("Only the usual ports of the web are asked, not %(port)d.") % {"port": port})
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._") if parts.query else ""
    return Target(parts.scheme, host_of(parts.hostname or ""), port, path + query)


def taken_apart(address: str) -> tuple[SplitResult, int]:
    """The parts, and the port: the one of the scheme where none is given. Raises NotFetched."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise NotFetched(_("This is no address of the web.")) from error
    if "[" in parts.netloc and ":" not in (parts.hostname or ""):
        raise NotFetched(_("Only an IPv6 address stands in brackets."))
    return parts, port


def host_of(told: str) -> str:
    """The host as it is asked for: a name in ASCII, or an IP address. Raises NotFetched."""
    bare = told.removesuffix(".")
    if is_numeric(bare):
        return number_in(bare)
    try:
        name = bare.encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    if is_numeric(name):  # after other scripts' digits have become these
        return number_in(name)
    if not NAME.fullmatch(name) or "." not in name:
        raise NotFetched(_("The address names no host of the web."))
    return name


def is_numeric(host: str) -> bool:
    return ":" in host or bool(NUMERIC.fullmatch(host))


def number_in(told: str) -> str:
    """The IP address that is told, spelt as it is everywhere. Raises NotFetched on any other spelling."""
    unusual = _("The address spells an IP address in an unusual way; use the name of the host.")
    if "%" in told:  # which names an interface of this machine
        raise NotFetched(unusual)
    try:
        return str(ip_address(told))
    except ValueError as error:
        raise NotFetched(unusual) from error


def is_public(number: Number) -> bool:
    """Whether everybody on the internet would reach the same host there.

    Of IPv6 that is the unicast part without tunnels (6to4, Teredo), which carry addresses that are looked at nowhere
    else; an address that was translated (NAT64) is judged by the one that it stands for.
    """
    if isinstance(number, IPv4Address):
        return not any(number in network for network in PRIVATE)
    if number in NAT64:
        return is_public(IPv4Address(int(number) & 0xFFFFFFFF))
    return number in UNICAST and not any(number in network for network in UNUSED)


def checked(told: Iterable[str], is_allowed: Callable[[Number], bool] = is_public) -> list[Number]:
    """The numbers of a host. Raises NotFetched where there is none, or where one of them is not allowed."""
    numbers = [ip_address(number.partition("%")[0]) for number in told]
    if not numbers:
        raise NotFetched(_("No host of this name was found."))
    if not all(map(is_allowed, numbers)):
        raise NotFetched(_("The address leads to a private network; only what everybody can reach is fetched."))
    return numbers
