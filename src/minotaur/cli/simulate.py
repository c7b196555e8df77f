"""``minotaur simulate``: many whole games of bots, and what came of them."""

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Final, cast, get_args

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from minotaur.cli.cores import CORES_MAX, played_on
from minotaur.play.standings import Proportion, Standings, quantile, standings
from minotaur.play.tournament import PlayedGame
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.settings import SEATS, SEATS_USUAL, classic, labyrinth

GAMES_MAX: Final = 1_000_000
BOT_KINDS: Final[tuple[str, ...]] = get_args(BotKind)
NEARLY_ALL: Final = (0.025, 0.5, 0.975)
"""The middle, and between what 95 in 100 lie."""


class PresetChoice(StrEnum):
    """Which rules to play by."""

    LABYRINTH = "labyrinth"
    CLASSIC = "classic"


def simulate(
    # Not ``games``: so a program's commands call the games they are given (``clew.cli.games``), which this has none of.
    count: Annotated[int, typer.Option("--games", min=1, max=GAMES_MAX, help="How many games to play.")] = 100,
    seats: Annotated[int, typer.Option(min=SEATS.least, max=SEATS.greatest, help="Heroes in each game.")] = SEATS_USUAL,
    bots: Annotated[str, typer.Option(help="Kinds of bots, with commas; they fill the seats in turn.")] = (
        "hunter,wanderer"
    ),
    seed: Annotated[int, typer.Option(min=0, help="The same seed plays the same games.")] = 0,
    preset: Annotated[PresetChoice, typer.Option(help="Which rules to play by.")] = PresetChoice.LABYRINTH,
    cores: Annotated[
        int, typer.Option(min=0, max=CORES_MAX, help="On how many cores to play; 0: on all. It changes nothing else.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
) -> None:
    """Play whole games of bots and print who wins, how long it takes and what heroes die of."""
    kinds = _kinds(bots)
    settings = labyrinth(seats) if preset is PresetChoice.LABYRINTH else classic(seats)
    outcomes, elapsed_s = _shown(played_on(cores, settings, kinds, count, seed), count)
    result = standings(outcomes, kinds, seats)
    if as_json:
        typer.echo(json.dumps(msgspec.to_builtins(result), indent=2))
    else:
        Console().print(_table(result, f"{count} games, {seats} heroes, {preset.value}, seed {seed}"))
    Console(stderr=True).print(f"{count / elapsed_s:,.0f} games per second")


def _kinds(bots: str) -> list[BotKind]:
    names = [name.strip() for name in bots.split(",")]
    unknown = [name for name in names if name not in BOT_KINDS]
    if unknown:
        raise typer.BadParameter(
            f"no bot is called {unknown[0]!r}; there are {', '.join(BOT_KINDS)}", param_hint="bots"
        )
    return cast("list[BotKind]", names)


def _shown(outcomes: Iterable[PlayedGame], count: int) -> tuple[list[PlayedGame], float]:
    """All of them, and the seconds they took; a bar shows how far it is."""
    columns = (SpinnerColumn(), TextColumn("Playing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        played = list(progress.track(outcomes, total=count, description="Playing"))
        elapsed_s = progress.tasks[0].elapsed
    return played, elapsed_s or 1e-9


def _table(result: Standings, title: str) -> Table:
    table = Table(title=title, show_header=False)
    spans = {
        "rounds": result.rounds,
        "first meeting": result.first_meetings,
        "first death": result.first_deaths,
    }
    for name, rounds in spans.items():
        if rounds:
            table.add_row(name, _spread(rounds), "least, 2.5 %, median, 97.5 %, most")
    table.add_section()
    for kind, won in result.wins.items():
        table.add_row(f"won by {kind}", _said(won), f"in {result.seats[kind]} of the seats")
    table.add_row("drawn", _said(result.draws))
    table.add_section()
    for seat, won in result.won_by_seat.items():
        table.add_row(f"won by seat {seat}", _said(won), "of what was won")
    table.add_section()
    for cause, died in result.deaths.items():
        table.add_row(f"killed by {cause}", _said(died), "of the deaths")
    table.add_row("Minotaur slain", _said(result.slain))
    return table


def _spread(rounds: dict[int, int]) -> str:
    return "  ".join(map(str, (min(rounds), *(quantile(rounds, each) for each in NEARLY_ALL), max(rounds))))


def _said(found: Proportion) -> str:
    return f"{found.count} = {found.share:.1%} ({found.least:.1%} to {found.most:.1%})"
