"""Who is signed out on one node loses their sockets on all of them, and nobody else does."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from prometheus_client import CollectorRegistry

from clew.gateway.outbox import Outbox
from clew.people.user import Recognized, User
from clew.sessions.ids import UserId
from clew.sessions.ports.bus import Bus
from clew.testing.faults.bus import FaultyBus, open_faulty_bus
from clew.testing.hand_clock import HandClock, loop_passes
from clew.web.bounds import SIGNED_IN_AGAIN_S, SIGNED_IN_LOOK_S
from clew.web.metrics import WebMetrics
from clew.web.sign_outs import SignOuts
from clew.web.sockets import Sockets
from clew.wire.errors import ApiError

ADA: Final = User(UserId("ada"), "Ada")
BOB: Final = User(UserId("bob"), "Bob")


@dataclass
class Tokens:
    """What still proves something, as both nodes' store has it."""

    works: dict[str, User] = field(default_factory=lambda: {"a1": ADA, "a2": ADA, "b1": BOB})
    is_busy: bool = False

    async def recognize(self, token: str) -> Recognized | None:
        if self.is_busy:
            raise ApiError("busy")
        user = self.works.get(token)
        return None if user is None else Recognized(user, False)


class Node:
    """One server with a socket for each token."""

    def __init__(self, tokens: Tokens, bus: Bus | None, clock: HandClock) -> None:
        self.sockets = Sockets(WebMetrics(CollectorRegistry()), clock.sleep)
        self.sign_outs = SignOuts(self.sockets, tokens.recognize, bus, clock)
        self.outboxes = {token: Outbox() for token in tokens.works}
        self.places = [
            self.sockets.opened(user, token, self.outboxes[token], ("here", None))
            for token, user in tokens.works.items()
        ]
        for place in self.places:
            place.__enter__()

    @property
    def closed(self) -> list[str]:
        """The tokens whose sockets were closed, and with what they should be."""
        assert {outbox.close_code for outbox in self.outboxes.values()} <= {None, 4401}
        return [token for token, outbox in self.outboxes.items() if outbox.close_code is not None]


@asynccontextmanager
async def two_nodes(clock: HandClock, tokens: Tokens) -> AsyncGenerator[tuple[Node, Node, FaultyBus]]:
    async with open_faulty_bus(clock) as bus:
        here, there = Node(tokens, bus, clock), Node(tokens, bus, clock)
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(node.sign_outs.run(), name="sign-outs") for node in (here, there)]
            await loop_passes()
            yield here, there, bus
            for task in running:
                task.cancel()


async def test_a_sign_out_everywhere_closes_their_sockets_here_at_once_and_there_as_soon_as_it_is_heard() -> None:
    clock, tokens = HandClock(), Tokens()
    async with two_nodes(clock, tokens) as (here, there, _):
        del tokens.works["a1"], tokens.works["a2"]

        here.sign_outs.signed_out_everywhere(ADA.user_id)
        at_once = here.closed
        await loop_passes()

        assert at_once == here.closed == there.closed == ["a1", "a2"]


async def test_one_device_that_is_kept_is_kept_there_too() -> None:
    clock, tokens = HandClock(), Tokens()
    async with two_nodes(clock, tokens) as (here, there, _):
        del tokens.works["a1"]

        here.sign_outs.signed_out_everywhere(ADA.user_id, but="a2")
        await loop_passes()

        assert here.closed == there.closed == ["a1"]


async def test_one_token_that_went_out_goes_out_there_too() -> None:
    clock, tokens = HandClock(), Tokens()
    async with two_nodes(clock, tokens) as (here, there, _):
        del tokens.works["a2"]

        here.sign_outs.signed_out(ADA.user_id, "a2")
        await loop_passes()

        assert here.closed == there.closed == ["a2"]


async def test_what_the_bus_lost_is_seen_within_a_minute() -> None:
    clock, tokens = HandClock(), Tokens()
    async with two_nodes(clock, tokens) as (here, there, bus):
        bus.drop_next(1)
        del tokens.works["a1"], tokens.works["a2"]
        here.sign_outs.signed_out_everywhere(ADA.user_id)
        await loop_passes()
        before = there.closed

        await clock.advance(SIGNED_IN_LOOK_S)

        assert (before, there.closed) == ([], ["a1", "a2"])


async def test_what_was_said_while_the_bus_was_away_is_looked_for_when_it_is_back() -> None:
    clock, tokens = HandClock(), Tokens()
    async with two_nodes(clock, tokens) as (here, there, bus):
        bus.cut()
        del tokens.works["a1"]
        here.sign_outs.signed_out(ADA.user_id, "a1")
        await loop_passes()
        before = there.closed

        bus.mend()
        await loop_passes()

        assert (before, there.closed) == ([], ["a1"])


async def test_a_store_that_is_away_signs_nobody_out_and_is_asked_again() -> None:
    clock, tokens = HandClock(), Tokens()
    async with two_nodes(clock, tokens) as (here, there, _):
        del tokens.works["a1"]
        tokens.is_busy = True
        here.sign_outs.signed_out(ADA.user_id, "a1")
        await loop_passes()
        while_away = there.closed

        tokens.is_busy = False
        await clock.advance(SIGNED_IN_AGAIN_S)

        assert (while_away, there.closed) == ([], ["a1"])


async def test_a_server_that_is_alone_closes_what_ran_out() -> None:
    clock, tokens = HandClock(), Tokens()
    alone = Node(tokens, None, clock)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(alone.sign_outs.run(), name="sign-outs")
        await loop_passes()
        del tokens.works["b1"]

        await clock.advance(SIGNED_IN_LOOK_S)
        running.cancel()

    assert alone.closed == ["b1"]
