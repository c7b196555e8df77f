"""How many games somebody may have, and where what they ask for is too much.

Counted in the store, so over all nodes; what is being made at this very moment is counted here beside it. So at one
node a cap is never passed, however much is asked at once, and by all nodes together by one game for each of them.
"""

import hmac
from collections import Counter
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Final

import msgspec

from clew.people.user import User
from clew.sessions.bounds import ENTRIES_PER_ROUND_MAX
from clew.sessions.census import Census, Counts, Made, Maker
from clew.sessions.ports.clock import Clock
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors

HOUR_MS: Final = 60 * 60 * 1000
LATELY_RETRY_S: Final = 300.0
"""Who made too many within an hour is told to come back after so long: some of them are older than an hour by then."""
CENSUS_KEPT_S: Final = 10.0
"""How old the count of all games may be when one more of bots alone is let run."""
ACTING: Final = "playing"
"""The status of a seat whose hero lives, in a game that is on."""
CAP_MAX: Final = 1_000_000
ORIGIN_BYTES: Final = 16


class Caps(msgspec.Struct, frozen=True, kw_only=True):
    """By default. None: no cap. What is counted for an address is more, or nothing, in networks that are given more."""

    open_games_per_user: int | None = 30
    open_games_per_address: int | None = 500
    lobbies_per_address: int | None = 200
    bot_games_per_user: int | None = 5
    bot_games_per_address: int | None = 50
    bot_games: int | None = 500
    games_per_hour_per_user: int | None = 60
    games_per_hour_per_address: int | None = 600
    entries_per_round: int | None = ENTRIES_PER_ROUND_MAX
    """Of one player; held where the game runs. Off is as many as nobody sends."""


CAPS_DEFAULT: Final = Caps()


class Origin(msgspec.Struct, frozen=True):
    """What counts as one place that requests come from, and how many times the usual it may have; None: anything."""

    place: str
    times: int | None = 1


def caps_of(named: Iterable[str]) -> Caps:
    """``open_games_per_user=50``, ``bot_games=off``: several with blanks or commas. Raises ``ValueError``."""
    chosen = dict[str, int | None]()
    for word in (word for text in named for word in text.replace(",", " ").split()):
        name, equals, value = word.partition("=")
        if name not in Caps.__struct_fields__:
            raise ValueError(f"there is no cap called {name}: there are {', '.join(Caps.__struct_fields__)}")
        is_number = value.isascii() and value.isdigit() and 1 <= int(value[:8]) <= CAP_MAX and len(value) < 8
        if not equals or not (value == "off" or is_number):
            raise ValueError(f"write {word} like {name}=10, from 1 to {CAP_MAX}, or {name}=off")
        chosen[name] = None if value == "off" else int(value)
    return Caps(**chosen)


class Counting:
    """Asked before a game is made, and before bots take its seats."""

    def __init__(self, counts: Counts, caps: Caps, clock: Clock, secret_key: bytes) -> None:
        self._counts = counts
        self._caps = caps
        self._clock = clock
        self._secret_key = secret_key
        self._making = Counter[str]()
        self._census: tuple[float, Census] | None = None

    @asynccontextmanager
    async def room_for_game(self, user: User, origin: Origin, *, with_bots: bool) -> AsyncGenerator[Maker]:
        """There is room for one more game of this user while inside; who is counted for it.

        Raises ``too_many_games``, ``too_many_lately``, ``too_many_bot_games``, ``busy``.
        """
        maker = Maker(user.user_id, self._named(origin))
        keys = [f"user {maker.user_id}", f"origin {maker.origin}"]
        self._making.update(keys)  # before anything is awaited: or all that is asked at once would find room
        try:
            mine, there = await self._made(maker)
            others_of_mine, others_there = (self._making[key] - 1 for key in keys)
            self._refuse_games(mine, others_of_mine, there, others_there, origin)
            if with_bots:
                await self._refuse_bots(mine, there, origin)
            yield maker
        finally:
            self._making.subtract(keys)
            self._making += Counter()

    async def admit_bots(self, user: User, origin: Origin) -> None:
        """Bots may sit down in a game of this user. Raises ``too_many_bot_games``, ``busy``."""
        mine, there = await self._made(Maker(user.user_id, self._named(origin)))
        await self._refuse_bots(mine, there, origin)

    async def census(self, no_older_s: float = 0.0) -> Census:
        """All that is in the store. Raises ``busy``."""
        now_s = self._clock.monotonic()
        if self._census is None or now_s - self._census[0] > no_older_s:
            with faults_as_errors():
                self._census = now_s, await self._counts.census(ACTING)
        return self._census[1]

    async def _made(self, maker: Maker) -> tuple[Made, Made]:
        with faults_as_errors():
            return await self._counts.count_made(maker, self._clock.now() - HOUR_MS, ACTING)

    def _refuse_games(self, mine: Made, making: int, there: Made, making_there: int, origin: Origin) -> None:
        caps = self._caps
        if _is_full(mine.open + making, caps.open_games_per_user):
            raise _refused("too_many_games", "You have as many games open as one person may. Finish or call off one.")
        if _is_full(there.open + making_there, caps.open_games_per_address, origin):
            raise _refused("too_many_games", "As many games as may be are open from your network. Finish some first.")
        if _is_full(there.lobbies + making_there, caps.lobbies_per_address, origin):
            raise _refused("too_many_games", "Too many games from your network have not begun. Begin or call off some.")
        if _is_full(mine.lately + making, caps.games_per_hour_per_user):
            raise _refused("too_many_lately", "You have made many games within an hour. Play one, and try again later.")
        if _is_full(there.lately + making_there, caps.games_per_hour_per_address, origin):
            raise _refused("too_many_lately", "Many games were made from your network within an hour. Try again later.")

    async def _refuse_bots(self, mine: Made, there: Made, origin: Origin) -> None:
        caps = self._caps
        if _is_full(mine.alone, caps.bot_games_per_user):
            raise _refused("too_many_bot_games", "Bots play on alone in several games of yours. Wait for one to end.")
        if _is_full(there.alone, caps.bot_games_per_address, origin):
            raise _refused("too_many_bot_games", "Bots play on alone in many games from your network. Try again later.")
        if caps.bot_games is not None and _is_full((await self.census(CENSUS_KEPT_S)).alone, caps.bot_games):
            raise _refused("too_many_bot_games", "Bots play on alone in many games just now. Try again later.")

    def _named(self, origin: Origin) -> str | None:
        """The place as the store keeps it: told apart from others, and never the address."""
        if origin.times is None:
            return None
        return hmac.digest(self._secret_key, b"origin " + origin.place.encode(), "sha256")[:ORIGIN_BYTES].hex()


def _is_full(count: int, cap: int | None, origin: Origin | None = None) -> bool:
    if cap is None or (origin is not None and origin.times is None):
        return False
    return count >= cap * (1 if origin is None or origin.times is None else origin.times)


def _refused(code: str, message: str) -> ApiError:
    return ApiError(code, message, retry_after_s=LATELY_RETRY_S if code == "too_many_lately" else None)
