"""What time it is at the server, by what it said."""

from datetime import UTC, datetime

import pytest

from clew.client.clock import ServerClock

THEN_S = 1_767_225_600.0


class Steady:
    def __init__(self) -> None:
        self.at_s = 100.0

    def __call__(self) -> float:
        return self.at_s


def at(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


@pytest.fixture
def steady() -> Steady:
    return Steady()


def test_it_is_known_to_half_a_roundtrip(steady: Steady) -> None:
    clock = ServerClock(steady)
    steady.at_s += 0.2
    clock.hear(at(THEN_S + 0.12), sent_s=100.0)

    assert abs(clock.now_s() - (THEN_S + 0.2)) <= 0.1


def test_it_goes_on_with_the_steady_clock(steady: Steady) -> None:
    clock = ServerClock(steady)
    clock.hear(at(THEN_S))
    steady.at_s += 60

    assert clock.now_s() == pytest.approx(THEN_S + 60)


@pytest.mark.parametrize("off_s", [-1.5, 1.5])
def test_another_nodes_clock_is_believed_there(steady: Steady, off_s: float) -> None:
    clock = ServerClock(steady)
    clock.hear(at(THEN_S), sent_s=100.0)
    clock.hear(at(THEN_S + off_s), sent_s=100.0)

    assert clock.now_s() == pytest.approx(THEN_S + off_s)


def test_nobody_makes_up_a_time_that_nobody_said(steady: Steady) -> None:
    with pytest.raises(AssertionError, match="nobody has said"):
        ServerClock(steady).now_s()
