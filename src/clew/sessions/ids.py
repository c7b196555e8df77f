"""Names of things that could be mistaken for each other, and the one unit of time."""

from __future__ import annotations

from typing import NewType, TypeAlias

GameId = NewType("GameId", str)
UserId = NewType("UserId", str)
PlayerId = NewType("PlayerId", str)
"""A seat within one session."""
Kind = NewType("Kind", str)
"""Which game a session is of, and so who can play it (``kinds``)."""
NodeId = NewType("NodeId", str)
Owner = NewType("Owner", str)
"""One life of one node, ``node.incarnation``: what a session's row names as its holder. Never used twice."""


def node_of(owner: Owner) -> NodeId:
    """Whose life it is."""
    return NodeId(owner.rpartition(".")[0])


Millis: TypeAlias = int
"""Milliseconds since the epoch, UTC."""
