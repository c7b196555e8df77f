"""The connections that are open on one server: how many, from where, and which is given up when there are too many."""

from collections.abc import Callable, Container
from typing import Protocol

from clew.web.bounds import CONNECTIONS_PER_ADDRESS_MAX, STRANGERS_PER_ADDRESS_MAX
from clew.web.limits import client_key


class Closable(Protocol):
    """A transport, as far as it is seen here."""

    def get_write_buffer_size(self) -> int: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...


class _Address:
    """What is open from one address."""

    __slots__ = ("connections", "sockets", "times", "waiting")

    def __init__(self, times: int | None) -> None:
        self.times = times
        self.connections = 0
        self.sockets = 0
        self.waiting = dict[Closable, None]()

    @property
    def is_full(self) -> bool:
        return self.times is not None and self.connections >= self.times * CONNECTIONS_PER_ADDRESS_MAX

    @property
    def is_full_of_strangers(self) -> bool:
        return self.times is not None and self.connections - self.sockets >= self.times * STRANGERS_PER_ADDRESS_MAX


class Connections:
    """Every connection, under its address. ``opened`` first; then it *waits* for its client or is *busy* for it.

    A connection is a stranger's until it is the socket of somebody who is signed in. When there are too many, the one
    that has waited longest is closed for the new one: a browser opens another when it needs it, and who holds
    connections without going on holds nothing. Only where none waits the new one is refused.

    What comes through a trusted proxy is its clients': the proxy's own address has no bound but the whole.
    """

    def __init__(self, times_of: Callable[[str], int | None], proxies: Container[str], connections_max: int) -> None:
        self._connections_max = connections_max
        self._times_of = times_of
        self._proxies = proxies
        self._addresses = dict[str, _Address]()
        self._keys = dict[Closable, str]()
        self._sockets = set[Closable]()
        self._waiting = dict[Closable, None]()

    def __len__(self) -> int:
        return len(self._keys)

    def opened(self, connection: Closable, peer: str) -> str | None:
        """One more; it waits. Gives why it is refused, then it is none of ours."""
        key = client_key(peer)
        address = self._addresses.get(key) or _Address(None if peer in self._proxies else self._times_of(peer))
        if address.is_full or (address.is_full_of_strangers and not _close_longest(address.waiting)):
            return "address"
        if len(self._keys) >= self._connections_max and not _close_longest(self._waiting):
            return "full"
        self._addresses[key] = address
        self._keys[connection] = key
        address.connections += 1
        self.waits(connection)
        return None

    def waits(self, connection: Closable) -> None:
        """It is its client's turn to say something whole."""
        if connection in self._keys:
            self._waiting[connection] = self._addresses[self._keys[connection]].waiting[connection] = None

    def is_busy(self, connection: Closable) -> None:
        """Something is being done for its client."""
        if connection in self._keys:
            self._waiting.pop(connection, None)
            self._addresses[self._keys[connection]].waiting.pop(connection, None)

    def is_socket(self, connection: Closable) -> None:
        """It is the socket of somebody who is signed in, until it is closed."""
        if connection in self._keys and connection not in self._sockets:
            self.is_busy(connection)
            self._sockets.add(connection)
            self._addresses[self._keys[connection]].sockets += 1

    def closed(self, connection: Closable) -> None:
        """It is gone. May be called for one that was refused, and twice."""
        self.is_busy(connection)
        key = self._keys.pop(connection, None)
        if key is None:
            return
        address = self._addresses[key]
        address.connections -= 1
        if connection in self._sockets:
            self._sockets.remove(connection)
            address.sockets -= 1
        if not address.connections:
            del self._addresses[key]


def _close_longest(waiting: dict[Closable, None]) -> bool:
    """Close the one that has waited longest; False where none waits.

    It is counted until it is gone. So that this is a moment, one that has not taken its last answer yet is reset.
    """
    connection = next(iter(waiting), None)
    if connection is None:
        return False
    del waiting[connection]
    if connection.get_write_buffer_size():
        connection.abort()
    else:
        connection.close()
    return True
