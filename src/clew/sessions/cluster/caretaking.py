"""What one node does for all: who it is. By belief, so whatever is done this way may be done twice, or by nobody."""

from __future__ import annotations

from typing import Any

from clew.sessions.cluster.peers import Peers
from clew.sessions.node.node import Node


def is_caretaker(node: Node[Any, Any, Any], peers: Peers | None) -> bool:
    """Whether this node is the first host by its name, of those that are ready; alone (no ``peers``) it always is."""
    if not (node.ready and node.is_host and node.trusted):
        return False
    return peers is None or node.owner == min((row.owner for row in peers.hosts()), default=None)
