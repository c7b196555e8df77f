"""RULES: the two presets, and what each number of a game may be."""

from typing import get_type_hints

import msgspec
import pytest

from minotaur.rules.settings import BOUNDS, SIGHT_ALL, InvalidSettings, Overrides, Settings, classic, labyrinth, preset


def test_the_labyrinth_has_the_numbers_of_the_rules() -> None:
    assert msgspec.structs.asdict(labyrinth(4)) == {
        "seats": 4,
        "radius": 5,
        "preset": "labyrinth",
        "rules_revision": 2,
        "rock": True,
        "minotaur": True,
        "collapse": True,
        "health": 10,
        "ap_start": 3,
        "ap_gain": 2,
        "ap_cap": 4,
        "hero_damage": 3,
        "minotaur_health": 13,
        "minotaur_damage": 4,
        "minotaur_reach": 3,
        "round_seconds": 30,
        "collapse_first": 10,
        "collapse_every": 1,
        "rounds_max": 100,
        "autopilot_after": 3,
        "away_after": 1,
        "untouched_max": 20,
        "sight": 2,
        "hearing": 5,
        "gallery": "delayed",
        "gallery_delay": 3,
    }


def test_classic_is_open_without_minotaur_one_action_point_none_kept_all_in_sight_and_falls_later() -> None:
    settings = classic(4)

    assert not settings.rock
    assert not settings.minotaur
    assert (settings.collapse, settings.collapse_first) == (True, 12)
    assert (settings.ap_start, settings.ap_gain, settings.ap_cap) == (1, 1, 1)
    assert settings.sight == SIGHT_ALL


@pytest.mark.parametrize(("seats", "radius"), [(2, 4), (3, 4), (4, 5), (5, 5), (6, 6), (7, 6), (8, 6)])
def test_the_board_grows_with_the_seats(seats: int, radius: int) -> None:
    assert labyrinth(seats).radius == classic(seats).radius == radius


@pytest.mark.parametrize("seats", [-1, 0, 1, 9])
def test_a_game_has_two_to_eight_seats(seats: int) -> None:
    with pytest.raises(InvalidSettings) as refused:
        labyrinth(seats)

    assert refused.value.field == "seats"


def test_every_number_may_be_chosen_within_its_bounds_and_not_beyond() -> None:
    for field, (least, greatest) in BOUNDS.items():
        # The cap bounds the start from above, so it goes along.
        other = {"ap_cap": 10} if field == "ap_start" else {"ap_start": 0} if field == "ap_cap" else {}
        for value in (least, greatest):
            chosen = preset("labyrinth", 4, msgspec.convert({field: value, **other}, Overrides))
            assert getattr(chosen, field) == value
        for value in (least - 1, greatest + 1):
            with pytest.raises(InvalidSettings) as refused:
                preset("labyrinth", 4, msgspec.convert({field: value, **other}, Overrides))
            assert refused.value.field == field


def test_nobody_starts_with_more_action_points_than_they_may_keep() -> None:
    with pytest.raises(InvalidSettings) as refused:
        labyrinth(2, ap_start=5)

    assert refused.value.field == "ap_start"


def test_every_setting_but_seats_preset_and_revision_may_be_chosen() -> None:
    assert set(get_type_hints(Overrides)) == set(Settings.__struct_fields__) - {"seats", "preset", "rules_revision"}


def test_what_is_chosen_wins_over_the_preset() -> None:
    settings = classic(2, sight=3, minotaur=True, round_seconds=7)

    assert (settings.sight, settings.minotaur, settings.round_ms) == (3, True, 7_000)


def test_ring_k_falls_at_the_end_of_round_ten_plus_one_for_each_ring_outside_it() -> None:
    settings = labyrinth(4)

    falls = {number: ring for number in range(1, 40) if (ring := settings.falling(number)) is not None}

    assert falls == {10: 5, 11: 4, 12: 3, 13: 2, 14: 1}
    assert all(settings.collapse_round(ring) == number for number, ring in falls.items())


def test_a_ring_is_cracked_in_the_round_it_falls_and_the_one_before() -> None:
    settings = labyrinth(2, collapse_first=8, collapse_every=3)

    assert {number: settings.cracked(number) for number in range(1, 25) if settings.cracked(number)} == {
        7: (4,),
        8: (4,),
        10: (3,),
        11: (3,),
        13: (2,),
        14: (2,),
        16: (1,),
        17: (1,),
    }


def test_two_rings_are_cracked_at_once_where_one_falls_each_round() -> None:
    settings = labyrinth(2)

    assert [settings.cracked(number) for number in range(8, 15)] == [(), (4,), (4, 3), (3, 2), (2, 1), (1,), ()]


def test_the_lair_drains_from_the_round_after_ring_one_fell() -> None:
    settings = labyrinth(2)

    assert [number for number in range(1, 30) if settings.drains(number)] == list(range(14, 30))


def test_without_collapse_nothing_cracks_falls_or_drains() -> None:
    settings = classic(2, collapse=False)

    assert not any(
        settings.falling(number) or settings.cracked(number) or settings.drains(number) for number in range(200)
    )
