"""What the web may ask of the game: one verb for each call of the public protocol.

Each verb raises ``ApiError`` for what a client has to be told, ``busy`` among it, and nothing else on purpose.
"""

import asyncio
from collections import OrderedDict
from typing import Final

from minotaur.play import views
from minotaur.play.accounts import Accounts
from minotaur.play.connection import Allowance, Connection, MatchHost
from minotaur.play.creating import match_created
from minotaur.play.errors import ApiError
from minotaur.play.faults import faults_as_errors
from minotaur.play.ids import IdSource, plain_join_code
from minotaur.play.match import Cancel, Join, Match, MatchCommand, MatchEvent, Start
from minotaur.play.outbox import Outbox
from minotaur.play.people import User
from minotaur.play.replay import replay_of, settings_of
from minotaur.play.wire_http import CreatedGame, CreateGame, GameInfo, GamesPage, Joined
from minotaur.play.wire_replay import Replay
from minotaur.play.wire_shapes import GameStatus
from minotaur.sessions.bounds import JOURNAL_PAGE_MAX
from minotaur.sessions.faults import JoinCodeTaken, Quarantined
from minotaur.sessions.ids import GameId
from minotaur.sessions.ports import Clock
from minotaur.sessions.records import Entry, Refused

__all__ = ["Allowance", "Connection", "Service"]

JOIN_CODE_TRIES_MAX: Final = 8
"""So many codes in a row that are taken mean something is wrong: ``busy``."""
REPLAYS_KEPT_MAX: Final = 16
"""Replays of finished games, which never change, kept ready; the oldest is worked out again when somebody asks. Working
one out plays the whole game once more, in a thread of its own, so that no other game waits for it."""
GAMES_PAGE_MAX: Final = 50
"""Games listed at once; more are on the next page."""


class Service:
    """The verbs."""

    def __init__(self, host: MatchHost, accounts: Accounts, clock: Clock, ids: IdSource) -> None:
        self._host = host
        self._accounts = accounts
        self._clock = clock
        self._ids = ids
        self._replays: OrderedDict[GameId, Replay] = OrderedDict()

    async def create_guest(self, display_name: str) -> tuple[User, str]:
        """A new user, and the token that proves it is them. Raises ``bad_name``, ``busy``."""
        return await self._accounts.create_guest(display_name)

    async def user_by_token(self, token: str) -> User | None:
        """Whose token this is; None for one that was never given, was revoked, or is too old. Raises ``busy``."""
        return await self._accounts.user_by_token(token)

    async def revoke(self, token: str) -> None:
        """This token proves nothing any more. Raises ``busy``."""
        await self._accounts.revoke(token)

    async def create_game(self, user: User, request: CreateGame) -> CreatedGame:
        """A new match in its lobby, its user the host. Raises ``invalid`` with the field's path, ``busy``."""
        for _ in range(JOIN_CODE_TRIES_MAX):
            created = match_created(user, request, self._ids)
            with faults_as_errors():
                try:
                    await self._host.create(created.game_id, created.join_code, [created])
                except JoinCodeTaken:
                    continue
            return CreatedGame(created.game_id, created.join_code, created.host.player_id)
        raise ApiError("busy", retry_after_s=1.0)

    async def games_of(
        self, user: User, status: GameStatus | None = None, cursor: str | None = None, limit: int = 20
    ) -> GamesPage:
        """Some of the user's games, newest first, at most ``GAMES_PAGE_MAX``. Quarantined ones are left out."""
        with faults_as_errors():
            page = await self._host.sessions_of(
                user.user_id, () if status is None else (status,), cursor, max(1, min(limit, GAMES_PAGE_MAX))
            )
            games: list[GameInfo] = []
            for item in page.items:
                try:
                    seen = await self._host.look(item.game_id)
                except Quarantined:
                    continue
                games.append(_info(seen.state, user))
        return GamesPage(games, page.cursor)

    async def game(self, join_code: str, user: User | None = None) -> GameInfo:
        """What everyone may know of a game, and which seat the asker has."""
        return _info(await self._match(await self._find(join_code)), user)

    async def join(self, join_code: str, user: User) -> Joined:
        """A seat; who has one already gets the same, after the end too. Raises ``game_full``, ``game_started``, …"""
        game_id = await self._find(join_code)
        member = (await self._match(game_id)).member_of(user.user_id)
        if member is None:
            await self._post(game_id, Join(user.user_id, user.display_name))
            member = (await self._match(game_id)).member_of(user.user_id)
        assert member is not None, "who joined has a seat"
        return Joined(game_id, member.player_id)

    async def start(self, join_code: str, user: User) -> None:
        """The host begins; bots take the empty seats. Raises ``not_host``, ``too_few_players``, …"""
        await self._post(await self._find(join_code), Start(user.user_id))

    async def cancel(self, join_code: str, user: User) -> None:
        """The host calls it off, in the lobby. Raises ``not_host``, ``game_started``, …"""
        await self._post(await self._find(join_code), Cancel(user.user_id))

    async def replay(self, join_code: str) -> Replay:
        """The whole game in full. Raises ``game_not_over`` before its end."""
        game_id = await self._find(join_code)
        match = await self._match(game_id)
        if match.status == "canceled":
            raise ApiError("game_canceled")
        if match.status != "concluded":
            raise ApiError("game_not_over")
        replay = self._replays.get(game_id)
        if replay is None:
            replay = await asyncio.to_thread(replay_of, await self._journal(game_id))
            self._replays[game_id] = replay
            if len(self._replays) > REPLAYS_KEPT_MAX:
                self._replays.popitem(last=False)
        return replay

    async def connect(
        self, join_code: str, user: User | None, after: int | None, outbox: Outbox, allowance: Allowance
    ) -> Connection:
        """Begin to send this viewer the game through ``outbox``; the first message is a welcome."""
        game_id = await self._find(join_code)
        user_id = None if user is None else user.user_id
        connection = Connection(self._host, self._clock, game_id, user_id, outbox, allowance)
        try:
            with faults_as_errors():
                await connection.open(after)
        except BaseException:
            connection.close()
            raise
        return connection

    async def _find(self, join_code: str) -> GameId:
        code = plain_join_code(join_code)
        with faults_as_errors():
            summary = None if code is None else await self._host.find(code)
        if summary is None:
            raise ApiError("no_such_game")
        return summary.game_id

    async def _match(self, game_id: GameId) -> Match:
        with faults_as_errors():
            return (await self._host.look(game_id)).state

    async def _post(self, game_id: GameId, command: MatchCommand) -> None:
        with faults_as_errors():
            answer = await self._host.post(game_id, command)
        if isinstance(answer, Refused):
            raise ApiError(answer.code, answer.message, answer.details)

    async def _journal(self, game_id: GameId) -> list[Entry[MatchEvent]]:
        entries: list[Entry[MatchEvent]] = []
        with faults_as_errors():
            while page := await self._host.journal(game_id, entries[-1].seq if entries else 0, JOURNAL_PAGE_MAX):
                entries += page
        return entries


def _info(match: Match, user: User | None) -> GameInfo:
    seat = None if user is None else match.member_of(user.user_id)
    return GameInfo(
        game_id=match.game_id,
        join_code=match.join_code,
        game_status=match.status,
        latest_round=0 if match.game is None else match.game.round,
        round_ends_at=views.round_ends_at(match),
        players=views.players_of(match),
        winner_id=None if match.game is None else match.game.winner_id,
        settings=settings_of(match),
        preset=match.settings.preset,
        seats=match.settings.seats,
        bots=match.bots,
        host_id=match.host.player_id,
        you=None if seat is None else seat.player_id,
    )
