"""People whose turn it is and who are not here: found where the game runs, after the round began, beside everything.

No command waits for any of this. That somebody is being told is noted in the store before they are, so a crash or a
handoff may lose a message and sends none twice.
"""

from collections import deque
from typing import Any, Final

import msgspec
import structlog

from clew.gateway.ports import AnyGame, AnyHost, ServedGames
from clew.people.pushes.bounds import LONG_ROUND_S, NOTICED_MAX, NUDGE_AFTER_S
from clew.people.pushes.delivery import Delivery, Nudge
from clew.people.pushes.vapid import b64url
from clew.sessions.faults import Fault
from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.pushes import Pushes
from clew.wire.moments import rfc3339

_LOOK_EVERY_S: Final = 1.0

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.gateway")


class _Noticed(msgspec.Struct, frozen=True):
    game: AnyGame
    game_id: GameId
    state: Any
    looked_at_s: float


class Nudging:
    """The share of one node: of the games that run on it."""

    def __init__(self, games: ServedGames, pushes: Pushes, delivery: Delivery, clock: Clock) -> None:
        self._games = games
        self._pushes = pushes
        self._delivery = delivery
        self._clock = clock
        self._noticed = deque[_Noticed](maxlen=NOTICED_MAX)

    def went_on(self, kind: Kind, game_id: GameId, state: Any) -> None:
        """A game's round or status is another than it was. Must be quick: it is called on the way of a command."""
        game = self._games[kind]
        if game.round_seconds(state) >= LONG_ROUND_S:
            self._noticed.append(_Noticed(game, game_id, state, self._clock.monotonic() + NUDGE_AFTER_S))

    async def run(self, host: AnyHost) -> None:
        """Until cancelled."""
        while True:
            await self._clock.sleep(_LOOK_EVERY_S)
            while self._noticed and self._noticed[0].looked_at_s <= self._clock.monotonic():
                noticed = self._noticed.popleft()
                try:
                    await self._look(noticed, host)
                except Fault as fault:
                    log.debug("nobody_nudged", game_id=noticed.game_id, fault=repr(fault))
                except Exception as bug:
                    log.error("nudging_broke", game_id=noticed.game_id, exc_info=bug)

    async def _look(self, noticed: _Noticed, host: AnyHost) -> None:
        game, session = noticed.game, host.held(noticed.game_id)
        state, here = noticed.state, frozenset[UserId]()
        if session is not None:
            state = session.at.state
            known = session.feed.audience.here()
            if known is None:  # it has just come into memory: who watched it may be on their way
                self._noticed.append(msgspec.structs.replace(noticed, looked_at_s=noticed.looked_at_s + NUDGE_AFTER_S))
                return
            here = known
        info = game.info(state, None)
        is_over = info.game_status == "concluded"
        wanted = _wanted(game, state, is_over=is_over) - here
        pushes = await self._pushes.pushes_of(wanted, self._clock.now()) if wanted else ()
        if not pushes:
            return
        due = None if is_over else game.machine.deadline(state)
        ends_at = None if due is None else due[0]
        nudge = Nudge(
            what="over" if is_over else "your_turn",
            game=game.about.title,
            join_code=info.join_code,
            round=info.latest_round,
            ends_at=None if ends_at is None else rfc3339(ends_at),
        )
        number, now = info.latest_round + int(is_over), self._clock.now()
        for user_id in {push.user_id for push in pushes}:
            if await self._pushes.note_nudge(user_id, noticed.game_id, number, now):
                for push in pushes:
                    if push.user_id == user_id:
                        self._delivery.send_nowait(push, nudge, _topic(noticed.game_id), ends_at)


def _wanted(game: AnyGame, state: Any, *, is_over: bool) -> frozenset[UserId]:
    """For whom the game waits; after its end all who played."""
    people = game.people(state)
    if is_over:
        return frozenset(people.values())
    waits_for = game.standing(state).players
    return frozenset(user for seat, user in people.items() if seat in waits_for and not waits_for[seat][1])


def _topic(game_id: GameId) -> str:
    """The game's, for a browser's maker: at most 32 signs of a small alphabet."""
    return b64url(game_id.encode())[:32]
