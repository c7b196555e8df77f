"""Where more people than usual share one address: how many times the usual each network may do."""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import msgspec

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

TIMES_MAX: Final = 10_000
"""More is written ``off``."""
NETWORKS_MAX: Final = 1_000
"""More networks than that are refused at the start: each request looks at all of them."""

_TIMES: Final = re.compile(r"[1-9][0-9]{0,4}")


class NetworkLimit(msgspec.Struct, frozen=True):
    """One network; ``times`` the usual is allowed to each of its addresses, None: whatever they like."""

    network: Network
    times: int | None


def network_limits(named: Iterable[str]) -> tuple[NetworkLimit, ...]:
    """``10.0.0.0/8=10``, ``2001:db8::/32=off``: several with blanks or commas. Raises ``ValueError``."""
    words = [word for text in named for word in text.replace(",", " ").split()]
    if len(words) > NETWORKS_MAX:
        raise ValueError(f"name {NETWORKS_MAX} networks at most")
    return tuple(_limit(word) for word in words)


class Networks:
    """Finds an address's allowance: that of the smallest of the networks it is in."""

    def __init__(self, limits: Sequence[NetworkLimit]) -> None:
        self._limits = sorted(limits, key=lambda limit: limit.network.prefixlen, reverse=True)

    def times(self, address: str) -> int | None:
        """How many times the usual this address may do; None: whatever it likes. 1 for what is no address."""
        if not self._limits:
            return 1
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return 1
        if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        return next((limit.times for limit in self._limits if ip in limit.network), 1)


def _limit(word: str) -> NetworkLimit:
    address, equals, times = word.rpartition("=")
    try:
        network = ipaddress.ip_network(address, strict=False)
    except ValueError as wrong:
        raise ValueError(f"write {word} like 10.0.0.0/8=10 or 10.0.0.0/8=off") from wrong
    if not equals or not (times == "off" or (_TIMES.fullmatch(times) and int(times) <= TIMES_MAX)):
        raise ValueError(f"write {word} like 10.0.0.0/8=10, from 1 to {TIMES_MAX}, or 10.0.0.0/8=off")
    return NetworkLimit(network, None if times == "off" else int(times))
