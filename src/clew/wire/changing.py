"""What every game's host may ask to have otherwise before it begins. A game adds its own fields."""

import msgspec
from msgspec import UNSET, UnsetType


class SeatChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to sit in a seat: a bot of this kind."""

    bot: str


class ChangeOfGame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is not said stays as it is. ``seats``: how many there are to be; or, by their numbers from 1, which of them
    a bot is to have, null: nobody. ``host_id``: the seat of who is to be host. ``public``:
    whether whoever looks for a game finds it.
    """

    seats: int | dict[int, SeatChange | None] | UnsetType = UNSET
    bots: int | UnsetType = UNSET
    round_seconds: int | UnsetType = UNSET
    host_id: str | UnsetType = UNSET
    public: bool | UnsetType = UNSET
