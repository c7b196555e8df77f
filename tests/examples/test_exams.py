"""Every example passes the exam, and its earlier versions play on."""

from pathlib import Path
from typing import Final

import pytest

from clew.game import AnyGame
from clew.testing.exam.laws import LAWS, Law
from clew.testing.exam.running import try_law
from clew.testing.exam.versions import a_changed_shape_has_a_new_version, old_states_play_on
from clew.testing.golden import Golden, read_goldens
from examples.bids.game import Bids
from examples.hanabi.game import Hanabi

GOLDEN: Final = Path(__file__).parent / "golden"
EXAMPLES: Final[dict[str, type[AnyGame]]] = {"bids": Bids, "hanabi": Hanabi}
KEPT: Final = [(name, golden) for name in EXAMPLES for golden in read_goldens(GOLDEN / name)]


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_keeps_every_law(name: str, law: Law) -> None:
    try_law(law, EXAMPLES[name], examples=15)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_an_example_stores_has_not_changed_within_a_version(name: str) -> None:
    a_changed_shape_has_a_new_version(EXAMPLES[name], read_goldens(GOLDEN / name))


@pytest.mark.parametrize(("name", "golden"), KEPT, ids=[f"{name}-{golden.version}" for name, golden in KEPT])
def test_what_an_earlier_version_stored_plays_on(name: str, golden: Golden) -> None:
    old_states_play_on(EXAMPLES[name], golden)


def test_both_versions_of_the_first_example_are_kept() -> None:
    assert [(name, golden.version) for name, golden in KEPT] == [("bids", 1), ("bids", 2), ("hanabi", 1)]
