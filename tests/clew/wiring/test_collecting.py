"""Garbage in cycles is let go before it comes to much, though the collector makes no whole round by itself."""

import gc
import sys
import weakref
from collections.abc import Generator

import pytest

from clew.wiring.collecting import (
    GROWN_BLOCKS,
    LOOK_S,
    MIDDLE_ROUNDS,
    NEVER,
    YOUNG_OBJECTS,
    Collecting,
    spare_what_stays,
)


class Ring:
    """Garbage, once nobody holds it, that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self
        self.weight = [[number] for number in range(1_000)]


@pytest.fixture
def spared() -> Generator[None]:
    before = gc.get_threshold()
    spare_what_stays()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("spared")
def test_a_node_that_is_ready_makes_no_whole_round_by_itself() -> None:
    assert gc.get_threshold() == (YOUNG_OBJECTS, MIDDLE_ROUNDS, NEVER)
    assert gc.get_freeze_count() > 0


@pytest.mark.usefixtures("spared")
def test_old_garbage_in_cycles_never_comes_to_more_than_a_quarter_and_some() -> None:
    collecting, most, began = Collecting(), 0, sys.getallocatedblocks()
    seen = list[weakref.ref[Ring]]()

    for _ in range(40):
        rings = [Ring() for _ in range(50)]
        seen.append(weakref.ref(rings[0]))
        gc.collect(1)  # they have lived through the rounds that the collector makes by itself
        rings.clear()
        collecting.look()
        most = max(most, sys.getallocatedblocks())

    assert seen[0]() is None
    assert most < began * 1.25 + GROWN_BLOCKS + 200_000, "2,000,000 blocks were made, and 50,000 between two looks"


def test_a_round_is_made_when_memory_has_grown_and_not_again_before_it_has_grown_again() -> None:
    blocks, rounds = [1_000_000], list[int]()
    collecting = Collecting(lambda: blocks[0], lambda: rounds.append(blocks[0]))

    for grown in (1_000_000, 1_750_000, 1_750_001, 1_750_001, 2_687_501, 2_687_502):
        blocks[0] = grown
        collecting.look()

    assert rounds == [1_750_001, 2_687_502]


def test_it_looks_often_enough() -> None:
    assert LOOK_S <= 10
