"""Which proxies are believed, in the one spelling that the web server compares with."""

import ipaddress
from collections.abc import Iterable
from typing import Final

EVERYBODY: Final = "*"
_LOCALHOST: Final = ("127.0.0.1", "::1")
_MAPPED_PREFIX: Final = 96


def trusted_networks(named: Iterable[str]) -> tuple[str, ...]:
    """Networks in CIDR; ``("*",)`` where everybody is believed. Raises ``ValueError`` for what is no address.

    A name is refused: who is believed must not hang on what a name server says. ``localhost`` alone means this machine.
    """
    words = [word for text in named for word in text.replace(",", " ").split()]
    if EVERYBODY in words:
        return (EVERYBODY,)
    addresses = [address for word in words for address in (_LOCALHOST if word.lower() == "localhost" else (word,))]
    found = list[str]()
    for address in addresses:
        try:
            network = ipaddress.ip_network(address.strip("[]"), strict=False)
        except ValueError as wrong:
            raise ValueError(
                f"{address} is no address: give one like 10.0.0.7, a network like 10.0.0.0/8, or *"
            ) from wrong
        found.append(str(network))
        if isinstance(network, ipaddress.IPv4Network):
            # What comes over IPv4 to a server that listens on :: is called by its IPv6 name.
            mapped = int(ipaddress.IPv6Address(f"::ffff:{network.network_address}"))
            found.append(str(ipaddress.IPv6Network((mapped, _MAPPED_PREFIX + network.prefixlen))))
    return tuple(found)
