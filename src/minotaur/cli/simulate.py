"""``minotaur simulate``: many whole games of bots, and what came of them."""

import json
from enum import StrEnum
from typing import Annotated, Final, cast, get_args

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from minotaur.play.tournament import DRAW, PlayedGame, Standings, standings, tournament
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.settings import SEATS, SEATS_USUAL, Settings, classic, labyrinth

GAMES_MAX: Final = 1_000_000
BOT_KINDS: Final[tuple[str, ...]] = get_args(BotKind)


class PresetChoice(StrEnum):
    """Which rules to play by."""

    LABYRINTH = "labyrinth"
    CLASSIC = "classic"


def simulate(
    games: Annotated[int, typer.Option(min=1, max=GAMES_MAX, help="How many games to play.")] = 100,
    seats: Annotated[int, typer.Option(min=SEATS.least, max=SEATS.greatest, help="Heroes in each game.")] = SEATS_USUAL,
    bots: Annotated[str, typer.Option(help="Kinds of bots, with commas; they fill the seats in turn.")] = (
        "hunter,wanderer"
    ),
    seed: Annotated[int, typer.Option(min=0, help="The same seed plays the same games.")] = 0,
    preset: Annotated[PresetChoice, typer.Option(help="Which rules to play by.")] = PresetChoice.LABYRINTH,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
) -> None:
    """Play whole games of bots and print who wins, how long it takes and what heroes die of."""
    kinds = _kinds(bots)
    settings = labyrinth(seats) if preset is PresetChoice.LABYRINTH else classic(seats)
    outcomes, elapsed_s = _play(settings, kinds, games, seed)
    result = standings(outcomes, kinds, seats)
    if as_json:
        typer.echo(json.dumps(msgspec.to_builtins(result), indent=2))
    else:
        Console().print(_table(result, f"{games} games, {seats} heroes, {preset.value}, seed {seed}"))
    Console(stderr=True).print(f"{games / elapsed_s:,.0f} games per second")


def _kinds(bots: str) -> list[BotKind]:
    names = [name.strip() for name in bots.split(",")]
    unknown = [name for name in names if name not in BOT_KINDS]
    if unknown:
        raise typer.BadParameter(
            f"no bot is called {unknown[0]!r}; there are {', '.join(BOT_KINDS)}", param_hint="bots"
        )
    return cast("list[BotKind]", names)


def _play(settings: Settings, kinds: list[BotKind], games: int, seed: int) -> tuple[list[PlayedGame], float]:
    """The outcomes, and the seconds it took."""
    columns = (SpinnerColumn(), TextColumn("Playing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    outcomes: list[PlayedGame] = []
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Playing", total=games)
        for outcome in tournament(settings, kinds, games, seed):
            outcomes.append(outcome)
            progress.advance(task)
        elapsed_s = progress.tasks[0].elapsed
    return outcomes, elapsed_s or 1e-9


def _table(result: Standings, title: str) -> Table:
    table = Table(title=title, show_header=False)
    table.add_row(
        "rounds", f"{result.rounds_min} / {result.rounds_median:g} / {result.rounds_max}", "min / median / max"
    )
    table.add_section()
    for kind, wins in result.wins.items():
        seats = "" if kind == DRAW else f"in {result.seats[kind]} of the seats"
        table.add_row(f"won by {kind}" if kind != DRAW else "drawn", f"{wins} ({wins / result.games:.1%})", seats)
    table.add_section()
    deaths = sum(result.deaths.values()) or 1
    for cause, count in result.deaths.items():
        table.add_row(f"killed by {cause}", f"{count} ({count / deaths:.1%})", "")
    return table
