"""What whoever asks hears of a session that has ended on this node."""

from __future__ import annotations

from clew.sessions.faults import Busy, Fault, Moved, NotRunning
from clew.sessions.ids import GameId
from clew.sessions.records import EndOfFeed


def fault_of_end(game_id: GameId, why: EndOfFeed | None) -> Fault:
    """Ask elsewhere, ask another node, or ask again: what was quarantined is told by its row."""
    if why == "moved":
        return Moved(game_id)
    return NotRunning() if why == "stopping" else Busy(f"session {game_id} is {why}")
