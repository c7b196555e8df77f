"""Who takes nothing of what waits for them is cut."""

import socket
import sys
from collections.abc import Iterable
from typing import Any, Final

from clew.web.bounds import TAKEN_BYTES_MIN, WRITE_WITHIN_S

_INFO_BYTES: Final = 192
_BYTES_ACKED: Final = slice(120, 128)
"""Where Linux's ``struct tcp_info`` has ``tcpi_bytes_acked``."""


class Writes:
    """Looks at every connection now and then, whatever protocol it speaks and whatever else it is doing.

    What a client has *taken* is what its side of the connection has acknowledged. How our own buffer shrinks does not
    say it: the system takes from there in pieces that a slow line needs minutes for.
    """

    def __init__(self) -> None:
        self._stuck = dict[Any, tuple[int, float]]()

    def overdue(self, connections: Iterable[Any], now_s: float) -> list[Any]:
        """Those that have taken next to nothing for ``WRITE_WITHIN_S``, though something waits for them."""
        stuck = dict[Any, tuple[int, float]]()
        found = list[Any]()
        for connection in connections:
            transport = connection.transport
            waiting = transport.get_write_buffer_size() if transport is not None else 0
            if not waiting:
                continue
            taken = taken_bytes(transport, waiting)
            before, since_s = self._stuck.get(connection, (taken, now_s))
            if taken >= before + TAKEN_BYTES_MIN:
                before, since_s = taken, now_s
            if now_s - since_s >= WRITE_WITHIN_S:
                found.append(connection)
            else:
                stuck[connection] = before, since_s
        self._stuck = stuck
        return found


def taken_bytes(transport: Any, waiting: int) -> int:
    """How much the other side has acknowledged; where the system does not tell, how little waits here."""
    kernel: socket.socket | None = transport.get_extra_info("socket")
    if kernel is None or sys.platform != "linux":
        return -waiting
    try:
        info = kernel.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
    except OSError:
        return -waiting
    return int.from_bytes(info[_BYTES_ACKED], sys.byteorder) if len(info) >= _BYTES_ACKED.stop else -waiting
