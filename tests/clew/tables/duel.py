"""A tiny game for the tests of tables: who is hit is out; that somebody flinched is told to that seat alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec.structs import replace

from clew import Game, Lot, Outcome, Refused, Seat


class Options(msgspec.Struct, frozen=True):
    rounds: Annotated[int, msgspec.Meta(ge=1, le=50)] = 30
    in_turn: bool = False


class State(msgspec.Struct, frozen=True):
    rounds: int
    in_turn: bool
    lives: dict[Seat, bool]
    played: int = 0


class Aim(msgspec.Struct, frozen=True):
    at: Seat | None = None


class Shot(msgspec.Struct, frozen=True, tag=True):
    at: Seat


class Flinched(msgspec.Struct, frozen=True, tag=True):
    seat: Seat


class Passed(msgspec.Struct, frozen=True, tag=True):
    pass


class View(msgspec.Struct, frozen=True):
    living: tuple[Seat, ...]
    you: Seat | None


Event = Shot | Flinched | Passed


class Duel(Game[State, Aim, Event, View]):
    kind = "duel"
    seats = (1, 16)
    options = Options

    def setup(self, seats: Sequence[Seat], options: Options, lot: Lot) -> State:
        return State(options.rounds, options.in_turn, dict.fromkeys(seats, True))

    def legal(self, state: State, seat: Seat, plan: Aim) -> Refused | None:
        known = plan.at is None or plan.at in state.lives
        return None if known else Refused("unknown_target", "Nobody sits there.")

    def resolve(self, state: State, plans: Mapping[Seat, Aim], lot: Lot) -> Iterator[Event]:
        for seat, plan in plans.items():
            yield Flinched(seat) if plan.at is None else Shot(plan.at)
        yield Passed()

    def evolve(self, state: State, event: Event) -> State:
        match event:
            case Shot(at):
                return replace(state, lives={**state.lives, at: False})
            case Flinched():
                return state
            case Passed():
                return replace(state, played=state.played + 1)

    def view(self, state: State, viewer: Seat | None) -> View:
        return View(tuple(seat for seat, lives in state.lives.items() if lives), viewer)

    def tell(self, event: Event, viewer: Seat | None) -> Event | None:
        return event if not isinstance(event, Flinched) or event.seat == viewer else None

    def outcome(self, state: State) -> Outcome | None:
        return Outcome() if state.played >= state.rounds else None

    def out(self, state: State) -> Collection[Seat]:
        return [seat for seat, lives in state.lives.items() if not lives]

    def on_turn(self, state: State, playing: Sequence[Seat]) -> Collection[Seat]:
        return [playing[state.played % len(playing)]] if state.in_turn and playing else playing

    def check(self, state: State) -> None:
        if state.played > state.rounds:
            raise ValueError(f"{state.played} of {state.rounds} rounds were played")

    def resign(self, state: State, seat: Seat) -> Iterator[Event]:
        yield Shot(seat)
