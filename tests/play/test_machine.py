"""Lobby and game as the session runtime sees them."""

import pytest
from hypothesis import given

from clew import Seat
from clew.sessions.records import Accepted, Refused
from clew.tables.lobby.commands import Cancel, Join, Start
from clew.tables.lobby.events import GameCanceled, PlayerJoined
from minotaur.hexgrid.coord import Coord
from minotaur.play import telling
from minotaur.play.codec import MatchCodec
from minotaur.play.match import GameStarted, MatchCommand
from minotaur.rules.commands import MOVES, CreditClock, EndRound, Ready, RegisterPlan, Resign, Wait
from minotaur.rules.events import Event, GameOver, PcEnteredHex, PlanAccepted, ReadyAccepted, RoundStarted
from minotaur.rules.names import PlayerId, player_id
from minotaur.rules.notation import parse_plan
from minotaur.rules.notation_board import parse_board
from minotaur.rules.settings import classic, labyrinth
from minotaur.rules.told import Share, tellings
from tests.play.driving import MACHINE, START, Table, tables, user
from tests.play.watching import SPECTATOR, newcomer

P1, P2 = player_id(1), player_id(2)


def code(table: Table, command: MatchCommand) -> str | None:
    answer = MACHINE.decide(table.match, command, table.now)
    return answer.code if isinstance(answer, Refused) else None


def test_who_joins_gets_the_next_seat_and_keeps_it() -> None:
    table = Table.laid(labyrinth(3))
    table.do(Join(user(2), "Bo"))

    again = MACHINE.decide(table.match, Join(user(2), "Bo"), START)

    assert [member.player_id for member in table.match.members] == [P1, P2]
    assert again == Accepted(())


def test_one_line_for_the_logs_sets_the_game_up_again() -> None:
    table = Table.laid(labyrinth(2), bots=1)
    assert MACHINE.describe(table.match) == "lobby, 1 of 2 seats taken"
    table.do(Start(user(1)))
    table.do(RegisterPlan(P1, 1, (MOVES[0], Wait())))

    line = MACHINE.describe(table.match)

    head, _, rest = line.partition(": ")
    board, _, plan = rest.rpartition(" p1=")
    assert head == f"seed {table.match.seed} round 1"
    assert parse_board(board).floor == table.game.floor
    assert parse_plan(plan) == (MOVES[0], Wait())


def test_a_full_table_takes_nobody_else() -> None:
    table = Table.laid(labyrinth(2))
    table.do(Join(user(2), "Bo"))

    assert code(table, Join(user(3), "Cy")) == "game_full"


def test_only_the_host_starts_and_cancels() -> None:
    table = Table.laid(labyrinth(2))
    table.do(Join(user(2), "Bo"))

    assert code(table, Start(user(2))) == "not_host"
    assert code(table, Cancel(user(2))) == "not_host"


def test_a_game_waits_for_players_that_bots_may_not_replace() -> None:
    table = Table.laid(labyrinth(4), bots=1)
    table.do(Join(user(2), "Bo"))

    answer = MACHINE.decide(table.match, Start(user(1)), START)

    assert isinstance(answer, Refused)
    assert (answer.code, answer.details) == ("too_few_players", {"missing": 1})


def test_bots_take_the_empty_seats_at_the_start() -> None:
    table = Table.laid(labyrinth(4), bots=3)
    answer = MACHINE.decide(table.match, Start(user(1)), START)

    assert isinstance(answer, Accepted)
    *joined, started = answer.events
    assert [each.member.player_id for each in joined if isinstance(each, PlayerJoined)] == ["p2", "p3", "p4"]
    assert isinstance(started, GameStarted)
    assert [hero.is_bot for hero in started.game.heroes.values()] == [False, True, True, True]
    assert started.game.round_ends_at == START + 30_000


def test_a_canceled_match_is_closed_to_everything() -> None:
    table = Table.laid(labyrinth(2))
    table.do(Cancel(user(1)))

    assert table.match.status == "canceled"
    assert table.journal[-1].event == GameCanceled()
    commands: list[MatchCommand] = [
        Join(user(1), "Ada"),
        Join(user(2), "Bo"),
        Start(user(1)),
        Cancel(user(1)),
        Ready(P1, 1),
        EndRound(1),
    ]
    assert {code(table, command) for command in commands} == {"game_canceled"}
    assert MACHINE.deadline(table.match) is None
    assert MACHINE.credit(table.match, 5, "paused") is None


def test_nothing_is_played_in_the_lobby() -> None:
    table = Table.laid(labyrinth(2))

    assert code(table, RegisterPlan(P1, 1, ())) == "game_not_started"
    assert code(table, Resign(P1)) == "game_not_started"
    assert MACHINE.deadline(table.match) is None


def test_a_started_game_takes_nobody_in() -> None:
    table = Table.laid(labyrinth(2))
    table.start(humans=1)

    assert code(table, Join(user(2), "Bo")) == "game_started"
    assert code(table, Start(user(1))) == "game_started"
    assert code(table, Cancel(user(1))) == "game_started"


def test_somebody_who_has_no_seat_cannot_play() -> None:
    table = Table.laid(labyrinth(2))
    table.start(humans=1)

    assert code(table, RegisterPlan(PlayerId("p9"), 1, ())) == "not_playing"


def test_the_round_that_ends_by_the_last_ready_has_the_bots_plans_before_it() -> None:
    table = Table.laid(labyrinth(4))
    table.start(humans=1)

    answer = MACHINE.decide(table.match, Ready(P1, 1), START)

    assert isinstance(answer, Accepted)
    ready, *plans = answer.events[:4]
    assert isinstance(ready, ReadyAccepted)
    assert [(each.player_id, each.by_bot) for each in plans if isinstance(each, PlanAccepted)] == [
        ("p2", True),
        ("p3", True),
        ("p4", True),
    ]
    assert any(isinstance(event, RoundStarted) for event in answer.events)


def test_the_deadline_is_the_rounds_end_and_moves_with_the_credit() -> None:
    table = Table.laid(classic(2))
    table.start(humans=2)

    table.do(CreditClock(1234, "paused"))

    assert MACHINE.credit(table.match, 1234, "paused") == CreditClock(1234, "paused")
    assert MACHINE.deadline(table.match) == (START + 30_000 + 1234, EndRound(1))


def test_the_summary_says_who_sits_where_and_how_they_fare() -> None:
    table = Table.laid(labyrinth(3))
    table.start(humans=2)
    table.do(Resign(P2))

    summary = MACHINE.summary(table.match)

    assert (summary.game_status, summary.latest_round) == ("active", 1)
    assert [(each.player_id, each.user_id, each.player_status) for each in summary.players] == [
        ("p1", "u1", "playing"),
        ("p2", "u2", "resigned"),
        ("p3", None, "playing"),
    ]


def test_a_player_on_autopilot_is_planned_for_until_they_plan_again() -> None:
    table = Table.laid(labyrinth(2, autopilot_after=2, health=100))
    table.start(humans=2)
    table.end_round()
    table.end_round()
    assert table.game.heroes[P1].autopilot

    planned = MACHINE.decide(table.match, EndRound(table.game.round), table.game.round_ends_at)
    table.do(RegisterPlan(P1, table.game.round, ()))

    assert isinstance(planned, Accepted)
    assert [each.player_id for each in planned.events if isinstance(each, PlanAccepted)] == [P1, P2]
    assert not table.game.heroes[P1].autopilot


def test_a_plan_changes_nothing_that_is_listed_though_it_ends_an_autopilot() -> None:
    table = Table.laid(labyrinth(2, autopilot_after=2, health=100))
    table.start(humans=2)
    table.end_round()
    table.end_round()
    before = table.match

    planned = MACHINE.decide(before, RegisterPlan(P1, table.game.round, ()), table.game.round_ends_at)

    assert isinstance(planned, Accepted) and planned.arrive is not None
    assert not planned.relists and MACHINE.summary(planned.arrive(99)) == MACHINE.summary(before)


@given(tables())
def test_a_plan_or_a_readiness_alone_changes_nothing_that_is_listed(table: Table) -> None:
    for commit in table.commits:
        alone = commit.entries[0].event if len(commit.entries) == 1 else None
        if isinstance(alone, PlanAccepted | ReadyAccepted):
            assert MACHINE.summary(commit.after) == MACHINE.summary(commit.before)


def test_who_is_ready_and_is_waited_with_makes_no_listing_anew() -> None:
    table = Table.laid(labyrinth(2))
    table.start(humans=2)
    first = MACHINE.decide(table.match, Ready(player_id(1), 1), START)
    assert isinstance(first, Accepted) and not first.relists
    table.do(Ready(player_id(1), 1))

    last = MACHINE.decide(table.match, Ready(player_id(2), 1), START)

    assert isinstance(last, Accepted) and last.relists, "it ends the round"


@given(tables())
def test_every_match_ends_and_is_closed_then(table: Table) -> None:
    if table.match.status == "lobby":
        table.start(humans=1)
    table.play_out()

    assert table.match.status == "concluded"
    assert isinstance(table.journal[-1].event, GameOver)
    commands: list[MatchCommand] = [
        RegisterPlan(P1, table.game.round, ()),
        Resign(P1),
        EndRound(table.game.round),
        Join(user(1), "Seated"),
        Join(user(99), "Late"),
        Start(user(1)),
    ]
    assert {code(table, command) for command in commands} == {"game_over"}
    assert MACHINE.deadline(table.match) is None


@given(tables())
def test_a_journal_makes_the_same_match_again(table: Table) -> None:
    match = None
    for entry in table.journal:
        assert entry.event is not None
        match = MACHINE.evolve(match, entry.event, entry.seq)

    assert match == table.match


@given(tables())
def test_a_decision_comes_to_the_very_state_that_its_events_evolve_to(table: Table) -> None:
    encode = MatchCodec().encode_state
    living = [] if table.match.game is None else [p for p, hero in table.game.heroes.items() if hero.alive]
    number = 0 if table.match.game is None else table.game.round
    deadline = table.now if table.match.game is None else max(table.now, table.game.round_ends_at)
    for command in (
        *(RegisterPlan(player, number, (Wait(),)) for player in living),
        *(Ready(player, number) for player in living),
        *(Resign(player) for player in living),
        CreditClock(7, "moved"),
        EndRound(number),
        EndRound(number, watched=True),
    ):
        answer = MACHINE.decide(table.match, command, deadline)
        if isinstance(answer, Refused):
            continue
        assert answer.arrive is not None, "it was worked out"
        arrived = answer.arrive(table.seq + 1)
        evolved = table.match
        for seq, event in enumerate(answer.events, table.seq + 1):
            evolved = MACHINE.evolve(evolved, event, seq)

        assert arrived == evolved
        assert encode(arrived) == encode(evolved)


def test_an_event_is_told_once_to_the_log_and_to_everyone_who_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Event] = []

    def counting(event: Event) -> tuple[Share, ...]:
        told.append(event)
        return tellings(event)

    monkeypatch.setattr(telling, "tellings", counting)
    table = Table.laid(classic(4), bots=0)
    table.start(humans=4)
    feeds = [newcomer(table, who) for who in (*(user(seat) for seat in range(1, 5)), SPECTATOR)]
    told.clear()

    table.end_round()
    for feed in feeds:
        feed.follow(table.commits[-1])

    events = [entry.event for entry in table.commits[-1].entries]
    assert len(events) > 0
    assert [id(event) for event in told] == [id(event) for event in events]


def test_two_who_are_told_the_same_get_the_same_text() -> None:
    entered = PcEnteredHex(round=1, step=1, id=P1, from_hex=Coord(1, 0), to_hex=Coord(0, 0), witnesses=(P1, P2))
    told = MACHINE.tellings.of(entered)

    assert told.to(Seat("p1")) is told.to(Seat("p2")) is not None
    assert told.to(Seat("p3")) is told.to(None) is None
