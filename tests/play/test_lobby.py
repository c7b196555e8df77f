"""A match's lobby is any table's lobby."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from clew.game import Seat
from clew.sessions.ids import GameId
from clew.sessions.records import Accepted, Refused
from clew.tables.creating import NewTable
from clew.tables.events import TableCreated
from clew.tables.lobby.bounds import LOBBY_EVENTS_MAX, SENT_AWAY_MAX
from clew.tables.lobby.changing import change_of
from clew.tables.lobby.checking import check_gathering
from clew.tables.lobby.commands import Cancel, ChangeLobby, Join, Lapse, Leave, LobbyCommand, SendAway, Start
from clew.tables.lobby.events import HostPassed, Left
from clew.tables.lobby.gathering import Gathering
from clew.tables.lobby.members import seat_at
from clew.tables.serving.wire import ChangeOfTable
from clew.testing.sitting import P1, P2, P3, P4, Sitting, user_at
from clew.wire.changing import ChangeOfGame, SeatChange
from examples.bids.game import Bids
from minotaur.play.wire_change import ChangeGame
from minotaur.rules.settings import classic
from tests.play.driving import MACHINE, START, Table

USERS = [user_at(place) for place in range(1, 6)]
BIDS = Sitting(Bids()).machine
CHANGE_OF_TABLE = msgspec.defstruct("ChangeBids", [], bases=(ChangeOfTable,), kw_only=True)
users = st.sampled_from(USERS)
seats_of_any = st.sampled_from([seat_at(place) for place in range(1, 6)])
PASSED_ON = [Join(USERS[1], "Bo"), Leave(USERS[0]), Start(USERS[1])]


def change(user: int, asked: ChangeOfGame) -> ChangeLobby:
    return change_of(USERS[user], asked)


def bots(*places: int, kind: str | None) -> ChangeOfGame:
    return ChangeOfGame(seats={place: None if kind is None else SeatChange(kind) for place in places})


asked = st.builds(
    ChangeOfGame,
    seats=st.just(UNSET) | st.integers(1, 6) | st.dictionaries(st.integers(0, 6), st.just(None), max_size=2),
    bots=st.just(UNSET) | st.integers(-1, 5),
    round_seconds=st.just(UNSET) | st.integers(4, 31),
    host_id=st.just(UNSET) | seats_of_any.map(str),
)
commands: st.SearchStrategy[LobbyCommand] = st.one_of(
    st.builds(Join, users, st.just("Somebody")),
    st.builds(Start, users),
    st.builds(Cancel, users),
    st.builds(Leave, users),
    st.builds(SendAway, users, seats_of_any),
    st.builds(change_of, users, asked),
    st.just(Lapse()),
)


def of_game(command: LobbyCommand, shape: type[msgspec.Struct]) -> LobbyCommand:
    """The same, asked in this game's own shape."""
    if not isinstance(command, ChangeLobby) or command.rules is None:
        return command
    said = {field: getattr(command.rules, field) for field in ChangeOfGame.__struct_fields__}
    return replace(command, rules=shape(**said))


def people(at: Gathering) -> tuple[object, ...]:
    """All but what a game calls its bots."""
    return (
        *(
            [replace(member, bot=None) for member in at.members],
            at.status,
            at.host,
            at.people,
            at.arrived,
            at.sent_away,
            at.places,
            at.bots,
        ),
        *(at.seat_of(user) for user in USERS),
    )


class Both:
    """A table and a match of which the same is asked, each as it stands and as its journal says."""

    def __init__(self, seats: int, bots: int) -> None:
        self.sitting = Sitting(Bids(), NewTable(seats=seats, bots=min(bots, seats - 1)))
        self.match = replace(
            Table.laid(classic(seats), bots=min(bots, seats - 1)).match, members=self.sitting.table.members
        )
        self.began = self.match
        self.events: list[object] = []

    def ask(self, command: LobbyCommand) -> Refused | None:
        of_table = self.sitting.ask(of_game(command, CHANGE_OF_TABLE))
        of_match = MACHINE.decide(self.match, of_game(command, ChangeGame), START)
        assert isinstance(of_table, Refused) == isinstance(of_match, Refused), (of_table, of_match)
        if isinstance(of_table, Refused):
            assert isinstance(of_match, Refused)
            assert (of_match.code, of_match.details) == (of_table.code, of_table.details)
            return of_table
        assert isinstance(of_match, Accepted)
        self.sitting.do(of_game(command, CHANGE_OF_TABLE))
        for event in of_match.events:
            self.events.append(event)
            self.match = MACHINE.evolve(self.match, event, len(self.events) + 1)
        return None

    @property
    def both(self) -> Sequence[Gathering]:
        return self.sitting.table, self.match


@example(4, 2, [Join(USERS[1], "Bo"), Start(USERS[1]), Start(USERS[0]), Join(USERS[2], "Cy"), Cancel(USERS[0])])
@example(2, 0, [Start(USERS[0]), Cancel(USERS[1]), Join(USERS[0], "Ada"), Cancel(USERS[0]), Join(USERS[1], "Bo")])
@example(3, 2, [*PASSED_ON])
@example(3, 2, [Join(USERS[1], "Bo"), SendAway(USERS[0], P2), Join(USERS[1], "Bo"), Start(USERS[0])])
@given(st.integers(2, 4), st.integers(0, 3), st.lists(commands, max_size=14))
def test_whatever_a_lobby_is_asked_a_match_and_a_table_answer_and_become_the_same(
    seats: int, bots: int, asked: list[LobbyCommand]
) -> None:
    games = Both(seats, bots)

    for command in asked:
        games.ask(command)

        assert people(games.match) == people(games.sitting.table)
        of_match, of_table = MACHINE.summary(games.match), BIDS.summary(games.sitting.table)
        assert of_match.players == of_table.players
        assert [(row.player_id, row.user_id) for row in of_match.players] == [
            (member.player_id, member.user_id) for member in games.match.members
        ]
        for at in games.both:
            has_game = at.status in {"active", "concluded"}
            check_gathering(at, GameId(at.game_id), at.join_code, has_game=has_game)


@given(st.integers(2, 4), st.lists(commands, max_size=14))
def test_a_lobby_read_from_its_journal_is_the_one_that_was_lived_in(seats: int, asked: list[LobbyCommand]) -> None:
    games = Both(seats, 1)
    for command in asked:
        games.ask(command)

    table, match = None, games.began
    for seq, event in enumerate(games.sitting.journal, 1):
        table = BIDS.evolve(table, event, seq)
    for seq, event in enumerate(games.events, 2):
        match = MACHINE.evolve(match, event, seq)  # pyright: ignore[reportArgumentType] - its own events

    assert isinstance(games.sitting.journal[0], TableCreated)
    assert table == games.sitting.table
    assert match == games.match


def lobby(seats: int = 4, people: int = 3) -> Both:
    games = Both(seats, 1)
    for place in range(2, people + 1):
        assert games.ask(Join(user_at(place), f"Player {place}")) is None
    return games


def test_who_joins_takes_the_lowest_seat_that_is_free() -> None:
    games = lobby(people=3)

    games.ask(Leave(USERS[1]))
    games.ask(Join(USERS[4], "Eve"))

    assert games.match.seats == (P1, P2, P3)
    assert games.match.seat_of(USERS[4]) == P2
    assert games.match.arrived == (P1, P3, P2)


def test_a_host_who_leaves_passes_the_game_on_to_whoever_is_there_longest() -> None:
    games = lobby(people=3)
    games.ask(Leave(USERS[1]))
    games.ask(Join(USERS[4], "Eve"))

    games.ask(Leave(USERS[0]))

    assert games.events[-2:] == [HostPassed(P3), Left(P1, "Ada")]
    assert [at.host.player_id for at in games.both] == [P3, P3]


def test_the_last_person_to_leave_calls_the_game_off() -> None:
    games = lobby(people=1)
    games.ask(change(0, bots(2, kind=None)))

    assert games.ask(Leave(USERS[0])) is None

    assert [at.status for at in games.both] == ["canceled", "canceled"]
    again = games.ask(Leave(USERS[0]))
    assert again is not None
    assert again.code == "game_canceled"


def test_who_was_sent_away_may_not_sit_down_again_but_others_may() -> None:
    games = lobby(people=2)

    games.ask(SendAway(USERS[0], P2))

    refused = games.ask(Join(USERS[1], "Bo"))
    assert refused is not None
    assert refused.code == "sent_away"
    assert games.ask(Join(USERS[2], "Cy")) is None


def test_so_many_who_were_sent_away_are_remembered_and_no_more() -> None:
    games = lobby(people=1)

    for number in range(10, 11 + SENT_AWAY_MAX):
        games.ask(Join(user_at(number), "Bo"))
        games.ask(SendAway(USERS[0], P2))

    assert [len(at.sent_away) for at in games.both] == [SENT_AWAY_MAX] * 2
    assert games.ask(Join(user_at(10), "Bo")) is None


def test_a_lobby_does_not_change_without_end_but_who_wants_to_go_or_begin_still_does() -> None:
    games = lobby(people=2)
    for _ in range(LOBBY_EVENTS_MAX // 2):
        games.ask(Join(USERS[2], "Cy"))
        games.ask(Leave(USERS[2]))

    refused = [games.ask(asked) for asked in (Join(USERS[2], "Cy"), change(0, bots(4, kind=None)))]

    assert [each.code for each in refused if each is not None] == ["too_many_changes"] * 2
    assert games.ask(Leave(USERS[0])) is None
    assert games.ask(Cancel(USERS[1])) is None


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        (ChangeOfGame(seats=2, bots=1), "seats"),
        (ChangeOfGame(bots=4, host_id="p2"), "bots"),
        (ChangeOfGame(round_seconds=1), "round_seconds"),
        (ChangeOfGame(round_seconds=9, host_id="p4"), "host_id"),
        (ChangeOfGame(seats={3: None}), "seats.3"),
        (ChangeOfGame(seats={5: None}), "seats.5"),
        (ChangeOfGame(seats={4: SeatChange("oracle")}), "seats.4.bot"),
    ],
)
def test_a_change_happens_as_a_whole_or_not_at_all(asked: ChangeOfGame, path: str) -> None:
    games = lobby(seats=4, people=3)
    before = games.both

    refused = games.ask(change(0, asked))

    assert refused is not None
    assert (refused.code, refused.details) == ("invalid", {"path": path})
    assert games.both == before


def test_a_bot_sits_where_the_host_says_and_another_plays_as_its_kind_does() -> None:
    table = Table.laid(classic(4), bots=3, bot="hunter")
    assert table.do(change(0, bots(2, 4, kind="wanderer"))) is not None  # of another user
    asked = [change_of(user, bots(2, 4, kind="wanderer")) for user in [table.match.host.user_id] if user]

    assert [table.do(each) for each in asked] == [None]
    assert table.match.host.user_id is not None
    table.do(Start(table.match.host.user_id))

    assert [table.match.bot_at(seat) for seat in (P1, P2, P3, P4)] == [None, "wanderer", "hunter", "wanderer"]
    assert list(table.match.game.heroes) == ["p1", "p2", "p3", "p4"] if table.match.game else False


def test_a_preset_brings_its_own_numbers_and_a_number_stays_with_its_preset() -> None:
    table = Table.laid(classic(2, health=7))
    host = table.match.host.user_id
    assert host is not None

    table.do(change_of(host, ChangeGame(seats=8)))
    kept = table.match.settings
    table.do(change_of(host, ChangeGame(preset="labyrinth", settings={"sight": 3})))

    assert (kept.seats, kept.health, kept.radius) == (8, 7, classic(8).radius)
    assert (table.match.settings.preset, table.match.settings.health, table.match.settings.sight) == (
        "labyrinth",
        10,
        3,
    )


def test_leaving_while_the_game_is_on_is_resigning() -> None:
    games = lobby(seats=3, people=2)
    games.ask(Start(USERS[0]))

    games.ask(Leave(USERS[1]))

    assert games.sitting.table.players[Seat(P2)].resigned
    assert games.match.game is not None
    assert [hero.resigned for hero in games.match.game.heroes.values()] == [False, True, False]


def test_what_is_so_already_is_no_event_and_leaving_twice_is_leaving() -> None:
    games = lobby(people=2)

    for command in (change(0, ChangeOfGame(host_id="p1")), change(0, bots(3, kind=None)), Leave(USERS[4])):
        before = len(games.events)
        assert games.ask(command) is None
        assert len(games.events) == before
