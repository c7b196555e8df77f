"""Sets the stage: a small game in notation, the plans of one round, and what comes of it in words."""

from collections.abc import Iterable
from typing import Final, Unpack

from msgspec.structs import replace

from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.hexset import HexSet, hexagon
from minotaur.rules.commands import EndRound, Refusal, RegisterPlan
from minotaur.rules.decide import Decided, decide
from minotaur.rules.events import (
    Event,
)
from minotaur.rules.evolve import evolve_all
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.new_game import opened
from minotaur.rules.notation import parse_coord, parse_plan
from minotaur.rules.notation_board import Board, parse_board
from minotaur.rules.notation_event import format_event
from minotaur.rules.revisions import NEWEST, RevisionNumber
from minotaur.rules.settings import Overrides, Preset, Settings, preset
from minotaur.rules.told import tell

P1, P2, P3, P4 = (PlayerId(f"p{seat}") for seat in (1, 2, 3, 4))
STAGED: Final = Overrides(minotaur_health=20, collapse_first=10, collapse_every=3)
NOON = 1_000_000
"""When every staged round began, give or take nothing."""


def stage(
    figures: str,
    *,
    rocks: str = "",
    chasms: str = "",
    round_number: int = 1,
    bots: str = "",
    seed: int = 7,
    kind: Preset = "labyrinth",
    revision: RevisionNumber = NEWEST,
    **overrides: Unpack[Overrides],
) -> Game:
    """A game on an open board of radius 3 (or as overridden), with some hexes turned to rock or chasm.

    Its Minotaur and its rings have numbers of their own, so that no test hangs on what is tuned.
    ``figures`` as in the notation of boards, where ``:10+4`` may be left out; ``bots``: the seats that bots play.
    """
    words = [word if ":" in word else f"{word}:{20 if word.startswith('m') else '10+4'}" for word in figures.split()]
    radius = overrides.get("radius", 3)
    walls, holes = _hexes(rocks), _hexes(chasms)
    rows = [[hex_ for hex_ in hexagon(radius) if hex_.r == r] for r in range(-radius, radius + 1)]
    terrain = "/".join("".join("#" if hex_ in walls else "~" if hex_ in holes else "." for hex_ in row) for row in rows)
    board = parse_board(" ".join([f"{radius}@0,0", terrain, *words]))
    chosen: Overrides = {"radius": radius, "minotaur": board.minotaur is not None, **STAGED, **overrides}
    settings = preset(kind, len(board.heroes), chosen, revision)
    return game_on(board, settings, round_number=round_number, bots=bots.split(), seed=seed)


def game_on(board: Board, settings: Settings, *, round_number: int, bots: Iterable[str], seed: int) -> Game:
    """A game that has come to this board in this round."""
    return opened(
        Game(
            settings=settings,
            seed=seed,
            lair=board.lair,
            floor=board.floor,
            collapsed=board.collapsed,
            heroes={player: replace(hero, is_bot=player in set(bots)) for player, hero in board.heroes.items()},
            minotaur=board.minotaur,
            round=round_number,
            round_ends_at=NOON + settings.round_ms,
            round_ms=settings.round_ms,
            touched_in=round_number,
        )
    )


def planned(game: Game, **plans: str) -> Game:
    """The game with these plans accepted."""
    for player, text in plans.items():
        answer = decide(game, RegisterPlan(PlayerId(player), game.round, parse_plan(text)), NOON)
        assert isinstance(answer, Decided), answer
        game = evolve_all(game, answer.events)
    return game


def play_round(game: Game, **plans: str) -> tuple[tuple[Event, ...], Game]:
    """The events of a round that ends with these plans, and the state after it."""
    ready = planned(game, **plans)
    answer = decide(ready, EndRound(game.round), ready.round_ends_at)
    assert isinstance(answer, Decided), answer
    return answer.events, evolve_all(ready, answer.events)


def rounds(game: Game, count: int, **plans: str) -> Game:
    """The game some rounds later, with the same plans in each."""
    for _ in range(count):
        _, game = play_round(game, **plans)
    return game


def refusal(game: Game, player: str, plan: str, round_number: int | None = None) -> str:
    """The code with which this plan is refused; it must be."""
    command = RegisterPlan(PlayerId(player), game.round if round_number is None else round_number, parse_plan(plan))
    answer = decide(game, command, NOON)
    assert isinstance(answer, Refusal), answer
    return answer.code


def lines(events: Iterable[Event], *kinds: str) -> list[str]:
    """The events in notation; only those of the given kinds, if any are given."""
    texts = [format_event(event) for event in events]
    return [text for text in texts if not kinds or text.split(" ")[1] in kinds]


def told(events: Iterable[Event], viewer: PlayerId | None, *kinds: str) -> list[str]:
    """What the viewer is told of the events, in notation."""
    texts = [format_event(telling) for event in events if (telling := tell(event, viewer)) is not None]
    return [text for text in texts if not kinds or text.split(" ")[1] in kinds]


def at(text: str) -> Coord:
    """A hex in notation."""
    return parse_coord(text)


def minotaur_at(game: Game) -> Coord:
    assert game.minotaur is not None
    return game.minotaur.at


def minotaur_noise(game: Game) -> Coord | None:
    assert game.minotaur is not None
    return game.minotaur.noise


def _hexes(text: str) -> HexSet:
    return HexSet.of(map(parse_coord, text.split()))
