"""A node's own line to the store that all share: held up with its process, and failing call by call."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import Any

from clew.sessions.faults import Busy, OutcomeUnknown
from clew.sessions.ports.store import Store
from clew.testing.faults.gate import ProcessGate
from clew.testing.faults.store import FaultyStore, Trouble
from clew.testing.faults.through import ports_through
from clew.testing.hand_clock import Passing

WRITING = frozenset(
    {"create", "commit", "claim", "refence", "release", "transfer", "put_to_sleep", "wake", "quarantine"}
    | {"register", "renew", "say_alive", "retire", "declare_dead", "forget", "note_setback", "reckon"}
)
"""The calls whose outcome may be unknown."""


class GatedStore(Store):
    """A node's line to the store, with faults for every call by name beside those of ``FaultyStore``."""

    def __init__(
        self, faults: FaultyStore, gate: ProcessGate, done: Callable[[str, tuple[Any, ...], Any], None]
    ) -> None:
        super().__init__(**ports_through(faults, self._passing), health=faults.health)
        self._gate = gate
        self._done = done
        self._loose = asyncio.Event()
        self.refused = set[str]()
        """Calls of these names are ``Busy``: a test takes away one way to see another used."""
        self.troubles: defaultdict[str, deque[Trouble]] = defaultdict(deque)
        self.called: defaultdict[str, int] = defaultdict(int)

    def unstick(self) -> None:
        self._loose.set()
        self._loose = asyncio.Event()

    async def _passing(self, name: str, work: Callable[[], Awaitable[Any]], args: tuple[Any, ...]) -> Any:
        await self._gate.passed()
        self.called[name] += 1
        await Passing()  # a round trip, in which others run
        given = await self._call(name, work, args)
        await self._gate.passed()
        return given

    async def _call(self, name: str, work: Callable[[], Awaitable[Any]], args: tuple[Any, ...]) -> Any:
        if name in self.refused:
            raise Busy(f"{name} is refused")
        trouble = self.troubles[name].popleft() if self.troubles[name] else None
        unknown = trouble in (Trouble.LOST, Trouble.LANDED)
        assert not unknown or name in WRITING, f"the port never says that the outcome of {name} is unknown"
        match trouble:
            case Trouble.BUSY:
                raise Busy(f"{name} told to be busy")
            case Trouble.LOST:
                raise OutcomeUnknown(f"{name} told to be lost")
            case Trouble.LATE:
                raise AssertionError("late calls are for FaultyStore's commits")
            case Trouble.STUCK:
                await self._loose.wait()
            case Trouble.LANDED | Trouble.HELD_BACK | None:
                pass
        given = await work()
        self._done(name, args, given)
        if trouble is Trouble.LANDED:
            raise OutcomeUnknown(f"{name} told not to say")
        if trouble is Trouble.HELD_BACK:
            await self._loose.wait()
        return given
