"""Where questions about a game go: to whoever runs it; and where those of other nodes are answered."""

from __future__ import annotations

from asyncio import Task, TaskGroup
from collections.abc import Awaitable, Coroutine
from typing import Any

import msgspec

from clew.gateway.attendance import Attendances
from clew.gateway.calls import (
    AttachCall,
    CallAnswer,
    Done,
    Errored,
    GameCall,
    HereCall,
    Opening,
    SayCall,
    TalkCall,
    call_answers,
    encoder,
)
from clew.gateway.departures import Departures
from clew.gateway.envelopes import Envelopes
from clew.gateway.feeds import Feeds
from clew.gateway.ports import AnyHost, PlayerMessage, ServedGames
from clew.gateway.verbs import Begun, Verbs
from clew.sessions.census import Maker
from clew.sessions.faults import Moved, NoSuchSession, NotRunning
from clew.sessions.ids import GameId, Kind, Owner, UserId
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock
from clew.sessions.routing import Router
from clew.sessions.session.session import Session
from clew.wire.errors import ApiError
from clew.wire.socket import AcceptedMessage, RefusedMessage


class Dispatch:
    """``ask`` finds the node that runs a game; there, and here, ``verbs`` answer. Keeps ``NodeHandler``."""

    def __init__(
        self,
        games: ServedGames,
        host: AnyHost,
        clock: Clock,
        router: Router,
        feeds: Feeds | None,
        attendances: Attendances,
        departures: Departures,
        metrics: Metrics,
    ) -> None:
        self.games = games
        self.host = host
        self.clock = clock
        self.router = router
        self.metrics = metrics
        self.attendances = attendances
        self.departures = departures
        self.verbs = {kind: Verbs(game, host, attendances, departures.departed) for kind, game in games.items()}
        self.envelopes = Envelopes(games)
        self._feeds = feeds
        self._tasks: TaskGroup | None = None
        self._running = set[Task[None]]()

    def open(self, tasks: TaskGroup) -> None:
        """What goes on beside the calls runs in this group."""
        self._tasks = tasks

    def spawn(self, work: Coroutine[None, None, None], name: str) -> None:
        """Run it beside everything else, unless the node is going away."""
        if self._tasks is None:
            work.close()
        else:
            task = self._tasks.create_task(work, name=name)
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    def close(self) -> None:
        """End what goes on."""
        # First: what a task does as it is cancelled may want to go on in another, which would not end.
        self._tasks = None
        for task in self._running:
            task.cancel()

    async def ask(self, kind: Kind, game_id: GameId, call: GameCall) -> Any:
        """The answer of the owner of a game of this kind, of the type that ``envelopes`` has for it.

        Raises ``ApiError`` and the owner's faults; ``Busy`` where none answers.
        """
        asked = _Asked(self, kind, game_id, call)
        return await self.router.ask(game_id, asked.here, asked.question, asked.read)

    async def say(
        self, kind: Kind, game_id: GameId, user_id: UserId | None, said: PlayerMessage
    ) -> AcceptedMessage | RefusedMessage:
        """What a player says over a socket. As ``ask``."""
        session = self._held(kind, game_id)
        if session is not None:
            try:
                return await self.verbs[kind].say(session, user_id, said)
            # It may be handed over while the command waits its turn. Whoever has it now is asked by the same id.
            except (Moved, NotRunning):
                pass
        return await self.ask(kind, game_id, SayCall(user_id, said))

    def say_nowait(self, kind: Kind, game_id: GameId, user_id: UserId | None, said: PlayerMessage) -> Begun | None:
        """The same where the game runs here, begun without a task or a look for anybody: most of what is ever asked.

        None, and nothing begun: ``say`` it. Raises what posting a command raises, ``Moved`` and ``NotRunning`` never;
        but the answer may be one of these: whoever has the game now is asked by the same id.
        """
        session = self._held(kind, game_id)
        if session is None:
            return None
        try:
            return self.verbs[kind].begin(session, user_id, said)
        except (Moved, NotRunning):
            return None

    def _held(self, kind: Kind, game_id: GameId) -> Session[Any, Any, Any] | None:
        session = self.host.held(game_id)
        return session if session is not None and session.environment.kind == kind else None

    async def talk(self, kind: Kind, game_id: GameId, call: TalkCall) -> AcceptedMessage | RefusedMessage:
        """As ``ask``, where all who look on meet."""
        asked = _Asked(self, kind, game_id, call)
        return await self.router.ask(game_id, asked.here, asked.question, asked.read, meeting=True)

    async def here(self, kind: Kind, game_id: GameId) -> frozenset[UserId] | None:
        """Who looks on where all who do meet; None: that can't be known yet. As ``ask``."""
        asked = _Asked(self, kind, game_id, HereCall())
        return await self.router.ask(game_id, asked.here, asked.question, asked.read, meeting=True)

    # --- for other nodes (NodeHandler) ----------------------------------------------------------------------------

    async def answer(self, game_id: GameId, body: bytes) -> bytes:
        """A question about a game that this node runs, or may run."""
        kind, call = self.envelopes.read_question(body)
        if call is None:
            raise NoSuchSession(game_id)
        if isinstance(call, AttachCall):
            return await _as_answer(self._attach(kind, game_id, call))
        return await _as_answer(self.verbs[kind].answer(game_id, call))

    async def hear(self, body: bytes) -> bytes:
        """Something for this very node: to make a game, and hold it."""
        kind, call = self.envelopes.read_order(body)
        created = call.created
        if not self.host.takes_in:
            raise Moved(GameId(created.game_id))
        maker = Maker(None if call.origin is None else created.host.user_id, call.origin)
        return await _as_answer(self.host.create(kind, created.game_id, created.join_code, [created], maker))

    async def _attach(self, kind: Kind, game_id: GameId, call: AttachCall) -> Opening:
        assert self._feeds is not None, "only one of several nodes is asked"
        return await self._feeds.attach(kind, game_id, call)


class _Asked:
    """One call on its way: what it is here, what it is to another node, and how that node's answer is read."""

    __slots__ = ("_call", "_dispatch", "_game_id", "_kind")

    def __init__(self, dispatch: Dispatch, kind: Kind, game_id: GameId, call: GameCall) -> None:
        self._dispatch = dispatch
        self._kind = kind
        self._game_id = game_id
        self._call = call

    def here(self) -> Awaitable[Any]:
        return self._dispatch.verbs[self._kind].answer(self._game_id, self._call)

    def question(self, _: Owner) -> bytes:
        return self._dispatch.envelopes.write(self._kind, self._call)

    def read(self, body: bytes) -> Any:
        return answer_of(body, self._dispatch.envelopes.answer_type(self._kind, self._call))


def answer_of(body: bytes, kind: Any) -> Any:
    """A call's answer as it travelled, of this type (or union of types). Raises ``ApiError`` where that was it."""
    answer: CallAnswer = call_answers.decode(body)
    match answer:
        case Done(raw):
            return msgspec.msgpack.decode(raw, type=kind)
        case Errored():
            raise answer.error()


async def _as_answer(work: Awaitable[Any]) -> bytes:
    """The answer to travel. The runtime's faults go past it: they travel by themselves."""
    try:
        done = await work
    except ApiError as error:
        return encoder.encode(Errored.of(error))
    return encoder.encode(Done(msgspec.Raw(encoder.encode(done))))
