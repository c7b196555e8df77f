"""Whole games as text: what was planned, what happened, and what each player saw and was told at every step.

    settings {"seats":2,…}          the first lines set the game up
    seed 3
    board 4@0,0 …                   the board, in notation, whenever a round begins and when the game ends
      p1 sees …                     what a viewer sees, whenever it has changed; ``gallery`` is a spectator
    plan p1 E,*p2                   a plan, in notation: what the reader plays again
    3.1 pc_attacked …               an event, in notation
      p1 told 3.1 pc_attacked …     and what a viewer is told of it

A viewer's terrain is drawn row by row from the north-west corner named first: ``.#~`` floor, rock and chasm in sight,
``!?`` floor and rock in sight that is cracked, ``,%-`` floor, rock and chasm remembered, ``_`` unknown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.extent import extent
from minotaur.hexgrid.hexset import HexSet
from minotaur.rules.commands import EndRound, RegisterPlan, Steps
from minotaur.rules.decide import Decided, decide
from minotaur.rules.events import (
    Event,
)
from minotaur.rules.evolve import evolve
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.new_game import new_game
from minotaur.rules.notation import format_coord, format_plan, parse_plan
from minotaur.rules.notation_board import format_board
from minotaur.rules.notation_event import format_event
from minotaur.rules.settings import Settings
from minotaur.rules.sight import Sight, sight
from minotaur.rules.told import tell

Strategy = Callable[[Game, PlayerId], Steps]
BEGINNING = 1_700_000_000_000
"""When every transcribed game began."""


def transcribe(settings: Settings, seed: int, strategy: Strategy) -> Iterator[str]:
    """The lines of one game, to its end."""
    yield f"settings {msgspec.json.encode(settings).decode()}"
    yield f"seed {seed}"
    game = new_game(settings, seed, ("human",) * settings.seats, BEGINNING)
    scribe = _Scribe(game)
    yield f"board {format_board(game)}"
    yield from scribe.looks(game)
    while game.status == "active":
        for player in [player for player, hero in game.heroes.items() if hero.alive]:
            steps = strategy(game, player)
            yield f"plan {player} {format_plan(steps)}"
            planned = decide(game, RegisterPlan(player, game.round, steps), game.round_ends_at)
            assert isinstance(planned, Decided), planned
            for event in planned.events:
                game = evolve(game, event)
        ended = decide(game, EndRound(game.round), game.round_ends_at)
        assert isinstance(ended, Decided), ended
        for _, events in groupby(ended.events, key=lambda event: (event.round, event.step)):
            for event in events:
                game = evolve(game, event)
                yield from scribe.tells(event)
            yield from scribe.looks(game)
        yield f"board {format_board(game)}"


def played_again(lines: Sequence[str]) -> Iterator[str]:
    """The transcript of a game with the settings, the seed and the plans of this one."""
    settings = msgspec.json.decode(lines[0].removeprefix("settings "), type=Settings)
    seed = int(lines[1].removeprefix("seed "))
    plans = iter([line.split(" ") for line in lines if line.startswith("plan ")])

    def read_plan(_game: Game, player: PlayerId) -> Steps:
        _, planner, plan = next(plans)
        assert planner == player, f"the next plan is {planner}'s, not {player}'s"
        return parse_plan(plan)

    yield from transcribe(settings, seed, read_plan)


def draw(seen: Sight) -> str:
    """What is seen, in one line."""
    marks: dict[Coord, str] = {}
    for mark, hexes in (
        (",", seen.floor_remembered),
        ("%", seen.rock_remembered),
        ("-", seen.chasm_remembered),
        (".", seen.floor),
        ("#", seen.rock),
        ("~", seen.chasm),
        ("!", seen.floor & seen.cracked),
        ("?", seen.rock & seen.cracked),
    ):
        marks |= dict.fromkeys(hexes, mark)
    words = [f"round={seen.round} seen={seen.round_seen or '-'}"]
    if seen.you is not None:
        words.append(f"{seen.you.player_id}:{seen.you.health}+{seen.you.ap}")
    words.append(_rows(marks) if marks else "nothing")
    words += (f"{figure.id}@{format_coord(figure.at)}:{figure.health}" for figure in seen.figures)
    return " ".join(words)


def _rows(marks: dict[Coord, str]) -> str:
    span = extent(HexSet.of(marks))
    rows = (
        "".join(marks.get(Coord(q, r), "_") for q in range(span.q_min, span.q_max + 1)).rstrip("_")
        for r in range(span.r_min, span.r_max + 1)
    )
    return f"{span.q_min},{span.r_min} {'/'.join(rows)}"


class _Scribe:
    """Writes what each viewer sees and is told; remembers what they saw last, and leaves out what has not changed."""

    def __init__(self, game: Game) -> None:
        self._viewers: list[PlayerId | None] = [*game.heroes, None]
        self._last: dict[PlayerId | None, str] = {}

    def looks(self, game: Game) -> Iterator[str]:
        for viewer in self._viewers:
            seen = draw(sight(game, viewer))
            if self._last.get(viewer) != seen:
                self._last[viewer] = seen
                yield f"  {viewer or 'gallery'} sees {seen}"

    def tells(self, event: Event) -> Iterator[str]:
        yield format_event(event)
        for viewer in self._viewers:
            telling = tell(event, viewer)
            if telling is not None:
                yield f"  {viewer or 'gallery'} told {format_event(telling)}"


def joined(lines: Iterable[str]) -> str:
    """The text of a file."""
    return "".join(f"{line}\n" for line in lines)
