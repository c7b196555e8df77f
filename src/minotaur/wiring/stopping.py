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

INTERRUPTED: Final = 130
"""The exit status of a program that Ctrl-C ended at once."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("minotaur.wiring")


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
def bounded_stop() -> Generator[None]:
    """Inside, the process ends with status 0 after ``STOP_WITHIN_S``, whatever it hangs on."""
    timer = threading.Timer(STOP_WITHIN_S, _cut_short)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut_short() -> None:
    log.warning("stop_cut_short", after_s=STOP_WITHIN_S)
    os._exit(0)
