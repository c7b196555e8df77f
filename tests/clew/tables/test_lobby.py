"""Who sits down, and whether a game begins."""

from clew.sessions.records import Accepted, Refused
from clew.tables.commands import AnyCommand, EndRound, Ready, RegisterPlan, Resign
from clew.tables.creating import NewTable, table_created
from clew.tables.events import GameStarted
from clew.tables.lobby.commands import Cancel, Join, Lapse, PassOn, Start
from clew.tables.lobby.events import GameCanceled, HostPassed, PlayerJoined
from clew.tables.lobby.members import BOT_NAMES
from clew.testing.sitting import BEGAN, P1, P2, Sitting, identity, user_at
from tests.clew.tables.duel import Aim, Duel, Options


def code(sitting: Sitting, command: AnyCommand) -> str | None:
    answer = sitting.ask(command)
    return answer.code if isinstance(answer, Refused) else None


def test_who_joins_gets_the_next_seat_and_keeps_it() -> None:
    sitting = Sitting(Duel(), NewTable(seats=3))
    sitting.do(Join(user_at(2), "Bo"))

    again = sitting.ask(Join(user_at(2), "Bo"))

    assert sitting.table.seats == (P1, P2)
    assert again == Accepted(())


def test_two_people_of_one_name_are_told_apart() -> None:
    sitting = Sitting(Duel(), NewTable(seats=3))
    sitting.do(Join(user_at(2), "Bo"))

    sitting.do(Join(user_at(3), "BO"))

    assert [member.display_name for member in sitting.table.members][1:] == ["Bo", "BO (2)"]


def test_no_bot_is_called_as_a_person_at_its_table_is() -> None:
    sitting = Sitting(Duel(), NewTable(seats=4, bots=2))
    sitting.do(Join(user_at(2), BOT_NAMES[3]))

    sitting.do(Start(user_at(1)))

    assert [member.display_name for member in sitting.table.members][1:] == [
        BOT_NAMES[3],
        BOT_NAMES[2],
        f"{BOT_NAMES[3]} (2)",
    ]


def test_a_full_table_takes_nobody_else() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2))
    sitting.do(Join(user_at(2), "Bo"))

    assert code(sitting, Join(user_at(3), "Cy")) == "game_full"


def test_only_the_host_starts_and_cancels() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2))
    sitting.do(Join(user_at(2), "Bo"))

    assert code(sitting, Start(user_at(2))) == "not_host"
    assert code(sitting, Cancel(user_at(2))) == "not_host"


def test_a_game_waits_for_players_that_bots_may_not_replace() -> None:
    sitting = Sitting(Duel(), NewTable(seats=4, bots=1))
    sitting.do(Join(user_at(2), "Bo"))

    answer = sitting.ask(Start(user_at(1)))

    assert isinstance(answer, Refused)
    assert (answer.code, answer.details) == ("too_few_players", {"missing": 1})


def test_bots_take_the_empty_seats_at_the_start() -> None:
    sitting = Sitting(Duel(), NewTable(seats=4, bots=3))

    *joined, started = sitting.do(Start(user_at(1)))

    assert [each.member.player_id for each in joined if isinstance(each, PlayerJoined)] == ["p2", "p3", "p4"]
    assert isinstance(started, GameStarted)
    assert [member.is_bot for member in sitting.table.members] == [False, True, True, True]
    assert sitting.table.round_ends_at == BEGAN + 30_000


def test_every_seat_of_the_largest_table_has_a_name_of_its_own() -> None:
    sitting = Sitting(Duel(), NewTable(seats=16, bots=15)).begin(people=1)

    assert len({member.display_name for member in sitting.table.members}) == 16


def test_a_canceled_game_is_closed_to_everything() -> None:
    for how in (Cancel(user_at(1)), Lapse()):
        sitting = Sitting(Duel(), NewTable(seats=2))
        sitting.do(how)

        commands: list[AnyCommand] = [
            Join(user_at(1), "Ada"),
            Join(user_at(2), "Bo"),
            Start(user_at(1)),
            Cancel(user_at(1)),
            Lapse(),
            RegisterPlan(P1, 1, Aim()),
            Ready(P1, 1),
            EndRound(1),
        ]
        assert sitting.journal[-1] == GameCanceled()
        assert {code(sitting, command) for command in commands} == {"game_canceled"}
        assert sitting.machine.deadline(sitting.table) is None
        assert sitting.machine.credit(sitting.table, 5, "paused") is None


def test_a_lobby_is_passed_on_to_who_came_first_of_those_who_are_here() -> None:
    sitting = Sitting(Duel(), NewTable(seats=3))
    for each in (3, 2):
        sitting.do(Join(user_at(each), f"P{each}"))

    stays = [sitting.do(PassOn(tuple(map(user_at, here)))) for here in ((), (1, 2), (9,))]
    passed = sitting.do(PassOn((user_at(2), user_at(3))))

    assert [list(each) for each in stays] == [[], [], []]
    assert list(passed) == [HostPassed(P2)], "P2 is the seat of who came second"
    sitting.do(Start(user_at(3)))
    assert code(sitting, PassOn((user_at(2),))) == "game_started"


def test_nothing_is_played_in_the_lobby() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2))

    assert code(sitting, RegisterPlan(P1, 1, Aim())) == "game_not_started"
    assert code(sitting, Resign(P1)) == "game_not_started"
    assert sitting.machine.deadline(sitting.table) is None
    assert sitting.machine.span(sitting.table) is None


def test_a_started_game_takes_nobody_in() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2, bots=1)).begin(people=1)

    assert code(sitting, Join(user_at(2), "Bo")) == "game_started"
    assert code(sitting, Start(user_at(1))) == "game_started"
    assert code(sitting, Cancel(user_at(1))) == "game_started"
    assert code(sitting, Lapse()) == "game_started"


def test_what_nobody_asks_for_comes_from_the_game() -> None:
    sitting = Sitting(Duel())

    assert sitting.table.settings.seats == 1
    assert sitting.table.settings.round_seconds == 30
    assert sitting.table.options == Options()
    assert not sitting.table.seed_chosen


def test_what_cannot_be_made_is_refused_with_its_path() -> None:
    wrong = {
        "seats": NewTable(seats=17),
        "round_seconds": NewTable(round_seconds=4),
        "bots": NewTable(seats=2, bots=2),
        "seed": NewTable(seed=-1),
        "options.colour": NewTable(options={"colour": 1}),
        "options.rounds": NewTable(options={"rounds": 51}),
    }

    for path, asked in wrong.items():
        refused = table_created(Duel(), asked, identity())
        assert isinstance(refused, Refused)
        assert (refused.code, refused.details) == ("invalid", {"path": path})


def test_a_seed_that_was_asked_for_is_known_to_be() -> None:
    sitting = Sitting(Duel(), NewTable(seed=7))

    assert (sitting.table.seed, sitting.table.seed_chosen) == (7, True)
    assert sitting.view(None).seed_chosen
