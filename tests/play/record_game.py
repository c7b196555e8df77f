"""Writes ``ui/src/replay/whole-game.json`` anew: ``python -m tests.play.record_game``.

It holds a whole game's replay beside the boards the rules made of it, round by round, and what each player saw of them.
The browser's own reading of a replay (``ui/src/replay/reduce.ts``, ``eyes.ts``) is held against it. It need not be
written again when bots or rules change: an old game stays as it was played.
"""

import json
from pathlib import Path
from typing import Final

import msgspec

from clew.tables.lobby.commands import Start
from minotaur.play.replay import replay_of
from minotaur.rules.commands import EndRound
from minotaur.rules.game import Game
from minotaur.rules.settings import labyrinth
from minotaur.rules.sight import Sight, sight
from tests.play.driving import Table, user

TARGET: Final = Path(__file__).parents[2] / "ui" / "src" / "replay" / "whole-game.json"
SEED: Final = 100
SEATS: Final = 4


def played() -> tuple[Table, list[Game]]:
    """A game against hunters whose host never plans, and its state at the start of each round and at the end."""
    table = Table.laid(labyrinth(SEATS), seed=SEED)
    assert table.do(Start(user(1))) is None
    games = [table.game]
    while table.game.status == "active":
        table.now = table.game.round_ends_at
        assert table.do(EndRound(table.game.round)) is None
        games.append(table.game)
    return table, games


def board(game: Game) -> dict[str, object]:
    """What the browser's reading must come to."""
    minotaur = game.minotaur
    return {
        "round": game.round,
        "over": game.status == "over",
        "heroes": {player: [hero.at.q, hero.at.r, hero.health, hero.alive] for player, hero in game.heroes.items()},
        "minotaur": minotaur and [minotaur.at.q, minotaur.at.r, minotaur.health, minotaur.alive],
        "floor": [[place.q, place.r] for place in game.floor],
        "cracked": [[place.q, place.r] for place in game.cracked if place in game.floor],
        "sights": {player: seen(sight(game, player)) for player in game.heroes},
    }


def seen(sight: Sight) -> dict[str, object]:
    """What a player may know of the board, in places counted from their hero, or from the lair."""
    return {
        "round_seen": sight.round_seen,
        "hero": sight.you is not None,
        **{
            name: [[place.q, place.r] for place in getattr(sight, name)]
            for name in ("floor", "rock", "chasm", "floor_remembered", "rock_remembered", "chasm_remembered")
        },
        "cracked": [[place.q, place.r] for place in sight.cracked if place in sight.floor],
        "figures": {figure.id: [figure.at.q, figure.at.r, figure.health] for figure in sight.figures},
    }


def main() -> None:
    """Write the game."""
    table, games = played()
    replay = msgspec.to_builtins(replay_of(table.journal))
    text = json.dumps({"replay": replay, "boards": [board(game) for game in games]}, separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
