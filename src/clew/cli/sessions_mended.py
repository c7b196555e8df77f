"""``sessions retry`` and ``export``: what is done about games in quarantine."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from clew.cli.advice import advice_for
from clew.cli.bound import where_of
from clew.cli.games import Named, program_to_read
from clew.cli.group import FAILED
from clew.cli.operators import Data, DatabaseUrl, order
from clew.operators.inspecting import read_seats
from clew.operators.ports import OperatedGames
from clew.sessions.bounds import LIST_PAGE_MAX
from clew.sessions.faults import Unreadable
from clew.sessions.ids import GameId
from clew.sessions.ports.store import Store
from clew.wiring.logs import configure_logs
from clew.wiring.moving import export_session
from clew.wiring.operating import NotThere, find_session
from clew.wiring.words import Words


@dataclass(frozen=True)
class _Tried:
    """What came of one game; ``unreadable`` is None where it was put back."""

    game_id: GameId
    join_code: str
    was: str | None
    unreadable: str | None


def retry(
    context: typer.Context,
    game: Annotated[str | None, typer.Argument(metavar="[GAME_OR_CODE]", help="A game's id or its join code.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every game in quarantine, after a fix.")] = False,
    games: Named = None,
    database_url: DatabaseUrl = None,
    data: Data = None,
) -> None:
    """Put a game in quarantine back, if this release can read it now; else say what is still wrong, with status 1."""
    if every == (game is not None):
        raise typer.BadParameter("name a game, or give --all")
    where = where_of(context, database_url, data)
    program = program_to_read(context, games, where)
    operated = program.operated

    async def try_them(store: Store) -> list[_Tried]:
        return await (_retry_all(operated, store) if game is None else _one(operated, store, game))

    tried = order(where, try_them)
    for one in tried:
        typer.echo(_in_words(one, program.words))
    back = sum(one.unreadable is None for one in tried)
    if every:
        typer.echo(f"{back} of {len(tried)} put back." if tried else "No game is in quarantine.")
    if back < len(tried):
        raise typer.Exit(FAILED)


def export(
    context: typer.Context,
    game: Annotated[str, typer.Argument(metavar="GAME_OR_CODE", help="A game's id or its join code.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Made new; only its owner can read it.")],
    database_url: DatabaseUrl = None,
    data: Data = None,
) -> None:
    """Write one game as it is stored, byte for byte, for a bug report. `clew import` reads it, best elsewhere.

    In it are the row, the players' seats and ids, and the whole journal: the names of those who play, what they planned
    and what players must not know. No sign-ins. A server may go on meanwhile.
    """
    configure_logs("console", "error")
    game_id, moved = asyncio.run(export_session(where_of(context, database_url, data), game, file))
    typer.echo(
        f"Wrote game {game_id} with {moved.players} players and {moved.entries} journal entries to {file}."
        " It holds players' names, ids and plans: share it with those who mend it only."
    )


async def _one(operated: OperatedGames, store: Store, game: str) -> list[_Tried]:
    return [await _retry(operated, store, (await find_session(store, game)).game_id)]


async def _retry_all(operated: OperatedGames, store: Store) -> list[_Tried]:
    """All that are in quarantine now, oldest last."""
    games, cursor = list[GameId](), None
    while True:
        page = await store.listings.list_sessions(["quarantined"], None, cursor, LIST_PAGE_MAX)
        games += [row.game_id for row in page.items]
        cursor = page.cursor
        if cursor is None:
            return await _each(operated, store, games)


async def _each(operated: OperatedGames, store: Store, games: Sequence[GameId]) -> list[_Tried]:
    tried = list[_Tried]()
    for game_id in games:
        try:
            tried.append(await _retry(operated, store, game_id))
        except NotThere:
            continue  # somebody else was quicker
    return tried


async def _retry(operated: OperatedGames, store: Store, game_id: GameId) -> _Tried:
    """Read it as a node would. What can't be read stays as it is, and its row says on why it was put aside."""
    stored = await store.journal.load(game_id)
    if stored is None or stored.game_status != "quarantined":
        status = "not there" if stored is None else stored.game_status
        raise NotThere(f"game {game_id} is {status}, not in quarantine: there is nothing to retry")
    was = stored.quarantine_reason
    try:
        await read_seats(operated, stored, store.users)
    except Unreadable as why:
        return _Tried(game_id, stored.join_code, was, str(why))
    if not await store.ownership.put_back(game_id, only_quarantined=True):
        raise NotThere(f"game {game_id} is not in quarantine any more: somebody else was quicker")
    return _Tried(game_id, stored.join_code, was, None)


def _in_words(one: _Tried, words: Words) -> str:
    named = f"Game {one.game_id} ({one.join_code})"
    if one.unreadable is None:
        return f"{named} can be read, and goes on once a node takes it (it was: {one.was or 'for no reason kept'})."
    return f"{named} stays in quarantine. {one.unreadable}. To do: {advice_for(one.unreadable, words)}."
