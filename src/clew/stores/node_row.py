"""A life of a node, as every database lists it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clew.sessions.node_records import NodeRow
from clew.stores.kinds import read_reads


def node_row(row: Sequence[Any]) -> NodeRow:
    """A life from its columns: ``NodeRow``'s fields in their order, and last its kinds."""
    owner, node_id, address, release, state_version_max, roles, alive, ready, draining, sessions, *others = row
    silent_ms, over, unfit, key_print, clock_offset_ms, kinds = others
    return NodeRow(
        owner=owner,
        node_id=node_id,
        address=address,
        release=release,
        reads=read_reads(state_version_max, kinds),
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
