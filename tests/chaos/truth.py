"""What really happened in a game, worked out again from its replay and RULES.md alone, with no code of the server.

A replay's events are walked in order on a plain board. Each event comes out with the board before and after its step,
which is all that is needed to say who may know of it (``told``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

Message = dict[str, Any]
Hex = tuple[int, int]

MINOTAUR: Final = "minotaur"
DIRECTIONS: Final[dict[str, Hex]] = {
    "E": (1, 0),
    "SE": (0, 1),
    "SW": (-1, 1),
    "W": (-1, 0),
    "NW": (0, -1),
    "NE": (1, -1),
}
LOBBY: Final = frozenset({"game_created", "player_joined", "game_started"})
REFUSED: Final = "command_refused"
"""What a replay has beside the game itself: how it came about, and which commands changed nothing."""
TOLD_TO_ALL: Final = frozenset(
    {
        "round_started",
        "killed",
        "resigned",
        "minotaur_slain",
        "tremor",
        "collapsed",
        "drained",
        "clock_credited",
        "game_over",
    }
)
TOLD_FIELDS: Final = ("id", "by", "damage", "ms", "why", "winner_id")
"""Fields of those; which ring trembles or falls stays untold, it would say how far the lair is."""


@dataclass(frozen=True)
class Pc:
    """A hero or the Minotaur."""

    at: Hex
    health: int
    alive: bool


@dataclass(frozen=True)
class Board:
    """Who stands where, and what has fallen."""

    pcs: dict[str, Pc]
    fallen_rings: frozenset[int]
    round: int

    def living(self) -> dict[str, Pc]:
        return {name: pc for name, pc in self.pcs.items() if pc.alive}

    def living_heroes(self) -> dict[str, Pc]:
        return {name: pc for name, pc in self.living().items() if name != MINOTAUR}

    def standing_at(self, place: Hex) -> set[str]:
        return {name for name, pc in self.living().items() if pc.at == place}


@dataclass(frozen=True)
class Stage:
    """One step of one round, or one event outside the steps. ``after_deaths`` is the board between blows and moves."""

    round: int
    step: int
    events: tuple[Message, ...]
    before: Board
    after_deaths: Board
    after: Board


class Truth:
    """A whole game as its replay tells it."""

    def __init__(self, replay: Message) -> None:
        self.initial: Message = replay["initial"]
        self.numbers: list[int] = [event["seq"] for event in replay["events"]]
        self.aside: list[Message] = [e for e in replay["events"] if e["type"] in LOBBY or e["type"] == REFUSED]
        self.events: list[Message] = [e for e in replay["events"] if e not in self.aside]
        self.settings: Message = self.initial["settings"]
        lair = self.initial["lair"]
        self.lair: Hex = (lair["q"], lair["r"])
        self.terrain: dict[Hex, str] = {(hex_["q"], hex_["r"]): hex_["terrain"] for hex_ in self.initial["hexes"]}
        self.ring: dict[Hex, int] = {(hex_["q"], hex_["r"]): hex_["ring"] for hex_ in self.initial["hexes"]}
        self.names: list[str] = [hero["id"] for hero in self.initial["heroes"]]
        self.humans: list[str] = [m["player_id"] for m in self.initial["members"] if not m["is_bot"]]
        self.stages: list[Stage] = list(self._stages())
        self._round_boards = {s.round: s.after for s in self.stages if s.events[0]["type"] == "round_started"}
        self._round_boards[1] = self.first_board()

    def first_board(self) -> Board:
        pcs = {h["id"]: Pc((h["q"], h["r"]), h["health"], True) for h in self.initial["heroes"]}
        minotaur = self.initial["minotaur"]
        if minotaur is not None:
            pcs[MINOTAUR] = Pc((minotaur["q"], minotaur["r"]), minotaur["health"], True)
        return Board(pcs, frozenset(), 1)

    def round_board(self, number: int) -> Board | None:
        """The board while this round was planned, ``None`` if it never began. Round 1 begins with the game."""
        return self._round_boards.get(number)

    def ended_planning(self, number: int) -> set[str]:
        """The heroes still alive when the planning of this round was over."""
        alive = set(self._round_boards[number].living_heroes())
        return alive - {e["id"] for e in self.events if e["type"] == "resigned" and e["round"] == number}

    def terrains_at(self, place: Hex, board: Board) -> frozenset[str]:
        """What this hex may be shown as. Whether rock falls with its ring is not said by the rules."""
        known = self.terrain.get(place, "outside")
        if self.ring.get(place) not in board.fallen_rings:
            return frozenset({known})
        return frozenset({"chasm"} if known == "floor" else {"chasm", "rock"})

    def told(self, stage: Stage, event: Message, viewer: str | None) -> Message | None:
        """The event as this viewer (None: a spectator) must have been shown it, ``None`` where it must be a skip."""
        kind: str = event["type"]
        head: Message = {"seq": event["seq"], "type": kind, "round": event["round"], "step": event.get("step", 0)}
        if kind in TOLD_TO_ALL:
            return head | {key: event[key] for key in TOLD_FIELDS if key in event}
        if viewer is None:
            return None
        match kind:
            case "plan_accepted":
                return head | {"steps": event["steps"]} if event["id"] == viewer else None
            case "ready_accepted":
                return head if event["id"] == viewer else None
            case "pc_attacked":
                keys = ("id", "target_id", "hit", "damage")
                is_there = viewer in stage.before.standing_at(_hex(event["hex"]))
                why = {"missed": event.get("missed")}
                return head | {key: event[key] for key in keys} | why if is_there else None
            case "noise":
                return self._heard(head, stage, event, viewer)
            case "pc_bumped":
                return head | {"id": viewer, "vector": event["vector"]} if event["id"] == viewer else None
            case "pc_left_hex":
                destination = _plus(_hex(event["hex"]), _hex(event["to_vector"]))
                saw = viewer != event["id"] and viewer in stage.after_deaths.standing_at(_hex(event["hex"]))
                goes_along = stage.after.pcs[viewer].at == destination
                return head | {"id": event["id"], "to_vector": event["to_vector"]} if saw and not goes_along else None
            case "pc_entered_hex":
                saw = viewer in stage.after.standing_at(_hex(event["hex"]))
                return head | {"id": event["id"], "from_vector": event["from_vector"]} if saw else None
            case _:
                raise AssertionError(f"a replay event of unknown type {kind!r}")

    def told_aside(self, event: Message) -> Message:
        """The same for what stands beside the game, which all are told alike."""
        if event["type"] not in ("player_joined", "game_started"):
            return {"seq": event["seq"], "type": "skip"}
        return {key: event[key] for key in ("seq", "type", "round", "step", "id", "display_name") if key in event}

    def _heard(self, head: Message, stage: Stage, event: Message, viewer: str) -> Message | None:
        listener = stage.before.living().get(viewer)
        source = _hex(event["hex"])
        if listener is None or not 0 < distance(listener.at, source) <= self.settings["hearing"]:
            return None
        return head | {"direction": nearest_direction(listener.at, source)}

    def _stages(self) -> Iterator[Stage]:
        board = self.first_board()
        for (number, step), group in groupby(enumerate(self.events), _stage_key):
            del number
            events = tuple(event for _, event in group)
            middle = self._blows_and_deaths(board, events)
            after = self._moves_and_falls(middle, events)
            yield Stage(events[0]["round"], step, events, board, middle, after)
            board = after

    def _blows_and_deaths(self, board: Board, events: tuple[Message, ...]) -> Board:
        pcs = dict(board.pcs)
        for event in events:
            match event["type"]:
                case "pc_attacked":
                    target = pcs[event["target_id"]]
                    pcs[event["target_id"]] = replace(target, health=target.health - event["damage"])
                case "drained":
                    hurt = {n: replace(p, health=p.health - event["damage"]) for n, p in pcs.items() if p.alive}
                    pcs |= {name: pc for name, pc in hurt.items() if name != MINOTAUR}
                case "killed" | "resigned":
                    pcs[event["id"]] = replace(pcs[event["id"]], alive=False)
                case _:
                    pass
        for event in events:
            if event["type"] == "minotaur_slain":
                pcs[MINOTAUR] = replace(pcs[MINOTAUR], alive=False)
                for name in event["by"]:
                    if pcs[name].alive:
                        pcs[name] = replace(pcs[name], health=self._full_health(name))
        return replace(board, pcs=pcs)

    def _moves_and_falls(self, board: Board, events: tuple[Message, ...]) -> Board:
        pcs, fallen, number = dict(board.pcs), board.fallen_rings, board.round
        for event in events:
            match event["type"]:
                case "pc_entered_hex":
                    pcs[event["id"]] = replace(pcs[event["id"]], at=_hex(event["hex"]))
                case "collapsed":
                    fallen |= {event["ring"]}
                    if MINOTAUR in pcs and self.ring[pcs[MINOTAUR].at] == event["ring"]:
                        pcs[MINOTAUR] = replace(pcs[MINOTAUR], at=self.lair)
                case "round_started":
                    number = event["round"]
                case _:
                    pass
        return Board(pcs, fallen, number)

    def _full_health(self, name: str) -> int:
        return next(hero["health"] for hero in self.initial["heroes"] if hero["id"] == name)


def distance(a: Hex, b: Hex) -> int:
    dq, dr = b[0] - a[0], b[1] - a[1]
    return (abs(dq) + abs(dr) + abs(dq + dr)) // 2


def nearest_direction(a: Hex, b: Hex) -> str:
    """Of the six the one that points best from a to b; exactly between two it is the one met first going clockwise."""
    q, r = b[0] - a[0], b[1] - a[1]
    names = list(DIRECTIONS)
    fits = [q * DIRECTIONS[d][0] + r * DIRECTIONS[d][1] + (q + r) * sum(DIRECTIONS[d]) for d in names]
    return next(d for index, d in enumerate(names) if fits[index] == max(fits) and fits[index - 1] != max(fits))


def _hex(place: Message) -> Hex:
    return (place["q"], place["r"])


def _plus(place: Hex, vector: Hex) -> Hex:
    return (place[0] + vector[0], place[1] + vector[1])


def _stage_key(numbered: tuple[int, Message]) -> tuple[int, int]:
    """Events of one step belong together; one outside the steps stands alone."""
    index, event = numbered
    step = event.get("step", 0)
    return (event["round"] if step else -1 - index, step)
