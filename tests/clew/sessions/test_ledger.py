"""The account of unserved time, by itself: each stretch is counted once, and for what it is."""

from prometheus_client import CollectorRegistry

from clew.sessions.bounds import PAUSE_S
from clew.sessions.metrics import Metrics
from clew.sessions.time.ledger import Ledger
from clew.testing.hand_clock import HandClock


async def test_pauses_far_apart_are_each_counted_for_what_they_lasted(clock: HandClock) -> None:
    """No write between them, so the first is still kept when the second is counted."""
    ledger = Ledger(clock, Metrics(CollectorRegistry()))

    await clock.advance(2)
    ledger.look()
    for _ in range(50):
        await clock.advance(PAUSE_S / 2)
        ledger.look()
    await clock.advance(3)
    ledger.look()

    assert ledger.total.paused_ms == 5_000


async def test_stretches_before_the_last_write_are_forgotten(clock: HandClock) -> None:
    """A node that runs for a year was paused a million times: what no stretch to come can touch costs nothing."""
    ledger = Ledger(clock, Metrics(CollectorRegistry()))

    for _ in range(100):
        await clock.advance(2)
        ledger.look()
        await clock.advance(PAUSE_S / 2)
        with ledger.asking():
            pass

    assert ledger.total.paused_ms == 200_000
    assert len(ledger._stretches) <= 2  # pyright: ignore[reportPrivateUsage]
