"""A sensible player, and the stories of its games: legal plans, true to what it says, told from start to end."""

from bench.stories import PLAYER, SEATED, told
from minotaur.play.tournament import play_game
from minotaur.rules.settings import labyrinth


def test_a_sensible_player_plays_whole_games_and_beats_who_only_wanders() -> None:
    won = [play_game(labyrinth(2), seed, [PLAYER, "wanderer"], SEATED).winner == 1 for seed in range(40)]

    assert sum(won) > 20


def test_a_story_begins_in_the_dark_and_ends_with_who_won() -> None:
    lines, deaths = told("hunter", 0)

    assert lines[0].startswith("*Round 1.* 4 heroes wake in the dark.")
    assert lines[-1].endswith((" wins.", "Nobody wins."))
    assert len(lines) == play_game(labyrinth(4), 0, [PLAYER, *["hunter"] * 3], SEATED).rounds
    assert 3 <= len(deaths) <= 4
