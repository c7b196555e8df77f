"""In what the revisions of the rules differ: here, in the numbers of their presets (``settings``), and nowhere else.

A game keeps for good the revision that it was made under. What both have alike asks nothing of this module.
"""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

RevisionNumber = Literal[1, 2]

NEWEST: Final[RevisionNumber] = 2
"""New games are made under this one."""


class Revision(NamedTuple):
    """One revision's answers where they are not all the same.

    ``ends_within_rounds``: the end is checked after every step's deaths, after the collapse and after the drain, and
    nothing more happens in a round in which it has come; else it is checked when the round is over.
    ``ranks_within_rounds``: of those who fell in one round who fell later stands higher; else they stand together.
    ``frees_the_fallen``: who falls is on autopilot no more; else they stay on every list of those who are.
    ``says_why_missed``: an attack that missed says why.
    ``gallery_keeps_up``: where all who play see all of the board, the gallery sees it as it stands; else it waits
    there, too.
    ``sleepers_round_ms``: the least that a round lasts in which bots alone plan, for people who are away among others.
    """

    ends_within_rounds: bool
    ranks_within_rounds: bool
    frees_the_fallen: bool
    says_why_missed: bool
    gallery_keeps_up: bool
    sleepers_round_ms: int


REVISIONS: Final[Mapping[RevisionNumber, Revision]] = {
    1: Revision(
        ends_within_rounds=False,
        ranks_within_rounds=False,
        frees_the_fallen=False,
        says_why_missed=False,
        gallery_keeps_up=False,
        sleepers_round_ms=3_000,
    ),
    2: Revision(
        ends_within_rounds=True,
        ranks_within_rounds=True,
        frees_the_fallen=True,
        says_why_missed=True,
        gallery_keeps_up=True,
        sleepers_round_ms=5_000,
    ),
}
