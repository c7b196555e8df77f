"""The numbers of the rules give games worth playing: a few hundred show no goal to be missed.

A sample this small can't show that goals are met: ``make balance`` plays the ten thousand that do. What it can show is
that one is missed by far, which is what a change of rules, numbers or bots does by mistake.
"""

import pytest

from minotaur.play.goals import CONTESTS, Goal, won_by
from minotaur.play.standings import Standings, standings
from minotaur.play.tournament import tournament
from minotaur.rules.revisions import NEWEST, RevisionNumber
from minotaur.rules.settings import preset

GAMES = {
    "four hunters in the labyrinth": 300,
    "a hunter and a wanderer in the labyrinth": 200,
    "a strategist and a hunter in the labyrinth": 60,
    "four strategists in the labyrinth": 20,
    "four hunters in classic": 60,
}


def played(name: str, games: int, revision: RevisionNumber = NEWEST) -> Standings:
    contest = CONTESTS[name]
    settings = preset(contest.preset, contest.seats, {}, revision)
    return standings(tournament(settings, contest.kinds, range(games), seed=0), contest.kinds, contest.seats)


@pytest.mark.parametrize("name", CONTESTS)
def test_no_goal_is_refuted_by_a_few_hundred_games(name: str) -> None:
    result = played(name, GAMES[name])

    assert [goal.about for goal in CONTESTS[name].goals if goal.is_refuted(result)] == []


def test_so_few_would_have_shown_what_the_first_revision_misses() -> None:
    labyrinth = played("four hunters in the labyrinth", 300, revision=1)
    classic = played("four hunters in classic", 60, revision=1)

    missed = [goal.about for goal in CONTESTS["four hunters in the labyrinth"].goals if goal.is_refuted(labyrinth)]
    assert "8 to 20 rounds" in missed
    assert [goal.about for goal in CONTESTS["four hunters in classic"].goals if goal.is_refuted(classic)] != []


def test_a_goal_is_refuted_only_by_an_interval_that_lies_outside() -> None:
    result = played("a hunter and a wanderer in the labyrinth", 10)
    found = result.wins["hunter"]

    def goal(least: float, most: float) -> Goal:
        return Goal("won by the hunter", won_by("hunter"), least, most)

    assert not goal(found.most - 0.01, 1.0).is_refuted(result)
    assert not goal(0.0, found.least + 0.01).is_refuted(result)
    assert goal(0.0, found.least - 0.01).is_refuted(result)
    assert goal(found.share, found.share).is_met(result)
