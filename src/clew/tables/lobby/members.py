"""Who sits at a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from clew.game import Seat
from clew.people.names import told_apart
from clew.sessions.ids import UserId

BOT_NAMES: Final = ("Ariadne", "Theseus", "Daedalus", "Icarus", "Phaedra", "Androgeus", "Pasiphae", "Asterion")
"""What bots are called, by their seats; from the ninth on with a number."""


class Member(msgspec.Struct, frozen=True):
    """Somebody with a seat. Bots have no user. ``bot``: of which kind one is; None: of the game's usual one."""

    player_id: Seat
    user_id: UserId | None
    display_name: str
    bot: str | None = None

    @property
    def is_bot(self) -> bool:
        return self.user_id is None


def seat_at(place: int) -> Seat:
    """The name of a seat, counted from 1."""
    return Seat(f"p{place}")


def place_of(seat: Seat) -> int:
    """Where a seat stands, counted from 1."""
    return int(seat.removeprefix("p"))


def bot_at(place: int, kind: str, people: Iterable[str]) -> Member:
    """The bot of this kind that takes this seat, not called as any of these people is."""
    name, turn = BOT_NAMES[(place - 1) % len(BOT_NAMES)], (place - 1) // len(BOT_NAMES)
    return Member(seat_at(place), None, told_apart(name if turn == 0 else f"{name} {turn + 1}", people), kind)
