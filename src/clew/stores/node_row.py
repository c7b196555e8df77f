"""A life of a node, as every database lists it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clew.sessions.node_records import NodeRow


def node_row(row: Sequence[Any]) -> NodeRow:
    """A life from its columns, in the order of ``NodeRow``'s fields."""
    owner, node_id, address, release, state_version_max, roles, alive, ready, draining, sessions, *others = row
    silent_ms, over, unfit, key_print, clock_offset_ms = others
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
        over=bool(over),
        unfit=unfit,
        key_print=key_print,
        clock_offset_ms=clock_offset_ms,
    )
