"""Who asks."""

import msgspec

from minotaur.sessions.ids import UserId


class User(msgspec.Struct, frozen=True):
    """Somebody who has told us a name."""

    user_id: UserId
    display_name: str
