"""A session made ready for the way to its next owner."""

from __future__ import annotations

from typing import TypeVar

from clew.sessions.cluster.messages import Handed
from clew.sessions.records import Place
from clew.sessions.session.bodies import Position, write_snapshot
from clew.sessions.session.environment import Surroundings

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


def packed(
    around: Surroundings[S, C, E], at: Position[S], place: Place, snapshot_seq: int, stored_version: int
) -> Handed:
    """What its next owner needs to go on with it as it stands here. Raises what the codec raises."""
    shot, now = write_snapshot(around.codec, at), around.clock.now()
    return Handed(
        place.game_id, place.epoch + 1, at.seq, snapshot_seq, shot.state, shot.state_version, stored_version, now
    )
