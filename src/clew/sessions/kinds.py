"""Which game a session is of. One session has one kind for life; a node takes only those of kinds that it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from clew.sessions.faults import TooNew, Waits
from clew.sessions.ids import GameId, Kind

FIRST_KIND: Final = Kind("minotaur")
"""What all is of that does not say it: what releases 0.1.0 and 0.2.0 wrote, which had one game, and their nodes."""

Reads: TypeAlias = Mapping[Kind, int]
"""The newest state version that somebody reads, of each kind they have."""


def why_not_read(kind: Kind, state_version: int, reads: Reads) -> str:
    """What is to be told of a session that who reads that can't play."""
    if kind not in reads:
        return f"no node there is has its game, {kind}"
    return TooNew("state", state_version, reads[kind]).fact


def refuse_unread(game_id: GameId, kind: Kind, state_version: int, reads: Reads) -> None:
    """Raises ``Waits`` for a session that is left to a node that reads it."""
    if not is_read(kind, state_version, reads):
        raise Waits(game_id, why_not_read(kind, state_version, reads))


def is_read(kind: Kind, state_version: int, reads: Reads) -> bool:
    """Whether a state of this kind and version can be read by who reads that."""
    return kind in reads and state_version <= reads[kind]
