"""Users who have nothing and never came back, and ways in that ran out, are deleted: slowly, by one node for all."""

from __future__ import annotations

from typing import Generic, TypeVar

import structlog

from clew.sessions.bounds import USERS_AGAIN_S, USERS_BATCH, USERS_EVERY_S
from clew.sessions.cluster.caretaking import is_caretaker, looked
from clew.sessions.cluster.peers import Peers
from clew.sessions.ids import UserId
from clew.sessions.node.node import Node
from clew.sessions.policy import Forgettable
from clew.sessions.ports.users import Idle

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions.cluster.forgetting")


class Forgetting(Generic[S, C, E]):
    """The share of one life; ``peers`` is None on a node that is alone.

    Leafs through all users, a page at a time, and begins again after a while. Where two nodes do so, a row is deleted
    once.
    """

    def __init__(self, node: Node[S, C, E], peers: Peers | None, forgettable: Forgettable) -> None:
        self._node = node
        self._peers = peers
        self._forgettable = forgettable
        self._after: UserId | None = None

    async def run(self) -> None:
        """Forget, look by look, until the end of this life."""
        environment = self._node.environment
        pause_s = USERS_EVERY_S
        while True:
            await environment.clock.sleep(pause_s)
            pause_s = USERS_EVERY_S
            if is_caretaker(self._node, self._peers) and await looked(self._look, environment.metrics, "forget"):
                pause_s = USERS_AGAIN_S

    async def _look(self) -> bool:
        """One page; whether it was the last."""
        environment, what = self._node.environment, self._forgettable
        now = environment.clock.now()
        idle = Idle(now=now, unused_since=now - what.after_ms, lasts_ms=what.lasts_ms)
        done = await what.users.forget_idle(idle, self._after, USERS_BATCH)
        self._after = done.last
        environment.metrics.forgotten.labels("users").inc(done.users)
        environment.metrics.forgotten.labels("sign_ins").inc(done.sign_ins)
        if done.users or done.sign_ins:
            _log.info("forgotten", users=done.users, sign_ins=done.sign_ins)
        return done.last is None
