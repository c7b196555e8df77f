"""A second, tiny game, to keep the runtime honest: players add numbers to the cells of a board until it is full.

Rounds end by deadline; the total may not pass the limit, and reaching it ends the game. Its state has a map keyed by
cells, and it can be made to break wherever a real game might.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Literal, TypeAlias, assert_never

import msgspec

from clew.sessions.faults import TooNew
from clew.sessions.ids import GameId, Kind, Millis, PlayerId, UserId
from clew.sessions.ports.game import Cause
from clew.sessions.records import Accepted, GameStatus, PlayerSummary, Refused, Summary
from clew.sessions.result_records import SeatResult

TALLY = Kind("tally")
ROUND_MS = 30_000


class Cell(msgspec.Struct, frozen=True, array_like=True):
    q: int
    r: int


class Tally(msgspec.Struct, frozen=True):
    limit: int
    status: GameStatus = "lobby"
    round: int = 0
    ends_at: Millis | None = None
    length_ms: int = ROUND_MS
    seats: dict[PlayerId, UserId | None] = {}
    cells: Mapping[Cell, int] = {}
    poisoned: bool = False

    @property
    def total(self) -> int:
        return sum(self.cells.values())


# --- commands --------------------------------------------------------------------------------------------------------


class Sit(msgspec.Struct, frozen=True, tag=True):
    player_id: PlayerId
    user_id: UserId | None


class Begin(msgspec.Struct, frozen=True, tag=True):
    pass


class Add(msgspec.Struct, frozen=True, tag=True):
    player_id: PlayerId
    cell: Cell
    amount: int


class Nod(msgspec.Struct, frozen=True, tag=True):
    """Accepted, and changes nothing."""


class EndRound(msgspec.Struct, frozen=True, tag=True):
    round: int


class Delay(msgspec.Struct, frozen=True, tag=True):
    ms: int
    why: Cause


class Lengthen(msgspec.Struct, frozen=True, tag=True):
    """This round is to be longer."""

    ms: int


class Call(msgspec.Struct, frozen=True, tag=True):
    """Ends the game."""


class Break(msgspec.Struct, frozen=True, tag=True):
    """A bug, in one of the places a game may have one."""

    where: Literal["decide", "evolve", "encode", "deadline"]


Command: TypeAlias = Sit | Begin | Add | Nod | EndRound | Delay | Lengthen | Call | Break

# --- events ----------------------------------------------------------------------------------------------------------


class Opened(msgspec.Struct, frozen=True, tag=True):
    limit: int


class Sat(msgspec.Struct, frozen=True, tag=True):
    player_id: PlayerId
    user_id: UserId | None


class RoundBegan(msgspec.Struct, frozen=True, tag=True):
    round: int
    ends_at: Millis


class Added(msgspec.Struct, frozen=True, tag=True):
    player_id: PlayerId
    cell: Cell
    amount: int


class Delayed(msgspec.Struct, frozen=True, tag=True):
    ms: int
    why: Cause


class Lengthened(msgspec.Struct, frozen=True, tag=True):
    ms: int


class Over(msgspec.Struct, frozen=True, tag=True):
    pass


class Poisoned(msgspec.Struct, frozen=True, tag=True):
    where: str


Event: TypeAlias = Opened | Sat | RoundBegan | Added | Delayed | Lengthened | Over | Poisoned


class TallyMachine:
    def decide(self, state: Tally, command: Command, now: Millis) -> Accepted[Event] | Refused:
        if isinstance(command, Break):
            return self._break(state, command)
        if state.status == "concluded":
            return Refused("game_over", "The game is over.")
        match command:
            case Sit(player_id, user_id):
                return Accepted(() if player_id in state.seats else (Sat(player_id, user_id),))
            case Begin():
                return Accepted((RoundBegan(1, now + ROUND_MS),))
            case Add(player_id, cell, amount):
                return self._add(state, player_id, cell, amount)
            case Nod():
                return Accepted(())
            case EndRound(number):
                if state.ends_at is None or number != state.round:
                    return Refused("stale_round", f"It is round {state.round} now.", {"round": state.round})
                if state.poisoned:
                    raise ArithmeticError("this round can't be ended")
                return Accepted((RoundBegan(number + 1, now + ROUND_MS),))
            case Delay(ms, why):
                return Accepted((Delayed(ms, why),))
            case Lengthen(ms):
                return Accepted((Lengthened(ms),))
            case Call():
                return Accepted((Over(),))
            case _:
                assert_never(command)

    def evolve(self, state: Tally | None, event: Event, seq: int) -> Tally:  # noqa: ARG002 - its games need no numbers
        if isinstance(event, Opened):
            return Tally(event.limit)
        assert state is not None, "the first event opens the game"
        replace = msgspec.structs.replace
        match event:
            case Sat(player_id, user_id):
                return replace(state, seats={**state.seats, player_id: user_id})
            case RoundBegan(number, ends_at):
                return replace(state, status="active", round=number, ends_at=ends_at, length_ms=ROUND_MS)
            case Added(_, cell, amount):
                return replace(state, cells={**state.cells, cell: state.cells.get(cell, 0) + amount})
            case Delayed(ms):
                return replace(state, ends_at=None if state.ends_at is None else state.ends_at + ms)
            case Lengthened(ms):
                ends_at = None if state.ends_at is None else state.ends_at + ms
                return replace(state, ends_at=ends_at, length_ms=state.length_ms + ms)
            case Over():
                return replace(state, status="concluded", ends_at=None)
            case Poisoned(where):
                if where == "evolve":
                    raise ArithmeticError("this event can't be applied")
                return replace(state, poisoned=True)
            case _:
                assert_never(event)

    def deadline(self, state: Tally) -> tuple[Millis, Command] | None:
        return None if state.ends_at is None else (state.ends_at, EndRound(state.round))

    def attended(self, state: Tally, command: Command, watched: bool, here: Collection[UserId] | None) -> Command:
        del state, watched, here
        return command

    def says_anew(self, command: Command) -> bool:
        return isinstance(command, Add)

    def credit(self, state: Tally, ms: int, why: Cause) -> Command | None:
        return None if state.ends_at is None else Delay(ms, why)

    def span(self, state: Tally) -> int | None:
        return None if state.ends_at is None else state.length_ms

    def summary(self, state: Tally) -> Summary:
        players = tuple(PlayerSummary(player_id, user_id, "alive") for player_id, user_id in state.seats.items())
        return Summary(state.status, state.round, players)

    def results(self, state: Tally) -> tuple[SeatResult, ...]:
        """Who sat down first has won, and the others are placed as they came. A poisoned one can't say."""
        if state.poisoned:
            raise RuntimeError("poisoned")
        return tuple(
            SeatResult(seat, user_id, place, "won" if place == 1 else "lost", "sat")
            for place, (seat, user_id) in enumerate(state.seats.items(), 1)
        )

    def check(self, state: Tally, game_id: GameId, join_code: str) -> None:
        del game_id, join_code  # a tally does not know whose it is
        if state.total > state.limit or any(amount < 1 for amount in state.cells.values()):
            raise ValueError(f"its cells hold {state.total} of {state.limit}")
        if state.status == "active" and (state.round < 1 or state.ends_at is None):
            raise ValueError(f"it is active in round {state.round} until {state.ends_at}")

    def describe(self, state: Tally) -> str:
        return f"round {state.round}, {state.total} of {state.limit}"

    def _add(self, state: Tally, player_id: PlayerId, cell: Cell, amount: int) -> Accepted[Event] | Refused:
        if state.status == "lobby":
            return Refused("not_begun", "The game has not begun.")
        if amount < 1 or state.total + amount > state.limit:
            return Refused("too_much", "That does not fit.", {"left": state.limit - state.total})
        added = Added(player_id, cell, amount)
        events = (added, Over()) if state.total + amount == state.limit else (added,)
        return Accepted(events, partial(self._arrived, state, events))

    def _arrived(self, state: Tally, events: Sequence[Event], seq: int) -> Tally:
        for number, event in enumerate(events, seq):
            state = self.evolve(state, event, number)
        return state

    def _break(self, state: Tally, command: Break) -> Accepted[Event]:
        if command.where == "decide":
            raise ArithmeticError("this command can't be decided")
        assert state.status != "concluded", "broken games are not over"
        return Accepted((Poisoned(command.where),))


class TallyCodec:
    """Of any release: the bytes of all versions are the same."""

    event_version = 1

    def __init__(self, state_version: int = 1) -> None:
        self.state_version = state_version

    def encode_state(self, state: Tally) -> bytes:
        cells = [(cell, amount) for cell, amount in state.cells.items()]
        return msgspec.json.encode((msgspec.structs.replace(state, cells={}), cells))

    def decode_state(self, raw: bytes, version: int) -> Tally:
        if version > self.state_version:
            raise TooNew("state", version, self.state_version)
        state, cells = msgspec.json.decode(raw, type=tuple[Tally, list[tuple[Cell, int]]])
        return msgspec.structs.replace(state, cells=dict(cells))

    def encode_event(self, event: Event) -> bytes:
        if isinstance(event, Poisoned) and event.where == "encode":
            raise ArithmeticError("this event can't be written")
        return msgspec.json.encode(event)

    def decode_event(self, raw: bytes, version: int) -> Event:
        if version > self.event_version:
            raise TooNew("event", version, self.event_version)
        return msgspec.json.decode(raw, type=Event)
