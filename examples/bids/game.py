"""Sealed bids: every round one lot is sold to the highest secret bid. Nobody sees what is left in another's purse.

Whoever has bought the most when all lots are sold has won; what is left in the purse decides between equals.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from clew import Game, Lot, Outcome, Plain, Refused, Seat


class Options(msgspec.Struct, frozen=True):
    """What the host may choose."""

    lots: Annotated[int, Meta(ge=1, le=20, description="How many lots are sold")] = 6
    purse: Annotated[int, Meta(ge=1, le=1000, description="What everyone begins with")] = 30


class Sold(msgspec.Struct, frozen=True, tag=True):
    """A lot went to the highest bidder; to nobody if nobody bid."""

    to: Seat | None
    price: int


class Paid(msgspec.Struct, frozen=True, tag=True):
    """What that left in the buyer's purse: nobody else's business."""

    seat: Seat
    left: int


class State(msgspec.Struct, frozen=True):
    """``sold`` are the sales so far. Version 1 had no ``lots``: six were sold, always."""

    lots: int
    purses: dict[Seat, int]
    sold: tuple[Sold, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """A bid for the lot of this round. 0: none."""

    bid: Annotated[int, Meta(ge=0, le=1000, description="0 to let the lot pass")] = 0


class View(msgspec.Struct, frozen=True):
    """What everyone sees, and the viewer's own purse."""

    lots_left: int
    sold: tuple[Sold, ...]
    purse: int | None


def bought(sold: Sequence[Sold], seat: Seat) -> int:
    return sum(sale.to == seat for sale in sold)


def choose_the_number_of_lots(state: Plain) -> Plain:
    """From version 1 to 2."""
    return {**state, "lots": 6}


class Bids(Game[State, Plan, Sold | Paid, View]):
    """Everything else (lobby, clock, bots' turns, storage, secrecy) is Clew's."""

    kind = "bids"
    seats = (2, 6)
    round_seconds = 20
    options = Options
    state_version = 2
    upcast_state = {1: choose_the_number_of_lots}

    def setup(self, seats: Sequence[Seat], options: Options, lot: Lot) -> State:
        return State(options.lots, dict.fromkeys(seats, options.purse))

    def legal(self, state: State, seat: Seat, plan: Plan) -> Refused | None:
        if plan.bid > state.purses[seat]:
            return Refused("too_expensive", f"You have {state.purses[seat]}.", {"purse": state.purses[seat]})
        return None

    def resolve(self, state: State, plans: Mapping[Seat, Plan], lot: Lot) -> Iterator[Sold | Paid]:
        price = max((plan.bid for plan in plans.values()), default=0)
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
        purse = None if viewer is None else state.purses[viewer]
        return View(state.lots - len(state.sold), state.sold, purse)

    def tell(self, event: Sold | Paid, viewer: Seat | None) -> Sold | Paid | None:
        return None if isinstance(event, Paid) and event.seat != viewer else event

    def outcome(self, state: State) -> Outcome | None:
        if len(state.sold) < state.lots:
            return None
        merit = {seat: (bought(state.sold, seat), purse) for seat, purse in state.purses.items()}
        return Outcome(tuple(seat for seat in merit if merit[seat] == max(merit.values())))

    def bot(self, view: View, seat: Seat, lot: Lot) -> Plan:
        fair = (view.purse or 0) // max(1, view.lots_left)
        return Plan(lot.number(0, min(view.purse or 0, 2 * fair), "bid"))
