"""The rows of games and users out of one database and into another, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from clew.sessions.bounds import EPOCH_MAX
from clew.sessions.faults import Unreadable
from clew.sessions.ids import GameId, Millis
from clew.sessions.kinds import FIRST_KIND
from clew.stores.archive import Archive, unpack_journal
from clew.stores.moving.format import (
    AccountLine,
    BadExport,
    EntryLine,
    ExportWriter,
    MovedCounts,
    PasskeyLine,
    PlayerLine,
    RecordLine,
    RowLine,
    SessionLine,
    SignInLine,
    UserLine,
)
from clew.stores.schema.tables import (
    HOLDS_ITS_CODE,
    accounts,
    archives,
    events,
    nodes,
    passkeys,
    players,
    sessions,
    sign_ins,
    users,
)

ROWS_MAX: Final = 500
"""Rows read or written at once."""

TABLES: Final[Mapping[type[RowLine], sa.Table]] = {
    UserLine: users,
    SignInLine: sign_ins,
    AccountLine: accounts,
    PasskeyLine: passkeys,
    SessionLine: sessions,
    PlayerLine: players,
    EntryLine: events,
    RecordLine: archives,
}
_AS_TEXT: Final = frozenset({"game_state", "event"})
_RAW: Final = "raw"
_HOLDS_ITS_CODE: Final = frozenset({"lobby", "active", "quarantined"})


class Clash(Exception):
    """Something that would be imported is there already, and named: nothing was imported."""


# --- out -------------------------------------------------------------------------------------------------------------


def write_rows(connection: sa.Connection, writer: ExportWriter, exported_at: Millis) -> MovedCounts:
    """Every user, sign-in, account, passkey, session, player and entry, each after what it belongs to.

    A compacted journal goes as its entries, which every release reads. Raises ``Unreadable`` where it is damaged.
    """
    for line in _lines(connection, UserLine, users.c.user_id):
        writer.row(line)
    for line in _lines(connection, SignInLine, sign_ins.c.token_hash):
        writer.row(line)
    for line in _lines(connection, AccountLine, accounts.c.user_id):
        writer.row(line)
    for line in _lines(connection, PasskeyLine, passkeys.c.credential_id):
        writer.row(line)
    since = _unowned_since(exported_at)
    for line in _lines(connection, SessionLine, sessions.c.id, unowned_since=since):
        writer.row(line)
    for line in _lines(connection, PlayerLine, players.c.id):
        writer.row(line)
    for (game_id,) in _pages(connection, [sessions.c.game_id], sessions.c.id):
        for line in _compacted(connection, game_id):
            writer.row(line)
        for line in _lines(connection, EntryLine, events.c.seq, events.c.game_id == game_id):
            writer.row(line)
    return writer.end()


def write_session(connection: sa.Connection, writer: ExportWriter, game_id: GameId, exported_at: Millis) -> MovedCounts:
    """One session's row, its players and its journal, and no word of who they are but what is in these."""
    is_it = sessions.c.game_id == game_id
    rows = sa.select(sessions.c.id).where(is_it).scalar_subquery()
    for line in _lines(connection, SessionLine, sessions.c.id, is_it, unowned_since=_unowned_since(exported_at)):
        writer.row(line)
    for line in _lines(connection, PlayerLine, players.c.id, players.c.game_session_id == rows):
        writer.row(line)
    for line in _compacted(connection, game_id):
        writer.row(line)
    for line in _lines(connection, EntryLine, events.c.seq, events.c.game_id == game_id):
        writer.row(line)
    return writer.end()


def _compacted(connection: sa.Connection, game_id: GameId) -> Iterator[RowLine]:
    """A compacted journal as its entries; one that can't be read as it is."""
    for record in _lines(connection, RecordLine, archives.c.game_id, archives.c.game_id == game_id):
        assert isinstance(record, RecordLine)
        try:
            entries = unpack_journal(game_id, Archive(record.entries, record.format, record.body))
        except Unreadable:
            yield record
            return
        for entry in entries:
            yield EntryLine(game_id, entry.seq, entry.epoch, entry.recorded_at, entry.body.decode())


def _unowned_since(exported_at: Millis) -> sa.ColumnElement[Any]:
    """Since when nobody runs an open session: since it was let go of or lost, or else since the export."""
    lost = (
        sa.select(nodes.c.renewed_at)
        .where(nodes.c.owner == sessions.c.owner, nodes.c.lease_expires_at <= exported_at)
        .scalar_subquery()
    )
    is_open = sessions.c.game_status.in_(["lobby", "active"])
    return sa.case((is_open, sa.func.coalesce(sessions.c.unowned_since, lost, exported_at)), else_=None)


def _lines(
    connection: sa.Connection,
    kind: type[RowLine],
    key: sa.Column[Any],
    *where: sa.ColumnElement[bool],
    **instead: sa.ColumnElement[Any],
) -> Iterator[RowLine]:
    columns = TABLES[kind].c
    # SQLite keeps any bytes as text, and can't give them as such where they are none
    kept = sa.LargeBinary if connection.dialect.name == "sqlite" else sa.Text
    names = [name for name in kind.__struct_fields__ if name != _RAW]
    wanted = [sa.cast(columns[name], kept) if name in _AS_TEXT else instead.get(name, columns[name]) for name in names]
    for row in _pages(connection, wanted, key, *where):
        yield kind(**_as_line(dict(zip(names, row, strict=True))))


def _as_line(row: dict[str, Any]) -> dict[str, Any]:
    """A row as its line says it: text, or where it is none its bytes; and no word of the kind that goes without."""
    if row.get("kind") == FIRST_KIND:
        del row["kind"]
    for name in _AS_TEXT & row.keys():
        if isinstance(row[name], bytes):
            try:
                row[name] = row[name].decode()
            except UnicodeDecodeError:
                row |= {name: "", _RAW: row[name]}
    return row


def _pages(
    connection: sa.Connection,
    columns: Sequence[sa.ColumnElement[Any]],
    key: sa.Column[Any],
    *where: sa.ColumnElement[bool],
) -> Iterator[Sequence[Any]]:
    """All rows in the order of a unique column, no more than a page of them in memory."""
    query = sa.select(*columns, key.label("key")).where(*where).order_by(key).limit(ROWS_MAX)
    rows: Sequence[Sequence[Any]] = connection.execute(query).all()
    while True:
        for row in rows:
            yield row[:-1]
        if len(rows) < ROWS_MAX:
            return
        rows = connection.execute(query.where(key > rows[-1][-1])).all()


# --- in --------------------------------------------------------------------------------------------------------------


def read_rows(connection: sa.Connection, lines: Iterator[RowLine]) -> None:
    """Insert all, with their ids and times, held by nobody and at a later epoch. Raises ``Clash``."""
    takes_bytes = connection.dialect.name == "sqlite"
    for kind, run in groupby(lines, type):
        while page := list(islice(run, ROWS_MAX)):
            if not takes_bytes:
                _refuse_bytes(page)
            _refuse_clashes(connection, page)
            connection.execute(_insert(kind), [_values(line) for line in page])
    if connection.dialect.name == "postgresql":
        for table in (sessions, players):  # the numbers it gives by itself begin after those it was given
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
            )


def _insert(kind: type[RowLine]) -> sa.Insert:
    columns = TABLES[kind].c
    as_text = {
        name: sa.cast(sa.bindparam(f"{name}_text", type_=sa.Text), columns[name].type)
        for name in kind.__struct_fields__
        if name in _AS_TEXT
    }
    return TABLES[kind].insert().values(as_text) if as_text else TABLES[kind].insert()


def _values(line: RowLine) -> dict[str, object]:
    row = msgspec.structs.asdict(line)
    raw: bytes | None = row.pop(_RAW, None)
    values: dict[str, object] = {
        (f"{name}_text" if name in _AS_TEXT else name): raw if raw is not None and name in _AS_TEXT else value
        for name, value in row.items()
    }
    if isinstance(line, SessionLine):
        values |= {"owner": None, "epoch": min(line.epoch, EPOCH_MAX) + 1, "asleep": False}
    return values


def _refuse_bytes(page: Sequence[RowLine]) -> None:
    for line in page:
        if isinstance(line, SessionLine | EntryLine) and line.raw is not None:
            raise BadExport(f"game {line.game_id} holds bytes that are no text, which only a data folder can keep")


def _refuse_clashes(connection: sa.Connection, page: Sequence[RowLine]) -> None:
    """Name the first that is there already."""
    for name, column, wanted, *where in _claims(page):
        found = connection.execute(sa.select(column).where(column.in_(wanted), *where).limit(1)).scalar()
        if found is not None:
            told = found.hex()[:8] if isinstance(found, bytes) else found
            raise Clash(f"{name} {told} is in the database already")


def _claims(page: Sequence[RowLine]) -> Iterator[tuple[Any, ...]]:
    """What must be free: its name, its column, the values, and where only some rows count."""
    match page[0]:
        case UserLine():
            yield "user", users.c.user_id, [line.user_id for line in page if isinstance(line, UserLine)]
        case SignInLine():
            hashes = [line.token_hash for line in page if isinstance(line, SignInLine)]
            yield "the sign-in with token hash", sign_ins.c.token_hash, hashes
        case AccountLine():
            rows = [line for line in page if isinstance(line, AccountLine)]
            yield "the account of user", accounts.c.user_id, [line.user_id for line in rows]
            yield "the user name", accounts.c.name_key, [line.name_key for line in rows]
        case PasskeyLine():
            ids = [line.credential_id for line in page if isinstance(line, PasskeyLine)]
            yield "the passkey", passkeys.c.credential_id, ids
        case SessionLine():
            rows = [line for line in page if isinstance(line, SessionLine)]
            codes = [line.join_code for line in rows if line.game_status in _HOLDS_ITS_CODE]
            yield "game", sessions.c.game_id, [line.game_id for line in rows]
            yield "an open game with join code", sessions.c.join_code, codes, HOLDS_ITS_CODE
            yield "the game in row", sessions.c.id, [line.id for line in rows]
        case PlayerLine():
            yield "the player in row", players.c.id, [line.id for line in page if isinstance(line, PlayerLine)]
        case EntryLine():
            games = {line.game_id: None for line in page if isinstance(line, EntryLine) and line.seq == 1}
            yield "the journal of game", events.c.game_id, list(games)
        case RecordLine():
            records = [line.game_id for line in page if isinstance(line, RecordLine)]
            yield "the journal of game", archives.c.game_id, records
