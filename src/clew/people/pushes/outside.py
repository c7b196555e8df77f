"""Calls to addresses that people gave us: to none but public ones, or this server would ask its own network for them.

A name is looked up once, all that it stands for is looked at, and one of those addresses is connected to: a name
server can't answer otherwise the second time. No redirect is followed, and nothing of an answer is read but its head.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias, cast
from urllib.parse import urlsplit

import httpcore
import msgspec

from clew.people.pushes.bounds import ANSWER_WITHIN_S, CONNECT_WITHIN_S
from clew.wire.pushes import ENDPOINT_CHARS_MAX

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_CARRY_IPV4: Final = tuple(ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16"))
"""IPv6 addresses behind which an IPv4 one stands that is not looked at here."""
_PORTS: Final = {"https": 443, "http": 80}
_CONNECTIONS_MAX: Final = 32


class NotAllowed(Exception):
    """Such an address is never called."""


class NoAnswer(Exception):
    """Nobody answered, in time or at all; nobody knows whether anything arrived."""


class HeadOfAnswer(msgspec.Struct, frozen=True):
    """What was answered. ``retry_after_s``: when the other side wants to be asked again, if it says so in seconds."""

    status: int
    retry_after_s: float | None = None


def networks_of(named: Iterable[str]) -> tuple[Network, ...]:
    """``127.0.0.0/8``, ``10.1.2.3``: several with blanks or commas. Raises ``ValueError``."""
    return tuple(ipaddress.ip_network(word) for text in named for word in text.replace(",", " ").split())


class Outside:
    """``networks`` are an operator's own: there plain HTTP and other ports are allowed as well."""

    def __init__(self, networks: Sequence[Network] = ()) -> None:
        self._networks = networks
        self._pool: httpcore.AsyncConnectionPool | None = None

    def check(self, url: str) -> None:
        """Whether it may be called at all, as far as can be told without asking anybody. Raises ``NotAllowed``."""
        if len(url) > ENDPOINT_CHARS_MAX or not url.isascii() or not url.isprintable() or " " in url:
            raise NotAllowed(f"It is no address of at most {ENDPOINT_CHARS_MAX} signs.")
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as wrong:
            raise NotAllowed("It is no address.") from wrong
        if not host or parts.username is not None or parts.password is not None or "\\" in url or parts.fragment:
            raise NotAllowed("It is no address, or has more in it than one needs.")
        found = _address(host)
        if self._networks and (found is None or self._is_own(found)) and parts.scheme in _PORTS:
            return  # of a name it shows when it is looked up
        if parts.scheme != "https" or port not in (None, _PORTS["https"]):
            raise NotAllowed("It has to begin with https:// and to have no port.")
        if found is not None:
            self.check_address(found)

    def check_address(self, address: Address) -> None:
        """Raises ``NotAllowed``."""
        if not is_public(address) and not self._is_own(address):
            raise NotAllowed("It is not in the public part of the internet.")

    def is_plain_allowed(self, address: Address, port: int) -> bool:
        """Whether this port of it may be called: another than that of HTTPS only in networks of the operator's own."""
        return port == _PORTS["https"] or self._is_own(address)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> HeadOfAnswer:
        """Raises ``NotAllowed``, ``NoAnswer``."""
        self.check(url)
        extensions = {"timeout": dict.fromkeys(("connect", "pool"), CONNECT_WITHIN_S)}
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                async with self._opened().stream(
                    "POST", url, headers=list(headers.items()), content=body, extensions=extensions
                ) as answer:
                    return HeadOfAnswer(answer.status, _retry_after_s(answer.headers))
        except (TimeoutError, OSError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as no:
            raise NoAnswer(type(no).__name__) from no

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.aclose()

    def _opened(self) -> httpcore.AsyncConnectionPool:
        """Made when somebody is first called: a start does not wait until all certificates are read."""
        if self._pool is None:
            self._pool = httpcore.AsyncConnectionPool(
                ssl_context=ssl.create_default_context(),
                max_connections=_CONNECTIONS_MAX,
                max_keepalive_connections=0,
                network_backend=_Guarded(self),
            )
        return self._pool

    def _is_own(self, address: Address) -> bool:
        return any(address in network for network in self._networks)


def is_public(address: Address) -> bool:
    """Whether it is an address of the internet, and of nobody's own network."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _CARRY_IPV4):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were looked at, and to nothing else."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._through = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as nowhere:
            raise httpcore.ConnectError(str(nowhere)) from nowhere
        addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
        for address in addresses:
            # All of them: a name that stands for one address of ours too is not to be trusted with any.
            self._outside.check_address(address)
            if not self._outside.is_plain_allowed(address, port):
                raise NotAllowed("It has to have no port.")
        if not addresses:
            raise httpcore.ConnectError("it stands for no address")
        return await self._through.connect_tcp(str(addresses[0]), port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        del timeout, socket_options
        raise NotAllowed(f"{path} is no address")

    async def sleep(self, seconds: float) -> None:
        await self._through.sleep(seconds)


def _address(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _retry_after_s(headers: Iterable[tuple[bytes, bytes]]) -> float | None:
    for name, value in headers:
        if name.lower() == b"retry-after" and value.isdigit() and len(value) < 8:
            return float(value)
    return None
