"""What the web may ask of the game: one verb for each call of the public protocol.

Each verb raises ``ApiError`` for what a client has to be told, ``busy`` among it, and nothing else on purpose.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

import msgspec

from clew.catalogue.voice import Voice
from clew.gateway.calls import (
    CancelCall,
    ChangeOrder,
    InfoCall,
    JoinCall,
    LeaveOrder,
    Order,
    OrderCall,
    SendAwayOrder,
    StartCall,
)
from clew.gateway.connection import Allowance, ViewerConnection
from clew.gateway.games import Games
from clew.gateway.inviting import Invitation
from clew.gateway.lapsing import Lapsing
from clew.gateway.making import Making
from clew.gateway.outbox import Outbox
from clew.gateway.ports import Info
from clew.gateway.rematching import Rematching
from clew.gateway.replays import Replays, Retelling
from clew.gateway.together import shapes_of
from clew.people.accounts import Accounts
from clew.people.caps import Counting, Origin
from clew.people.ids import IdSource, plain_join_code
from clew.people.user import Recognized, User
from clew.sessions.bounds import JOURNAL_PAGE_MAX
from clew.sessions.faults import Quarantined, Waits
from clew.sessions.ids import GameId, PlayerId, UserId
from clew.sessions.ports.clock import Clock
from clew.sessions.records import OPEN, Entry, SessionPage, SessionSummary
from clew.wire.changing import ChangeOfGame
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors
from clew.wire.http import GAMES_PAGE_MAX, CreatedGame, Joined, Rematched
from clew.wire.moments import rfc3339
from clew.wire.shapes import GameStatus

__all__ = ["Allowance", "Service", "ViewerConnection"]

NOWHERE: Final = Origin("", None)
"""Whence somebody asks who is counted for no place."""


class Service:
    """The verbs."""

    def __init__(
        self,
        games: Games,
        accounts: Accounts,
        clock: Clock,
        ids: IdSource,
        counting: Counting | None = None,
        lapsing: Lapsing | None = None,
        asked: Callable[[Invitation], None] = lambda _: None,
    ) -> None:
        """Without ``counting`` everybody may have as many games as they like; without ``lapsing`` no look is noted.

        ``asked`` is called with each rematch that is made here.
        """
        self._games = games
        self._host = games.host
        self._accounts = accounts
        self._clock = clock
        self._ids = ids
        self._counting = counting
        self._lapsing = lapsing
        self._dispatch = games.dispatch
        self.served: Final = games.games
        """What is played here, by kind."""
        self.shapes: Final = shapes_of(self.served)
        """Of all of it together."""
        self._by_request = {game.shapes.request: game for game in self.served.values()}
        departed = games.departures.departed
        self._replays = Replays(departed)
        self._pictures = defaultdict[str, Replays](partial(Replays, departed))  # by the language they are in
        self._making = Making(games, ids, counting)
        self._rematching = Rematching(games.dispatch, games.rematches, self._making, accounts, asked)

    async def create_guest(self, display_name: str) -> tuple[User, str]:
        """A new user, and the token that proves it is them. Raises ``bad_name``, ``busy``."""
        return await self._accounts.create_guest(display_name)

    async def recognize(self, token: str) -> Recognized | None:
        """Whose token this is; None for one that was never given, was revoked, or is too old. Raises ``busy``."""
        return await self._accounts.recognize(token)

    async def revoke(self, token: str) -> None:
        """This token proves nothing any more. Raises ``busy``."""
        await self._accounts.revoke(token)

    async def create_game(self, user: User, request: Any, origin: Origin = NOWHERE) -> CreatedGame:
        """A new game in its lobby, its user the host. ``request`` is one of a game that is played here.

        Raises ``invalid`` with the field's path, ``too_many_games`` and its like, ``busy``.
        """
        game = self._by_request[type(request)]
        created = game.create(user, request, self._making.fresh())
        made = await self._making.make(game.kind, created, user, origin, with_bots=game.wants_bots(request))
        assert made is not None, "it follows nothing"
        return made

    async def rematch(self, join_code: str, user: User, origin: Origin = NOWHERE) -> Rematched:
        """A seat in the next game of those who played this one, the user being one of them; whoever asks first is host.

        Raises ``game_not_over``, ``not_playing``, ``sent_away``, ``game_started``, ``too_many_games`` and its like, …
        """
        return await self._rematching.rematch(await self._find(join_code), user, origin)

    async def games_of(
        self, user: User, status: GameStatus | None = None, cursor: str | None = None, limit: int = 20
    ) -> Any:
        """A page of the user's games, newest first, at most ``GAMES_PAGE_MAX``.

        Those that can't be read are left out: quarantined ones, and those that wait for a newer release.
        """
        with faults_as_errors():
            page = await self._host.sessions_of(
                self.served.keys(),
                user.user_id,
                () if status is None else (status,),
                cursor,
                max(1, min(limit, GAMES_PAGE_MAX)),
            )
            found = await asyncio.gather(*(self._listed(item, user) for item in page.items))
            games = await self._games.rematches.noted([game for game in found if game is not None])
            games = await self._games.places(user.user_id, games)
        return self.shapes.page(games, page.cursor)

    async def public_games(self, user: User, cursor: str | None = None, limit: int = 20) -> Any:
        """A page of the games that anybody may join or watch, newest first, at most ``GAMES_PAGE_MAX``.

        Which those are is looked at once more where they are played: the store may be a moment behind their hosts.
        """
        with faults_as_errors():
            page = await self._games.public(cursor, max(1, min(limit, GAMES_PAGE_MAX)))
            found = await asyncio.gather(*(self._listed(item, user) for item in page.items))
        games = [game for game in found if game is not None and game.public and game.game_status in OPEN]
        return self.shapes.page(games, page.cursor)

    async def seats_of(self, user: User, cursor: str | None, limit: int) -> SessionPage:
        """A page of the games in which somebody has a seat, as the listings have them. Raises ``busy``."""
        with faults_as_errors():
            return await self._host.sessions_of(self.served.keys(), user.user_id, (), cursor, limit)

    async def concluded(self, join_code: str) -> GameId:
        """Which game came to its end by this code. Raises ``no_such_game``, ``game_not_over``, ``game_canceled``."""
        found = await self._find(join_code)
        if found.game_status == "canceled":
            raise ApiError("game_canceled")
        if found.game_status != "concluded":
            raise ApiError("game_not_over", "A game has results when it is over.")
        return found.game_id

    async def leave_lobbies(self, user: User) -> None:
        """Give up every seat of this person in what has not begun; whoever sits there longest hosts it then.

        What can't be left just now lapses by itself in a day, if nobody begins it.
        """
        cursor: str | None = None
        while True:
            with faults_as_errors():
                page = await self._host.sessions_of(
                    self.served.keys(), user.user_id, ("lobby",), cursor, GAMES_PAGE_MAX
                )
            for found in page.items:
                with suppress(ApiError):
                    await self._order(found, user, LeaveOrder())
            cursor = page.cursor
            if cursor is None:
                return

    async def somebody_went(self, user: User) -> None:
        """They have gone for good, and are named no more, where somebody is shown a game just now neither.

        Who looks on at another node, or while the store does not answer, is shown it a little later.
        """
        await self._games.departures.somebody_may_have(user.user_id)

    async def game(self, join_code: str, user: User | None = None) -> Any:
        """What everyone may know of a game, and which seat the asker has."""
        info = await self._info(await self._find(join_code), user)
        with faults_as_errors():
            return (await self._games.rematches.noted([info]))[0]

    async def join(self, join_code: str, user: User) -> Joined:
        """A seat; who has one already gets the same, after the end too. Raises ``game_full``, ``game_started``, …"""
        found = await self._find(join_code)
        with faults_as_errors():
            return await self._dispatch.ask(found.kind, found.game_id, JoinCall(user.user_id, user.display_name))

    async def start(self, join_code: str, user: User, origin: Origin = NOWHERE) -> None:
        """The host begins; bots take the empty seats. Raises ``not_host``, ``too_few_players``, …"""
        found = await self._find(join_code)
        if self._counting is not None:
            info = await self._info(found, user)
            if info.game_status == "lobby" and info.you == info.host_id and _has_bots(info):
                await self._counting.admit_bots(user, origin)
        with faults_as_errors():
            await self._dispatch.ask(found.kind, found.game_id, StartCall(user.user_id, self._ids.command_id()))

    async def cancel(self, join_code: str, user: User) -> None:
        """The host calls it off, in the lobby. Raises ``not_host``, ``game_started``, …"""
        found = await self._find(join_code)
        with faults_as_errors():
            await self._dispatch.ask(found.kind, found.game_id, CancelCall(user.user_id, self._ids.command_id()))

    async def leave(self, join_code: str, user: User) -> None:
        """Their seat is given up; while the game is on they resign. Who has none has left. Raises ``game_over``, …"""
        await self._order(await self._find(join_code), user, LeaveOrder())

    async def send_away(self, join_code: str, user: User, player_id: str) -> None:
        """The host has this seat empty, in the lobby. Raises ``not_host``, ``no_such_player``, ``game_started``, …"""
        await self._order(await self._find(join_code), user, SendAwayOrder(PlayerId(player_id)))

    async def change(self, join_code: str, user: User, read: Callable[[type[ChangeOfGame]], ChangeOfGame]) -> None:
        """The host has it otherwise, in the lobby: all of what ``read`` gives, which is told the game's shape of it.

        Raises ``invalid`` with the field's path, ``not_host``, ``game_started``, …, and what ``read`` does.
        """
        found = await self._find(join_code)
        await self._order(found, user, ChangeOrder(read(self.served[found.kind].shapes.change)))

    async def replay(self, join_code: str) -> bytes:
        """The whole game in full, a ``Replay`` as JSON. Raises ``game_not_over`` before its end, ``busy``."""
        found = await self._over(join_code)
        return await self._replays.replay(self._told(found, self.served[found.kind].replay))

    async def picture(self, join_code: str, voice: Voice) -> bytes:
        """How the game ended, as an SVG that speaks with this voice. Raises the same."""
        found = await self._over(join_code)
        draw = self.served[found.kind].picture
        told = self._told(found, lambda entries, gone: draw(entries, voice, gone))
        return await self._pictures[voice.language].replay(told)

    async def connect(
        self,
        join_code: str,
        user: User | None,
        after: int | None,
        outbox: Outbox,
        allowance: Allowance,
        mark: str | None = None,
        offered: Collection[str] | None = None,
        *,
        changes: bool = False,
    ) -> ViewerConnection:
        """Begin to send this viewer the game through ``outbox``; the first message is a welcome.

        ``after`` is the last number they have, ``mark`` what came with it. ``offered``: which subprotocols they speak;
        None: whichever it is. ``changes``: they take what has changed of their view. Raises ``invalid`` where the
        subprotocol of the game is not among them.
        """
        found = await self._find(join_code)
        subprotocol = self.served[found.kind].subprotocol
        if offered is not None and subprotocol not in offered:
            raise ApiError("invalid", f"Offer the subprotocol {subprotocol}.", {"path": "sec-websocket-protocol"})
        if self._lapsing is not None:
            await self._lapsing.looked_at(found)
        connection = ViewerConnection(self._games, found.kind, found.game_id, user, outbox, allowance)
        try:
            with faults_as_errors():
                await connection.open(after, mark, changes=changes)
                if found.game_status == "concluded":
                    await self._games.rematches.catch_up(found.game_id)
        except BaseException:  # a cancel too: the caller never gets it, so nobody else could close it
            connection.close()
            raise
        return connection

    async def _order(self, found: SessionSummary, user: User, order: Order[Any]) -> None:
        call = OrderCall(user.user_id, self._ids.command_id(), order)
        with faults_as_errors():
            await self._dispatch.ask(found.kind, found.game_id, call)

    async def _find(self, join_code: str) -> SessionSummary:
        code = plain_join_code(join_code)
        with faults_as_errors():
            summary = None if code is None else await self._host.find(code)
        if summary is None or summary.kind not in self.served:
            raise ApiError("no_such_game")
        return summary

    async def _over(self, join_code: str) -> SessionSummary:
        found = await self._find(join_code)
        info = await self._info(found, None)
        if info.game_status == "canceled":
            raise ApiError("game_canceled")
        if info.game_status != "concluded":
            raise ApiError("game_not_over")
        return found

    def _told(
        self, found: SessionSummary, tell: Callable[[Sequence[Entry[Any]], Collection[UserId]], bytes]
    ) -> Retelling:
        ended, named_by = (found.game_id, found.updated_at), self.served[found.kind].named_by
        return Retelling(ended, lambda: self._journal(found.game_id), named_by, tell)

    async def _info(self, found: SessionSummary, user: User | None) -> Info:
        with faults_as_errors():
            return await self._dispatch.ask(found.kind, found.game_id, InfoCall(None if user is None else user.user_id))

    async def _listed(self, found: SessionSummary, user: User) -> Info | None:
        """None for what can't be read."""
        try:
            info = await self._dispatch.ask(found.kind, found.game_id, InfoCall(user.user_id))
        except (Quarantined, Waits):
            return None
        ended = None if info.game_status in OPEN else rfc3339(found.updated_at)
        return msgspec.structs.replace(info, made_at=rfc3339(found.inserted_at), ended_at=ended)

    async def _journal(self, game_id: GameId) -> list[Entry[Any]]:
        entries: list[Entry[Any]] = []
        with faults_as_errors():
            while page := await self._host.journal(game_id, entries[-1].seq if entries else 0, JOURNAL_PAGE_MAX):
                entries += page
        return entries


def _has_bots(info: Info) -> bool:
    """Whether bots play if it begins now: those that sit there, and those that take the empty seats."""
    return sum(not player.is_bot for player in info.players) < info.seats
