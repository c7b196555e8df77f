"""Every bound the web sets, and what happens when it is reached."""

from typing import Final

from minotaur.play.service import GAMES_PAGE_MAX
from minotaur.play.wire_shapes import CLIENT_MESSAGE_BYTES_MAX
from minotaur.web.limits import Rate

BODY_BYTES_MAX: Final = 64 * 1024
"""A larger request body is answered 413 ``too_large`` and not read on."""

FRAME_BYTES_MAX: Final = CLIENT_MESSAGE_BYTES_MAX
"""A larger WebSocket message closes its socket with 1009; it is never held in memory as a whole."""

TOKEN_CHARS_MAX: Final = 256
"""A longer token proves nothing: 401 without a look into the store."""

JOIN_CODE_CHARS_MAX: Final = 32
"""A longer join code is no game's: 404 without a look into the store."""

CURSOR_CHARS_MAX: Final = 512
PAGE_GAMES_DEFAULT: Final = 20
PAGE_GAMES_MAX: Final = GAMES_PAGE_MAX
"""More games a page cannot be asked for: 422."""

SOCKETS_PER_USER_MAX: Final = 16
"""One more socket of the same person is closed with 1013 ``too_often``; those open stay."""

SOCKETS_MAX: Final = 20_000
"""One more socket on this server is closed with 1013 ``busy``."""

CLOSE_REASON_BYTES_MAX: Final = 123
"""What fits into a close frame; a longer reason is cut."""

REFUSALS_IN_A_ROW_MAX: Final = 200
"""So many messages over the rate, with none under it in between, close the socket with 1008."""

CLIENTS_REMEMBERED_MAX: Final = 50_000
"""Rates are kept for so many clients; beyond, the one heard of longest ago is forgotten, its allowance whole again."""

ADDRESS_RATE: Final = Rate(per_s=40.0, burst=400)
"""HTTP calls and new sockets from one address (of IPv6, one /64): 429 beyond. Roomy: a school shares one address;
where a network needs more, its operator says so (``--limit-network``)."""

USER_RATE: Final = Rate(per_s=15.0, burst=120)
"""HTTP calls and new sockets of one person: 429 beyond."""

GUEST_RATE: Final = Rate(per_s=1.0, burst=120)
"""New guests from one address: 429 beyond. A class or a club that comes in at once through one address fits."""

GAME_RATE: Final = Rate(per_s=0.2, burst=30)
"""New games made by one person: 429 beyond."""

MESSAGE_RATE: Final = Rate(per_s=10.0, burst=60)
"""Messages of one person over all their sockets: ``refused`` with ``too_often`` beyond."""

COMMANDS_WAITING_MAX: Final = 16
"""Commands of one socket that wait for the one before them. With so many no more is read from it, pings neither."""

RECONNECT_SPREAD_MS: Final = 1_500
RECONNECT_AFTER_MS_MIN: Final = 250
"""A server that stops asks its clients to come back between these: the least, and the least plus the spread."""

RECONNECT_SOON_MS: Final = 50
SEND_AWAY_PAUSE_S: Final = 0.02
"""A node of several sends its clients to the others one by one, this far apart at the most, to come back so soon."""
