"""What the others may do: some of it as hunters would, some of it what else a hero in their place can."""

from collections.abc import Sequence
from typing import Final, assert_never

from minotaur.hexgrid.coord import DIRECTION_OF, ORIGIN
from minotaur.hexgrid.hexset import EMPTY, HexSet, index_of, offset_from, shift
from minotaur.play.bots.chance import Chance
from minotaur.play.bots.hunter import hunt
from minotaur.play.bots.strategist.belief import HOME, Belief
from minotaur.play.bots.strategist.board import NO_WAY
from minotaur.play.bots.strategist.playing import STRIKE, WAIT, Act, Acts
from minotaur.rules.commands import Attack, Move, Step, Steps, Wait
from minotaur.rules.game import Figure
from minotaur.rules.names import PlayerId
from minotaur.rules.settings import STEPS_MAX
from minotaur.rules.sight import OwnHero, Sight

HUNTS: Final = 4
"""As so many hunters it thinks for each of the others."""
GUESSES: Final = 8
"""So many times it asks what the others may do."""


def guessed(belief: Belief, chance: Chance) -> list[list[Acts]]:
    """``GUESSES`` times a plan for every figure of the world but oneself; the Minotaur's is empty, it follows rules."""
    foes = [_Foe(belief, number, chance).plans() for number in range(1, len(belief.foes) + 1)]
    beast: list[Acts] = [()] if belief.beast is not None else []
    return [[*(plans[guess] for plans in foes), *beast] for guess in range(GUESSES)]


class _Foe:
    """One of the others, and what it may have in mind."""

    def __init__(self, belief: Belief, number: int, chance: Chance) -> None:
        self._belief = belief
        self._number = number
        self._chance = chance
        self._figure = belief.figures[number]
        self._place = index_of(self._figure.at)

    def plans(self) -> list[Acts]:
        far = self._belief.board.far(self._place, HOME)
        if far == NO_WAY:
            return [()] * GUESSES
        hunting = [self._as_hunter() for _ in range(HUNTS)]
        return [*hunting, *(self._otherwise(far) for _ in range(GUESSES - HUNTS))]

    def _ap(self) -> int:
        """How many action points it may have: nobody tells."""
        settings = self._belief.settings
        if self._belief.sight.round == 1:
            return settings.ap_start
        return min(settings.ap_cap, STEPS_MAX) - self._chance.below(2)

    def _otherwise(self, far: int) -> Acts:
        """It comes and strikes, it waits for who comes, it goes, or it stays."""
        ap, chance = self._ap(), self._chance
        blow: Act = STRIKE
        match chance.below(4):
            case 0 | 1:
                way = self._belief.board.way(self._place, HOME)[:ap]
                return (*way, *(blow,) * (ap - len(way)))
            case 2:
                waits = min(far, 2)
                return (*(WAIT,) * waits, *(blow,) * min(ap, STEPS_MAX - waits))
            case _:
                return self._away(min(ap, 2))

    def _away(self, steps: int) -> Acts:
        board = self._belief.board
        places = board.within(self._place, steps)
        farthest = max(places, key=lambda place: board.far(place, HOME))
        return tuple(board.way(self._place, farthest))

    def _as_hunter(self) -> Acts:
        belief = self._belief
        sight, at = belief.sight, self._figure.at
        up = offset_from(at)
        rock = sight.rock.mask | sight.rock_remembered.mask
        figures = tuple(
            Figure(each.id, ORIGIN + (each.at - at), each.health)
            for each in belief.figures
            if each is self._figure or belief.board.far(index_of(each.at), self._place) <= max(belief.settings.sight, 2)
        )
        seen = Sight(
            round=sight.round,
            round_seen=sight.round,
            you=OwnHero(PlayerId(self._figure.id), self._figure.health, self._ap(), False, None, False),
            floor=_moved(belief.board.floor, up),
            rock=_moved(rock, up),
            chasm=EMPTY,
            cracked=_moved(sight.cracked.mask, up),
            floor_remembered=EMPTY,
            rock_remembered=EMPTY,
            chasm_remembered=EMPTY,
            figures=figures,
        )
        return acts_of(hunt(seen, belief.settings, self._chance), [each.id for each in belief.figures])


def acts_of(steps: Steps, names: Sequence[str]) -> Acts:
    """A plan of the rules as the believed world has it. Who is not believed anywhere is struck at in vain."""
    return tuple(_act(step, names) for step in steps)


def _act(step: Step, names: Sequence[str]) -> Act:
    match step:
        case Move():
            return int(DIRECTION_OF[step.vector.vector])
        case Attack():
            return STRIKE + names.index(step.target_id) if step.target_id in names else WAIT
        case Wait():
            return WAIT
        case _:
            assert_never(step)


def _moved(mask: int, up: int) -> HexSet:
    return HexSet(shift(mask, up))
