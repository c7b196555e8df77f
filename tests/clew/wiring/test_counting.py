"""The sums of a store, as ``/metrics`` tells them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from prometheus_client import CollectorRegistry

from clew.people.caps import ACTING
from clew.sessions.census import NOBODY, Census, Made, Maker, OpenSessions
from clew.sessions.faults import Busy
from clew.sessions.ids import Kind, Millis
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.wiring.counting import COUNT_EVERY_S, StoreSums

BIDS, CHESS = Kind("bids"), Kind("chess")


@dataclass
class Counted:
    """A store that was counted; None: it can't say."""

    census_now: Census | None = None
    asked: list[str] = field(default_factory=list[str])

    async def census(self, acting: str) -> Census:
        self.asked.append(acting)
        if self.census_now is None:
            raise Busy("away")
        return self.census_now

    async def count_made(self, maker: Maker, since: Millis, acting: str) -> tuple[Made, Made]:
        raise AssertionError((maker or NOBODY, since, acting))


def games(registry: CollectorRegistry) -> Mapping[tuple[str, str], float]:
    (family,) = [each for each in registry.collect() if each.name == "clew_store_open_games"]
    return {(sample.labels["kind"], sample.labels["state"]): sample.value for sample in family.samples}


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


async def test_open_games_are_told_by_kind_and_state_and_none_are_left_of_what_has_ended(clock: HandClock) -> None:
    registry, store = CollectorRegistry(), Counted()
    store.census_now = Census({BIDS: OpenSessions(1, 2, 3), CHESS: OpenSessions(active=4)}, users=5, sign_ins=6)
    running = start(StoreSums(registry).run(store, clock))

    await loop_passes()
    first = games(registry)
    store.census_now = None
    await clock.advance(COUNT_EVERY_S + 1)
    unanswered = games(registry)
    store.census_now = Census({CHESS: OpenSessions(lobbies=1)}, users=5, sign_ins=6)
    await clock.advance(COUNT_EVERY_S + 1)
    running.cancel()

    assert first == unanswered
    assert first == {
        ("bids", "lobby"): 1,
        ("bids", "people"): 2,
        ("bids", "bots_alone"): 3,
        ("chess", "lobby"): 0,
        ("chess", "people"): 4,
        ("chess", "bots_alone"): 0,
    }
    assert {key: value for key, value in games(registry).items() if value} == {("chess", "lobby"): 1}
    assert registry.get_sample_value("clew_store_users") == 5
    assert registry.get_sample_value("clew_store_sign_ins") == 6
    assert store.asked == [ACTING] * 3
