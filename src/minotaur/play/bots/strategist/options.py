"""What a strategist may do itself: the plans that it plays through."""

from collections.abc import Iterator
from typing import Final

from minotaur.play.bots.strategist.belief import HOME, Belief
from minotaur.play.bots.strategist.board import COURSES, NO_WAY
from minotaur.play.bots.strategist.playing import STRIKE, WAIT, Act, Acts
from minotaur.rules.settings import MINOTAUR_STEPS, STEPS_MAX

OPTIONS_MAX: Final = 48
"""It thinks about so many plans at most; those named first matter most."""
AROUND: Final = 2
"""It looks at every place within so many steps, and farther on at some."""
FARTHER_MAX: Final = 8
"""At so many farther on, those that lie farthest from everybody."""
LURED_STEPS: Final = 3
"""Who is no more steps away may come in this round: it may wait for them with a blow."""


def options(belief: Belief) -> list[Acts]:
    """Different plans that it can pay for, none longer than a round; the first is to wait."""
    found: dict[Acts, None] = {(): None}
    for plan in _all(belief):
        if len(plan) <= STEPS_MAX and price(plan) <= belief.ap:
            found[plan] = None
            if len(found) == OPTIONS_MAX:
                break
    return list(found)


def price(plan: Acts) -> int:
    """How many action points a plan takes."""
    return len(plan) - plan.count(WAIT)


def _all(belief: Belief) -> Iterator[Acts]:
    figures = range(1, len(belief.figures))
    for number in figures:
        far = belief.board.far(HOME, belief.world.at[number])
        if far == 0:
            yield from _strikes_here(belief, number)
        elif far <= LURED_STEPS:
            yield from _ambushes(belief, STRIKE + number)
    for number in figures:
        if 0 < belief.board.far(HOME, belief.world.at[number]) < NO_WAY:
            yield from _visits(belief, number)
    yield from _walks(belief)
    for course in _outs(belief):
        yield (WAIT, course)
        yield (WAIT, WAIT, course)


def _strikes_here(belief: Belief, number: int) -> Iterator[Acts]:
    """At who shares the hex, with a step out after them; at the Minotaur once it has acted, too."""
    blow: Act = STRIKE + number
    for count in range(belief.ap, 0, -1):
        yield (blow,) * count
        for course in _outs(belief):
            yield (*(blow,) * count, course)
        if number == belief.world.beast:
            yield (*(WAIT,) * MINOTAUR_STEPS, *(blow,) * count)


def _ambushes(belief: Belief, blow: Act) -> Iterator[Acts]:
    """At who comes here."""
    for waits in range(1, STEPS_MAX):
        for count in (min(belief.ap, STEPS_MAX - waits), 1):
            yield (*(WAIT,) * waits, *(blow,) * count)


def _visits(belief: Belief, number: int) -> Iterator[Acts]:
    """To where somebody stands, at once or later, with strikes there; or a part of the way."""
    far = belief.board.far(HOME, belief.world.at[number])
    way = tuple(belief.board.way(HOME, belief.world.at[number]))[: belief.ap]
    if len(way) == far:
        blows = (STRIKE + number,) * (belief.ap - far)
        for waits in range(STEPS_MAX - far):
            yield (*(WAIT,) * waits, *way, *blows[: STEPS_MAX - far - waits])
    yield way
    yield way[:1]


def _walks(belief: Belief) -> Iterator[Acts]:
    """To every place around, and to those farther on that lie farthest from everybody."""
    board = belief.board
    places = board.within(HOME, belief.ap)
    farther = [place for place in places if board.far(HOME, place) > AROUND]
    farther.sort(key=lambda place: -min(board.far(place, at) for at in belief.world.at[1:]))
    for place in [*(place for place in places if board.far(HOME, place) <= AROUND), *farther[:FARTHER_MAX]]:
        yield tuple(board.way(HOME, place))


def _outs(belief: Belief) -> list[int]:
    """The courses that lead over floor from here."""
    return [course for course in range(len(COURSES)) if belief.board.floor >> HOME + COURSES[course] & 1]
