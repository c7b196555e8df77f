"""A game of one round, written by hand with all that two viewers were rightly told: what the checkers are tried on."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any, Final

from tests.chaos.checkers import Evidence
from tests.chaos.served import Outage
from tests.chaos.truth import Message
from tests.kit.record import Record

BEGAN_MS: Final = 1_700_000_000_000
ENDED_MS: Final = BEGAN_MS + 7_000
EAST: Final[Message] = {"q": 1, "r": 0}
WEST: Final[Message] = {"q": -1, "r": 0}
P1_PLAN: Final[list[Message]] = [{"type": "move", "vector": EAST}, {"type": "attack", "target_id": "p2"}]
P2_PLAN: Final[list[Message]] = [{"type": "wait"}]


def small_game() -> Evidence:
    """p1 walks one hex east onto p2 and kills it; the server was away for 2 s. Fresh copies each time, to be spoilt."""
    replay: Message = {"initial": _initial(), "events": [_replayed(ms, event) for ms, event in _EVENTS]}
    records = [("p1", _record(_P1_TOLD, ("p1-1", 7, P1_PLAN))), ("p2", _record(_P2_TOLD, ("p2-1", 6, P2_PLAN)))]
    return deepcopy(
        Evidence(replay, records, [Outage(BEGAN_MS + 1_000, BEGAN_MS + 3_000, causes=frozenset({"restart"}))])
    )


def _initial() -> Message:
    reach = range(-3, 4)
    hexes = [
        {"q": q, "r": r, "terrain": "floor", "ring": (abs(q) + abs(r) + abs(q + r)) // 2}
        for q in reach
        for r in reach
        if abs(q + r) <= 3
    ]
    return {
        "settings": {
            "radius": 3,
            "health": 3,
            "ap_start": 2,
            "ap_gain": 2,
            "ap_cap": 4,
            "hero_damage": 3,
            "minotaur_damage": 4,
            "round_seconds": 5,
            "collapse": True,
            "collapse_first": 10,
            "collapse_every": 3,
            "rounds_max": 100,
            "untouched_max": 20,
            "hearing": 5,
            "gallery_delay": 3,
        },
        "started_at": rfc3339(BEGAN_MS),
        "lair": {"q": 0, "r": 0},
        "hexes": hexes,
        "heroes": [_hero("p1", -1), _hero("p2", 0)],
        "members": [{"player_id": name, "display_name": name, "is_bot": False} for name in ("p1", "p2")],
        "minotaur": {"q": -3, "r": 3, "health": 20},
    }


def _hero(name: str, q: int) -> Message:
    return {"id": name, "q": q, "r": 0, "health": 3, "ap": 2}


def _record(told: list[Message], command: tuple[str, int, list[Message]]) -> Record:
    """The record of a client that was connected from the lobby on; seq 8 was a refused command of p1's."""
    command_id, seq, steps = command
    record = Record()
    record.begin_connection(0)
    record.sent[command_id] = {"type": "plan", "command_id": command_id, "round": 1, "steps": steps}
    record.take(
        {"type": "welcome", "seq": 0, "resumed": True, "view": {"game_status": "lobby", "round": 0, "hexes": []}}
    )
    lobby = [*_skips(1), _JOINED, *_skips(3, 4)]
    record.take({"type": "events", "seq": 5, "events": [*lobby, told[0]], "view": _view(command_id[:2], [])})
    record.take({"type": "events", "seq": 9, "events": told[1:5], "view": _view(command_id[:2], steps)})
    record.take({"type": "accepted", "command_id": command_id, "seq": seq})
    over: Message = {"game_status": "concluded", "round": 1, "hexes": []}
    record.take({"type": "events", "seq": 15, "events": told[5:], "view": over})
    return record


def _view(viewer: str, plan: list[Message]) -> Message:
    other, its_q = ("p2", 1) if viewer == "p1" else ("p1", -1)
    hexes = [{"q": q, "r": 0, "terrain": "floor", "cracked": False, "in_sight": True} for q in (-1, 0, 1)]
    return {
        "game_status": "active",
        "round": 1,
        "shown_round": 1,
        "you": {"player_id": viewer, "health": 3, "player_status": "playing", "plan": plan},
        "hexes": hexes,
        "characters": [
            {"id": viewer, "kind": "hero", "q": 0, "r": 0, "health": 3},
            {"id": other, "kind": "hero", "q": its_q, "r": 0, "health": 3},
        ],
    }


def _event(seq: int, kind: str, step: int = 0, **fields: Any) -> Message:
    return {"seq": seq, "type": kind, "round": 1, "step": step, **fields}


def _skips(*numbers: int) -> list[Message]:
    return [{"seq": number, "type": "skip"} for number in numbers]


def _replayed(ms: int, event: Message) -> Message:
    return {"at": rfc3339(ms), **event}


def rfc3339(ms: int) -> str:
    """A moment as replays tell it."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_P1_AT: Final[Message] = {"q": -1, "r": 0}
_P2_AT: Final[Message] = {"q": 0, "r": 0}
_JOINED: Final = _event(2, "player_joined", id="p2", display_name="p2") | {"round": 0}
_STARTED: Final = _event(5, "game_started")
_CREDITED: Final = _event(9, "clock_credited", ms=2_000, why="restart")
_BLOW: Final = _event(12, "pc_attacked", 2, id="p1", target_id="p2", hit=True, damage=3)
_DEATH: Final = _event(14, "killed", 2, id="p2", by=["p1"])
_OVER: Final = _event(15, "game_over", winner_id="p1")
_ENTERED: Final = _event(11, "pc_entered_hex", 1, id="p1", from_vector=WEST)

_EVENTS: Final[list[tuple[int, Message]]] = [
    (BEGAN_MS - 900, _event(1, "game_created", id="p1", display_name="p1") | {"round": 0}),
    (BEGAN_MS - 800, _JOINED),
    (BEGAN_MS - 700, _event(3, "command_refused", id="p1", command_id="p1-a", code="game_not_started") | {"round": 0}),
    (BEGAN_MS - 600, _event(4, "command_refused", id="p2", command_id="p2-a", code="game_not_started") | {"round": 0}),
    (BEGAN_MS, _STARTED | {"round_ends_at": rfc3339(BEGAN_MS + 5_000)}),
    (BEGAN_MS + 400, _event(6, "plan_accepted", id="p2", steps=P2_PLAN, command_id="p2-1")),
    (BEGAN_MS + 900, _event(7, "plan_accepted", id="p1", steps=P1_PLAN, command_id="p1-1")),
    (BEGAN_MS + 1_000, _event(8, "command_refused", id="p1", command_id="p1-b", code="too_expensive")),
    (BEGAN_MS + 3_000, _CREDITED),
    (ENDED_MS, _event(10, "pc_left_hex", 1, id="p1", hex=_P1_AT, to_vector=EAST)),
    (ENDED_MS, _ENTERED | {"hex": _P2_AT}),
    (ENDED_MS, _BLOW | {"hex": _P2_AT}),
    (ENDED_MS, _event(13, "noise", 2, hex=_P2_AT, heard_by=[])),
    (ENDED_MS, _DEATH),
    (ENDED_MS, _OVER),
]
_P1_TOLD: Final[list[Message]] = [
    _STARTED,
    *_skips(6),
    _event(7, "plan_accepted", steps=P1_PLAN),
    *_skips(8),
    _CREDITED,
    *_skips(10),
    _ENTERED,
    _BLOW,
    *_skips(13),
    _DEATH,
    _OVER,
]
_P2_TOLD: Final[list[Message]] = [
    _STARTED,
    _event(6, "plan_accepted", steps=P2_PLAN),
    *_skips(7, 8),
    _CREDITED,
    *_skips(10),
    _ENTERED,
    _BLOW,
    *_skips(13),
    _DEATH,
    _OVER,
]
