"""Who sits at a table."""

from __future__ import annotations

from typing import Final

import msgspec

from clew.game import Seat
from clew.sessions.ids import UserId

BOT_NAMES: Final = ("Ariadne", "Theseus", "Daedalus", "Icarus", "Phaedra", "Androgeus", "Pasiphae", "Asterion")
"""What bots are called, by their seats; from the ninth on with a number."""


class Member(msgspec.Struct, frozen=True):
    """Somebody with a seat. Bots have no user."""

    player_id: Seat
    user_id: UserId | None
    display_name: str

    @property
    def is_bot(self) -> bool:
        return self.user_id is None


def seat_at(place: int) -> Seat:
    """The name of a seat, counted from 1."""
    return Seat(f"p{place}")


def bot_at(place: int) -> Member:
    """The bot that takes this seat."""
    name, turn = BOT_NAMES[(place - 1) % len(BOT_NAMES)], (place - 1) // len(BOT_NAMES)
    return Member(seat_at(place), None, name if turn == 0 else f"{name} {turn + 1}")
