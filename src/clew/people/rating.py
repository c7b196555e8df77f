"""How strong somebody is believed to be at a game: Weng and Lin's ratings of many players at once, by ``openskill``.

Of every two in a game each is compared with the other (the model that they call Bradley-Terry, full pairs).
"""

from collections.abc import Sequence
from typing import Final

from openskill.models import BradleyTerryFull

from clew.sessions.result_records import Rating

FIRST_SHOWN: Final = 1000
"""What is shown of somebody of whom nothing is known."""
POINTS: Final = 40
"""How many points are shown for one of the model's."""
UNSURE: Final = 3
"""What is shown is what somebody is at least, as good as surely: so many deviations below what is believed."""

_MODEL: Final = BradleyTerryFull()


def rate(before: Sequence[Rating | None], places: Sequence[int]) -> list[Rating]:
    """What each is rated after a game, from what they were before (None: never) and their places in it.

    Who played against nobody is rated as before, at first as everybody is.
    """
    known = [_first() if each is None else each for each in before]
    if len(known) < 2:
        return known
    teams = [[_MODEL.rating(mu=each.mu, sigma=each.sigma)] for each in known]
    rated = _MODEL.rate(teams, ranks=[float(place) for place in places])
    return [_shown(each.mu, each.sigma) for (each,) in rated]


def _first() -> Rating:
    newcomer = _MODEL.rating()
    return _shown(newcomer.mu, newcomer.sigma)


def _shown(mu: float, sigma: float) -> Rating:
    return Rating(mu, sigma, FIRST_SHOWN + round(POINTS * (mu - UNSURE * sigma)))
