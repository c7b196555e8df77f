"""Rounds chosen step by step: whatever is chosen is legal, and the game is the same that is played anywhere else."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minotaur.play.bots.kinds import plan_of, seed_of_bots
from minotaur.play.tournament import play_game
from minotaur.research.rounds import (
    FIRST_STRIKE,
    WAIT,
    Round,
    acts_count,
    as_acts,
    begin,
    choose,
    legal_acts,
    payoffs,
    play,
)
from minotaur.rules.commands import Attack, RegisterPlan
from minotaur.rules.decide import Decided, decide
from minotaur.rules.names import MINOTAUR, PlayerId, player_id
from minotaur.rules.settings import STEPS_MAX, classic, labyrinth
from minotaur.rules.sight import sight


def chosen_by(round_: Round, plans: Mapping[PlayerId, list[int]]) -> Round:
    for step in range(STEPS_MAX):
        round_ = choose(round_, {player: acts[step] for player, acts in plans.items()})
    return round_


def played(seed: int, seats: int, data: st.DataObject, rounds: int) -> Round:
    """Some rounds of legal acts."""
    round_ = begin(labyrinth(seats), seed)
    for number in range(rounds):
        if round_.is_over:
            break
        for _ in range(STEPS_MAX):
            round_ = choose(
                round_, {player: data.draw(st.sampled_from(legal_acts(round_, player))) for player in round_.chosen}
            )
        round_ = play(round_, number)
    return round_


@given(st.integers(0, 99), st.integers(2, 5), st.data())
def test_what_is_chosen_of_legal_acts_is_a_legal_plan(seed: int, seats: int, data: st.DataObject) -> None:
    round_ = played(seed, seats, data, rounds=2)
    if round_.is_over:
        return
    for _ in range(STEPS_MAX):
        acts = {player: data.draw(st.sampled_from(legal_acts(round_, player))) for player in round_.chosen}
        round_ = choose(round_, acts)

    for player, steps in round_.chosen.items():
        plan = RegisterPlan(player, round_.game.round, steps)
        assert isinstance(decide(round_.game, plan, round_.game.round_ends_at - 1), Decided)


@given(st.integers(0, 99), st.integers(2, 5), st.data())
def test_what_is_not_legal_is_to_wait(seed: int, seats: int, data: st.DataObject) -> None:
    round_ = begin(labyrinth(seats), seed)
    for _ in range(STEPS_MAX):
        acts = {player: data.draw(st.integers(-1, acts_count(round_.game.settings) + 1)) for player in round_.chosen}
        legal = {player: act if act in legal_acts(round_, player) else WAIT for player, act in acts.items()}

        assert choose(round_, acts) == choose(round_, legal)
        round_ = choose(round_, acts)


@given(st.integers(0, 99), st.sampled_from(["hunter", "wanderer"]))
def test_a_game_of_the_same_plans_and_lots_is_the_same_game(seed: int, kind: str) -> None:
    settings = labyrinth(3)
    bot = "hunter" if kind == "hunter" else "wanderer"
    told = play_game(settings, seed, [kind] * 3)
    round_ = begin(settings, seed)

    while not round_.is_over:
        plans = {
            player: as_acts(
                settings, player, plan_of(bot, seed_of_bots(round_.game), settings, sight(round_.game, player))
            )
            for player in round_.chosen
        }
        round_ = play(chosen_by(round_, plans), seed)

    winner = None if told.winner is None else player_id(told.winner)
    assert (round_.game.round, round_.game.winner_id) == (told.rounds, winner)


@pytest.mark.parametrize("seats", [2, 3, 8])
def test_a_strike_is_numbered_from_the_own_seat_on(seats: int) -> None:
    settings = labyrinth(seats)
    others = [player_id(seat) for seat in range(1, seats + 1) if seat != 2]
    targets = [*sorted(others, key=lambda each: (int(each[1:]) - 2) % seats), MINOTAUR]

    acts = [as_acts(settings, player_id(2), (Attack(target),))[0] for target in targets]

    assert acts == list(range(FIRST_STRIKE, acts_count(settings)))


@given(st.integers(0, 99), st.integers(2, 4), st.data())
def test_in_all_a_game_pays_nothing_and_its_winner_most(seed: int, seats: int, data: st.DataObject) -> None:
    round_ = played(seed, seats, data, rounds=200)
    assert round_.is_over

    paid = payoffs(round_.game)

    assert sum(paid.values()) == pytest.approx(0)
    if round_.game.winner_id is not None:
        assert paid[round_.game.winner_id] == 1


def test_who_stands_last_with_most_health_shares_a_game_without_a_winner() -> None:
    settings = classic(3, rounds_max=1)
    ended = play(chosen_by(begin(settings, 1), {}), 0).game

    assert (ended.status, ended.winner_id) == ("over", None)
    assert set(payoffs(ended).values()) == {0}
