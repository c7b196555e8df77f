"""Every bound of the buses, and what happens when it is reached."""

from __future__ import annotations

FOLLOWER_MESSAGES_MAX = 16_384
FOLLOWER_BYTES_MAX = 32 * 1024 * 1024
"""What waits for one follower; one message more, and all that waits is dropped and the follower is told ``broken``."""

DELIVER_SLICE = 256
"""Messages delivered to one follower before the loop gets its turn; the rest follow in its next pass."""

ANSWERING_MAX = 4_096
"""Requests being answered by one node at once; who asks one more is told at once that there is no answer (``Late``)."""

NAME_BYTES_MAX = 1_024
"""An address, a channel or a feed has no longer name, as it is written in a subject: a broker's line is bounded."""

NATS_PENDING_BYTES_MAX = 16 * 1024 * 1024
"""What waits for the broker to take it. Beyond it messages of feeds are lost, and requests find ``Nobody``."""

NATS_CONNECT_WITHIN_S = 2
"""Each step of connecting to one server; then the next server gets its turn."""

NATS_RETRY_FIRST_S = 0.05
NATS_RETRY_LAST_S = 2.0
"""Pauses between attempts to connect: doubling from the first to the last, each cut by chance to half at most."""

NATS_STEADY_S = 5.0
"""A connection that lasted so long was a good one: the next pause is the first again."""

NATS_PING_EVERY_S = 2.0
NATS_PINGS_MISSED_MAX = 2
"""A server that left so many pings in a row unanswered, each until the next, is given up: the connection is lost."""

NATS_CONFIRM_WITHIN_S = 2.0
"""How long serving, following and their ends wait to be known to the server, and an end for what is yet to be sent."""

NATS_END_WITHIN_S = 1.0
"""How long an ended connection may take to leave; what is left of it then goes with the process."""

NATS_START_WITHIN_S = 3.0
"""How long opening waits for a first connection at most. Then the bus is used as it is: nobody can be reached."""
