"""The other nodes, as the store told them last: who lives, who may be given sessions, whom to listen for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from packaging.version import InvalidVersion, Version

from clew.sessions.ids import Kind, Owner
from clew.sessions.kinds import is_read
from clew.sessions.node_records import NodeRow

HOST = "host"
_UNVERSIONED = Version("0.dev0")


class Peers:
    """What this node knows of all nodes; empty on a node that is alone. Old by a beat at most, so never relied on."""

    def __init__(self) -> None:
        self.rows: Sequence[NodeRow] = ()
        self._listeners: list[Callable[[], None]] = []

    def update(self, rows: Sequence[NodeRow]) -> None:
        """Take in what the store says now, and tell who listens."""
        self.rows = rows
        for listener in tuple(self._listeners):
            listener()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call this after every update."""
        self._listeners.append(listener)

    def alive(self, owner: Owner) -> bool:
        return any(row.alive for row in self.rows if row.owner == owner)

    def hosts(self) -> list[NodeRow]:
        """The living nodes that take sessions in just now."""
        return [row for row in self.rows if row.alive and row.ready and not row.draining and HOST in row.roles]

    def targets(self, me: Owner, kind: Kind) -> list[NodeRow]:
        """Where sessions of this kind may be handed: others that take them in, of the newest release among them.

        Never an older release than this node's own, nor a node that could not read this one's states.
        """
        mine = next((row for row in self.rows if row.owner == me), None)
        version = 0 if mine is None else mine.reads.get(kind, 0)
        hosts = [row for row in self.hosts() if row.owner != me and is_read(kind, version, row.reads)]
        newest = max((release_key(row.release) for row in hosts), default=_UNVERSIONED)
        if newest < release_key("" if mine is None else mine.release):
            return []
        return [row for row in hosts if release_key(row.release) == newest]

    def one_release(self) -> bool:
        """Whether all living hosts are of one release: no deploy is under way."""
        return len({row.release for row in self.rows if row.alive and HOST in row.roles}) <= 1

    def all_one_release(self) -> bool:
        """Whether all living nodes are of one release, those included that hold no sessions.

        By what they read too: a label that was not raised with a deploy says less than it should. Which games each has
        is another matter.
        """
        living = [row for row in self.rows if row.alive]
        read = {(kind, newest) for row in living for kind, newest in row.reads.items()}
        return len({row.release for row in living}) <= 1 and len(read) == len({kind for kind, _ in read})

    def has_game(self, kind: Kind) -> bool:
        """Whether a living node, as far as this one knows, has this game."""
        return any(row.alive and kind in row.reads for row in self.rows)

    def successor(self, me: Owner) -> Owner | None:
        """Whose lifeline this node listens to: the next living host in the ring of all; None: there is no other."""
        ring = sorted(row.owner for row in self.rows if row.alive and HOST in row.roles)
        others = [owner for owner in ring if owner != me]
        if not others:
            return None
        return next((owner for owner in others if owner > me), others[0])


def release_key(release: str) -> Version:
    """How releases are ordered (PEP 440). What is no version comes before all that are."""
    try:
        return Version(release)
    except InvalidVersion:
        return _UNVERSIONED
