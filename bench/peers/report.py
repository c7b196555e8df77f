"""Medians of what was measured, as a table and as a record that a later release is compared with."""

import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from bench.peers.entrants import ENTRANTS
from bench.peers.trial import Demand, Trial

Results = dict[str, list[Trial]]
"""By entrant, in the order in which they were tried."""

BASE = "ours"
HEAD = (
    "| | against ours | by processor time | acknowledged/s (lowest to highest) | p50, p99 ms | processor an action |"
    " sent an action | an acknowledgement promises | SIGKILL at this load |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |"
)
CLIENT_IS_FULL = 0.95


def table_of(results: Mapping[str, Sequence[Trial]]) -> str:
    """In Markdown, a row for each. ``≥``: the client's core was full, so the server might have taken more.

    By processor time: how many actions the same time of the core carries, which neighbours change less than a clock.
    """
    base = results.get(BASE)
    rows = [_row(name, trials, base) for name, trials in results.items() if trials]
    return "\n".join([HEAD, *rows])


def record_of(results: Mapping[str, Sequence[Trial]], demand: Demand, commit: str) -> dict[str, Any]:
    """All figures of a run, and what it was."""
    return {
        "release": version("minotaur-game"),
        "commit": commit,
        "python": platform.python_version(),
        "demand": asdict(demand),
        "medians": {name: medians_of(trials) for name, trials in results.items() if trials},
        "trials": {name: [trial.told() for trial in trials] for name, trials in results.items()},
    }


def medians_of(trials: Sequence[Trial]) -> dict[str, float]:
    """Of every rate, and the sums of what was acknowledged and lost."""
    rates = [asdict(trial.rates) for trial in trials]
    return {
        **{name: statistics.median(rate[name] for rate in rates) for name in rates[0]},
        "kill_acknowledged": sum(trial.kill.acknowledged for trial in trials),
        "kill_lost": sum(trial.kill.lost for trial in trials),
    }


def median(trials: Sequence[Trial], of: Callable[[Trial], float]) -> float:
    return statistics.median(of(trial) for trial in trials)


def _rate(trial: Trial) -> float:
    return trial.rates.per_second


def _p50_ms(trial: Trial) -> float:
    return trial.rates.p50_ms


def _p99_ms(trial: Trial) -> float:
    return trial.rates.p99_ms


def _processor_us(trial: Trial) -> float:
    return trial.rates.processor_us


def _sent(trials: Sequence[Trial]) -> str:
    frames = median(trials, lambda trial: trial.rates.frames)
    return f"{frames:.1f} frames, {median(trials, lambda trial: trial.rates.bytes):,.0f} B"


def _row(name: str, trials: Sequence[Trial], base: Sequence[Trial] | None) -> str:
    entrant = ENTRANTS[name]
    rate, rates = median(trials, _rate), sorted(map(_rate, trials))
    at_least = "≥ " if median(trials, lambda trial: trial.rates.client_core) > CLIENT_IS_FULL else ""
    cells = [
        entrant.title,
        f"{at_least}{rate / median(base, _rate):.2f} ×" if base else "",
        f"{median(base, _processor_us) / median(trials, _processor_us):.2f} ×" if base else "",
        f"{at_least}{rate:,.0f} ({rates[0]:,.0f} to {rates[-1]:,.0f})",
        ", ".join(f"{median(trials, of):.1f}" for of in (_p50_ms, _p99_ms)),
        f"{median(trials, _processor_us):,.0f} µs",
        _sent(trials),
        entrant.promise,
        _cost(trials) if entrant.keeps else "–",
    ]
    return f"| {' | '.join(cells)} |"


def _cost(trials: Sequence[Trial]) -> str:
    """What was lost in all kills together, and what became of the rooms."""
    kills = [trial.kill for trial in trials]
    told = [kill for kill in kills if kill.starts]
    words = [f"{sum(kill.lost for kill in told):,} of {sum(kill.acknowledged for kill in told):,} lost"] if told else []
    if len(told) < len(kills):
        words.append(f"{len(kills) - len(told)} of {len(kills)} starts fail")
    rooms, going_on = sum(kill.rooms for kill in kills), sum(kill.rooms_going_on for kill in kills)
    backs = [kill.back_s for kill in kills if kill.back_s is not None]
    if going_on == rooms:
        words.append(f"rooms go on after {statistics.median(backs):.1f} s")
    elif going_on:
        words.append(f"{going_on} of {rooms} rooms go on")
    else:
        words.append("rooms gone")
    return ", ".join(words)
