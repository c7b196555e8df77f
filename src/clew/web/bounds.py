"""Every bound the web sets, and what happens when it is reached."""

from typing import Final

from clew.sessions.bounds import LEASE_MS, LEASE_TRUST_S
from clew.web.limits import Rate
from clew.wire.http import GAMES_PAGE_MAX
from clew.wire.shapes import CLIENT_MESSAGE_BYTES_MAX

BODY_BYTES_MAX: Final = 64 * 1024
"""A larger request body is answered 413 ``too_large`` and not read on."""

PATH_BYTES_MAX: Final = 1024
"""A longer path is none of ours: 400 ``malformed``, like any other spelling that we would not write."""

FRAME_BYTES_MAX: Final = CLIENT_MESSAGE_BYTES_MAX
"""A larger WebSocket message closes its socket with 1009; it is never held in memory as a whole."""

TOKEN_CHARS_MAX: Final = 256
"""A longer token proves nothing: 401 without a look into the store."""

JOIN_CODE_CHARS_MAX: Final = 32
"""A longer join code is no game's: 404 without a look into the store."""

PICTURE_KEPT_S: Final = 5 * 60
"""A picture of a game's end may be kept so long by whoever asked: an older database that comes back may end it anew."""

PREVIEW_WAIT_S: Final = 0.25
"""What a page's link says of its game is not waited for longer: the page goes without it."""

PREVIEWS_KEPT_S: Final = 5.0
PREVIEWS_KEPT_MAX: Final = 1024
"""For so many games what their links say is kept so long; the one looked up longest ago is forgotten first."""

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

ADDRESS_RATE: Final = Rate(per_s=40.0, burst=1_000)
"""HTTP calls and new sockets from one address (of IPv6, one /64): 429 beyond. Roomy: a class of a hundred behind one
address comes in at once, some eight calls each; where a network needs more, its operator says so
(``--limit-network``)."""

PAGE_RATE: Final = Rate(per_s=100.0, burst=2_000)
"""Pages and what they load, and whatever is not there, for one address: 429 beyond."""

HEALTH_RATE: Final = Rate(per_s=100.0, burst=2_000)
"""Looks at ``/health`` from one address: 429 beyond. No balancer asks so often."""

METRICS_RATE: Final = Rate(per_s=2.0, burst=30)
"""Looks at ``/metrics``, which cost some milliseconds each, from one address: 429 beyond."""

PIECE_BYTES: Final = 64 * 1024
"""A larger answer goes out in such pieces, each when the one before was taken."""

DOWNLOAD_BYTES_MIN: Final = 256 * 1024
DOWNLOADS_MAX: Final = 256
DOWNLOADS_PER_ADDRESS_MAX: Final = 64
"""Answers of so many bytes are downloads. One more at a time, in all or to one address, is answered 503 ``busy``."""

CONNECTIONS_PER_ADDRESS_MAX: Final = 2_000
STRANGERS_PER_ADDRESS_MAX: Final = 250
"""Connections from one address, and those among them that are nobody's socket. For one more, the one that
has waited longest for its client is closed; where none waits, it is refused with 429. A
hundred browsers that load a page at once open six each, for a moment. Those of a trusted proxy are not counted so, but
its clients' sockets are, by what it says of them: 1013 ``too_often`` beyond."""

WRITE_WITHIN_S: Final = 20.0
TAKEN_BYTES_MIN: Final = 1024
"""Who has taken less of what waits for them within that time is cut, whatever waits."""

IGNORED_BYTES_MAX: Final = 16 * 1024 * 1024
"""So much is still read, and dropped, from a client that was answered or closed while it was sending: cut at once, it
would never see why. Beyond, its connection is reset."""

TOO_OFTEN_HELD_S: Final = 1.0
TOO_OFTEN_HELD_MAX: Final = 512
"""The answer to an address that is over its rate waits so long: then asking on and on costs us nothing. Beyond so many
that wait, it is given at once."""

USER_RATE: Final = Rate(per_s=15.0, burst=120)
"""HTTP calls and new sockets of one person: 429 beyond."""

GUEST_RATE: Final = Rate(per_s=1.0, burst=120)
"""New guests from one address: 429 beyond. A class or a club that comes in at once through one address fits."""

PUSH_RATE: Final = Rate(per_s=1 / 60, burst=20)
"""Places where one person wants to be told."""
SIGN_UP_RATE: Final = Rate(per_s=0.2, burst=120)
"""User names chosen from one address: 429 beyond. Only here is it said that one is taken."""

LOG_IN_RATE: Final = Rate(per_s=0.5, burst=120)
"""Log-ins and recoveries from one address, right or wrong: 429 beyond. A class fits."""

GUESS_RATE: Final = Rate(per_s=1 / 60, burst=10)
"""Those for one user name from one address, whether anybody has it or not, and tries of one person to say their
present password: 429 beyond."""

GUESSES_RATE: Final = Rate(per_s=1 / 30, burst=100)
"""Log-ins for one user name from everywhere but those places from which it was logged in before: 429 beyond. Who
guesses from a thousand addresses is bounded by it; who has the account comes in by a device that knows them, from where
they were before, or by the recovery code, which this does not count."""

SIGNED_IN_LOOK_S: Final = 60.0
"""How often it is looked whether what each open socket came in with still proves something, if nobody says before."""

SIGNED_IN_AGAIN_S: Final = 1.0
"""After so long it is looked again, where the store was too busy to say."""

EXPORT_GAMES_MAX: Final = 500
"""Games on one page of an export."""

GAME_RATE: Final = Rate(per_s=0.2, burst=30)
"""New games made by one person: 429 beyond."""

MESSAGE_RATE: Final = Rate(per_s=10.0, burst=60)
"""Messages of one person over all their sockets: ``refused`` with ``too_often`` beyond."""

COMMANDS_WAITING_MAX: Final = 16
"""Commands of one socket that wait for the one before them. With so many no more is read from it, pings neither."""
FRAME_RATE: Final = Rate(per_s=20.0, burst=400)
FRAME_COST_BYTES: Final = 1024
"""Frames of one socket, of any kind, pings and fragments too; a large one counts once more for each so many bytes.
Beyond, the socket is closed with 1008 ``too_often``."""

FRAGMENTS_MAX: Final = 64
"""A message in more frames than this closes its socket with 1009: however small they are, each costs."""

RECONNECT_SPREAD_MS: Final = 1_500
RECONNECT_AFTER_MS_MIN: Final = 250
"""A server that stops asks its clients to come back between these: the least, and the least plus the spread."""

RECONNECT_SOON_MS: Final = 50
SEND_AWAY_PAUSE_S: Final = 0.02
"""A node of several sends its clients to the others one by one, this far apart at the most, to come back so soon."""

READINESS_LOOK_S: Final = 0.5
"""How often a server looks whether it is ready."""

UNFIT_BEFORE_SENDING_AWAY_S: Final = LEASE_MS / 1_000 - LEASE_TRUST_S
"""Who could not serve for so long sends its people to other servers, where there are any. Not ready is who could not
write to the store for as long as its lease is trusted: so both together are a lease."""

CUT_OFF_SENT_AWAY_OVER_S: Final = 12.0
"""Over so long a server that can't serve spreads the farewell of its sockets, if they are many."""
