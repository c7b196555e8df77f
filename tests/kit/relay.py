"""A third, tiniest game, to play beside the other: two runners pass a baton on, each within a minute.

None of its states, commands and events is one of the other's, so what is mixed up breaks.
"""

from collections.abc import Collection
from typing import TypeAlias, assert_never

import msgspec

from clew.sessions.faults import TooNew
from clew.sessions.games import GameKind
from clew.sessions.ids import GameId, Kind, Millis, PlayerId, UserId
from clew.sessions.ports.game import Cause
from clew.sessions.records import Accepted, GameStatus, PlayerSummary, Refused, Summary
from clew.sessions.result_records import SeatResult

RELAY = Kind("relay")
LEG_MS = 60_000
RUNNERS = (PlayerId("ann"), PlayerId("bob"))


class Relay(msgspec.Struct, frozen=True):
    legs: int
    run: int
    due_at: Millis

    @property
    def status(self) -> GameStatus:
        return "concluded" if self.run >= self.legs else "active"


class Pass(msgspec.Struct, frozen=True, tag=True):
    """Whose turn it is passes the baton on."""


class Drop(msgspec.Struct, frozen=True, tag=True):
    """The leg took too long: it counts as run."""

    run: int


class Wait(msgspec.Struct, frozen=True, tag=True):
    ms: int


Move: TypeAlias = Pass | Drop | Wait


class Started(msgspec.Struct, frozen=True, tag=True):
    legs: int
    at: Millis


class Passed(msgspec.Struct, frozen=True, tag=True):
    at: Millis


class Waited(msgspec.Struct, frozen=True, tag=True):
    ms: int


Step: TypeAlias = Started | Passed | Waited


class RelayMachine:
    def decide(self, state: Relay, command: Move, now: Millis) -> Accepted[Step] | Refused:
        if state.status != "active":
            return Refused("game_over", "It has been run.")
        match command:
            case Pass():
                return Accepted((Passed(now),))
            case Drop(run):
                return Accepted((Passed(now),)) if run == state.run else Refused("stale_leg", "That leg is over.")
            case Wait(ms):
                return Accepted((Waited(ms),))
            case _:
                assert_never(command)

    def evolve(self, state: Relay | None, event: Step, seq: int) -> Relay:  # noqa: ARG002 - it needs no numbers
        if isinstance(event, Started):
            return Relay(event.legs, 0, event.at + LEG_MS)
        assert state is not None, "the first event starts it"
        match event:
            case Passed(at):
                return Relay(state.legs, state.run + 1, at + LEG_MS)
            case Waited(ms):
                return msgspec.structs.replace(state, due_at=state.due_at + ms)
            case _:
                assert_never(event)

    def deadline(self, state: Relay) -> tuple[Millis, Move] | None:
        return (state.due_at, Drop(state.run)) if state.status == "active" else None

    def attended(self, state: Relay, command: Move, watched: bool, here: Collection[UserId] | None) -> Move:
        del state, watched, here
        return command

    def says_anew(self, command: Move) -> bool:
        del command
        return False

    def credit(self, state: Relay, ms: int, why: Cause) -> Move | None:
        del why
        return Wait(ms) if state.status == "active" else None

    def span(self, state: Relay) -> int | None:
        return LEG_MS if state.status == "active" else None

    def summary(self, state: Relay) -> Summary:
        seats = tuple(PlayerSummary(player_id, UserId(player_id), "running") for player_id in RUNNERS)
        return Summary(state.status, state.run, seats)

    def results(self, state: Relay) -> tuple[SeatResult, ...]:
        del state  # nobody runs a relay against anybody
        return ()

    def check(self, state: Relay, game_id: GameId, join_code: str) -> None:
        del game_id, join_code
        if not 0 <= state.run <= state.legs:
            raise ValueError(f"{state.run} of {state.legs} legs are run")

    def describe(self, state: Relay) -> str:
        return f"leg {state.run} of {state.legs}"


class RelayCodec:
    event_version = 1

    def __init__(self, state_version: int = 1) -> None:
        self.state_version = state_version

    def encode_state(self, state: Relay) -> bytes:
        return msgspec.json.encode(state)

    def decode_state(self, raw: bytes, version: int) -> Relay:
        if version > self.state_version:
            raise TooNew("state", version, self.state_version)
        return msgspec.json.decode(raw, type=Relay)

    def encode_event(self, event: Step) -> bytes:
        return msgspec.json.encode(event)

    def decode_event(self, raw: bytes, version: int) -> Step:
        if version > self.event_version:
            raise TooNew("event", version, self.event_version)
        return msgspec.json.decode(raw, type=Step)


def relay(state_version: int = 1) -> GameKind[Relay, Move, Step]:
    """The game, as a node is given it."""
    return GameKind(RELAY, RelayMachine(), RelayCodec(state_version))
