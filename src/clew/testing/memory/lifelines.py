"""Lifelines in one process's memory: for many nodes in one test or simulation."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from clew.sessions.ids import Owner


class MemoryLifelines:
    """``Lifelines`` for nodes that share this object. ``cut`` is how a process dies here."""

    def __init__(self) -> None:
        self._held: dict[Owner, asyncio.Event] = {}
        self._taken_up: defaultdict[Owner, asyncio.Event] = defaultdict(asyncio.Event)

    async def hold(self, owner: Owner) -> None:
        self._held[owner] = asyncio.Event()
        self._taken_up[owner].set()
        try:
            await asyncio.Event().wait()
        finally:
            self.cut(owner)

    async def wait_cut(self, owner: Owner) -> None:
        await self._taken_up[owner].wait()
        if (cut := self._held.get(owner)) is None:
            await asyncio.Event().wait()  # it was over before we looked
        else:
            await cut.wait()

    def cut(self, owner: Owner) -> None:
        """Have whoever watches this line see it cut. Once is enough."""
        if (cut := self._held.pop(owner, None)) is not None:
            cut.set()
