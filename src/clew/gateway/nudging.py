"""People whose turn it is and who are not here: found where the game runs, after the round began, beside everything.

No command waits for any of this. That somebody is being told is noted in the store before they are, so a crash or a
handoff may lose a message and sends none twice.
"""

from typing import Any

import msgspec

from clew.gateway.awhile import Awhile
from clew.gateway.ports import AnyGame, AnyHost, ServedGames
from clew.people.pushes.bounds import LONG_ROUND_S
from clew.people.pushes.delivery import Nudge
from clew.people.pushes.nudges import Nudges
from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.ports.clock import Clock
from clew.wire.moments import rfc3339


class _Noticed(msgspec.Struct, frozen=True):
    game: AnyGame
    game_id: GameId
    state: Any


class Nudging:
    """The share of one node: of the games that run on it."""

    def __init__(self, games: ServedGames, nudges: Nudges, clock: Clock) -> None:
        self._games = games
        self._nudges = nudges
        self._awhile = Awhile[_Noticed](clock)

    def went_on(self, kind: Kind, game_id: GameId, state: Any) -> None:
        """A game's round or status is another than it was. Must be quick: it is called on the way of a command."""
        game = self._games[kind]
        if game.round_seconds(state) >= LONG_ROUND_S:
            self._awhile.note(game_id, _Noticed(game, game_id, state))

    async def run(self, host: AnyHost) -> None:
        """Until cancelled."""
        await self._awhile.run(lambda noticed: self._look(noticed, host))

    async def _look(self, noticed: _Noticed, host: AnyHost) -> None:
        game, session = noticed.game, host.held(noticed.game_id)
        state, here = noticed.state, frozenset[UserId]()
        if session is not None:
            state = session.at.state
            known = session.feed.audience.here()
            if known is None:  # it has just come into memory: who watched it may be on their way
                self._awhile.note(noticed.game_id, noticed)
                return
            here = known
        info = game.info(state, None)
        is_over = info.game_status == "concluded"
        wanted = _wanted(game, state, is_over=is_over) - here
        due = None if is_over else game.machine.deadline(state)
        ends_at = None if due is None else due[0]
        nudge = Nudge(
            what="over" if is_over else "your_turn",
            game=game.about.title,
            join_code=info.join_code,
            round=info.latest_round,
            ends_at=None if ends_at is None else rfc3339(ends_at),
        )
        number = info.latest_round + int(is_over)
        await self._nudges.tell(wanted, noticed.game_id, number, nudge, ends_at)


def _wanted(game: AnyGame, state: Any, *, is_over: bool) -> frozenset[UserId]:
    """For whom the game waits; after its end all who played."""
    people = game.people(state)
    if is_over:
        return frozenset(people.values())
    waits_for = game.standing(state).players
    return frozenset(user for seat, user in people.items() if seat in waits_for and not waits_for[seat][1])
