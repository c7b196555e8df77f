"""Where the server listens, and how people and scripts are told of it."""

import errno
import ipaddress
import socket
from dataclasses import dataclass
from typing import Final

from clew.wiring.faults import CannotStart

_NOWHERE: Final = ("192.0.2.1", 9)
"""An address for documentation: asking the system how it would get there sends nothing."""


NOTSENT_BYTES_MAX: Final = 128 * 1024
"""So much of an answer the system takes from us before it can send it."""


class PortInUse(CannotStart):
    """Choose another port, or end who has this one."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Port {port} on {host} is in use by another program. Choose another one with --port.")


class BadAddress(CannotStart):
    """There is no such address on this machine, or no right to listen there."""


@dataclass(frozen=True)
class Urls:
    """``to_open`` in a browser on this machine; ``to_share`` with others on the network, if they can reach it."""

    to_open: str
    to_share: str | None


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, not yet accepting. Raises ``PortInUse`` or ``BadAddress``."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            _without_brackets(host), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise BadAddress(f"There is no address {host}: {error.strerror}.") from error
    except UnicodeError as error:
        raise BadAddress(f"There is no address {host}: it is no host name.") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):
            # Every connection inherits it: what its client does not take piles up here, counted, not in the system.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, NOTSENT_BYTES_MAX)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(host, port) from error
        raise BadAddress(f"Cannot listen on {host}, port {port}: {error.strerror}.") from error
    return listener


def urls_of(listener: socket.socket, public_url: str | None) -> Urls:
    """How to reach a bound socket."""
    host, port = listener.getsockname()[:2]
    address = ipaddress.ip_address(host)
    here = "127.0.0.1" if address.version == 4 else "::1"
    to_open = _url(here if address.is_unspecified else host, port)
    if public_url is not None:
        return Urls(to_open, public_url)
    if address.is_loopback:
        return Urls(to_open, None)
    if not address.is_unspecified:
        return Urls(to_open, to_open)
    network = _address_on_network()
    return Urls(to_open, _url(network, port) if network else None)


def _without_brackets(host: str) -> str:
    """An IPv6 address may be given as URLs have it."""
    return host[1:-1] if host.startswith("[") and host.endswith("]") else host


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _address_on_network() -> str | None:
    """This machine's address on the network it would use to go out; None when it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if ipaddress.ip_address(address).is_loopback else address
