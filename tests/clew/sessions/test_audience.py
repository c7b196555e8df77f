"""Who is at a session, and for how long after they have left."""

from clew.sessions.bounds import PRESENCE_GRACE_S, WAKE_AHEAD_MS
from clew.sessions.ids import UserId
from clew.sessions.session.audience import Audience
from clew.testing.hand_clock import HandClock

ADA, BO = UserId("ada"), UserId("bo")


async def settled(clock: HandClock) -> Audience:
    audience = Audience(clock)
    await clock.advance(PRESENCE_GRACE_S)
    assert audience.here() == set()
    return audience


async def test_as_long_as_those_who_were_elsewhere_may_still_come_nobody_is_away() -> None:
    clock = HandClock()
    audience = Audience(clock)
    audience.come(ADA)

    early, in_s = audience.here(), audience.changes_in_s()
    await clock.advance(PRESENCE_GRACE_S)

    assert (early, in_s) == (None, PRESENCE_GRACE_S)
    assert (audience.here(), audience.changes_in_s()) == ({ADA}, None)


async def test_who_leaves_is_here_for_some_seconds_and_longer_who_comes_back() -> None:
    clock = HandClock()
    audience = await settled(clock)
    audience.come(ADA)
    audience.come(ADA)
    audience.come(BO)

    audience.go(ADA)
    one_left = audience.changes_in_s()
    audience.go(ADA)
    audience.go(BO)
    await clock.advance(PRESENCE_GRACE_S - 1)
    almost = audience.here()
    audience.come(BO)
    await clock.advance(1)

    assert (one_left, almost) == (None, {ADA, BO})
    assert audience.here() == {BO}


async def test_whose_time_runs_out_between_a_look_and_the_next_question_is_not_forgotten() -> None:
    clock = HandClock()
    audience = await settled(clock)
    audience.come(ADA)
    audience.go(ADA)

    await clock.advance(PRESENCE_GRACE_S - 0.001)
    looked = audience.here()
    await clock.advance(0.001)

    assert (looked, audience.changes_in_s()) == ({ADA}, 0)
    assert (audience.here(), audience.changes_in_s()) == (set(), None)


async def test_who_was_seen_without_watching_is_here_as_long() -> None:
    clock = HandClock()
    audience = await settled(clock)
    audience.seen(ADA)

    seen = audience.here()
    await clock.advance(PRESENCE_GRACE_S)

    assert (seen, audience.here()) == ({ADA}, set())


def test_a_session_that_slept_knows_at_its_deadline_that_nobody_is_here() -> None:
    assert PRESENCE_GRACE_S * 1000 < WAKE_AHEAD_MS
