"""Every bound of the buses, and what happens when it is reached."""

from __future__ import annotations

FOLLOWER_MESSAGES_MAX = 16_384
FOLLOWER_BYTES_MAX = 32 * 1024 * 1024
"""What waits for one follower; one message more, and all that waits is dropped and the follower is told ``broken``."""

DELIVER_SLICE = 256
"""Messages delivered to one follower before the loop gets its turn; the rest follow in its next pass."""

ANSWERING_MAX = 4_096
"""Requests being answered by one node at once; who asks one more is told at once that there is no answer (``Late``)."""
