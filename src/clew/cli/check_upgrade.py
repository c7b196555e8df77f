"""``clew check-upgrade``: would this release go on with the games that are stored? Nothing is written."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from clew.cli.bound import where_of
from clew.cli.check_upgrade_shown import findings_table, report_in_words, report_json, tallies_table
from clew.cli.games import Named, program_to_read
from clew.cli.group import FAILED
from clew.cli.operators import (
    AsJson,
    Data,
    DatabaseUrl,
    console,
    print_json,
)
from clew.operators.ports import OperatedGames
from clew.operators.upgrade_check import Report, try_all
from clew.wiring.logs import configure_logs
from clew.wiring.operating import Where, open_operators

CLOSED_DEFAULT: Final = 200
CLOSED_MAX: Final = 1_000_000


def check_upgrade(
    context: typer.Context,
    closed: Annotated[
        int, typer.Option(min=0, max=CLOSED_MAX, help="How many games that are over to try, spread over all time.")
    ] = CLOSED_DEFAULT,
    games: Named = None,
    database_url: DatabaseUrl = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Try this release on every open game, and on some that are over: read it, play a round. Nothing is written."""
    where = where_of(context, database_url, data)
    report = _check(program_to_read(context, games, where).operated, where, closed)
    if as_json:
        print_json(report_json(report))
    else:
        screen = console()
        if report.tallies:
            screen.print(tallies_table(report))
        if report.findings:
            screen.print("", findings_table(report), sep="\n")
        for line in report_in_words(report):
            typer.echo(line)
    if not report.fine:
        raise typer.Exit(FAILED)


def _check(games: OperatedGames, where: Where, closed: int) -> Report:
    configure_logs("console", "error")
    columns = (SpinnerColumn(), TextColumn("Trying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = Console(stderr=True)
    progress = Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal)
    with progress as shown:
        task = shown.add_task("Trying", total=None)
        return asyncio.run(
            _try(games, where, closed, lambda done, total: shown.update(task, completed=done, total=total))
        )


async def _try(games: OperatedGames, where: Where, closed: int, show: Callable[[int, int], None]) -> Report:
    async with open_operators(where, orders=False, unmigrated=True) as store:
        return await try_all(games, store, closed, show)
