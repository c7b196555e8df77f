"""Whether rounds had their time: what a replay says of their beginnings, ends and credits against what a trial did.

A round's length is served time: the wall clock's, less what nobody could be heard in. Nothing of the server is
imported.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from tests.chaos.truth import Truth

CLOCK_TOLERANCE_MS: Final = 400
"""How exactly the harness knows, on a busy machine, when a server went and came back."""
SHORT_MS: Final = 1_000
"""What is lost in all is given back once it comes to a second."""
LONG_MS: Final = 1_000
LONG_SHARE: Final = 0.05
BUSY_MS: Final = 2_000
"""A machine that is too busy for its tests stops a server or its disk for so long in a round, which nobody noted."""
BUSY_CAUSES: Final = frozenset({"paused", "store_away"})
ANY_CAUSE: Final = frozenset({"restart", "moved", "paused", "store_away"})
"""What troubles may be given back as. No trial sets a clock."""


@dataclass(frozen=True)
class Outage:
    """A time in which nobody could be heard, in ms since the epoch: from just before it began until it was over.

    Where it is not ``sure`` that nobody ran the game, the time need not be given back; it may. ``causes`` are what it
    may be given back as.
    """

    down_at: int
    up_at: int
    sure: bool = True
    causes: frozenset[str] = ANY_CAUSE


@dataclass
class _Round:
    number: int
    began: int
    ended: int = 0
    is_early: bool = False
    """Readiness or a resignation ended it."""
    credits: dict[str, int] = field(default_factory=dict[str, int])
    """Milliseconds by their cause; one of 0.2.0 tells none."""

    @property
    def credited(self) -> int:
        return sum(self.credits.values())


def check_clock(truth: Truth, outages: Sequence[Outage]) -> Iterator[str]:
    """No round was shorter or longer than its length in served time; what was given back had a reason."""
    full_ms: int = truth.settings["round_seconds"] * 1000
    for played in _rounds(truth):
        overlaps = [o for o in outages if o.down_at < played.ended and o.up_at > played.began]
        yield from _check_length(played, overlaps, full_ms)
        yield from _check_credits(played, overlaps, full_ms)


def _check_length(played: _Round, overlaps: Sequence[Outage], full_ms: int) -> Iterator[str]:
    lasted_ms, name = played.ended - played.began, f"round {played.number}"
    away_ms, perhaps_away_ms = _away_ms(played, [o for o in overlaps if o.sure]), _away_ms(played, overlaps)
    tolerance_ms = CLOCK_TOLERANCE_MS + (SHORT_MS if overlaps else 0)
    if not played.is_early and lasted_ms - away_ms < full_ms - tolerance_ms:
        yield f"{name} had {lasted_ms - away_ms} ms of {full_ms} to plan in, {away_ms} ms nobody was home"
    if not played.is_early and lasted_ms < full_ms + played.credited:
        yield f"{name} ended {full_ms + played.credited - lasted_ms} ms before its time"
    longest_ms = full_ms + _long_ms(full_ms, overlaps) + _excused_ms(played)
    if lasted_ms - perhaps_away_ms > longest_ms:
        yield f"{name} had {lasted_ms - perhaps_away_ms} ms of {full_ms} to plan in, at most {longest_ms:.0f} are right"


def _check_credits(played: _Round, overlaps: Sequence[Outage], full_ms: int) -> Iterator[str]:
    away_ms = _away_ms(played, overlaps)
    if played.credited > away_ms + _long_ms(full_ms, overlaps) + _excused_ms(played):
        yield f"round {played.number} was credited {played.credited} ms for {away_ms} ms without a server"
    causes = frozenset[str]().union(*(outage.causes for outage in overlaps))
    for why, ms in played.credits.items():
        excused_ms = BUSY_MS if why in BUSY_CAUSES else CLOCK_TOLERANCE_MS
        if why and why not in causes and abs(ms) > excused_ms:
            yield f"round {played.number} was credited {ms} ms as {why}, it can have been {sorted(causes)}"


def _long_ms(full_ms: int, overlaps: Sequence[Outage]) -> float:
    """What a round of this length may be longer; the harness knows each outage's ends only so exactly."""
    return full_ms * LONG_SHARE + LONG_MS + CLOCK_TOLERANCE_MS * max(1, len(overlaps))


def _away_ms(played: _Round, outages: Sequence[Outage]) -> int:
    """What of the round lies in any of them."""
    away_ms, until = 0, played.began
    for outage in sorted(outages, key=lambda outage: outage.down_at):
        up_at = min(outage.up_at, played.ended)
        away_ms += max(0, up_at - max(outage.down_at, until))
        until = max(until, up_at)
    return away_ms


def _excused_ms(played: _Round) -> int:
    return min(BUSY_MS, sum(played.credits.get(why, 0) for why in BUSY_CAUSES))


def _rounds(truth: Truth) -> Iterator[_Round]:
    played = _Round(1, _ms(truth.initial["started_at"]))
    autopilot: set[str] = set()
    ready: set[str] = set()
    for event in truth.events:
        match event["type"]:
            case "round_started" | "game_over":
                heroes = truth.ended_planning(played.number)
                played.ended = _ms(event["at"])
                played.is_early = len(heroes) <= 1 or heroes & set(truth.humans) <= ready | autopilot
                yield played
                played = _Round(played.number + 1, played.ended)
                ready.clear()
                autopilot = set(event.get("autopilot", ()))
            case "plan_accepted" if event["command_id"] is not None:
                ready.discard(event["id"])
                autopilot.discard(event["id"])
            case "ready_accepted":
                ready.add(event["id"])
            case "clock_credited":
                why: str = event.get("why", "")
                played.credits[why] = played.credits.get(why, 0) + event["ms"]
            case _:
                pass


def _ms(at: str) -> int:
    return round(datetime.fromisoformat(at).timestamp() * 1000)
