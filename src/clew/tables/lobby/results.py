"""What became of the people around a game, from what a game says of its seats."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Final

from clew.game import Seat
from clew.sessions.result_records import SeatResult
from clew.tables.lobby.gathering import Gathering

_FATE: Final = re.compile(r"[a-z0-9_]{0,32}")


def results_of(
    at: Gathering, groups: Sequence[Collection[Seat]], winners: Collection[Seat], fate_of: Callable[[Seat], str]
) -> tuple[SeatResult, ...]:
    """``groups``: the seats, the best first, those in one group sharing a place. Nobody among ``winners``: whoever is
    first has drawn.
    """
    place_of = dict[Seat, int]()
    for group in groups:
        place_of |= dict.fromkeys(group, len(place_of) + 1)
    assert set(place_of) == set(at.seats), f"{sorted(place_of)} have a place, and {at.seats} play"
    drawn = groups[0] if groups and not winners else ()
    return tuple(
        SeatResult(
            member.player_id,
            member.user_id,
            place_of[member.player_id],
            "won" if member.player_id in winners else "drawn" if member.player_id in drawn else "lost",
            _checked(fate_of(member.player_id)),
        )
        for member in at.members
    )


def _checked(fate: str) -> str:
    assert _FATE.fullmatch(fate), f"{fate!r} is no word for what became of a seat"
    return fate
