"""What a table has come to while it was decided is what its events come to."""

from typing import Any

import pytest

from clew.game import AnyGame
from clew.sessions.records import Accepted
from clew.tables.codec import TableCodec
from clew.tables.commands import AnyCommand, CreditClock, EndRound, Ready, RegisterPlan, Resign
from clew.tables.creating import NewTable
from clew.tables.lobby.commands import Join, Start
from clew.tables.table import AnyTable
from clew.testing.sitting import P1, P2, Sitting, user_at
from examples.bids.game import Bids
from tests.clew.tables.duel import Duel


def evolved(sitting: Sitting, answer: Accepted[Any]) -> AnyTable:
    table = sitting.table
    for seq, event in enumerate(answer.events, len(sitting.journal) + 1):
        table = sitting.machine.evolve(table, event, seq)
    return table


@pytest.mark.parametrize("game", [Duel(), Bids()], ids=["duel", "bids"])
def test_every_answer_arrives_where_its_events_lead(game: AnyGame) -> None:
    sitting = Sitting(game, NewTable(seats=3, bots=1))
    sitting.do(Join(user_at(2), "Bo"))
    codec = TableCodec(game)

    arrived = 0
    while sitting.table.status in {"lobby", "active"} and sitting.table.round < 8:
        table, number = sitting.table, sitting.table.round
        asked: list[AnyCommand] = [Start(user_at(1))]
        if table.status == "active":
            sitting.now = table.round_ends_at
            asked = [RegisterPlan(seat, number, game.idle(table.game, seat)) for seat in table.on_turn]
            asked += [Ready(P1, number), Ready(P2, number), CreditClock(7, "moved"), EndRound(number)]
            asked += [Resign(P2)] if number == 7 else []
        for command in asked:
            answer = sitting.ask(command)
            if isinstance(answer, Accepted) and answer.events:
                assert answer.arrive is not None, "it was worked out"
                there = answer.arrive(len(sitting.journal) + 1)
                assert there == evolved(sitting, answer)
                assert codec.encode_state(there) == codec.encode_state(evolved(sitting, answer))
                arrived += 1
        sitting.do(asked[0])
        if sitting.table.round == number and sitting.table.status == "active":
            sitting.end_round()

    assert arrived > 20
