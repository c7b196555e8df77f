"""The schema's steps are one chain: read from the files, without the machinery that runs them."""

import re
from itertools import pairwise
from typing import Final

from clew.stores.schema.revision import NEWEST
from tests.architecture.tree import SOURCE

VERSIONS: Final = SOURCE / "clew" / "stores" / "schema" / "migrations" / "versions"
REVISION: Final = re.compile(r'^revision = "([\d.]+)"\ndown_revision = (?:"([\d.]+)"|None)$', re.MULTILINE)


def place_of(revision: str) -> tuple[int, int]:
    """Its generation, and its step in it."""
    generation, _, step = revision.partition(".")
    return int(generation), int(step or 0)


def test_each_step_follows_the_one_before_it_in_number_and_none_is_left_out() -> None:
    chain = [REVISION.findall(path.read_text(encoding="utf-8")) for path in VERSIONS.glob("v*.py")]

    steps = sorted(((revision, before) for [(revision, before)] in chain), key=lambda step: place_of(step[0]))

    assert [before for _, before in steps] == ["", *(revision for revision, _ in steps[:-1])]
    for (one, _), (following, _) in pairwise(steps):
        generation, step = place_of(one)
        assert place_of(following) in {(generation, step + 1), (generation + 1, 0)}
    assert steps[-1][0] == NEWEST
