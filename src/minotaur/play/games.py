"""All games, wherever they run: every verb of the service on one of them."""

from __future__ import annotations

from asyncio import TaskGroup
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from clew.gateway.outbox import Outbox
from clew.people.user import User
from clew.sessions.census import Maker
from clew.sessions.cluster.messages import NODES_CHANNEL
from clew.sessions.faults import JoinCodeTaken
from clew.sessions.ids import GameId
from clew.sessions.life import Company
from clew.sessions.metrics import Metrics
from clew.sessions.ports.bus import Subscription
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.routing import Router
from clew.wire.http import Joined
from clew.wire.socket import Accepted, Refused
from minotaur.play.attachment import Attachment
from minotaur.play.calls import (
    GATES_CHANNEL,
    CancelCall,
    InfoCall,
    JoinCall,
    LapseCall,
    MakeCall,
    PlayCommand,
    SayCall,
    StartCall,
    encoder,
)
from minotaur.play.desk import Desk, answer_of
from minotaur.play.feeds import Feeds
from minotaur.play.inbox import Inbox
from minotaur.play.match import MatchCreated
from minotaur.play.verbs import MatchHost, guest
from minotaur.play.wire_http import GameInfo


class Games:
    """Raises ``ApiError`` for what an asker has to be told, and the runtime's faults but ``Moved``."""

    def __init__(
        self, host: MatchHost, store: Store, clock: Clock, metrics: Metrics, company: Company | None = None
    ) -> None:
        self.host = host
        self.clock = clock
        self._metrics = metrics
        self._company = company
        self._router = Router(host, store, clock, metrics, company)
        self._feeds = None if company is None else Feeds(host, clock, company.bus)
        self._desk = Desk(host, clock, self._router, self._feeds, metrics)
        self._inbox: Inbox | None = None
        self._places: list[Subscription] = []

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Run this node's games while inside, and be connected with the other nodes."""
        async with self.host.running(self._desk), TaskGroup() as tasks:
            self._desk.open(tasks)
            if self._company is not None:
                await self._meet(self._company)
            try:
                yield
            finally:
                self._desk.close()
                if self._feeds is not None:
                    self._feeds.close()
                for place in self._places:
                    await place.close()

    async def _meet(self, company: Company) -> None:
        assert self._feeds is not None, "made together"
        news = self._router.news
        inbox = Inbox(company.bus, self.clock, self._metrics, self.host.owner)
        self._inbox = inbox
        news.follow(company.peers)
        news.on_death(inbox.lose_owner)
        self._places = [
            await company.bus.follow(NODES_CHANNEL, news.heard, news.wake_all),
            await company.bus.follow(GATES_CHANNEL, self._feeds.heard, lambda: None),
            await company.bus.follow(inbox.channel, inbox.deliver, inbox.lose_all),
        ]
        self._desk.spawn(self._feeds.tick(), "feeds")
        self._desk.spawn(inbox.pulse(), "inbox")

    # --- the verbs -----------------------------------------------------------------------------------------------

    async def make(self, created: MatchCreated, maker: Maker | None = None) -> None:
        """A new game, here or at another node, ``maker`` counted for it. Raises ``JoinCodeTaken``, ``Busy``."""
        try:
            await self._router.make(
                lambda: self.host.create(created.game_id, created.join_code, [created], maker),
                lambda: encoder.encode(MakeCall(created, None if maker is None else maker.origin)),
                lambda body: answer_of(body, type(None)),
            )
        except JoinCodeTaken:
            # An attempt whose answer was lost may have made this very game.
            found = await self.host.find(created.join_code)
            if found is None or found.game_id != created.game_id:
                raise

    async def info(self, game_id: GameId, user: User | None) -> GameInfo:
        user_id = guest(user)
        return await self._desk.ask(
            game_id, InfoCall(user_id), lambda: self._desk.verbs.info(game_id, user_id), GameInfo
        )

    async def join(self, game_id: GameId, user: User) -> Joined:
        call = JoinCall(user.user_id, user.display_name)
        return await self._desk.ask(
            game_id, call, lambda: self._desk.verbs.join(game_id, user.user_id, user.display_name), Joined
        )

    async def start(self, game_id: GameId, user: User, command_id: str) -> None:
        call = StartCall(user.user_id, command_id)
        await self._desk.ask(
            game_id, call, lambda: self._desk.verbs.start(game_id, user.user_id, command_id), type(None)
        )

    async def cancel(self, game_id: GameId, user: User, command_id: str) -> None:
        call = CancelCall(user.user_id, command_id)
        await self._desk.ask(
            game_id, call, lambda: self._desk.verbs.cancel(game_id, user.user_id, command_id), type(None)
        )

    async def lapse(self, game_id: GameId) -> bool:
        """Call off a lobby that nobody watches; whether it was."""
        call = LapseCall(self.clock.now())
        return await self._desk.ask(game_id, call, lambda: self._desk.verbs.lapse(game_id), bool)

    async def say(self, game_id: GameId, user: User | None, command: PlayCommand) -> Accepted | Refused:
        """A command over a socket. It may be sent twice, and takes effect once."""
        user_id = guest(user)
        return await self._desk.ask(
            game_id,
            SayCall(user_id, command),
            lambda: self._desk.verbs.say(game_id, user_id, command),
            Accepted | Refused,
        )

    async def attach(
        self, game_id: GameId, user: User | None, after: int | None, mark: str | None, outbox: Outbox
    ) -> Attachment:
        """Tell this viewer the game from ``after`` on, through the outbox; the first message is a welcome."""
        attachment = Attachment(self._desk, self._inbox, game_id, guest(user), outbox)
        try:
            await attachment.open(after, mark)
        except BaseException:  # a cancel too: the caller never gets it, so nobody else could close it
            attachment.close()
            raise
        return attachment
