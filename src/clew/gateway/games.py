"""All games, of every kind that this node has, wherever they run: making one, asking about one, watching one."""

from __future__ import annotations

from asyncio import TaskGroup
from collections.abc import AsyncGenerator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from clew.gateway.attachment import Attachment
from clew.gateway.attendance import Attendances
from clew.gateway.calls import GATES_CHANNEL, MakeCall
from clew.gateway.departures import PEOPLE_CHANNEL, SIGN_OUTS_FEED, Departures
from clew.gateway.dispatch import Dispatch, answer_of
from clew.gateway.feeds import Feeds
from clew.gateway.inbox import Inbox
from clew.gateway.outbox import Outbox
from clew.gateway.ports import AnyHost, CreationEvent, Info, ServedGames
from clew.gateway.rematches import Rematches
from clew.people.departed import GoneForGood
from clew.people.user import User
from clew.sessions.census import Maker
from clew.sessions.cluster.messages import NODES_CHANNEL
from clew.sessions.faults import JoinCodeTaken
from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.life import Membership
from clew.sessions.metrics import Metrics
from clew.sessions.ports.bus import Subscription
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.records import SessionPage
from clew.sessions.routing import Router
from clew.wire.socket import PingMessage, SayMessage, SignMessage


class Games:
    """Raises ``ApiError`` for what an asker has to be told, and the runtime's faults but ``Moved``.

    Calls about one game go through ``dispatch``.
    """

    def __init__(
        self,
        games: ServedGames,
        host: AnyHost,
        store: Store,
        clock: Clock,
        metrics: Metrics,
        membership: Membership | None = None,
    ) -> None:
        self.games = games
        self.host = host
        self.clock = clock
        self._metrics = metrics
        self._membership = membership
        self._router = Router(host, store.ownership, clock, metrics, membership)
        attendances = Attendances(clock, host)
        departures = self.departures = Departures(GoneForGood(store.users), attendances, clock)
        bus = None if membership is None else membership.bus
        self._feeds = None if bus is None else Feeds(games, host, clock, bus, attendances, departures)
        self.dispatch = Dispatch(games, host, clock, self._router, self._feeds, attendances, departures, metrics)
        self.messages = {
            kind: msgspec.json.Decoder[Any](game.shapes.say | SayMessage | SignMessage | PingMessage)
            for kind, game in games.items()
        }
        """Reads what clients send over the sockets of such games."""
        self.rematches = Rematches(store.listings, clock)
        self._listings = store.listings
        self._results = store.results
        self._inbox: Inbox | None = None
        self._places: list[Subscription] = []

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Run this node's games while inside, and be connected with the other nodes."""
        async with self.host.running(self.dispatch), TaskGroup() as tasks:
            self.dispatch.open(tasks)
            self.dispatch.spawn(self.departures.run(), "departures")
            if self._membership is not None:
                await self._meet(self._membership)
            try:
                yield
            finally:
                self.dispatch.close()
                if self._feeds is not None:
                    self._feeds.close()
                self.dispatch.attendances.close()
                for place in self._places:
                    await place.close()

    async def _meet(self, membership: Membership) -> None:
        assert self._feeds is not None, "made together"
        directory = self._router.directory
        inbox = Inbox(membership.bus, self.clock, self._metrics, self.host.owner)
        self._inbox = inbox
        directory.follow(membership.peers)
        directory.on_death(inbox.lose_owner)
        self._places = [
            await membership.bus.follow(NODES_CHANNEL, directory.heard, directory.wake_all),
            await membership.bus.follow(GATES_CHANNEL, self._feeds.heard, lambda: None),
            await membership.bus.follow(PEOPLE_CHANNEL, self._heard_of_people, lambda: None),
            await membership.bus.follow(inbox.channel, inbox.deliver, inbox.lose_all),
        ]
        self.dispatch.spawn(self._feeds.tick(), "feeds")
        self.dispatch.spawn(inbox.pulse(), "inbox")
        self.dispatch.spawn(self.rematches.run(), "rematches")

    def _heard_of_people(self, feed: str, body: bytes) -> None:
        if feed == SIGN_OUTS_FEED:
            user_id = UserId(body.decode("ascii", "replace"))
            self.dispatch.spawn(self.departures.somebody_may_have(user_id), "somebody who may have gone")

    async def make(self, kind: Kind, created: CreationEvent, maker: Maker | None = None) -> None:
        """A new game of this kind, here or at another node, ``maker`` counted. Raises ``JoinCodeTaken``, ``Busy``."""
        making = _Making(self.dispatch, kind, created, maker)
        try:
            await self._router.make(kind, making.here, making.said, _nothing_of)
        except JoinCodeTaken:
            # An attempt whose answer was lost may have made this very game.
            found = await self.host.find(created.join_code)
            if found is None or found.game_id != created.game_id:
                raise

    async def public(self, cursor: str | None, limit: int) -> SessionPage:
        """A page of the games that whoever looks for one may find, newest first. Raises the store's faults."""
        return await self._listings.public_sessions(self.games.keys(), cursor, limit)

    async def places(self, user_id: UserId, infos: Sequence[Info]) -> list[Info]:
        """The same listings, those of games that are over with the place of this user, once it is reckoned."""
        over = [GameId(info.game_id) for info in infos if info.game_status == "concluded"]
        results = await self._results.in_sessions(user_id, over) if over else ()
        places = {result.game_id: result.place for result in results}
        return [_with_place(info, places.get(GameId(info.game_id))) for info in infos]

    async def attach(
        self,
        kind: Kind,
        game_id: GameId,
        user: User | None,
        after: int | None,
        mark: str | None,
        outbox: Outbox,
        *,
        changes: bool = False,
    ) -> Attachment:
        """Tell this viewer the game from ``after`` on, through the outbox; the first message is a welcome.

        ``changes``: they take what has changed of their view; where the owner's release tells them so.
        """
        user_id = None if user is None else user.user_id
        attachment = Attachment(
            self.dispatch, self._inbox, kind, game_id, user_id, outbox, self.rematches, changes=changes
        )
        try:
            await attachment.open(after, mark)
        except BaseException:
            attachment.close()
            raise
        return attachment


class _Making:
    """One new game on its way to the node that is to hold it."""

    __slots__ = ("_created", "_dispatch", "_kind", "_maker")

    def __init__(self, dispatch: Dispatch, kind: Kind, created: CreationEvent, maker: Maker | None) -> None:
        self._dispatch = dispatch
        self._kind = kind
        self._created = created
        self._maker = maker

    def here(self) -> Awaitable[None]:
        created = self._created
        return self._dispatch.host.create(self._kind, created.game_id, created.join_code, [created], self._maker)

    def said(self) -> bytes:
        call = MakeCall(self._created, None if self._maker is None else self._maker.origin)
        return self._dispatch.envelopes.write(self._kind, call)


def _with_place(info: Any, place: int | None) -> Info:
    return info if place is None else msgspec.structs.replace(info, place=place)


def _nothing_of(body: bytes) -> None:
    return answer_of(body, type(None))
