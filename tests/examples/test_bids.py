"""The rules of the example."""

from clew.game import Seat
from clew.sessions.records import Refused
from clew.tables.commands import RegisterPlan
from clew.tables.creating import NewTable
from clew.tables.events import GameOver
from clew.testing.sitting import P1, P2, P3, Sitting
from examples.bids.game import Bids, Paid, Plan, Sold, View


def bids(seats: int = 3, **options: int) -> Sitting:
    return Sitting(Bids(), NewTable(seats=seats, options=options)).begin()


def purse_of(sitting: Sitting, seat: Seat | None) -> int | None:
    seen = sitting.view(seat).game
    assert isinstance(seen, View)
    return seen.purse


def bid(sitting: Sitting, *prices: int) -> None:
    for seat, price in zip(sitting.table.seats, prices, strict=True):
        sitting.plan(seat, Plan(price))
    sitting.end_round()


# --- the rules -------------------------------------------------------------------------------------------------------


def test_the_highest_bid_buys_and_pays() -> None:
    sitting = bids()

    bid(sitting, 5, 8, 0)

    assert sitting.happened == [Sold(P2, 8), Paid(P2, 22)]


def test_equal_bids_are_decided_by_lot() -> None:
    buyers = {Sitting(Bids(), seed=seed).begin() for seed in range(20)}
    for sitting in buyers:
        bid(sitting, 5, 5)

    assert {sitting.happened[0].to for sitting in buyers} == {P1, P2}


def test_a_lot_that_nobody_wants_goes_to_nobody() -> None:
    sitting = bids()

    sitting.end_round()

    assert sitting.happened == [Sold(None, 0)]


def test_nobody_bids_what_they_have_not() -> None:
    sitting = bids(purse=7)

    refused = sitting.ask(RegisterPlan(P1, 1, Plan(8)))

    assert isinstance(refused, Refused)
    assert (refused.code, refused.details) == ("too_expensive", {"purse": 7})


def test_the_most_lots_win_and_a_full_purse_between_equals() -> None:
    sitting = bids(lots=2)
    bid(sitting, 1, 0, 0)

    bid(sitting, 0, 2, 0)

    assert sitting.journal[-1] == GameOver(2, (P1,))


def test_a_purse_is_its_seats_own() -> None:
    sitting = bids()

    bid(sitting, 5, 8, 0)

    assert [purse_of(sitting, seat) for seat in (P1, P2, P3, None)] == [30, 22, 30, None]
    assert [b"Paid" in b"".join(sitting.told(seat)) for seat in (P1, P2, P3, None)] == [False, True, False, False]
