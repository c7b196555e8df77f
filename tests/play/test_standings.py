"""What many games come to: counts that add up, and shares with honest intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minotaur.play.machine import PLANNERS
from minotaur.play.standings import quantile, share, standings, within
from minotaur.play.tournament import PlayedGame, play_game, tournament
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.decide import play_round
from minotaur.rules.events import Killed, MinotaurSlain
from minotaur.rules.evolve import evolve
from minotaur.rules.game import Game
from minotaur.rules.new_game import Seat, new_game
from minotaur.rules.revisions import REVISIONS, RevisionNumber
from minotaur.rules.settings import labyrinth, preset

HUNTERS: list[BotKind] = ["hunter"] * 4


@pytest.mark.parametrize(
    ("count", "of", "least", "most"), [(8, 10, 0.490, 0.943), (0, 20, 0.0, 0.161), (500, 1000, 0.469, 0.531)]
)
def test_a_share_lies_where_wilson_says(count: int, of: int, least: float, most: float) -> None:
    found = share(count, of)

    assert (found.count, found.share) == (count, count / of)
    assert (round(found.least, 3), round(found.most, 3)) == (least, most)


def test_of_none_nothing_is_known() -> None:
    assert (share(0, 0).least, share(0, 0).most) == (0.0, 1.0)


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_within_its_interval(counted: tuple[int, int]) -> None:
    found = share(*counted)

    assert 0 <= found.least <= found.share <= found.most <= 1


@pytest.mark.parametrize("revision", list(REVISIONS))
@pytest.mark.parametrize("minotaur_health", [3, 13])
def test_a_game_is_counted_as_it_is_seen_board_by_board(revision: RevisionNumber, minotaur_health: int) -> None:
    settings = preset("labyrinth", 4, {"minotaur_health": minotaur_health}, revision)
    for seed in range(8):
        seats: list[Seat] = ["bot"] * 4
        met, died, slain, game = _looked_at(new_game(settings, seed, seats, 0))

        played = play_game(settings, seed, HUNTERS)

        assert (played.first_meeting, played.first_death, played.slain) == (met, died, slain)
        assert (played.rounds, len(played.deaths)) == (game.round, sum(not h.alive for h in game.heroes.values()))
        assert played.winner == (None if game.winner_id is None else int(game.winner_id.removeprefix("p")))


def _looked_at(game: Game) -> tuple[int | None, int | None, bool, Game]:
    """In which round two first stood in one hex after a step, and somebody first fell; whether the beast was slain."""
    met = died = None
    slain = False
    while game.status == "active":
        now = game
        tale = play_round(game, game.round_ends_at, PLANNERS["hunter"])
        for number, event in enumerate(tale.events):
            now = evolve(now, event)
            is_step_over = number + 1 == len(tale.events) or tale.events[number + 1].step != event.step
            places = [figure.at for figure in now.figures]
            if event.step and is_step_over and len(set(places)) < len(places):
                met = met or event.round
            if isinstance(event, Killed):
                died = died or event.round
            slain = slain or isinstance(event, MinotaurSlain)
        game = tale.game
    return met, died, slain, game


def test_everything_adds_up() -> None:
    played = list(tournament(labyrinth(4), ["hunter", "wanderer"], range(30), seed=2))

    result = standings(played, ["hunter", "wanderer"], 4)

    assert sum(result.rounds.values()) == result.games == 30
    assert sum(won.count for won in result.wins.values()) + result.draws.count == 30
    assert sum(won.count for won in result.won_by_seat.values()) == 30 - result.draws.count
    assert sum(died.count for died in result.deaths.values()) == sum(len(each.deaths) for each in played)
    assert result.seats == {"hunter": 2, "wanderer": 2}


def test_a_win_is_its_seats_and_its_kinds() -> None:
    won = PlayedGame(("hunter", "wanderer"), 9, 2, ("hero",), 9, 3, slain=False)
    drawn = PlayedGame(("wanderer", "hunter"), 4, None, ("lair", "lair"), 4, None, slain=True)

    result = standings([won, drawn], ["hunter", "wanderer"], 2)

    assert {kind: each.count for kind, each in result.wins.items()} == {"hunter": 0, "wanderer": 1}
    assert {seat: each.count for seat, each in result.won_by_seat.items()} == {1: 0, 2: 1}
    assert (result.draws.count, result.slain.count, result.rounds_median) == (1, 1, 6.5)
    assert (result.rounds, result.first_deaths, result.first_meetings) == ({4: 1, 9: 1}, {4: 1, 9: 1}, {3: 1})


def test_rounds_are_counted_up_to_a_share_and_within_bounds() -> None:
    rounds = {3: 1, 5: 8, 9: 1}

    assert [quantile(rounds, each) for each in (0.0, 0.1, 0.5, 0.9, 1.0)] == [3, 3, 5, 5, 9]
    assert (within(rounds, 4, 9), within(rounds, 1, 2)) == (9, 0)
