"""What is said of a store's own past: where its sessions stand, and which of them were set back by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import msgspec

from clew.sessions.ids import GameId, Millis, Owner

SetBackBy: TypeAlias = Literal["host", "restore"]
"""Who said so: a node that had more in its memory; or whoever restored a backup, and had nothing to compare it with."""


class Standing(msgspec.Struct, frozen=True, gc=False):
    """Where the store has a session."""

    game_id: GameId
    owner: Owner | None
    epoch: int
    seq: int
    latest_round: int


@dataclass(frozen=True, slots=True)
class Setback:
    """The store had less of a session than was told of it: entries up to ``told_seq`` (None: nobody knows), now up to
    ``kept_seq``, in this round. Its fields are in the order of a row's columns.
    """

    game_id: GameId
    noticed_at: Millis
    told_seq: int | None
    kept_seq: int
    latest_round: int
    said_by: SetBackBy
    node: Owner | None = None
