"""A session made ready for the way to its next owner."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import RowVersion
from clew.sessions.session.bodies import Position, write_snapshot
from clew.sessions.session.environment import Environment

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Handed(msgspec.Struct, frozen=True, array_like=True):
    """A session on its way: its whole state after ``seq``, at the epoch of its new owner.

    ``stored_version`` is that of the snapshot in the store, which may be older; 0: not known. ``packed_at`` is when it
    was packed, by the clock that its deadline was set by; 0: not known. A release that has one game names no kind.
    """

    game_id: GameId
    epoch: int
    seq: int
    snapshot_seq: int
    state: bytes
    state_version: int
    stored_version: int = 0
    packed_at: Millis = 0
    kind: Kind = FIRST_KIND


def packed(
    environment: Environment[S, C, E], at: Position[S], version: RowVersion, snapshot_seq: int, stored_version: int
) -> Handed:
    """Packs what a session's next owner needs to go on with it as it stands here. Raises what the codec raises."""
    shot, now = write_snapshot(environment.codec, at), environment.clock.now()
    return Handed(
        *(version.game_id, version.epoch + 1, at.seq, snapshot_seq, shot.state, shot.state_version),
        *(stored_version, now, environment.kind),
    )
