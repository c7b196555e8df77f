"""A cluster in the foreground, until somebody stops it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from clew.local.cluster import Cluster, ClusterSettings, Tell, open_cluster
from clew.local.control import taking_orders
from clew.local.following import LogTail
from clew.local.tasks import block_tasks
from clew.stores.lock import DataInUse, DataLock
from clew.wiring.faults import CannotStart
from clew.wiring.stopping import stop_signals


@dataclass(frozen=True)
class Screen:
    """What the person in front of it is told: what happens, that all is ready, and the nodes' logs if they want."""

    tell: Tell
    ready: Callable[[Cluster], None]
    log: Callable[[str, str], None] | None


async def run_cluster(settings: ClusterSettings, screen: Screen) -> None:
    """A whole cluster that takes orders, until a signal asks to stop. Raises ``CannotStart``.

    Whoever holds the folder already is named. A second Ctrl-C ends this process at once, and the cluster with it.
    """
    settings.place.make()
    try:
        lock = DataLock(settings.place.lock)
    except DataInUse as taken:
        raise CannotStart(f"{taken}. Use that cluster, stop it, or choose another folder with --folder.") from taken
    try:
        with stop_signals() as asked:
            await _run_until(asked, settings, screen, lock)
    finally:
        lock.release()


async def _run_until(asked: asyncio.Event, settings: ClusterSettings, screen: Screen, lock: DataLock) -> None:
    ready = asyncio.Event()
    async with block_tasks() as tasks:
        if screen.log is not None:
            tasks.run(LogTail(settings.place.logs, screen.log).follow(), "follows the logs")
        run = tasks.run(_run(settings, screen, lock, ready, asked), "cluster")
        stop = tasks.run(asked.wait(), "signal")
        await asyncio.wait({run, stop}, return_when=asyncio.FIRST_COMPLETED)
        if not ready.is_set():
            screen.tell("Stopping before it was ready.")
            run.cancel()
        await asyncio.wait({run})


async def _run(
    settings: ClusterSettings, screen: Screen, lock: DataLock, ready: asyncio.Event, asked: asyncio.Event
) -> None:
    async with open_cluster(settings, screen.tell) as cluster:
        async with taking_orders(cluster, screen.tell):
            lock.announce(cluster.url)
            ready.set()
            screen.ready(cluster)
            await asked.wait()
        screen.tell("Stopping: the nodes, then NATS, then PostgreSQL. Nothing is lost.")
