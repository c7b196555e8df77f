"""A match's lobby is any table's lobby."""

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from clew.sessions.records import Accepted, Refused
from clew.tables.creating import NewTable
from clew.tables.lobby.commands import Cancel, Join, Lapse, LobbyCommand, Start
from clew.tables.lobby.gathering import Gathering
from clew.testing.sitting import Sitting, user_at
from examples.bids.game import Bids
from minotaur.rules.settings import classic
from tests.play.driving import MACHINE, START, Table

USERS = [user_at(place) for place in range(1, 6)]
users = st.sampled_from(USERS)
commands: st.SearchStrategy[LobbyCommand] = (
    st.builds(Join, users, st.just("Somebody")) | st.builds(Start, users) | st.builds(Cancel, users) | st.just(Lapse())
)


def people(at: Gathering) -> tuple[object, ...]:
    return at.members, at.status, at.host, at.people, [at.seat_of(user) for user in USERS]


@example(4, 2, [Join(USERS[1], "Bo"), Start(USERS[1]), Start(USERS[0]), Join(USERS[2], "Cy"), Cancel(USERS[0])])
@example(2, 0, [Start(USERS[0]), Cancel(USERS[1]), Join(USERS[0], "Ada"), Cancel(USERS[0]), Join(USERS[1], "Bo")])
@given(st.integers(2, 4), st.integers(0, 3), st.lists(commands, max_size=12))
def test_whatever_a_lobby_is_asked_a_match_and_a_table_answer_and_become_the_same(
    seats: int, bots: int, asked: list[LobbyCommand]
) -> None:
    bots = min(bots, seats - 1)
    sitting = Sitting(Bids(), NewTable(seats=seats, bots=bots))
    match = replace(Table.laid(classic(seats), bots=bots).match, members=sitting.table.members)

    for command in asked:
        of_table, of_match = sitting.ask(command), MACHINE.decide(match, command, START)
        if isinstance(of_table, Refused):
            assert of_match == of_table
            continue
        assert isinstance(of_match, Accepted)
        sitting.do(command)
        for seq, event in enumerate(of_match.events, 2):
            match = MACHINE.evolve(match, event, seq)

        assert people(match) == people(sitting.table)
        assert MACHINE.summary(match).players == sitting.machine.summary(sitting.table).players
