"""Who held each game when, written down by the database itself: no poll can miss a change, and no node can hide one."""

import asyncio
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import asyncpg

from clew.client.retrying import pause
from clew.stores.postgres.connections import connect
from tests.kit.postgres import run

PATIENCE_S: Final = 60.0
LOOK_AGAIN_S: Final = 0.1

_BEGIN: Final = """
CREATE SCHEMA watched;
CREATE TABLE watched.moves (
    number bigserial PRIMARY KEY, game_id text NOT NULL, owner text, epoch bigint NOT NULL, at_ms bigint NOT NULL,
    state_version int NOT NULL
);
CREATE FUNCTION watched.note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR OLD.owner IS DISTINCT FROM NEW.owner OR OLD.epoch <> NEW.epoch THEN
        INSERT INTO watched.moves (game_id, owner, epoch, at_ms, state_version) VALUES
            (NEW.game_id, NEW.owner, NEW.epoch, round(extract(epoch FROM clock_timestamp()) * 1000), NEW.state_version);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER note_move AFTER INSERT OR UPDATE OF owner, epoch ON game_session_summaries
    FOR EACH ROW EXECUTE FUNCTION watched.note()
"""


_SLOW: Final = """
CREATE FUNCTION watched.linger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_sleep(random() * TG_ARGV[0]::float);
    RETURN NULL;
END $$;
CREATE TRIGGER linger BEFORE INSERT ON game_events FOR EACH STATEMENT EXECUTE FUNCTION watched.linger('{}')
"""


@dataclass(frozen=True)
class Move:
    """From ``at_ms`` on this life of a node held the game at this epoch; None: nobody did."""

    game_id: str
    owner: str | None
    epoch: int
    at_ms: int
    state_version: int
    """That of the stored state, with which it came."""

    @property
    def node(self) -> str | None:
        return None if self.owner is None else self.owner.rpartition(".")[0]


@dataclass(frozen=True)
class Written:
    """One entry of a game's journal, and the epoch of its writer."""

    seq: int
    epoch: int


async def begin_watch(url: str, commit_s_max: float) -> None:
    """From now on every change of an owner or an epoch is written down, in the transaction that makes it.

    Each commit lasts up to so much longer, as on a slow disk: there is more on its way when something dies.
    """
    connection = await connect(url, "watch")
    try:
        await connection.execute(_BEGIN)
        if commit_s_max > 0:
            await connection.execute(_SLOW.format(commit_s_max))
    finally:
        connection.terminate()


async def moves(url: str, game_id: str | None = None) -> list[Move]:
    """All there were, of one game or of all, in order."""
    rows = await _ask(
        url,
        "SELECT game_id, owner, epoch, at_ms, state_version FROM watched.moves"
        " WHERE $1::text IS NULL OR game_id = $1 ORDER BY number",
        game_id,
    )
    return [Move(*row) for row in rows]


async def journal(url: str, game_id: str) -> list[Written]:
    rows = await _ask(url, "SELECT seq, epoch FROM game_events WHERE game_id = $1 ORDER BY seq", game_id)
    return [Written(*row) for row in rows]


async def check_writers(url: str, game_id: str) -> list[str]:
    """Complaints: an entry of a writer that was replaced before, an epoch with two holders, a hole."""
    entries, held = await journal(url, game_id), await moves(url, game_id)
    complaints = list[str]()
    if [entry.seq for entry in entries] != list(range(1, len(entries) + 1)):
        complaints.append("the journal's numbers do not rise by one")
    for before, after in pairwise(entries):
        if after.epoch < before.epoch:
            complaints.append(f"entry {after.seq} was written at epoch {after.epoch}, after {before.epoch} had begun")
    epochs = [move.epoch for move in held]
    if epochs != sorted(set(epochs)):
        complaints.append(f"the epochs were {epochs}")
    holders = {move.epoch: move.owner for move in held}
    if nobodys := sorted({entry.epoch for entry in entries if holders.get(entry.epoch) is None}):
        complaints.append(f"entries of the epochs {nobodys}, which nobody had")
    return complaints


async def _ask(url: str, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
    """The answer of a server that may be away just now."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                return await run(url, statement, *arguments)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await pause(LOOK_AGAIN_S)
