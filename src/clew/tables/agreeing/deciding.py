"""What comes of what somebody asks the others to agree to."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple, assert_never

from clew.game import Seat
from clew.sessions.ids import Millis
from clew.sessions.records import Refused
from clew.tables.agreeing.agreements import Agreements
from clew.tables.agreeing.bounds import PAUSE_MS, PAUSES_MAX
from clew.tables.agreeing.commands import Agree, AgreementCommand, CountAgreed, EndPause
from clew.tables.agreeing.counting import AUTOPILOT, GO_ON, PAUSE, Circle, counts, is_agreed, is_open, target_of
from clew.tables.agreeing.events import Agreed, AgreementEvent, AutopilotBegan, Paused, WentOn
from clew.tables.agreeing.evolving import evolve_agreements


class Come(NamedTuple):
    """What has come of it. ``stood_ms``: for so long the clock stood, which the round is to be given back.

    ``changes_who_plans``: somebody is on autopilot who was not: the round may have waited for nobody else.
    """

    events: tuple[AgreementEvent, ...] = ()
    stood_ms: int = 0
    changes_who_plans: bool = False


def decide_agreement(circle: Circle, command: AgreementCommand, now: Millis) -> Come | Refused:
    """What happens, the game being on. What is so already, or was asked for before, is no event."""
    match command:
        case Agree():
            return _agree(circle, command, now)
        case CountAgreed(here):
            return _counted(circle, (), circle.away(here), now)
        case EndPause():
            pause = circle.agreements.pause
            if pause is None or now < pause.until:
                return Refused("too_early", "The pause is not over yet.")
            return _gone_on(circle, pause.since, now)
        case _:
            assert_never(command)


def next_of(agreements: Agreements) -> tuple[Millis, EndPause] | None:
    """While the clock stands: when it goes on by itself. The round has no deadline then."""
    return None if agreements.pause is None else (agreements.pause.until, EndPause())


def _agree(circle: Circle, command: Agree, now: Millis) -> Come | Refused:
    seat, to = command.player_id, command.to
    if seat not in circle.people:
        return Refused("not_playing", "Those agree who still play.")
    away = circle.away(command.here) - {seat}  # who speaks is here, wherever their socket is
    refused = _refuse(circle, seat, to, away, known=command.here is not None)
    if refused is not None:
        return refused
    if not is_open(circle, to) or seat in circle.agreements.marks.get(to, ()):
        return Come()
    return _counted(circle, (Agreed(circle.round, seat, to),), away, now)


def _refuse(circle: Circle, seat: Seat, to: str, away: Collection[Seat], *, known: bool) -> Refused | None:
    agreements, target = circle.agreements, target_of(to)
    if to == PAUSE and agreements.pause is None and agreements.pauses >= PAUSES_MAX:
        return Refused("no_more_pauses", f"This game was paused {PAUSES_MAX} times. That is as often as may be.")
    if target is None or target in circle.autopilots:
        return None
    if target not in circle.people:
        return Refused("no_such_player", "Nobody plays there for whom a bot could.")
    if target == seat or (known and target not in away):
        return Refused("not_away", "They are here, and play for themselves.")
    return None


def _counted(circle: Circle, agreed: tuple[AgreementEvent, ...], away: Collection[Seat], now: Millis) -> Come:
    """Whatever all have agreed to by now, and the marks that brought it about."""
    come = Come(agreed)
    for event in agreed:
        circle = circle._replace(agreements=evolve_agreements(circle.agreements, event))
    for each in counts(circle, away):
        if is_agreed(each, away):
            done = _done(circle, each.to, now)
            come = Come(
                (*come.events, *done.events),
                come.stood_ms + done.stood_ms,
                come.changes_who_plans or done.changes_who_plans,
            )
    return come


def _done(circle: Circle, to: str, now: Millis) -> Come:
    pause, number = circle.agreements.pause, circle.round
    if to == PAUSE:
        return Come((Paused(number, now, now + max(PAUSE_MS, circle.length_ms)),))
    if to == GO_ON:
        assert pause is not None, "only what stands can go on"
        return _gone_on(circle, pause.since, now)
    return Come((AutopilotBegan(number, Seat(to.removeprefix(AUTOPILOT))),), changes_who_plans=True)


def _gone_on(circle: Circle, since: Millis, now: Millis) -> Come:
    # At least one: by a clock that was set back, and not yet given back, the pause began in the future.
    return Come((WentOn(circle.round),), max(1, now - since))
