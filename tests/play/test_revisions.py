"""A match keeps the revision of the rules that it was made under, and what is made anew is of the newest."""

from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from clew.gateway.ports import Fresh
from clew.people.user import User
from clew.sessions.ids import GameId
from clew.tables.lobby.commands import ChangeLobby, Start
from minotaur.play.codec import MatchCodec
from minotaur.play.creating import match_again, match_created
from minotaur.play.match import MatchCreated
from minotaur.play.replay import replay_of
from minotaur.play.results import match_results
from minotaur.play.retelling import retold
from minotaur.play.wire_change import ChangeGame
from minotaur.play.wire_http import CreateGame
from minotaur.rules.names import player_id
from minotaur.rules.revisions import NEWEST, REVISIONS, RevisionNumber
from minotaur.rules.settings import preset
from tests.play.driving import Table, user

FRESH: Final = Fresh(GameId("g2"), "DEF567", 99)
P1, P2, P3, P4 = map(player_id, range(1, 5))
each_revision = pytest.mark.parametrize("revision", list(REVISIONS))


def laid(revision: RevisionNumber, seats: int = 4) -> Table:
    return Table.laid(preset("labyrinth", seats, {"health": 7}, revision))


def test_a_new_match_is_of_the_newest_and_nobody_chooses() -> None:
    made = match_created(User(user(1), "Ada"), CreateGame(), FRESH)

    assert made.settings.rules_revision == NEWEST


@each_revision
def test_whatever_the_host_changes_in_a_lobby_its_revision_stays(revision: RevisionNumber) -> None:
    table = laid(revision)

    table.do(ChangeLobby(user(1), ChangeGame(seats=8)))
    table.do(ChangeLobby(user(1), ChangeGame(preset="classic")))
    classic = table.match.settings
    table.do(ChangeLobby(user(1), ChangeGame(preset="labyrinth")))

    assert classic == preset("classic", 8, {}, revision)
    assert table.match.settings == preset("labyrinth", 8, {}, revision)


@each_revision
def test_a_rematch_is_of_the_newest_with_what_was_chosen(revision: RevisionNumber) -> None:
    table = laid(revision)
    table.do(Start(user(1)))
    table.play_out()

    again = match_again(table.match, User(user(1), "Ada"), FRESH)

    assert again.settings == preset("labyrinth", 4, {"health": 7})


def test_what_a_release_before_has_made_is_of_the_first() -> None:
    settings = msgspec.to_builtins(preset("labyrinth", 4, {}, 1))
    del settings["rules_revision"]
    made = msgspec.to_builtins(match_created(User(user(1), "Ada"), CreateGame(), FRESH)) | {"settings": settings}

    assert msgspec.convert(made, MatchCreated).settings == preset("labyrinth", 4, {}, 1)


@each_revision
def test_a_match_that_is_read_goes_on_by_its_revision(revision: RevisionNumber) -> None:
    table = laid(revision)
    table.do(Start(user(1)))
    codec = MatchCodec()

    read = codec.decode_state(codec.encode_state(table.match), codec.state_version)

    assert read.game is not None and read.game.settings.rules_revision == revision


@each_revision
def test_a_kept_replay_is_retold_by_its_revision(revision: RevisionNumber) -> None:
    table = laid(revision)
    table.do(Start(user(1)))
    table.play_out()

    again = retold(msgspec.json.encode(replay_of(table.journal)))

    assert again.moments[-1].game.heroes == table.game.heroes
    assert again.moments[-1].game.settings.rules_revision == revision


def test_a_replay_of_a_release_before_is_retold_by_the_first() -> None:
    table = laid(1)
    table.do(Start(user(1)))
    table.play_out()
    kept = msgspec.to_builtins(replay_of(table.journal))
    del kept["initial"]["settings"]["rules_revision"]
    for event in kept["events"]:
        event.pop("missed", None)

    again = retold(msgspec.json.encode(kept))

    assert again.moments[-1].game.heroes == table.game.heroes


@pytest.mark.parametrize(("revision", "places"), [(1, [2, 2, 2, 1]), (2, [3, 2, 3, 1])])
def test_of_those_who_fell_in_one_round_who_fell_later_stands_higher_since_the_second(
    revision: RevisionNumber, places: list[int]
) -> None:
    table = laid(revision)
    table.do(Start(user(1)))
    game = table.game
    falls = {P1: 0, P2: 2, P3: 0} if revision == 2 else {P1: None, P2: None, P3: None}
    heroes = {
        player: replace(hero, alive=False, died_in_round=1, killed_by=("minotaur",), fell_after=falls[player])
        if player in falls
        else hero
        for player, hero in game.heroes.items()
    }
    over = replace(table.match, game=replace(game, heroes=heroes, status="over", winner_id=P4), status="concluded")

    assert [each.place for each in match_results(over)] == places
