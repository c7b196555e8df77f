"""What is told past the journal, of any game: it has no number, and who missed it finds it in the view."""

from typing import Literal, TypeAlias

import msgspec

from clew.wire.shapes import Sign

Presence = Literal["here", "away"]


class PresenceTold(msgspec.Struct, frozen=True, tag_field="type", tag="presence"):
    """Somebody with a seat has come, or has been gone for some seconds."""

    round: int
    id: str
    presence: Presence


class ReadinessTold(msgspec.Struct, frozen=True, tag_field="type", tag="readiness"):
    """Somebody said that they are done with the round, or took it back. A round begins with nobody ready.

    Of round 0, the lobby: that the game may begin for them.
    """

    round: int
    id: str
    ready: bool


class SaidTold(msgspec.Struct, frozen=True, tag_field="type", tag="said"):
    """Somebody said something, before the game or after it. Who comes is told the latest; ``id`` and ``at`` name it.

    ``display_name``: what they were called who said it, for another may have their seat by now.
    """

    round: int
    id: str
    display_name: str
    text: str
    at: str


class SignedTold(msgspec.Struct, frozen=True, tag_field="type", tag="signed"):
    """Somebody gave a sign."""

    round: int
    id: str
    sign: Sign


Aside: TypeAlias = PresenceTold | ReadinessTold | SaidTold | SignedTold
