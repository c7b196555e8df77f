"""Who plans for those who send nothing: bots, and what comes of a round that somebody lets pass."""

import pytest

from clew import Lot, Seat
from clew.sessions.records import Accepted
from clew.tables.commands import Ready, RegisterPlan
from clew.tables.creating import NewTable
from clew.tables.events import PlanAccepted, RoundStarted
from clew.testing.sitting import P1, P2, P3, Sitting
from tests.clew.tables.duel import Aim, Duel, View
from tests.clew.tables.test_rounds import duel


def test_a_round_of_bots_alone_is_short() -> None:
    sitting = duel(3, bots=2)

    sitting.resign(P1)

    assert sitting.table.round_ms == 3_000
    assert sitting.table.round_ends_at == sitting.now + 3_000


def test_a_bot_plans_for_who_let_three_rounds_pass_until_they_say_something() -> None:
    sitting = duel(2)
    for _ in range(3):
        sitting.ready(P2)
        sitting.end_round()
    assert sitting.table.players[P1].autopilot

    sitting.ready(P2)
    assert sitting.table.round == 5, "who is on autopilot is not waited for"
    sitting.plan(P1, Aim())

    assert not sitting.table.players[P1].autopilot
    sitting.end_round()
    assert sitting.table.players[P1].missed_rounds == 0


def test_a_plan_changes_nothing_that_is_listed_though_it_ends_an_autopilot() -> None:
    sitting = duel(2)
    for _ in range(3):
        sitting.ready(P2)
        sitting.end_round()
    before = sitting.table

    planned = sitting.machine.decide(before, RegisterPlan(P1, before.round, Aim()), sitting.now)
    readied = sitting.machine.decide(before, Ready(P2, before.round), sitting.now)

    assert isinstance(planned, Accepted) and planned.arrive is not None
    assert not planned.relists and sitting.machine.summary(planned.arrive(99)) == sitting.machine.summary(before)
    assert isinstance(readied, Accepted) and readied.relists, "it ends the round"


def test_where_all_are_on_autopilot_the_round_keeps_its_time() -> None:
    sitting = duel(3, rounds=50)
    for _ in range(3):
        sitting.end_round()
    assert all(player.autopilot for player in sitting.table.players.values())

    events = sitting.resign(P3)

    assert not any(isinstance(event, RoundStarted) for event in events)


def test_who_is_not_on_turn_lets_nothing_pass() -> None:
    sitting = duel(3, in_turn=True, rounds=50)
    for _ in range(6):
        sitting.end_round()

    assert [player.missed_rounds for player in sitting.table.players.values()] == [2, 2, 2]


def test_who_is_ready_without_a_plan_lets_nothing_pass() -> None:
    sitting = duel(2)

    sitting.ready()

    assert [player.missed_rounds for player in sitting.table.players.values()] == [0, 0]


class Drawing(Duel):
    """Its bots aim by lot."""

    kind = "drawing"

    def bot(self, view: View, seat: Seat, lot: Lot) -> Aim:
        return Aim(lot.pick(view.living, "target"))


def test_every_bot_has_chance_of_its_own() -> None:
    planned = set[tuple[Seat | None, ...]]()
    for seed in range(10):
        sitting = Sitting(Drawing(), NewTable(seats=4, bots=3), seed).begin()
        planned.add(tuple(event.plan.at for event in sitting.ready() if isinstance(event, PlanAccepted)))

    assert any(len(set(aims)) > 1 for aims in planned)


def test_a_bots_plan_ends_no_autopilot() -> None:
    sitting = Sitting(Passive(), NewTable(seats=2)).begin()
    for _ in range(4):
        sitting.ready(P2)
        sitting.end_round()

    planned = [event for event in sitting.journal if isinstance(event, PlanAccepted)]

    assert [(event.player_id, event.by_bot) for event in planned][:1] == [(P1, True)]
    assert sitting.table.players[P1].autopilot


class Passive(Duel):
    """Its bots aim at nobody, and say so."""

    kind = "passive"

    def bot(self, view: View, seat: Seat, lot: Lot) -> Aim:
        return Aim()


class Biased(Duel):
    """Its bot aims at the third seat, which only sometimes somebody sits in."""

    kind = "biased"

    def bot(self, view: View, seat: Seat, lot: Lot) -> Aim:
        return Aim(P3)


def test_a_bot_plans_by_the_rules_or_it_is_a_bug() -> None:
    three = Sitting(Biased(), NewTable(seats=3, bots=2)).begin()
    planned = three.ready(P1)
    two = Sitting(Biased(), NewTable(seats=2, bots=1)).begin()

    assert [each.player_id for each in planned if isinstance(each, PlanAccepted) and each.by_bot] == [P2, P3]
    with pytest.raises(AssertionError, match="the bot's plan for p2 is not legal"):
        two.ready(P1)
