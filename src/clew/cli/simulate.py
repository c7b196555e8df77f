"""``simulate``: many whole games of bots, and what came of them."""

from typing import Annotated, Any, Final

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from clew.cli.games import game_named
from clew.cli.operators import AsJson, console, print_json
from clew.game import AnyGame
from clew.sessions.records import Refused
from clew.tables.bounds import SEED_MAX
from clew.tables.simulating import Endless, Played, Simulated, Spread, simulation, summed_up
from clew.wiring.operating import CannotOperate

GAMES_MAX: Final = 1_000_000


def simulate(
    game: Annotated[str, typer.Argument(metavar="MODULE:CLASS", help="The game, as in bids.game:Bids.")],
    games: Annotated[int, typer.Option(min=1, max=GAMES_MAX, help="How many games to play.")] = 100,
    seats: Annotated[int | None, typer.Option(help="Seats in each game; else as few as it may have.")] = None,
    seed: Annotated[int, typer.Option(min=0, max=SEED_MAX, help="The same seed plays the same games.")] = 0,
    options: Annotated[str, typer.Option(help='Options of the game, as JSON: {"lots": 3}.')] = "{}",
    as_json: AsJson = False,
) -> None:
    """Play whole games of bots, and print who wins and how long it takes. Nothing is kept."""
    rules = game_named(game)
    seats = rules.seats[0] if seats is None else seats
    played, elapsed_s = _play(rules, seats, _options(options), games, seed)
    result = summed_up(played, seats)
    if as_json:
        print_json(result)
    else:
        console().print(_table(result, f"{rules.kind}: {games} games of {seats}, seed {seed}"))
    Console(stderr=True).print(f"{games / elapsed_s:,.0f} games per second")


def _options(given: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(given, type=dict[str, Any])
    except msgspec.MsgspecError as wrong:
        raise typer.BadParameter(f"give one JSON object: {wrong}", param_hint="--options") from wrong


def _play(game: AnyGame, seats: int, options: dict[str, Any], games: int, seed: int) -> tuple[list[Played], float]:
    """The games, and the seconds they took."""
    to_play = simulation(game, seats, options, games, seed)
    if isinstance(to_play, Refused):
        raise typer.BadParameter(f"{to_play.details.get('path', game.kind)}: {to_play.message}")
    columns = (SpinnerColumn(), TextColumn("Playing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    played: list[Played] = []
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Playing", total=games)
        try:
            for one in to_play:
                played.append(one)
                progress.advance(task)
        except Endless as endless:
            raise CannotOperate(" ".join([str(endless), *endless.__notes__])) from endless
        elapsed_s = progress.tasks[0].elapsed
    return played, elapsed_s or 1e-9


def _table(result: Simulated, title: str) -> Table:
    table = Table(title=title, show_header=False)
    table.add_row("rounds", _three(result.rounds), "least / median / greatest")
    table.add_row("seconds", _three(result.seconds), "if every round takes its time")
    table.add_section()
    for seat, wins in result.won.items():
        table.add_row(f"won by {seat}", _share(wins, result.games), "")
    table.add_row("shared", _share(result.shared, result.games), "won by several, and counted for each")
    table.add_row("drawn", _share(result.drawn, result.games), "won by nobody")
    return table


def _three(spread: Spread) -> str:
    return f"{spread.least:g} / {spread.median:g} / {spread.greatest:g}"


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})"
