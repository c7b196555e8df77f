"""What a player is given as numbers: all of what the seat sees, in its place, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from minotaur.hexgrid.coord import ORIGIN
from minotaur.research.planes import TERRAIN, mask, number_names, numbers, planes, planes_shape
from minotaur.research.rounds import FIRST_MOVE, FIRST_STRIKE, acts_count, begin, choose, legal_acts, play
from minotaur.rules.names import player_id
from minotaur.rules.settings import labyrinth
from minotaur.rules.sight import sight

P1, P2 = player_id(1), player_id(2)


@given(st.integers(0, 200), st.integers(2, 8))
def test_every_hex_in_sight_stands_in_its_plane(seed: int, seats: int) -> None:
    round_ = begin(labyrinth(seats), seed)
    seen = sight(round_.game, P2)

    found = planes(round_, P2)

    assert found.shape == planes_shape(round_.game.settings)
    middle = found.shape[1] // 2
    assert {(q - middle, r - middle) for r, q in np.argwhere(found[TERRAIN.index("floor")])} == {
        (place.q, place.r) for place in seen.floor
    }
    assert found[len(TERRAIN), middle, middle] == 1
    assert found[len(TERRAIN) :].sum() == pytest.approx(len(seen.figures))


@given(st.integers(0, 200), st.integers(0, 200))
def test_what_is_out_of_sight_makes_no_difference(seed: int, lot: int) -> None:
    round_ = begin(labyrinth(2), seed)
    game = round_.game
    if ORIGIN in sight(game, P1).floor or any(each.id != P1 for each in sight(game, P1).figures):
        return
    hidden = replace(
        game,
        seed=lot,
        minotaur=None if game.minotaur is None else replace(game.minotaur, health=1, noise=ORIGIN),
        heroes={**game.heroes, P2: replace(game.heroes[P2], health=1, ap=0)},
    )
    other = replace(round_, game=hidden, chosen={**round_.chosen})

    assert np.array_equal(planes(round_, P1), planes(other, P1))
    assert np.array_equal(numbers(round_, P1), numbers(other, P1))


def test_what_others_choose_is_not_seen() -> None:
    round_ = begin(labyrinth(2), 7)

    moved, waited = choose(round_, {P1: 0, P2: FIRST_MOVE}), choose(round_, {P1: 0, P2: 0})

    assert np.array_equal(numbers(moved, P1), numbers(waited, P1))
    assert not np.array_equal(numbers(moved, P2), numbers(waited, P2))


def test_numbers_say_what_they_are_called() -> None:
    settings = labyrinth(2)
    names = number_names(settings)
    round_ = choose(begin(settings, 7), {P1: FIRST_MOVE + 2})

    found = dict(zip(names, numbers(round_, P1), strict=True))

    assert found["health"] == 1
    assert found["ap"] == pytest.approx((settings.ap_start - 1) / settings.ap_cap)
    assert found["choice"] == pytest.approx(0.25)
    assert [name for name in names if name.startswith("chose") and found[name]] == [f"chose_0_{FIRST_MOVE + 2}"]


def test_who_struck_is_heard_by_who_is_near_and_in_the_next_round_alone() -> None:
    settings = labyrinth(2, hearing=20, minotaur=False)
    round_ = begin(settings, 7)
    for act in (FIRST_STRIKE, 0, 0, 0):
        round_ = choose(round_, {P1: act})
    heard = [name for name in number_names(settings) if name.startswith("heard")]
    places = [number_names(settings).index(name) for name in heard]

    after = play(round_, 0)
    silent = after
    for _ in range(4):
        silent = choose(silent, {})

    assert numbers(after, P2)[places].sum() == 1
    assert numbers(after, P1)[places].sum() == 0
    assert numbers(play(silent, 0), P2)[places].sum() == 0


def test_the_mask_is_what_may_be_chosen() -> None:
    round_ = begin(labyrinth(4), 7)

    assert list(np.flatnonzero(mask(round_, P1))) == legal_acts(round_, P1)
    assert mask(round_, P1).shape == (acts_count(round_.game.settings),)
