"""A SQLite file as one whole: copied beside whoever writes to it, looked through, and given a history of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clew.sessions.bounds import EPOCH_MAX
from clew.sessions.ids import Millis
from clew.stores.schema.revision import NEWEST, UnknownSchema, Unopenable, is_beyond
from clew.stores.sqlite.connection import LOCK_WAIT_MS

COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file, and reads with whichever file has that name by then."""

COPY_PAGES: Final = 4_096
"""Pages copied between two words of progress."""

_TABLES: Final = frozenset({"alembic_version", "game_session_summaries", "game_events", "users", "nodes"})
"""Those of every release."""
_IS_OPEN: Final = "game_status IN ('lobby', 'active')"
_LIFE: Final = "node_id || '.' || incarnation"
"""What an owner is called, in every schema."""


class NotOurs(Exception):
    """The file is no database of games, in a few words that follow its name."""


class Damaged(Exception):
    """The file can't be read whole: what SQLite says about it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds. ``latest_round`` is the furthest of its open games, ``written_at`` its last change."""

    size: int
    revision: str
    open: int
    closed: int
    quarantined: int
    users: int
    latest_round: int
    written_at: Millis


def companions_of(path: Path) -> list[Path]:
    """Those of a file's companions that are there."""
    return [beside for end in COMPANIONS if (beside := path.with_name(path.name + end)).exists()]


def copy_database(source: Path, target: Path, progress: Callable[[int], None], *, served: bool) -> None:
    """Copy all of it, as it is at one moment, into an empty file, which then stands alone.

    ``served``: somebody may write to the source meanwhile, and is not held up. ``progress`` is told bytes. Raises
    ``NotOurs``, ``Unopenable``.
    """
    with _errors_told(), closing(_opened(source, served=served)) as here, closing(_opened_new(target)) as there:
        here.execute("BEGIN")
        here.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on one moment: nothing restarts it
        (page,) = here.execute("PRAGMA page_size").fetchone()

        def copied(_status: int, remaining: int, total: int) -> None:
            progress((total - remaining) * page)

        here.backup(there, pages=COPY_PAGES, progress=copied)
        there.execute("PRAGMA journal_mode = DELETE")  # as copied it would make companions wherever it is opened


def look_at(path: Path) -> Contents:
    """What is in a file that nobody writes to. Raises ``NotOurs``, ``UnknownSchema``, ``Unopenable``."""
    with _errors_told(), closing(_opened(path, served=False)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if _TABLES - tables:
            raise NotOurs("is a SQLite database, but none of games")
        found = [str(revision) for (revision,) in connection.execute("SELECT version_num FROM alembic_version")]
        if any(map(is_beyond, found)):
            raise UnknownSchema(f"schema revision {found[0]} is not known to this release, whose newest is {NEWEST}")
        if len(found) != 1:
            raise NotOurs("holds no schema of one release: a migration must have been cut off")
        return _counted(path, found[0], connection)


def check_whole(path: Path) -> None:
    """Read all of a file that nobody writes to, and every index against its table. Raises ``Damaged``."""
    try:
        with closing(_opened(path, served=False)) as connection:
            wrong = [str(line) for (line,) in connection.execute("PRAGMA integrity_check(1)") if line != "ok"]
    except sqlite3.Error as error:
        raise Damaged(str(error)) from error
    if wrong:
        raise Damaged(" ".join(wrong[0].split()))


def begin_history(path: Path, now: Millis) -> None:
    """Have nobody hold anything in a file that no server has: whoever serves it goes on at once, at later epochs.

    Open games are without an owner since the last sign of life in it, so that the time since is given back; operators
    are shown that they were restored, where the schema has a place for that. Any schema that ``look_at`` gives. Raises
    ``Unopenable``.
    """
    with _errors_told(), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY")  # cut off, the file is thrown away
        connection.execute("BEGIN IMMEDIATE")
        columns = {name for _, name, *_ in connection.execute("PRAGMA table_info(game_session_summaries)")}
        awake = ", asleep = false" if "asleep" in columns else ""
        connection.execute(
            f"UPDATE game_session_summaries AS s SET owner = NULL, epoch = min(epoch, {EPOCH_MAX}) + 1{awake},"
            f" unowned_since = coalesce(unowned_since, (SELECT renewed_at FROM nodes WHERE {_LIFE} = s.owner),"
            f" (SELECT max(renewed_at) FROM nodes), updated_at) WHERE {_IS_OPEN}"
        )
        connection.execute("UPDATE nodes SET lease_expires_at = 0")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'game_setbacks'").fetchone():
            connection.execute(
                "INSERT INTO game_setbacks (game_id, noticed_at, kept_seq, latest_round, said_by)"
                f" SELECT game_id, ?, seq, latest_round, 'restore' FROM game_session_summaries WHERE {_IS_OPEN}",
                (now,),
            )
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = DELETE")


def _counted(path: Path, revision: str, connection: sqlite3.Connection) -> Contents:
    games = dict[str, int](connection.execute("SELECT game_status, count(*) FROM game_session_summaries GROUP BY 1"))
    (users,) = connection.execute("SELECT count(*) FROM users").fetchone()
    (furthest,) = connection.execute(
        f"SELECT coalesce(max(CAST(latest_round AS INTEGER)), 0) FROM game_session_summaries WHERE {_IS_OPEN}"
    ).fetchone()
    (written_at,) = connection.execute(
        "SELECT max(coalesce((SELECT max(renewed_at) FROM nodes), 0),"
        " coalesce((SELECT max(CAST(updated_at AS INTEGER)) FROM game_session_summaries), 0))"
    ).fetchone()
    return Contents(
        size=path.stat().st_size,
        revision=revision,
        open=games.get("lobby", 0) + games.get("active", 0),
        closed=games.get("concluded", 0) + games.get("canceled", 0),
        quarantined=games.get("quarantined", 0),
        users=users,
        latest_round=furthest,
        written_at=written_at,
    )


def _opened(path: Path, *, served: bool) -> sqlite3.Connection:
    """To look only. A file nobody writes to is read as it lies, from a medium that can't be written to as well."""
    how = "mode=ro" if served else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=LOCK_WAIT_MS / 1_000
    )
    connection.text_factory = _text
    return connection


def _text(raw: bytes) -> str:
    """One spoiled record must not keep the others from being saved."""
    return raw.decode(errors="replace")


def _opened_new(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")  # whoever gives the file its name sees to that
    return connection


@contextmanager
def _errors_told() -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise NotOurs("is no database (what `clew export` wrote is read by `clew import`)") from error
        raise Unopenable(str(error)) from error
