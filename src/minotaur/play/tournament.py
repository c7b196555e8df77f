"""Whole games of bots against bots, without a session around them: for balance, for speed, for fun."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, assert_never

import msgspec

from minotaur.hexgrid.coord import Coord
from minotaur.play.machine import PLANNERS
from minotaur.rules import events
from minotaur.rules.commands import Steps
from minotaur.rules.decide import Planner, play_round
from minotaur.rules.game import Game, Hero
from minotaur.rules.names import COLLAPSE, LAIR, MINOTAUR, PlayerId, player_id
from minotaur.rules.new_game import Seat, new_game
from minotaur.rules.settings import STEPS_MAX, Settings

AFTER_STEPS: Final = STEPS_MAX + 1
"""Where a fall stands in its round that came with the collapse or the drain."""
HERO: Final = "hero"
CAUSES: Final = (HERO, MINOTAUR, COLLAPSE, LAIR)
_SEEDS_APART: Final = 1_000_003
"""Tournaments with neighbouring seeds share no game as long as they play fewer games than this."""


class PlayedGame(msgspec.Struct, frozen=True, gc=False):
    """How one game went.

    ``kinds``: which bot sat in each seat. ``winner``: the seat that won, from 1; None after a draw. ``deaths``: each
    death's cause, in order. ``first_death``, ``first_meeting``: in which round somebody first fell, and two figures
    first stood in one hex; None: in none.
    """

    kinds: tuple[str, ...]
    rounds: int
    winner: int | None
    deaths: tuple[str, ...]
    first_death: int | None
    first_meeting: int | None
    slain: bool


def tournament(
    settings: Settings, kinds: Sequence[str], games: range, seed: int, planners: Mapping[str, Planner] = PLANNERS
) -> Iterator[PlayedGame]:
    """Play the games of these numbers. The kinds fill the seats in turn, and move on by one seat with every game.

    ``planners`` has each of the kinds, if there are others than those that are served.
    """
    for number in games:
        seated = [kinds[(seat + number) % len(kinds)] for seat in range(settings.seats)]
        yield play_game(settings, seed * _SEEDS_APART + number, seated, planners)


def play_game(
    settings: Settings, seed: int, kinds: Sequence[str], planners: Mapping[str, Planner] = PLANNERS
) -> PlayedGame:
    """One game from its start to its end; ``kinds`` says who sits where. The same arguments give the same game."""
    kind_of: dict[PlayerId, str] = {player_id(seat): kind for seat, kind in enumerate(kinds, start=1)}

    def planner(game: Game, player: PlayerId) -> Steps:
        return planners[kind_of[player]](game, player)

    seats: list[Seat] = ["bot"] * len(kinds)
    game = new_game(settings, seed, seats, now=0)
    meeting = _Meeting(game)
    while game.status == "active":
        tale = play_round(game, game.round_ends_at, planner)
        if meeting.round is None:
            meeting.look_for_it(tale.events)
        game = tale.game
    fallen = [hero for hero in game.heroes.values() if not hero.alive]
    fallen.sort(key=lambda hero: (hero.died_in_round or 0, hero.died_in_step or AFTER_STEPS))
    return PlayedGame(
        kinds=tuple(kinds),
        rounds=game.round,
        winner=None if game.winner_id is None else list(kind_of).index(game.winner_id) + 1,
        deaths=tuple(_cause(hero) for hero in fallen),
        first_death=fallen[0].died_in_round if fallen else None,
        first_meeting=meeting.round,
        slain=game.minotaur is not None and not game.minotaur.alive,
    )


class _Meeting:
    """In which ``round`` two figures first stand in one hex; None as long as they never did."""

    def __init__(self, game: Game) -> None:
        self.round: int | None = None
        self._lair = game.lair
        self._beast: Coord | None = None if game.minotaur is None else game.minotaur.at

    def look_for_it(self, told: Iterable[events.Event]) -> None:
        """Look through a round in which it may come."""
        for event in told:
            match event:
                case events.PcEnteredHex():
                    if self._meets(event):
                        self.round = event.round
                        return
                case events.PcLeftHex(id=who):
                    # All leave before any enters: who comes where it was meets it no more.
                    self._beast = None if who == MINOTAUR else self._beast
                case events.MinotaurSlain():
                    self._beast = None
                case events.Collapsed(minotaur_leaps=leaps):
                    self._beast = self._lair if leaps else self._beast
                case (
                    events.RoundStarted()
                    | events.PlanAccepted()
                    | events.ReadyAccepted()
                    | events.PcAttacked()
                    | events.PcBumped()
                    | events.Noise()
                    | events.Tremor()
                    | events.Killed()
                    | events.Drained()
                    | events.Resigned()
                    | events.ClockCredited()
                    | events.GameOver()
                ):
                    pass
                case _:
                    assert_never(event)

    def _meets(self, event: events.PcEnteredHex) -> bool:
        if event.id == MINOTAUR:
            self._beast = event.to_hex
            return bool(event.witnesses)
        return len(event.witnesses) > 1 or event.to_hex == self._beast


def _cause(fallen: Hero) -> str:
    """A death shared by a hero and the Minotaur counts as the Minotaur's."""
    return next((cause for cause in (COLLAPSE, LAIR, MINOTAUR) if cause in fallen.killed_by), HERO)
