"""Who owns a bus's tasks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


@asynccontextmanager
async def owned_tasks() -> AsyncGenerator[asyncio.TaskGroup]:
    """A task group around whatever uses the bus. What that raises goes on up as it is, and not as a group of one."""
    raised: Exception | None = None
    async with asyncio.TaskGroup() as tasks:
        try:
            yield tasks
        except Exception as passing:  # noqa: BLE001 - it goes on up, below
            raised = passing
    if raised is not None:
        raise raised
