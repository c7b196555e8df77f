"""Writes the golden transcripts of the newest rules anew: ``python -m tests.golden.write``.

Do so only when these rules are meant to have changed, and read the difference before committing it. Those of earlier
revisions are never written again: games that began under them are played by them.
"""

from collections.abc import Callable
from pathlib import Path

from minotaur.rules.commands import Steps
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.revisions import NEWEST
from minotaur.rules.settings import Settings, classic, labyrinth, preset
from tests.golden.transcript import joined, transcribe
from tests.rules.brawl import ally, brawl, wander

Strategy = Callable[[Game, PlayerId, int], Steps]

FOLDER = Path(__file__).parent / "transcripts"
GAMES: dict[str, tuple[Settings, int, tuple[Strategy, ...]]] = {
    "labyrinth-2": (preset("labyrinth", 2, {}, 1), 2, (brawl,)),
    "labyrinth-4": (preset("labyrinth", 4, {}, 1), 11, (ally,)),
    "labyrinth-8": (preset("labyrinth", 8, {}, 1), 8, (brawl, wander)),
    "classic-2": (preset("classic", 2, {}, 1), 3, (brawl,)),
    "classic-4": (preset("classic", 4, {}, 1), 11, (brawl,)),
    "classic-8": (preset("classic", 8, {}, 1), 5, (brawl,)),
    "second-labyrinth-2": (labyrinth(2), 2, (brawl,)),
    "second-labyrinth-4": (labyrinth(4), 11, (ally,)),
    "second-labyrinth-8": (labyrinth(8), 8, (brawl, wander)),
    "second-classic-2": (classic(2), 3, (wander,)),
    "second-classic-4": (classic(4), 11, (brawl,)),
}
"""The settings and the seed of each game, and the strategies that its seats take in turn."""


def transcript(name: str) -> str:
    """The whole text of this game, as the rules play it today."""
    settings, seed, strategies = GAMES[name]

    def plan(game: Game, player: PlayerId) -> Steps:
        return strategies[list(game.heroes).index(player) % len(strategies)](game, player, seed)

    return joined(transcribe(settings, seed, plan))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in (name for name, (settings, _, _) in GAMES.items() if settings.rules_revision == NEWEST):
        (FOLDER / f"{name}.txt").write_text(transcript(name), encoding="utf-8")


if __name__ == "__main__":
    main()
