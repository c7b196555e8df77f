"""A store that comes back older than it was: what a test does before and looks for after."""

from collections.abc import MutableMapping
from typing import Any

from clew.sessions.records import Acknowledged
from tests.kit.fleet import ONE, Fleet, FleetNode
from tests.kit.hosting import GAME, Told

NOTICED_WITHIN_S = 2.5
"""A beat, the look after it, and what the hand that moves the clock adds. The promise is 5 s."""

Log = list[MutableMapping[str, Any]]


async def played(fleet: Fleet, node: FleetNode, times: int) -> None:
    for _ in range(times):
        assert isinstance(await fleet.run(node.ask(GAME, ONE)), Acknowledged)


async def watcher(node: FleetNode) -> Told:
    """Not held to the journal at the end: what it was told is taken back."""
    told = Told()
    await node.host.watch(GAME, told, told.ended.append)
    return told


def said(logged: Log, event: str) -> list[dict[str, Any]]:
    return [{key: entry[key] for key in entry if key != "log_level"} for entry in logged if entry["event"] == event]


def went_back(from_seq: int, to_seq: int, latest_round: int = 1) -> dict[str, Any]:
    return {
        "event": "history_went_back",
        "game_id": GAME,
        "from_seq": from_seq,
        "to_seq": to_seq,
        "round": latest_round,
        "who": "host",
    }
