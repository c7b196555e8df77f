"""What nodes say of themselves, and what the store says of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from clew.sessions.ids import Millis, NodeId, Owner
from clew.sessions.kinds import Reads


@dataclass(frozen=True, slots=True)
class NodeInfo:
    """What a node says of itself when it registers. ``reads``: the games that it has, and how far it knows them."""

    node_id: NodeId
    address: str
    release: str
    reads: Reads
    roles: tuple[str, ...] = ("host", "gateway")
    key_print: str = ""
    """What tells its secret key from another without telling anything of it; empty: it doesn't say."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What a node says of itself each time it renews its lease."""

    ready: bool
    draining: bool
    sessions: int
    """Open sessions it holds in memory."""
    unfit: str = ""
    """In words, what it lacks to be of use, though it is ready otherwise."""
    clock_offset_ms: int | None = None
    """What its clock is ahead of the store's; None: it is not known yet."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What the store says in return: whether the node is to drain, and how many sessions it holds that are awake."""

    draining: bool
    held: int
    at: Millis = field(default=0, compare=False)
    before: Millis = field(default=0, compare=False)
    """When it was renewed, by the store's clock, and what the row said before of when it had been."""


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One life of a node as the store has it. ``silent_ms``: since its last sign of life, by the store's clock.

    ``over``: it retired, was declared dead, or was followed by another; one that is neither alive nor over fell silent.
    """

    owner: Owner
    node_id: NodeId
    address: str
    release: str
    reads: Reads
    roles: tuple[str, ...]
    alive: bool
    ready: bool
    draining: bool
    sessions: int
    silent_ms: int
    over: bool = False
    unfit: str = ""
    key_print: str = ""
    clock_offset_ms: int | None = None
