"""One of each bad record on real databases: named with its reason, and every other game plays on beside it."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import httpx
import pytest

from clew.client.retrying import pause
from clew.sessions.faults import Quarantined
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged
from clew.stores.postgres.store import open_postgres
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from clew.testing.hosts.life import host_of
from minotaur.play.kind import match_games
from minotaur.play.served import MatchHost
from minotaur.rules.commands import RegisterPlan, Wait
from minotaur.rules.game import Game
from minotaur.rules.names import player_id
from minotaur.rules.settings import labyrinth
from tests.kit.data import FILE_NAME, data_in
from tests.kit.postgres import emptied_database, run
from tests.kit.server import Server
from tests.play.spoiling import begun, code_of, plan_some

ROW: Final = "UPDATE game_session_summaries SET {} WHERE game_id = '{}'"
ENTRY: Final = "UPDATE game_events SET {} WHERE game_id = '{}' AND seq = (SELECT max(seq) FROM game_events AS e"
LAST: Final = " WHERE e.game_id = game_events.game_id)"
HUGE: Final = "1" * 50_000_000

ROWS: Final[list[tuple[str, str]]] = [
    ("game_state = '{}'", "state"),
    ("game_state = 'null'", "state"),
    ("game_state = '[[[[[]]]]]'", "state"),
    ("game_state = '\"nonsense \\u0000\"'", "state"),
    ('game_state = \'{"state":{},"answers":{}}\'', "state"),
    ("game_state = (SELECT game_state FROM game_session_summaries WHERE game_id = 'game-0')", "state"),
    (f"game_state = '{HUGE}'", "size"),
    ("join_code = 'ZZZZZ9'", "state"),
    ("game_status = 'lobby'", "row"),
    ("latest_round = 1", "row"),
    ("epoch = 9223372036854775807", "row"),
    ("snapshot_seq = 9223372036854775807", "row"),
    ("snapshot_seq = snapshot_seq + 1", "row"),
    ("seq = seq + 1", "journal"),
    ("state_version = -1", "version"),
]
ENTRIES: Final[list[tuple[str, str]]] = [
    ("event = '[]'", "entry"),
    ('event = \'{"v":99,"event":{},"receipt":null,"refusal":null}\'', "version"),
    ("seq = seq + 1", "journal"),
    (f"event = '{HUGE}'", "size"),
]
ONLY_SQLITE: Final[list[tuple[str, str]]] = [
    ("game_state = ''", "state"),
    ("game_state = substr(game_state, 1, 900)", "state"),
    ("game_state = CAST(x'ff00fe' AS TEXT)", "state"),
    (f"game_state = '{'[' * 300_000}'", "state"),
    ("seq = 'nonsense'", "row"),
]
START_S: Final = 60.0
ROUND_MS: Final = 60_000
GOOD: Final = 2
"""The first games are left as they are."""


async def play(host: MatchHost, count: int) -> list[GameId]:
    """So many games in their third round, with plans after their snapshots."""
    async with host.running():
        games = [
            await begun(host, number, labyrinth(2, round_seconds=ROUND_MS // 1000, health=90), humans=2, rounds=2)
            for number in range(count)
        ]
        for game_id in games:
            await plan_some(host, game_id)
    return games


def statements(games: Sequence[GameId], rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What spoils a game each, and the kind of reason it is put aside with."""
    bad = iter(games[GOOD:])
    spoiled = [(ROW.format(change, next(bad)), kind) for change, kind in rows]
    return spoiled + [(ENTRY.format(change, next(bad)) + LAST, kind) for change, kind in ENTRIES]


async def boot_among(host: MatchHost, clock: HandClock, games: Sequence[GameId], kinds: Sequence[str]) -> None:
    async with host.running():
        resumed = await asyncio.wait_for(host.resume_active_sessions(lambda _: None), START_S)
        for game_id in games[:GOOD]:
            answer = await host.post(game_id, RegisterPlan(player_id(1), 3, (Wait(), Wait())))
            assert isinstance(answer, Acknowledged)
        told = dict[GameId, str]()
        for game_id in games[GOOD:]:
            with pytest.raises(Quarantined) as caught:
                await host.look(game_id)
            told[game_id] = caught.value.reason
        async with asyncio.timeout(START_S):
            while min([(await game_of(host, game_id)).round for game_id in games[:GOOD]]) < 4:
                await clock.advance(0.1)
                await pause(0.01)  # a database takes real time

    assert resumed.sessions == GOOD
    assert [reason.partition(":")[0] for reason in told.values()] == list(kinds)


async def game_of(host: MatchHost, game_id: GameId) -> Game:
    game = (await host.look(game_id)).state.game
    assert game is not None
    return game


async def test_one_of_each_in_a_data_folder(tmp_path: Path) -> None:
    clock, rows = HandClock(), [*ROWS, *ONLY_SQLITE]
    with open_data(data_in(tmp_path), clock) as store:
        games = await play(host_of(match_games(), store, clock), GOOD + len(rows) + len(ENTRIES))
    spoils = statements(games, rows)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        for statement, _ in spoils:
            assert connection.execute(statement).rowcount == 1

    with open_data(data_in(tmp_path), clock) as store:
        await boot_among(host_of(match_games(), store, clock), clock, games, [kind for _, kind in spoils])


async def test_one_of_each_in_a_database() -> None:
    clock = HandClock()
    url = await emptied_database()
    async with open_postgres(url, clock) as store:
        games = await play(host_of(match_games(), store, clock), GOOD + len(ROWS) + len(ENTRIES))
        spoils = statements(games, ROWS)
        for statement, _ in spoils:
            await run(url, statement)

        await boot_among(host_of(match_games(), store, clock), clock, games, [kind for _, kind in spoils])


async def test_a_server_starts_among_one_of_each_and_serves_the_others(tmp_path: Path) -> None:
    """A process with the web before it: what people and operators see of such games."""
    clock, rows, folder = HandClock(), [*ROWS, *ONLY_SQLITE], tmp_path / "data"
    with open_data(data_in(folder), clock) as store:
        games = await play(host_of(match_games(), store, clock), GOOD + len(rows) + len(ENTRIES))
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        for statement, _ in statements(games, rows):
            connection.execute(statement)
    server = Server(folder)
    await server.start()

    try:
        async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=30) as http:
            good = [await http.get(f"/games/{code_of(number)}") for number in range(GOOD)]
            bad = [await http.get(f"/games/{code_of(number)}") for number in range(GOOD, len(games))]
            health = await http.get(f"{server.url}/health/ready")
    finally:
        await server.stop()

    assert [answer.json()["game_status"] for answer in good] == ["active"] * GOOD
    unknown = [answer.json()["error"]["code"] for answer in bad]
    assert set(unknown) == {"game_unreadable", "no_such_game"}
    assert unknown.count("no_such_game") == 1, "the one whose code is another now"
    assert health.status_code == 200
    assert "Put aside: game " in server.log_path.read_text(errors="replace")
