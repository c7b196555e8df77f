"""Non-interference, down to the bytes: two games that differ in what a viewer may not know are one to that viewer."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.ids import UserId
from clew.tables.log.told_once import ToldAlike, ToldOnce
from minotaur.hexgrid.coord import Coord, Vector
from minotaur.play import showing
from minotaur.play.match import GameStarted, Match, MatchEvent
from minotaur.play.telling import told_once
from minotaur.play.views import you_of
from minotaur.play.wire import You
from minotaur.rules.events import PcEnteredHex
from minotaur.rules.game import Game
from minotaur.rules.names import player_id
from minotaur.rules.settings import labyrinth
from minotaur.rules.told import tellings
from tests.play.driving import MACHINE, START, Action, Table, actions, user
from tests.play.watching import Client, opened

P1, P2 = player_id(1), player_id(2)
SPECTATOR = UserId("nobody at the table")


def shifted(game: Game, by: Vector) -> Game:
    """The same game elsewhere on the grid."""

    def moved(place: Coord) -> Coord:
        return place + by

    return replace(
        game,
        lair=moved(game.lair),
        floor=game.floor.shifted(by),
        collapsed=game.collapsed.shifted(by),
        heroes={
            player: replace(
                hero,
                at=moved(hero.at),
                floor_seen=hero.floor_seen.shifted(by),
                rock_seen=hero.rock_seen.shifted(by),
                chasm_seen=hero.chasm_seen.shifted(by),
            )
            for player, hero in game.heroes.items()
        },
        minotaur=None if game.minotaur is None else replace(game.minotaur, at=moved(game.minotaur.at)),
        pictures=tuple(
            replace(
                picture,
                floor=picture.floor.shifted(by),
                collapsed=picture.collapsed.shifted(by),
                figures=tuple(replace(figure, at=moved(figure.at)) for figure in picture.figures),
            )
            for picture in game.pictures
        ),
    )


def played(seats: int, seed: int, script: Sequence[Action], by: Vector) -> Table:
    """A game of people only, laid somewhere on the grid and played by a script."""
    table = Table.laid(labyrinth(seats), seed)
    table.start(humans=seats)
    begun = table.commits.pop()
    entry = begun.entries[-1]
    assert isinstance(entry.event, GameStarted)
    moved = GameStarted(shifted(entry.event.game, by))
    table.match = MACHINE.evolve(begun.before, moved, entry.seq)
    table.journal[-1] = replace_event(table, moved)
    for action in script:
        if table.match.status == "active":
            table.act(action)
    return table


def replace_event(table: Table, event: MatchEvent) -> Any:
    last = table.journal[-1]
    return type(last)(last.seq, last.recorded_at, event)


def seen_bytes(table: Table, user_id: UserId) -> list[str]:
    """All messages of somebody who connected when the game had begun."""
    client = Client(user_id)
    began = next(number for number, commit in enumerate(table.commits) if commit.before.game is not None)
    first = table.commits[began]
    client.connect(first.before, first.entries[0].seq - 1, table, again=False)
    for commit in table.commits[began:]:
        client.follow(commit)
    return client.messages


@given(
    st.integers(2, 4),
    st.integers(0, 10_000),
    st.lists(actions, min_size=1, max_size=30),
    st.builds(Vector, st.integers(-3, 3), st.integers(-3, 3)),
    st.integers(1, 4),
)
def test_nobody_can_tell_where_on_the_grid_the_board_lies(
    seats: int, seed: int, script: list[Action], by: Vector, seat: int
) -> None:
    here, there = played(seats, seed, script, Vector(0, 0)), played(seats, seed, script, by)

    assert seen_bytes(here, user(seat)) == seen_bytes(there, user(seat))


plans = st.lists(st.integers(0, 15), max_size=4)


def planned(seed: int, others: Sequence[Sequence[int]], mine: Sequence[int]) -> Table:
    """One round of a four hero game in which everyone plans, up to its end."""
    table = Table.laid(labyrinth(4), seed)
    table.start(humans=4)
    table.now = START + 1
    for seat, numbers in ((2, others[0]), (3, others[1]), (4, others[2]), (1, mine)):
        table.act(("plan", seat - 1, tuple(numbers)))
        table.now = START + 1
    return table


@given(st.integers(0, 10_000), plans, st.lists(plans, min_size=3, max_size=3), st.lists(plans, min_size=3, max_size=3))
def test_nobody_can_tell_what_others_plan(
    seed: int, mine: list[int], others: list[list[int]], different: list[list[int]]
) -> None:
    assert seen_bytes(planned(seed, others, mine), user(1)) == seen_bytes(planned(seed, different, mine), user(1))


often = st.lists(st.tuples(st.integers(2, 4), st.lists(st.integers(0, 15), max_size=4)), max_size=12)


def replanned(seed: int, changes: Sequence[tuple[int, Sequence[int]]], mine: Sequence[int]) -> Table:
    """One round in which all have planned, others change their minds, some while I plan, and all come to the same."""
    table = Table.laid(labyrinth(4), seed)
    table.start(humans=4)

    def plan(seat: int, numbers: Sequence[int]) -> None:
        table.act(("plan", seat - 1, tuple(numbers)))
        table.now = START + 1

    for seat in (2, 3, 4):
        plan(seat, [1])
    for seat, numbers in changes[::2]:
        plan(seat, numbers)
    plan(1, mine)
    for seat, numbers in changes[1::2]:
        plan(seat, numbers)
    for seat in (2, 3, 4):
        plan(seat, [0])
    table.end_round()
    table.end_round()
    return table


@given(st.integers(0, 10_000), plans, often, often)
def test_nobody_can_tell_how_often_others_change_their_plans(
    seed: int,
    mine: list[int],
    some: list[tuple[int, list[int]]],
    other: list[tuple[int, list[int]]],
) -> None:
    for user_id in (user(1), SPECTATOR):
        one, another = replanned(seed, some, mine), replanned(seed, other, mine)

        assert seen_bytes(one, user_id) == seen_bytes(another, user_id)
        for table in (one, another):
            _, welcome, _ = opened(table, table.match, table.seq, user_id)
            assert welcome == opened(one, one.match, one.seq, user_id)[1]


def test_a_planted_leak_of_plans_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(match: Match, viewer: SeatId | None) -> You | None:
        mine, theirs = you_of(match, viewer), you_of(match, SeatId(P2))
        return None if mine is None or theirs is None else replace(mine, plan=theirs.plan)

    monkeypatch.setattr(showing.views, "you_of", leaky)

    one = seen_bytes(planned(7, [[1], [2], [3]], [1]), user(1))
    other = seen_bytes(planned(7, [[4], [5], [6]], [1]), user(1))

    assert one != other


def test_a_planted_leak_of_places_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    class Leaky(ToldAlike[MatchEvent]):
        def to(self, viewer: SeatId | None) -> msgspec.Raw | None:
            told, event = super().to(viewer), self.event
            if told is None or not isinstance(event, PcEnteredHex):
                return told
            return msgspec.Raw(bytes(told)[:-1] + b',"hex":%s}' % msgspec.json.encode(event.to_hex))

    def leaking(event: MatchEvent) -> ToldOnce[MatchEvent]:
        if not isinstance(event, PcEnteredHex):
            return told_once(event)
        (share,) = tellings(event)
        return Leaky(event, share.told, share.to)

    monkeypatch.setattr(MACHINE.tellings, "of", leaking)
    script: list[Action] = []
    for vector in range(1, 7):
        script.append(("plan", 0, (vector,)))
        script.append(("end", 0, ()))

    here, there = played(2, 7, script, Vector(0, 0)), played(2, 7, script, Vector(2, 1))

    assert seen_bytes(here, user(1)) != seen_bytes(there, user(1))
