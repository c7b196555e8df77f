"""Plans of bots worked out before the round's end: the same as without, and forgotten when the round is another."""

from collections.abc import Sequence
from threading import Thread

from clew.sessions.records import Accepted
from minotaur.play.foreseeing import Foreseen
from minotaur.play.machine import MatchMachine
from minotaur.play.served import ServedMinotaur
from minotaur.rules.commands import EndRound, Resign
from minotaur.rules.names import player_id
from minotaur.rules.settings import labyrinth
from tests.play.driving import Table

P2 = player_id(2)


def begun(bots: int = 2, seed: int = 3) -> Table:
    table = Table.laid(labyrinth(4), seed, bots=bots, bot="strategist")
    table.start(humans=4 - bots)
    return table


def foreseen(table: Table) -> MatchMachine:
    """A machine that had the round worked out in another thread, as a server has it."""
    machine = MatchMachine()
    work = ServedMinotaur(machine).foresee(table.match)
    assert work is not None
    thread = Thread(target=work)
    thread.start()
    thread.join()
    return machine


def told_by(machine: MatchMachine, table: Table, end: EndRound) -> Sequence[object]:
    answer = machine.decide(table.match, end, table.game.round_ends_at)
    assert isinstance(answer, Accepted)
    return answer.events


def test_a_round_foreseen_ends_as_one_that_was_not() -> None:
    table = begun()
    end = EndRound(1)
    machine = foreseen(table)
    assert len(machine.foreseen) == 2

    happened = told_by(machine, table, end)

    assert happened == told_by(MatchMachine(), table, end)
    assert len(machine.foreseen) == 0


def test_what_was_foreseen_of_another_round_is_not_planned() -> None:
    table = begun(bots=1)
    machine = foreseen(table)
    table.now = table.game.round_ends_at
    assert table.do(EndRound(1)) is None
    assert table.do(Resign(P2)) is None
    end = EndRound(2)

    assert told_by(machine, table, end) == told_by(MatchMachine(), table, end)


def test_nothing_is_foreseen_where_no_bot_thinks_long() -> None:
    hunters = Table.laid(labyrinth(4), 3, bots=3)
    lobby = Table.laid(labyrinth(4), 3, bots=3, bot="strategist")
    hunters.start(humans=1)

    assert Foreseen().work(hunters.match) is None
    assert Foreseen().work(lobby.match) is None


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    found = Foreseen(most=2)
    work = found.work(begun(bots=3).match)
    assert work is not None

    work()

    assert len(found) == 2
