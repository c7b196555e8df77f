"""How a server is asked to stop, and made to."""

import asyncio
import os
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import structlog

STOP_WITHIN_S: Final = 4.8
"""A stop that takes longer is cut short: what was accepted is on disk, and the next start goes on from there."""

GRACE_S: Final = 30.0
"""As long may a node of several take to leave. Whoever stops it from outside waits a little longer."""

INTERRUPTED: Final = 130
"""The exit status of a program that Ctrl-C ended at once."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.wiring")


@contextmanager
def stop_signals() -> Generator[asyncio.Event]:
    """Inside, SIGTERM and the first Ctrl-C set the event. A second Ctrl-C ends the process at once."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()

    def stop() -> None:
        if not asked.is_set():
            log.info("stop_asked")
            asked.set()

    def interrupt() -> None:
        if asked.is_set():
            os._exit(INTERRUPTED)
        stop()

    loop.add_signal_handler(signal.SIGTERM, stop)
    loop.add_signal_handler(signal.SIGINT, interrupt)
    try:
        yield asked
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
        loop.remove_signal_handler(signal.SIGINT)


@contextmanager
def bounded_stop(within_s: float) -> Generator[None]:
    """Inside, the process ends with status 0 after this time, whatever it hangs on."""
    timer = threading.Timer(within_s, _cut_short, (within_s,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut_short(within_s: float) -> None:
    log.warning("stop_cut_short", after_s=within_s)
    os._exit(0)
