"""Nobody can tell what they may not know: what a viewer isn't shown is changed, and they must not notice.

What they may know is what ``view`` gives. Take two rounds that begin alike for a viewer, with the same plan of theirs:
either the view that follows tells them which of both it was, or nothing may: not what they are told of the round, not
why a plan of theirs is refused, not even the order in which equal things are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, islice
from typing import Any, Final, NamedTuple, cast

import msgspec
from hypothesis import note

from clew.game import AnyGame, Seat
from clew.lot import Lot
from clew.tables.tale import planning
from clew.testing.exam.broken import LawBroken
from clew.testing.exam.playing import Draw, Make, Play

CHANGES_MAX: Final = 150
"""Changes of one state, for one viewer of one table, of which those are looked at that the viewer does not see."""
PAIRS_MAX: Final = 12
"""Pairs of one list or mapping in a state that are changed: a deck must not leave the hands no turn."""

NUMBERS_MAX: Final = 20
"""Numbers of two states that are tried in a plan."""

_HINT: Final = "; their view is the same both times. If they may know it, show it there; if not, do not tell it"

_ENCODE: Final = msgspec.json.Encoder().encode
Plans = Mapping[Seat, Any]


class Situation(NamedTuple):
    """All that a round comes from."""

    state: Any
    plans: Plans
    lot: Lot


class Knowledge(NamedTuple):
    """All that one viewer makes of a round: what they are told, and what they see then."""

    told: tuple[bytes, ...]
    view: bytes


def nobody_can_tell_what_they_may_not_know(make: Make, draw: Draw) -> None:
    """Change what a viewer isn't shown, and their view and telling stay the same to the byte."""
    play = Play(make, draw).begin().rounds()
    game, table = play.game, play.sitting.table
    if table.status != "active":
        return
    plans = {seat: play.legal_plan(seat, table.game) for seat in planning(game, table)}
    other_plans = {seat: play.legal_plan(seat, table.game) for seat in plans}
    situation = Situation(table.game, plans, Lot.of_round(table.seed, table.round))
    note(f"the plans are {plans}")
    for viewer in (*table.seats, None):
        for what, other in _others(game, situation, other_plans, viewer):
            _hold(game, table.seats, viewer, situation, other, what)
        for state, what in _twins(game, table.seats, situation.state, viewer):
            if viewer is not None and viewer in plans:
                for plan in _plans_at_the_edge(game, plans[viewer], (situation.state, state)):
                    _hold_refusal(game, viewer, situation.state, state, plan, what)
            if all(game.legal(state, seat, plan) is None for seat, plan in plans.items()):
                _hold(game, table.seats, viewer, situation, situation._replace(state=state), what)


def _others(
    game: AnyGame, situation: Situation, other_plans: Plans, viewer: Seat | None
) -> Iterator[tuple[str, Situation]]:
    """The same round with other plans of others, with theirs exchanged, and with another lot."""
    plans, state = situation.plans, situation.state
    hidden = [seat for seat in plans if seat != viewer]
    for seat in hidden:
        changed = {**plans, seat: other_plans[seat]}
        yield f"the plan of {seat} was {changed[seat]}", situation._replace(plans=changed)
    for one, two in combinations(hidden, 2):
        if game.legal(state, one, plans[two]) is None and game.legal(state, two, plans[one]) is None:
            swapped = {**plans, one: plans[two], two: plans[one]}
            yield f"the plans of {one} and {two} were exchanged", situation._replace(plans=swapped)
    yield "the lot was another", situation._replace(lot=situation.lot.branch("another"))


def _twins(game: AnyGame, seats: tuple[Seat, ...], state: Any, viewer: Seat | None) -> Iterator[tuple[Any, str]]:
    """States that the viewer sees just as this one, and everyone knows the same things of, though they differ."""
    plain = msgspec.to_builtins(state)
    seen, known = _plain(game.view(state, viewer)), _known(game, seats, state)
    for changed, what in islice(_changes(plain), CHANGES_MAX):
        try:
            twin = msgspec.convert(changed, game.types.state, str_keys=True)
            game.check(twin)
            alike = _plain(game.view(twin, viewer)) == seen and _known(game, seats, twin) == known
        except Exception:  # noqa: BLE001, S112 - a state that no game ever came to may be none at all
            continue
        if alike:
            yield twin, what
            before, after = _ENCODE(game.view(state, viewer)), _ENCODE(game.view(twin, viewer))
            if before != after:
                raise LawBroken(f"{_who(viewer)} can tell that {what}, by the order in which their view is written")


def _changes(plain: Any, place: str = "state") -> Iterator[tuple[Any, str]]:
    """The same values but for two of one list, or of one mapping: in each other's place, or the one as the other."""
    if isinstance(plain, Mapping):
        items, rebuild = cast("dict[Any, Any]", plain), dict[Any, Any]
    elif isinstance(plain, list | tuple):
        items, rebuild = dict(enumerate(cast("list[Any]", plain))), _listed
    else:
        return
    pairs = list(combinations(items, 2))
    for one, two in pairs[:: -(-len(pairs) // PAIRS_MAX) or 1]:
        if items[one] != items[two] and type(items[one]) is type(items[two]):
            yield rebuild({**items, one: items[two], two: items[one]}), f"{place}: {one} and {two} were exchanged"
            if isinstance(items[one], int | str):
                yield rebuild({**items, one: items[two]}), f"{place}: {one} was as {two}"
                yield rebuild({**items, two: items[one]}), f"{place}: {two} was as {one}"
    for key, inner in items.items():
        for changed, what in _changes(inner, f"{place}.{key}"):
            yield rebuild({**items, key: changed}), what


def _listed(items: Mapping[Any, Any]) -> list[Any]:
    return list(items.values())


def _known(game: AnyGame, seats: tuple[Seat, ...], state: Any) -> Any:
    """What the table shows everyone, whatever the game's own view says."""
    out = sorted(game.out(state))
    return out, sorted(game.on_turn(state, [seat for seat in seats if seat not in out])), game.outcome(state)


def _hold(
    game: AnyGame, seats: tuple[Seat, ...], viewer: Seat | None, one: Situation, two: Situation, what: str
) -> None:
    """Where the viewer sees the same after both rounds, they were told the same."""
    try:
        first, second = (_seen(game, seats, viewer, each) for each in (one, two))
    except Exception:
        if two.state is one.state:
            raise
        return  # a state that no game ever came to may lead nowhere
    if first[0] != second[0] or first[1] == second[1]:
        return
    for told, other in zip(first[1].told, second[1].told, strict=False):
        if told != other:
            raise LawBroken(
                f"{_who(viewer)} can tell that {what}: told was {told.decode()}, then {other.decode()}{_HINT}"
            )
    if len(first[1].told) != len(second[1].told):
        raise LawBroken(f"{_who(viewer)} can tell that {what}, by the number of things that are told{_HINT}")
    raise LawBroken(f"{_who(viewer)} can tell that {what}, by the order in which their view is written")


def _seen(game: AnyGame, seats: tuple[Seat, ...], viewer: Seat | None, situation: Situation) -> tuple[Any, Knowledge]:
    """What can be compared without telling anything, and what the viewer made of the round."""
    state, told = situation.state, list[bytes]()
    for event in tuple(game.resolve(state, situation.plans, situation.lot)):
        state = game.evolve(state, event)
        telling = game.tell(event, viewer)
        if telling is not None:
            told.append(_ENCODE(telling))
    view = game.view(state, viewer)
    return (_plain(view), _known(game, seats, state)), Knowledge(tuple(told), _ENCODE(view))


def _plans_at_the_edge(game: AnyGame, plan: Any, states: tuple[Any, Any]) -> Iterator[Any]:
    """A plan with its numbers put where the states have some: there two states are told apart, if anywhere."""
    held = sorted({number for state in states for number in _numbers(msgspec.to_builtins(state))})
    yield plan
    for number in held[:NUMBERS_MAX]:
        for near in (number, number + 1):
            try:
                yield msgspec.convert(_with_numbers(msgspec.to_builtins(plan), near), game.types.plan, str_keys=True)
            except msgspec.ValidationError:
                continue  # such a number can't come over the wire


def _numbers(plain: Any) -> Iterator[int]:
    if isinstance(plain, Mapping):
        plain = list(cast("dict[Any, Any]", plain).values())
    if isinstance(plain, list | tuple):
        for inner in cast("list[Any]", plain):
            yield from _numbers(inner)
    elif isinstance(plain, int) and not isinstance(plain, bool):
        yield plain


def _with_numbers(plain: Any, number: int) -> Any:
    if isinstance(plain, Mapping):
        return {key: _with_numbers(inner, number) for key, inner in cast("dict[Any, Any]", plain).items()}
    if isinstance(plain, list | tuple):
        return [_with_numbers(inner, number) for inner in cast("list[Any]", plain)]
    return number if isinstance(plain, int) and not isinstance(plain, bool) else plain


def _hold_refusal(game: AnyGame, viewer: Seat, one: Any, two: Any, plan: Any, what: str) -> None:
    first, second = game.legal(one, viewer, plan), game.legal(two, viewer, plan)
    if _ENCODE(first) != _ENCODE(second):
        raise LawBroken(f"{viewer} can tell that {what}: the answer to {plan} was {first}, and then {second}")


def _plain(view: Any) -> Any:
    return msgspec.to_builtins(view)


def _who(viewer: Seat | None) -> str:
    return "who only watches" if viewer is None else viewer
