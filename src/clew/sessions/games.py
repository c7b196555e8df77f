"""The games that a node has, each with its kind, as whoever makes the node gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Generic, TypeAlias, TypeVar

from clew.sessions.ids import Kind
from clew.sessions.kinds import Reads
from clew.sessions.ports.game import Codec, Machine

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")


@dataclass(frozen=True, slots=True)
class GameKind(Generic[S, C, E]):
    """One game, and the kind by which its sessions are known as long as there are any."""

    kind: Kind
    machine: Machine[S, C, E]
    codec: Codec[S, E]


Games: TypeAlias = Mapping[Kind, GameKind[S, C, E]]
"""All that a node has. It never changes while the node lives."""


def games_of(*games: GameKind[S, C, E]) -> Games[S, C, E]:
    """These, by their kind. Raises ``ValueError`` for a name that is none, or that two have, and for no game at all."""
    found = {game.kind: game for game in games}
    if not found or len(found) < len(games):
        raise ValueError("a node has at least one game, and each has a kind of its own")
    for kind in found:
        if _NAME.fullmatch(kind) is None:
            raise ValueError(f"{kind!r} is no kind: a letter, then at most 31 of a-z, 0-9 and -")
    return MappingProxyType(found)


def reads_of(games: Games[S, C, E]) -> Reads:
    """The newest state version of each."""
    return {game.kind: game.codec.state_version for game in games.values()}
