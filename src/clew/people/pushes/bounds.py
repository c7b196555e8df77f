"""The bounds of what is sent to people who are not here."""

from typing import Final

PUSHES_MAX: Final = 8
"""Places of one person; with one more the oldest goes."""
LONG_ROUND_S: Final = 600
"""In games of shorter rounds nobody is called: they would come too late."""
NUDGE_AFTER_S: Final = 8.0
"""So long after a round began it is looked who is not here: longer than who reloads a page is away
(``PRESENCE_GRACE_S``)."""
NOTICED_MAX: Final = 10_000
"""Rounds that began and were not looked at yet; of more nobody is told."""
SENDING_MAX: Final = 16
"""What is sent at once."""
WAITING_MAX: Final = 2_000
"""What waits to be sent, or sent again; what is more is not sent."""
CONNECT_WITHIN_S: Final = 5.0
ANSWER_WITHIN_S: Final = 10.0
TRIES_MAX: Final = 3
PAUSE_S: Final = 10.0
"""After a first try that came to nothing; three times as long after each further one."""
PAUSE_S_MAX: Final = 300.0
"""However long the other side asks to be left alone."""
KEPT_FOR_S: Final = 86_400
"""So long at most a browser's maker keeps a message for a browser that is off; no longer than the round."""
PUBLIC_KEY_BYTES: Final = 65
"""An uncompressed point of P-256 (RFC 8291)."""
AUTH_BYTES: Final = 16
SALT_BYTES: Final = 16
WEBHOOK_SECRET_BYTES: Final = 32
PAYLOAD_BYTES_MAX: Final = 2048
"""Of what is said; browsers' makers take 4096 bytes with all that belongs to it."""
