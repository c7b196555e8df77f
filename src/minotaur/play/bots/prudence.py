"""What no bot does, of whatever kind: strike where it would not survive the answer, walk onto what it sees falling.

*The answer* to a strike is one blow of everybody who is left standing there, the one struck at included. Who has
nowhere else to stand strikes all the same. Who stands on a falling ring may go anywhere.
"""

from collections.abc import Iterator
from typing import Final, assert_never

from minotaur.hexgrid.coord import ORIGIN, Coord
from minotaur.hexgrid.walk import reach
from minotaur.play.bots.ground import Ground
from minotaur.play.bots.lazy import lazy
from minotaur.rules.commands import Attack, Move, Step, Steps, Wait
from minotaur.rules.names import MINOTAUR
from minotaur.rules.settings import Settings
from minotaur.rules.sight import OwnHero, Sight

Places = frozenset[Coord]
FROM_HERE: Final[Places] = frozenset([ORIGIN])


class Prudence:
    """Says of plans whether they are prudent, by what a seat knows."""

    def __init__(self, sight: Sight, you: OwnHero, settings: Settings, ground: Ground | None = None) -> None:
        self._sight = sight
        self._me = you
        self._settings = settings
        self._ground = ground or Ground(sight, settings)

    def allows(self, steps: Steps) -> bool:
        """Whether nothing in the plan is imprudent."""
        return self.kept(steps) == steps

    def kept(self, steps: Steps) -> Steps:
        """The plan with a wait for each strike that is imprudent, and ended before it would end on a falling ring."""
        # Most plans strike at nobody, and in most rounds nothing falls: then there is nothing to work out.
        if any(type(step) is Attack for step in steps):
            steps = self._without_daring(steps)
        return steps if self._settings.falling(self._sight.round) is None else self._off_falling(steps)

    def survives(self, places: Places, struck: dict[str, int]) -> bool:
        """Whether it lives through the answer, wherever of these it stands; ``struck``: how often whom by then."""
        if self._answer_at_most < self._me.health or self._is_cornered:
            return True
        return all(self._answer(place, struck) < self._me.health for place in places)

    def _without_daring(self, steps: Steps) -> Steps:
        if self._answer_at_most < self._me.health:
            return steps
        return tuple(self._daring(steps))

    def _daring(self, steps: Steps) -> Iterator[Step]:
        places, struck = FROM_HERE, dict[str, int]()
        for step in steps:
            match step:
                case Attack(target):
                    after = {**struck, target: struck.get(target, 0) + 1}
                    if self.survives(places, after):
                        struck = after
                        yield step
                    else:
                        yield Wait()
                case Move() | Wait():
                    places = self._after(places, step)
                    yield step
                case _:
                    assert_never(step)

    def _answer(self, place: Coord, struck: dict[str, int]) -> int:
        settings, answer = self._settings, 0
        for figure in self._sight.figures:
            if figure.id == self._me.player_id or (figure.at != place and figure.id not in struck):
                continue
            if figure.health > settings.hero_damage * struck.get(figure.id, 0):
                answer += settings.minotaur_damage if figure.id == MINOTAUR else settings.hero_damage
        return answer

    @lazy
    def _answer_at_most(self) -> int:
        """One blow of everybody in sight: no answer is more."""
        settings, answer = self._settings, 0
        for figure in self._sight.figures:
            if figure.id != self._me.player_id:
                answer += settings.minotaur_damage if figure.id == MINOTAUR else settings.hero_damage
        return answer

    def _off_falling(self, steps: Steps) -> Steps:
        falling = self._ground.falling
        if not falling or ORIGIN in falling:
            return steps
        places, safe = FROM_HERE, 0
        for count, step in enumerate(steps, 1):
            places = self._after(places, step)
            if all(place not in falling for place in places):
                safe = count
        return steps[:safe]

    def _after(self, places: Places, step: Step) -> Places:
        """Where it may stand after this step: what it does not know may be floor or not."""
        if not isinstance(step, Move):
            return places
        ground, found = self._ground, set[Coord]()
        for place in places:
            goal = place + step.vector.vector
            if goal not in ground.floor:
                found.add(place)
            if goal not in ground.blocked:
                found.add(goal)
        return frozenset(found)

    @lazy
    def _is_cornered(self) -> bool:
        return len(reach(self._ground.firm, ORIGIN, 1)) <= 1
