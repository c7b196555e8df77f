"""How often somebody may do something: token buckets, refilled by looking at the clock, never by a timer."""

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

import msgspec

from clew.wire.errors import ApiError

IPV6_CUSTOMER_PREFIX: Final = 64
"""What one IPv6 customer has for themselves at least; they must not count as 2**64 clients."""


class Rate(msgspec.Struct, frozen=True):
    """``burst`` at once, and ``per_s`` again every second."""

    per_s: float
    burst: int

    def times(self, times: int) -> "Rate":
        """So many times as much."""
        return self if times == 1 else Rate(self.per_s * times, self.burst * times)


class Bucket:
    """What is left to one client of one rate. A new bucket is full."""

    __slots__ = ("_at", "_monotonic", "_rate", "_tokens")

    def __init__(self, rate: Rate, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._monotonic = monotonic
        self._tokens = float(rate.burst)
        self._at = monotonic()

    def take_nowait(self, cost: float = 1.0) -> bool:
        """Use one up, or as many as it costs; False, and nothing used, when there is too little left just now."""
        now = self._monotonic()
        self._tokens = min(float(self._rate.burst), self._tokens + (now - self._at) * self._rate.per_s)
        self._at = now
        if self._tokens < cost:
            return False
        self._tokens -= cost
        return True

    def wait_s(self) -> float:
        """Seconds until the next one is there, as of the last try."""
        return max(0.0, (1.0 - self._tokens) / self._rate.per_s)


class Unlimited:
    """The allowance of everybody when limits are off."""

    def take_nowait(self, cost: float = 1.0) -> bool:  # noqa: ARG002 - a bucket's name for it
        return True

    def wait_s(self) -> float:
        return 0.0


class Limiter:
    """One bucket for each key, as many as ``keys_max``; beyond, the one used longest ago is forgotten.

    Not promised: that a key which was forgotten still owes anything.
    """

    def __init__(self, rate: Rate | None, monotonic: Callable[[], float], keys_max: int) -> None:
        self._rate = rate
        self._monotonic = monotonic
        self._keys_max = keys_max
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def bucket(self, key: str, times: int | None = 1) -> Bucket | Unlimited:
        """The key's bucket, of so many ``times`` the rate; an endless one (None) is everybody's, also with no rate."""
        if self._rate is None or times is None:
            return UNLIMITED
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= self._keys_max:
                # Who was quiet for longest has most likely filled up again, so forgetting it gives nobody anything.
                self._buckets.popitem(last=False)
            bucket = self._buckets[key] = Bucket(self._rate.times(times), self._monotonic)
        else:
            self._buckets.move_to_end(key)
        return bucket

    def __len__(self) -> int:
        return len(self._buckets)


UNLIMITED: Final = Unlimited()


def take(bucket: Bucket | Unlimited) -> None:
    """Use one up. Raises ``too_often``."""
    if not bucket.take_nowait():
        raise ApiError("too_often", retry_after_s=bucket.wait_s())


def client_key(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 of an IPv6 one; anything else stands for itself."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, IPV6_CUSTOMER_PREFIX), strict=False))
    return str(ip)


def retry_after_header(seconds: float) -> str:
    """Whole seconds, at least one: a client that waits so long is not told the same again."""
    return str(max(1, math.ceil(seconds)))
