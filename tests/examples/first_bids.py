"""The first example as its first version was: six lots, always, and no word of that in the state."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from clew import Game, Lot, Outcome, Refused, Seat
from examples.bids.game import Paid, Plan, Sold, View, bought

LOTS = 6


class Options(msgspec.Struct, frozen=True):
    purse: Annotated[int, Meta(ge=1, le=1000)] = 30


class State(msgspec.Struct, frozen=True):
    purses: dict[Seat, int]
    sold: tuple[Sold, ...] = ()


class FirstBids(Game[State, Plan, Sold | Paid, View]):
    kind = "bids"
    seats = (2, 6)
    round_seconds = 20
    options = Options

    def setup(self, seats: Sequence[Seat], options: Options, lot: Lot) -> State:
        return State(dict.fromkeys(seats, options.purse))

    def legal(self, state: State, seat: Seat, plan: Plan) -> Refused | None:
        return Refused("too_expensive", "You have less.") if plan.bid > state.purses[seat] else None

    def resolve(self, state: State, plans: Mapping[Seat, Plan], lot: Lot) -> Iterator[Sold | Paid]:
        price = max(plan.bid for plan in plans.values())
        if price == 0:
            yield Sold(None, 0)
            return
        buyer = lot.pick([seat for seat, plan in plans.items() if plan.bid == price], "tie")
        yield Sold(buyer, price)
        yield Paid(buyer, state.purses[buyer] - price)

    def evolve(self, state: State, event: Sold | Paid) -> State:
        match event:
            case Sold():
                return replace(state, sold=(*state.sold, event))
            case Paid(seat, left):
                return replace(state, purses={**state.purses, seat: left})

    def view(self, state: State, viewer: Seat | None) -> View:
        return View(LOTS - len(state.sold), state.sold, None if viewer is None else state.purses[viewer])

    def tell(self, event: Sold | Paid, viewer: Seat | None) -> Sold | Paid | None:
        return None if isinstance(event, Paid) and event.seat != viewer else event

    def outcome(self, state: State) -> Outcome | None:
        if len(state.sold) < LOTS:
            return None
        merit = {seat: (bought(state.sold, seat), purse) for seat, purse in state.purses.items()}
        return Outcome(tuple(seat for seat in merit if merit[seat] == max(merit.values())))
