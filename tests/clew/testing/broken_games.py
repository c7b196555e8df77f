"""Small broken games, each of which breaks one law of the exam, and is the example but for that."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import msgspec
from msgspec.structs import replace

from clew import Lot, Outcome, Plain, Refused, Seat
from examples.bids.game import Bids, Options, Paid, Plan, Sold, State, View, bought
from examples.hanabi.game import Event, Hanabi, Play
from examples.hanabi.game import State as Table

_COUNTED = count()


class Fickle(Bids):
    """Looks at the world: another buyer each time."""

    def resolve(self, state: State, plans: Mapping[Seat, Plan], lot: Lot) -> Iterator[Sold | Paid]:
        seats = list(plans)
        yield Sold(seats[next(_COUNTED) % len(seats)], 1)


class Choosing(Bids):
    """Chooses where it should only apply: what an event means hangs on what was applied before, by whomever."""

    def __init__(self) -> None:
        self.applied = 0

    def evolve(self, state: State, event: Sold | Paid) -> State:
        self.applied += 1
        after = super().evolve(state, event)
        return replace(after, lots=after.lots + 1) if self.applied % 5 == 0 else after


class Marked(msgspec.Struct, frozen=True):
    lots: int
    purses: dict[Seat, int]
    sold: tuple[Sold, ...] = ()
    marks: Any = ()


class Lossy(Bids):
    """Keeps what JSON has no word for: a tuple that is read back as a list."""

    def setup(self, seats: Any, options: Options, lot: Lot) -> Any:
        return Marked(options.lots, dict.fromkeys(seats, options.purse), (), ("first",))


Lossy.types = Bids.types._replace(state=Marked)


class Endless(Bids):
    def outcome(self, state: State) -> Outcome | None:
        return None


class Grudging(Bids):
    """Who bids too much pays for it, though the bid is refused."""

    def legal(self, state: State, seat: Seat, plan: Plan) -> Refused | None:
        refused = super().legal(state, seat, plan)
        if refused is not None:
            state.purses[seat] -= 1
        return refused


class Greedy(Bids):
    """Its bot has more than its purse holds."""

    def bot(self, view: View, seat: Seat, lot: Lot) -> Plan:
        return Plan((view.purse or 0) + 1)


class Strict(Bids):
    """Who sends nothing plans what is not legal."""

    def legal(self, state: State, seat: Seat, plan: Plan) -> Refused | None:
        return Refused("too_little", "Bid something.") if plan.bid == 0 else super().legal(state, seat, plan)

    def bot(self, view: View, seat: Seat, lot: Lot) -> Any:
        return None


class Remembering(Bids):
    """Keeps in its memory what belongs into the state: prices never fall."""

    def __init__(self) -> None:
        self.least = 0

    def resolve(self, state: State, plans: Mapping[Seat, Plan], lot: Lot) -> Iterator[Sold | Paid]:
        yield Sold(None, len(state.sold) and self.least)
        self.least = max(plan.bid for plan in plans.values()) + 1


# --- secrets ---------------------------------------------------------------------------------------------------------


class Chatty(Bids):
    """Tells everyone what is left in the buyer's purse."""

    def tell(self, event: Sold | Paid, viewer: Seat | None) -> Sold | Paid | None:
        return event


class Hinting(Bids):
    """Refuses a bid that nobody could top: so one learns what the others have."""

    def legal(self, state: State, seat: Seat, plan: Plan) -> Refused | None:
        richest = max((purse for other, purse in state.purses.items() if other != seat), default=0)
        if plan.bid > richest:
            return Refused("too_much", "Nobody could top that.")
        return super().legal(state, seat, plan)

    def bot(self, view: View, seat: Seat, lot: Lot) -> Any:
        return None


class Standings(msgspec.Struct, frozen=True):
    lots_left: int
    sold: tuple[Sold, ...]
    purse: int | None
    bought: dict[Seat, int]


class Ordering(Bids):
    """Shows everyone what all have bought, in the order of their purses."""

    def view(self, state: State, viewer: Seat | None) -> Any:
        seen = super().view(state, viewer)
        richest = sorted(state.purses, key=lambda seat: -state.purses[seat])
        return Standings(seen.lots_left, seen.sold, seen.purse, {seat: bought(state.sold, seat) for seat in richest})


Ordering.types = Bids.types._replace(view=Standings)


class Rustling(Bids):
    """Everyone hears, for each bid, that there was one."""

    def resolve(self, state: State, plans: Mapping[Seat, Plan], lot: Lot) -> Iterator[Sold | Paid]:
        yield from super().resolve(state, plans, lot)
        for seat, plan in plans.items():
            if plan.bid:
                yield Paid(seat, state.purses[seat])

    def evolve(self, state: State, event: Sold | Paid) -> State:
        return super().evolve(state, event) if isinstance(event, Sold) else state

    def tell(self, event: Sold | Paid, viewer: Seat | None) -> Sold | Paid | None:
        return Paid(Seat("p1"), 0) if isinstance(event, Paid) else event


class Nudging(Hanabi):
    """Advises against playing a five, which its owner can't see."""

    def legal(self, state: Table, seat: Seat, plan: Any) -> Refused | None:
        refused = super().legal(state, seat, plan)
        if refused is None and isinstance(plan, Play) and state.hands[seat][plan.place].card.rank == 5:
            return Refused("too_early", "Better not.")
        return refused

    def bot(self, view: Any, seat: Seat, lot: Lot) -> Any:
        return None


class Peeking(Hanabi):
    """Tells everyone what was drawn, its owner too."""

    def tell(self, event: Event, viewer: Seat | None) -> Event:
        return event

    def view(self, state: Table, viewer: Seat | None) -> Any:
        last = tuple(super(Peeking, self).tell(event, viewer) for event in state.last)
        return replace(super().view(state, viewer), last=last)


# --- versions --------------------------------------------------------------------------------------------------------


class Unbridged(Bids):
    """Its step from version 1 forgets what version 2 needs."""

    upcast_state = {1: dict}


def broke(state: Plain) -> Plain:
    return {**state, "lots": 6, "purses": {}}


class Robbing(Bids):
    """Its step from version 1 empties the purses, so what was stored is no longer what its journal makes."""

    upcast_state = {1: broke}


class MoreOptions(msgspec.Struct, frozen=True):
    lots: int = 6
    purse: int = 30
    colour: str = "red"


class Reshaped(Bids):
    """Stores something else, and calls it the same version."""

    options = MoreOptions
