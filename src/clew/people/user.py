"""Who asks."""

import msgspec

from clew.sessions.ids import UserId


class User(msgspec.Struct, frozen=True):
    """Somebody who has told us a name."""

    user_id: UserId
    display_name: str


class Recognized(msgspec.Struct, frozen=True):
    """Whose token it is; ``renewed``: it works for longer from now on, and so may what keeps it."""

    user: User
    renewed: bool
