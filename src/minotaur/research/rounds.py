"""The game as whoever studies it wants it: plans chosen step by step, by all at once, and chance that comes last.

A round is four choices and its resolution. What is by lot in a round is drawn when all have chosen, by whoever runs the
game: a copy of the game that is made before tells nothing of it, so no search can look it up.
"""

from collections.abc import Mapping
from typing import Final, TypeAlias, assert_never

import msgspec
from msgspec.structs import replace

from minotaur.rules.commands import MOVES, Attack, Move, Step, Steps, Wait
from minotaur.rules.decide import legal_targets, play_round
from minotaur.rules.events import Event, Noise
from minotaur.rules.game import Game
from minotaur.rules.names import MINOTAUR, PlayerId, player_id
from minotaur.rules.new_game import Seat, new_game
from minotaur.rules.settings import STEPS_MAX, Settings

Act: TypeAlias = int
"""One step of a plan as a number: ``WAIT``, then the six moves in the order of directions, then strikes at the others
in the order of seats, beginning with the one after one's own, and at the Minotaur last."""

WAIT: Final[Act] = 0
FIRST_MOVE: Final[Act] = 1
FIRST_STRIKE: Final[Act] = FIRST_MOVE + len(MOVES)


class Round(msgspec.Struct, frozen=True):
    """A round, and what each living player has chosen of it so far: as many steps as all others.

    ``heard``: from where each heard fighting in the round before, as places in the order of directions; ``events``:
    what happened in it, for whoever looks on.
    """

    game: Game
    chosen: dict[PlayerId, Steps]
    heard: dict[PlayerId, frozenset[int]]
    events: tuple[Event, ...] = ()

    @property
    def choices(self) -> int:
        """How many steps each has chosen, 0 to 4."""
        return len(next(iter(self.chosen.values()), ()))

    @property
    def is_chosen(self) -> bool:
        """Whether the round can be played."""
        return self.choices == STEPS_MAX

    @property
    def is_over(self) -> bool:
        return self.game.status == "over"

    def __deepcopy__(self, memo: object) -> "Round":
        """Itself: nothing in it changes."""
        return self


def acts_count(settings: Settings) -> int:
    """How many acts there are, legal or not."""
    return FIRST_STRIKE + settings.seats


def begin(settings: Settings, seed: int) -> Round:
    """The first round. The seed decides about the labyrinth and about nothing that comes after."""
    seats: list[Seat] = ["bot"] * settings.seats
    return _round(new_game(settings, seed, seats, now=0), ())


def legal_acts(round_: Round, player: PlayerId) -> list[Act]:
    """What this player may choose next, in rising order; only to wait for who has fallen."""
    hero = round_.game.heroes[player]
    if not hero.alive:
        return [WAIT]
    if spent(round_.chosen[player]) >= hero.ap:
        return [WAIT]
    moves = range(FIRST_MOVE, FIRST_STRIKE)
    targets = legal_targets(round_.game, player)
    return [WAIT, *moves, *sorted(_strike_at(round_.game.settings, player, each) for each in targets)]


def choose(round_: Round, acts: Mapping[PlayerId, Act]) -> Round:
    """The next step of every living player. Who chooses nothing, or what is not legal, waits."""
    assert not round_.is_chosen and not round_.is_over, "there is nothing to choose"
    chosen = {
        player: (*steps, _step(round_, player, acts.get(player, WAIT))) for player, steps in round_.chosen.items()
    }
    return replace(round_, chosen=chosen)


def as_acts(settings: Settings, player: PlayerId, steps: Steps) -> list[Act]:
    """A whole plan as acts, waits at its end: what a bot would choose."""
    acts = [_act(settings, player, step) for step in steps]
    return [*acts, *[WAIT] * (STEPS_MAX - len(acts))]


def play(round_: Round, lot: int) -> Round:
    """The round after this one, of which all is chosen; ``lot`` decides about all in it that is by lot."""
    assert round_.is_chosen and not round_.is_over, "somebody has still to choose"
    game = replace(round_.game, seed=lot)
    tale = play_round(game, game.round_ends_at, lambda _, player: round_.chosen[player])
    return _round(tale.game, tuple(tale.events))


def payoffs(game: Game) -> dict[PlayerId, float]:
    """What each gets of a game that is over, in all nothing: 1 who won; a draw shares it among those who stood last."""
    assert game.status == "over", "it has no end yet"
    players = list(game.heroes)
    first = [game.winner_id] if game.winner_id is not None else _last_to_stand(game)
    stake = 1 / (len(players) - 1)
    share = stake * (len(players) - len(first)) / len(first)
    return {player: share if player in first else -stake for player in players}


def spent(steps: Steps) -> int:
    """How many action points were chosen to be spent."""
    return sum(not isinstance(step, Wait) for step in steps)


def _round(game: Game, events: tuple[Event, ...]) -> Round:
    heard: dict[PlayerId, set[int]] = {player: set() for player in game.heroes}
    directions = [move.vector.vector for move in MOVES]
    for event in events:
        if isinstance(event, Noise):
            for player, vector in event.heard.items():
                heard[player].add(directions.index(vector))
    living = [player for player, hero in game.heroes.items() if hero.alive]
    return Round(
        game, dict.fromkeys(living, ()), {player: frozenset(places) for player, places in heard.items()}, events
    )


def _last_to_stand(game: Game) -> list[PlayerId]:
    """Those who fell together last; or who stood with most health when the rounds were over."""
    standing = {player: hero.health for player, hero in game.heroes.items() if hero.alive}
    if standing:
        return [player for player, health in standing.items() if health == max(standing.values())]
    fell = {player: (hero.died_in_round or 0, hero.fell_after or 0) for player, hero in game.heroes.items()}
    return [player for player, when in fell.items() if when == max(fell.values())]


def _step(round_: Round, player: PlayerId, act: Act) -> Step:
    if act not in legal_acts(round_, player) or act == WAIT:
        return Wait()
    if act < FIRST_STRIKE:
        return MOVES[act - FIRST_MOVE]
    return Attack(_target(round_.game.settings, player, act))


def _act(settings: Settings, player: PlayerId, step: Step) -> Act:
    match step:
        case Wait():
            return WAIT
        case Move():
            return FIRST_MOVE + MOVES.index(step)
        case Attack():
            return _strike_at(settings, player, step.target_id)
        case _:
            assert_never(step)


def seat_of(player: str) -> int:
    """Its number, from 1."""
    return int(player.removeprefix("p"))


def _strike_at(settings: Settings, player: PlayerId, target: str) -> Act:
    if target == MINOTAUR:
        return FIRST_STRIKE + settings.seats - 1
    return FIRST_STRIKE + (seat_of(target) - seat_of(player)) % settings.seats - 1


def _target(settings: Settings, player: PlayerId, act: Act) -> str:
    place = act - FIRST_STRIKE
    return MINOTAUR if place == settings.seats - 1 else player_id((seat_of(player) + place) % settings.seats + 1)
