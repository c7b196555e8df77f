"""A life of a node, as every database lists it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minotaur.sessions.records import NodeRow


def node_row(row: Sequence[Any]) -> NodeRow:
    """A life from its columns, in the order of ``NodeRow``'s fields."""
    owner, node_id, address, release, state_version_max, roles, alive, ready, draining, sessions, silent_ms = row
    return NodeRow(
        owner=owner,
        node_id=node_id,
        address=address,
        release=release,
        state_version_max=state_version_max,
        roles=tuple(filter(None, roles.split(","))),
        alive=bool(alive),
        ready=bool(ready),
        draining=bool(draining),
        sessions=sessions,
        silent_ms=max(0, silent_ms),
    )
