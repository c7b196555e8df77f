"""A replay is the same text before and after its journal was compacted, and told apart from a damaged one."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from clew.sessions.ids import GameId
from clew.sessions.records import Compacted, NewSession
from clew.sessions.session.bodies import Position, write_entry, write_snapshot
from clew.stores.postgres.store import open_postgres
from clew.stores.sqlite.store import open_data
from clew.wiring.clock import RealClock
from minotaur.play.codec import MatchCodec
from minotaur.play.kind import KIND
from minotaur.play.machine import MatchMachine
from minotaur.rules.settings import labyrinth
from tests.clew.web.live import inside
from tests.kit.data import FILE_NAME, data_in
from tests.kit.postgres import emptied_database, run
from tests.kit.sqlite_file import change
from tests.kit.store_records import register
from tests.kit.stores import ADAPTERS, AnyStore
from tests.play.driving import START, Table, user

API = "/api/v1/games/ABC234"
TRUNCATE = "UPDATE game_archives SET body = substr(body, 1, 99)"


@pytest.fixture(params=sorted(ADAPTERS))
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[AnyStore]:
    async with ADAPTERS[request.param](tmp_path, RealClock()) as opened:
        yield opened


async def whole_game(store: AnyStore) -> GameId:
    """A game of two people and two bots, from its lobby to its end, and longer than a page of the journal."""
    codec, table = MatchCodec(), Table.laid(labyrinth(8), seed=11)
    table.start(humans=2)
    for number in range(12):
        if table.match.status == "active":
            table.act(("plan", number, (number, number + 3)))
            table.act(("ready", number, ()))
    table.play_out()
    bodies = tuple(write_entry(codec, entry) for entry in table.journal)
    summary = MatchMachine().summary(table.match)
    end = write_snapshot(codec, Position(table.match, table.seq, summary, {}))
    game_id = table.match.game_id
    await store.journal.create(
        [NewSession(game_id, "ABC234", await register(store), bodies, START, None, end, kind=KIND)]
    )
    assert user(1) in {player.user_id for player in summary.players}
    return game_id


async def asked(store: AnyStore, what: str) -> tuple[int, bytes]:
    """What a server that begins with this store answers."""
    async with inside(store) as web, web.http() as http:
        answer = await http.get(f"{API}{what}")
        return answer.status_code, answer.content


async def test_a_replay_is_the_same_before_and_after(store: AnyStore) -> None:
    game_id = await whole_game(store)
    before = [await asked(store, what) for what in ("", "/replay")]

    compacted = await store.archives.compact(game_id)

    assert isinstance(compacted, Compacted)
    assert compacted.bytes_after * 8 < compacted.bytes_before
    assert [status for status, _ in before] == [200, 200]
    assert [await asked(store, what) for what in ("", "/replay")] == before


async def test_a_damaged_record_is_told_in_sqlite(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path), RealClock()) as store:
        await store.archives.compact(await whole_game(store))
        change(tmp_path / FILE_NAME, TRUNCATE)

        status, body = await asked(store, "/replay")

    assert (status, b"game_unreadable" in body) == (503, True)


async def test_a_damaged_record_is_told_in_postgresql() -> None:
    url = await emptied_database()
    async with open_postgres(url) as store:
        await store.archives.compact(await whole_game(store))
        await run(url, TRUNCATE)

        status, body = await asked(store, "/replay")

        assert (status, b"game_unreadable" in body) == (503, True)
        await run(url, "UPDATE game_archives SET format = 2")
        _, body = await asked(store, "/replay")
        assert b'"busy"' in body, "a later release wrote it, and can read it"
