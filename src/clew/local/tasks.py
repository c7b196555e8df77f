"""Tasks that live as long as a block of code."""

from asyncio import Task, TaskGroup
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from typing import TypeAlias

Work: TypeAlias = Coroutine[None, None, object]


class BlockTasks:
    """The tasks of one block."""

    def __init__(self, group: TaskGroup) -> None:
        self._group = group
        self._running: set[Task[object]] = set()

    def run(self, work: Work, name: str) -> Task[object]:
        """Begin something that ends with the block at the latest."""
        task = self._group.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    def cancel(self) -> None:
        for task in tuple(self._running):
            task.cancel()


@asynccontextmanager
async def block_tasks() -> AsyncGenerator[BlockTasks]:
    """Tasks for a block, cancelled at its end. The block's own error comes out as it is, not in a group.

    Where a task fails, the block is cancelled and that failure comes out.
    """
    failed: BaseException | None = None
    try:
        async with TaskGroup() as group:
            tasks = BlockTasks(group)
            try:
                yield tasks
            except BaseException as error:
                failed = error
                raise
            finally:
                tasks.cancel()
    except BaseExceptionGroup as several:
        own = [error for error in several.exceptions if error is failed]
        raise (own or several.exceptions)[0] from None


async def together(*work: Work) -> None:
    """All of it side by side. The first that fails ends the others, and comes out."""
    try:
        async with TaskGroup() as group:
            for one in work:
                group.create_task(one)
    except BaseExceptionGroup as several:
        raise several.exceptions[0] from None
