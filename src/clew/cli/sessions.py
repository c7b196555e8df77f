"""``sessions``: the games in the store, past every node."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

import typer

from clew.cli.advice import advice_for
from clew.cli.bound import program_of, where_of
from clew.cli.games import Named, program_to_read
from clew.cli.group import FAILED
from clew.cli.operators import AsJson, Data, DatabaseUrl, console, look, order, print_json
from clew.cli.sessions_mended import export, retry
from clew.cli.sessions_shown import (
    Nodes,
    SessionsJson,
    advice_in_words,
    detail_json,
    detail_table,
    lines_table,
    owner_in_words,
    seats_table,
    session_json,
    sessions_table,
    sums_in_words,
    sums_json,
    waits_for,
)
from clew.operators.inspecting import Line, Seat, read_lines, read_seats
from clew.people.caps import ACTING
from clew.sessions.bounds import LIST_PAGE_MAX
from clew.sessions.census import Census
from clew.sessions.faults import Unreadable
from clew.sessions.history_records import Setback
from clew.sessions.ids import Kind, Owner
from clew.sessions.ports.store import Store
from clew.sessions.records import SessionRow, Stored, StoredStatus
from clew.wiring.operating import NotThere, Where, find_session
from clew.wiring.program import Program

LIMIT_DEFAULT: Final = 50
LIMIT_MAX: Final = 10_000
LINES_DEFAULT: Final = 20
LINES_MAX: Final = 500
SETBACKS_SHOWN_MAX: Final = 5

app: Final = typer.Typer(help="The games in the store, whoever runs them.", no_args_is_help=True)


app.command()(retry)
app.command()(export)


class Status(StrEnum):
    """What a stored game can be."""

    LOBBY = "lobby"
    ACTIVE = "active"
    CONCLUDED = "concluded"
    CANCELED = "canceled"
    QUARANTINED = "quarantined"


Game: TypeAlias = Annotated[str, typer.Argument(metavar="GAME_OR_CODE", help="A game's id or its join code.")]
Limit: TypeAlias = Annotated[int, typer.Option(min=1, max=LIMIT_MAX, help="How many at most.")]


@app.command("list")
def list_sessions(
    context: typer.Context,
    status: Annotated[list[Status] | None, typer.Option(help="Only those; may be repeated.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only those of this life of a node, like web-1.3.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only those of this game, where there are several.")] = None,
    limit: Limit = LIMIT_DEFAULT,
    games: Named = None,
    database_url: DatabaseUrl = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Games, newest first."""
    only = _Only([one.value for one in status or ()], Owner(owner) if owner else None, Kind(kind) if kind else None)
    where = where_of(context, database_url, data)
    program = program_to_read(context, games, where)
    _list(program, only, limit, where, as_json=as_json, reasons=False)


@app.command()
def quarantined(
    context: typer.Context,
    limit: Limit = LIMIT_DEFAULT,
    games: Named = None,
    database_url: DatabaseUrl = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Games that were put aside, why, and what to do. They are kept as they are until somebody puts them back.

    After them those that no node there is can play: a later release wrote them, or none has their game.
    """
    where = where_of(context, database_url, data)
    program = program_to_read(context, games, where)
    _list(program, _Only(["quarantined"]), limit, where, as_json=as_json, reasons=True)


@app.command()
def show(
    context: typer.Context,
    game: Game,
    lines: Annotated[int, typer.Option(min=0, max=LINES_MAX, help="Last entries of the journal.")] = LINES_DEFAULT,
    games: Named = None,
    database_url: DatabaseUrl = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """One game: its row, its players, and the last of its journal. This shows what players must not know."""
    where = where_of(context, database_url, data)
    program = program_to_read(context, games, where)
    found = look(where, lambda store: _inspect(program, store, game, lines))
    if as_json:
        print_json(
            detail_json(
                found.stored, found.nodes, program.words, found.seats, found.unreadable, found.lines, found.setbacks
            )
        )
        return
    screen = console()
    screen.print(detail_table(found.stored, found.nodes, found.setbacks))
    if found.seats is not None:
        screen.print("", seats_table(found.seats), sep="\n")
    if found.unreadable is not None:
        what = "It" if found.seats is None else "Its journal"
        unreadable = f"{what} can't be read here: {found.unreadable}"
        screen.print(
            "",
            unreadable,
            f"To do: {advice_for(found.unreadable, program.words)}.",
            sep="\n",
            markup=False,
            soft_wrap=True,
        )
    if found.lines:
        screen.print("", lines_table(found.lines), sep="\n")


@app.command()
def release(context: typer.Context, game: Game, database_url: DatabaseUrl = None, data: Data = None) -> None:
    """Take a game from whoever holds it, or out of quarantine, for any node to go on with. Nothing of it is lost.

    Whether it can be read is not asked: ``retry`` does that.

    Nodes of a cluster go on with it within a second; a server that is alone, once somebody asks for the game.
    """
    before, after, nodes = order(
        where_of(context, database_url, data), lambda store: _put_back(program_of(context), store, game)
    )
    if before.game_status == "quarantined":
        done = f"is out of quarantine and {after.game_status} again (it was: {before.quarantine_reason})"
    elif before.owner is None:
        done = "was nobody's before"
    else:
        done = f"was taken from {owner_in_words(before, nodes)}"
    typer.echo(f"Game {after.game_id} ({after.join_code}) {done}. {_next_in_words(after)}")


@app.command()
def expand(
    context: typer.Context,
    game: Annotated[
        str | None, typer.Argument(metavar="[GAME_OR_CODE]", help="A game's id or its join code; without one, all.")
    ] = None,
    database_url: DatabaseUrl = None,
    data: Data = None,
) -> None:
    """Give compacted journals back as they were, for a release that can't read them otherwise.

    Servers that compact do so again: have them started with --compact-after-days off first.
    """
    done, damaged = order(where_of(context, database_url, data), lambda store: _expand(store, game))
    typer.echo(f"{done} {'journal was' if done == 1 else 'journals were'} given back.")
    for words in damaged:
        typer.echo(f"{program_of(context).name}: {words}", err=True)
    if damaged:
        raise typer.Exit(FAILED)


@dataclass(frozen=True)
class _Inspection:
    stored: Stored
    nodes: Nodes
    seats: tuple[Seat, ...] | None
    unreadable: str | None
    lines: tuple[Line, ...]
    setbacks: Sequence[Setback]


async def _inspect(program: Program, store: Store, game: str, lines: int) -> _Inspection:
    stored = await find_session(store, game)
    nodes = await _nodes(program, store)
    try:
        seats, unreadable = await read_seats(program.operated, stored, store.users), None
    except Unreadable as why:
        seats, unreadable = None, str(why)
    try:
        lines = lines if stored.kind in program.operated else 0
        entries = await store.journal.entries(stored.game_id, max(0, stored.seq - lines), lines) if lines else ()
    except Unreadable as why:
        entries, unreadable = (), unreadable or str(why)
    if lines and not entries:
        entries = stored.tail[-lines:]  # the row's number is wrong, or its journal gone
    setbacks = await store.histories.setbacks(stored.game_id, SETBACKS_SHOWN_MAX)
    operated = program.operated.get(stored.kind)
    entries_read = () if operated is None else read_lines(operated, entries)
    return _Inspection(stored, nodes, seats, unreadable, entries_read, setbacks)


async def _put_back(program: Program, store: Store, game: str) -> tuple[Stored, Stored, Nodes]:
    """The session before and after, and the nodes."""
    before = await find_session(store, game)
    if not await store.ownership.put_back(before.game_id):
        raise NotThere(f"game {before.game_id} is {before.game_status}: there is nothing to go on with")
    return before, await find_session(store, before.game_id), await _nodes(program, store)


async def _expand(store: Store, game: str | None) -> tuple[int, list[str]]:
    """How many journals were given back, and what is wrong with those that could not be."""
    if game is not None:
        game_id = (await find_session(store, game)).game_id
        if not await store.archives.expand(game_id):
            raise NotThere(f"the journal of game {game_id} is not compacted")
        return 1, []
    done, damaged, page = 0, list[str](), await store.archives.compacted(None, LIST_PAGE_MAX)
    while page:
        for game_id in page:
            try:
                done += await store.archives.expand(game_id)
            except Unreadable as why:
                damaged.append(f"game {game_id}: {why}")
        page = await store.archives.compacted(page[-1], LIST_PAGE_MAX)
    return done, damaged


@dataclass(frozen=True)
class _Only:
    """Which are listed: in these statuses (none named: all), and, where it is named, of this owner and game."""

    statuses: Sequence[StoredStatus]
    owner: Owner | None = None
    kind: Kind | None = None


def _list(
    program: Program,
    only: _Only,
    limit: int,
    where: Where,
    *,
    as_json: bool,
    reasons: bool,
) -> None:
    ask = _out_of_play if reasons else _rows

    async def listed(store: Store) -> tuple[list[SessionRow], bool, Nodes, Census | None]:
        rows, more, nodes = await ask(program, store, only, limit)
        return rows, more, nodes, None if reasons else await store.counts.census(ACTING)

    rows, more, nodes, census = look(where, listed)
    if as_json:
        print_json(
            SessionsJson(tuple(session_json(row, nodes, program.words) for row in rows), more, sums_json(census))
        )
        return
    if rows:
        console().print(sessions_table(rows, nodes, reasons=reasons))
    if rows and reasons:
        advice = sorted({advice_in_words(row, program.words) for row in rows})
        console().print("", "To do:", *advice, "", sep="\n", markup=False, soft_wrap=True)
    typer.echo(_count_in_words(len(rows), more))
    if census is not None:
        typer.echo(sums_in_words(census))


async def _rows(program: Program, store: Store, only: _Only, limit: int) -> tuple[list[SessionRow], bool, Nodes]:
    """At most so many, page by page, whether there are more, and the nodes."""
    rows, cursor = list[SessionRow](), None
    while True:
        limit_now = min(limit - len(rows), LIST_PAGE_MAX)
        page = await store.listings.list_sessions(only.statuses, only.owner, cursor, limit_now, only.kind)
        rows += page.items
        cursor = page.cursor
        if cursor is None or len(rows) >= limit:
            return rows, cursor is not None, await _nodes(program, store)


async def _out_of_play(program: Program, store: Store, only: _Only, limit: int) -> tuple[list[SessionRow], bool, Nodes]:
    """Those in quarantine, then those that wait for a node that can play them, at most so many."""
    rows, more, nodes = await _rows(program, store, only, limit)
    cursor, is_last = None, more
    while not is_last:
        page = await store.listings.list_sessions(
            [Status.LOBBY.value, Status.ACTIVE.value], None, cursor, LIST_PAGE_MAX
        )
        waiting = [row for row in page.items if waits_for(row, nodes) is not None]
        more = len(rows) + len(waiting) > limit
        rows += waiting[: limit - len(rows)]
        cursor = page.cursor
        is_last = more or cursor is None
    return rows, more, nodes


async def _nodes(program: Program, store: Store) -> Nodes:
    return Nodes(await store.nodes.rows(), program.reads)


def _next_in_words(after: Stored) -> str:
    return "Any node may go on with it." if after.owner is None else f"{after.owner} goes on with it."


def _count_in_words(count: int, more: bool) -> str:
    if more:
        return f"The newest {count}; there are more: --limit shows them."
    return {0: "No games.", 1: "1 game."}.get(count, f"{count} games.")
