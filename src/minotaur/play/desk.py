"""A node's desk: it puts questions about a game to whoever runs it, and answers those of other nodes."""

from __future__ import annotations

from asyncio import Task, TaskGroup
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import msgspec

from clew.sessions.census import Maker
from clew.sessions.faults import Moved
from clew.sessions.ids import GameId
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock
from clew.sessions.routing import Router
from clew.wire.errors import ApiError
from minotaur.play.calls import (
    AttachCall,
    CallAnswer,
    CancelCall,
    Done,
    Errored,
    GameCall,
    InfoCall,
    JoinCall,
    LapseCall,
    NodeCall,
    Opening,
    SayCall,
    StartCall,
    call_answers,
    encoder,
    game_calls,
    node_calls,
)
from minotaur.play.feeds import Feeds
from minotaur.play.verbs import MatchHost, Verbs

T = TypeVar("T")


class Desk:
    """``verbs`` are those of the games here; ``ask`` finds the node that runs one. Keeps ``life.Desk``'s promises."""

    def __init__(self, host: MatchHost, clock: Clock, router: Router, feeds: Feeds | None, metrics: Metrics) -> None:
        self.host = host
        self.clock = clock
        self.router = router
        self.metrics = metrics
        self.verbs = Verbs(host)
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
        self._tasks = None
        for task in self._running:
            task.cancel()

    async def ask(self, game_id: GameId, call: GameCall, here: Callable[[], Awaitable[T]], kind: Any) -> T:
        """The answer of the game's owner, as ``here`` gives it where that is this node.

        Raises ``ApiError`` and the owner's faults; ``Busy`` where none answers.
        """
        return await self.router.ask(game_id, here, lambda _: encoder.encode(call), lambda body: answer_of(body, kind))

    # --- for other nodes (sessions.life.Desk) --------------------------------------------------------------------

    async def answer(self, game_id: GameId, body: bytes) -> bytes:
        """A question about a game that this node runs, or may run."""
        call: GameCall = game_calls.decode(body)
        return await _as_answer(self._answer(game_id, call))

    async def hear(self, body: bytes) -> bytes:
        """Something for this very node."""
        call: NodeCall = node_calls.decode(body)
        if not self.host.takes_in:
            raise Moved(GameId(call.created.game_id))
        created = call.created
        maker = Maker(None if call.origin is None else created.host.user_id, call.origin)
        return await _as_answer(self.host.create(created.game_id, created.join_code, [created], maker))

    async def _answer(self, game_id: GameId, call: GameCall) -> object:
        match call:
            case InfoCall(user_id):
                return await self.verbs.info(game_id, user_id)
            case JoinCall(user_id, display_name):
                return await self.verbs.join(game_id, user_id, display_name)
            case StartCall(user_id, command_id):
                return await self.verbs.start(game_id, user_id, command_id)
            case CancelCall(user_id, command_id):
                return await self.verbs.cancel(game_id, user_id, command_id)
            case LapseCall():
                return await self.verbs.lapse(game_id)
            case SayCall(user_id, command):
                return await self.verbs.say(game_id, user_id, command)
            case AttachCall():
                return await self._attach(game_id, call)

    async def _attach(self, game_id: GameId, call: AttachCall) -> Opening:
        assert self._feeds is not None, "only a node in company is asked"
        return await self._feeds.attach(game_id, call)


def answer_of(body: bytes, kind: Any) -> Any:
    """A verb's answer as it travelled, of this type (or union of types). Raises ``ApiError`` where that was it."""
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
