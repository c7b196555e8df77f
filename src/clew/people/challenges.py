"""Challenges: asked of one browser, for minutes, for one thing, by whichever node; answered once."""

import hmac
from typing import Final

from clew.people.ids import IdSource
from clew.sessions.ids import Millis
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.passkey_book import AnsweredChallenge

CHALLENGE_MS: Final = 5 * 60 * 1000
"""For so long a challenge may be answered: who looks for a key in a drawer finds it."""
TICKET_CHARS_MAX: Final = 256


class Challenges:
    """A challenge is worked out from a ticket, which the browser keeps in a cookie that no script reads.

    So nothing is kept of one that is only asked, any node knows those of the others by the key they share, and what is
    answered elsewhere than where it was asked is worth nothing. That it is answered once ``PasskeyBook`` sees to.
    """

    def __init__(self, clock: Clock, ids: IdSource, secret_key: bytes) -> None:
        self._clock = clock
        self._ids = ids
        self._secret_key = secret_key

    def ask(self, what_for: str, whom: str = "") -> tuple[str, bytes]:
        """A ticket and its challenge. ``whom`` is read from the ticket again."""
        ticket = f"{self._clock.now() + CHALLENGE_MS}.{self._ids.token()}.{whom}"
        return ticket, self._challenge(what_for, ticket)

    def open(self, what_for: str, ticket: str | None) -> tuple[AnsweredChallenge, str] | None:
        """What is to be answered who brings this ticket, and whom it is for; None for one that is too old, or none.

        Whether we gave it shows in who can answer its challenge.
        """
        if ticket is None or len(ticket) > TICKET_CHARS_MAX or not ticket.isascii():
            return None
        expires, found, rest = ticket.partition(".")
        now = self._clock.now()
        if not found or len(expires) > len(str(now)) or not expires.isdecimal() or int(expires) < now:
            return None
        challenge = self._challenge(what_for, ticket)
        return AnsweredChallenge(challenge, now, Millis(int(expires))), rest.partition(".")[2]

    def _challenge(self, what_for: str, ticket: str) -> bytes:
        said = f"passkey {len(what_for)} {what_for} {ticket}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._secret_key, said, "sha256")
