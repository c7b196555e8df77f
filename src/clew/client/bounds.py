"""Every bound of the client."""

from typing import Final

CALL_TIMEOUT_S: Final = 10.0
"""An HTTP call, or opening a socket, that takes longer has failed."""
FRAME_BYTES_MAX: Final = 8 * 1024 * 1024
"""A larger message of the server breaks the connection."""
RETRY_FIRST_S: Final = 0.3
RETRY_LAST_S: Final = 4.8
"""The waits between two tries grow from the one to the other."""
ASK_AGAIN_S: Final = 0.05
"""Between two tries of a call that ``patiently`` repeats."""
BUSY_RETRY_S: Final = 1.0
"""A command the server was too busy for is sent again after this."""
EVENTS_UNREAD_MAX: Final = 10_000
"""Of more events that nobody reads the oldest are dropped, and the news says that the story has a gap."""
