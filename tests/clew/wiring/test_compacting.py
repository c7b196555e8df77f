"""The setting that says when journals are compacted, from the command to the rows."""

import asyncio
import sys
from pathlib import Path
from typing import Any, Final

from tests.kit.client import Person, Player
from tests.kit.cluster import wait_for
from tests.kit.data import FILE_NAME
from tests.kit.server import Server
from tests.kit.sqlite_file import ask, change

DAY_MS: Final = 86_400_000
WITHIN_S: Final = 20.0
AT_ONCE: Final = """
import clew.sessions.cluster.compacting as compacting
compacting.COMPACT_CALM_S = 0.0
from minotaur.cli.main import app
app()
"""
"""A server that does not wait for a deploy to be over, which takes it ten minutes."""


async def test_what_was_over_for_as_many_days_as_the_command_says_is_compacted_and_told_as_before(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path / "data", "--compact-after-days", "3", command=(sys.executable, "-c", AT_ONCE))
    file = tmp_path / "data" / FILE_NAME
    try:
        await server.start()
        ada = await Person.guest(server.url, "Ada")
        old, young = await over(ada), await over(ada)
        before = await ada.replay(old["join_code"])
        await server.stop()
        for game, days in ((old, 4), (young, 2)):
            ago = days * DAY_MS
            change(
                file,
                f"UPDATE game_session_summaries SET inserted_at = inserted_at - {ago}, updated_at = updated_at - {ago}"
                f" WHERE game_id = '{game['game_id']}'",
            )

        await server.start()
        await wait_for(lambda: compacted(file), WITHIN_S)

        assert ask(file, "SELECT game_id FROM game_archives") == [(old["game_id"],)]
        assert ask(file, "SELECT DISTINCT game_id FROM game_events") == [(young["game_id"],)]
        assert await ada.replay(old["join_code"]) == before
        await ada.close()
    finally:
        await server.kill()


async def over(ada: Person) -> dict[str, Any]:
    """A game that its host gave up."""
    game = await ada.create_game(seats=2, bots=1, round_seconds=3600)
    await ada.start(game["join_code"])
    player = Player(ada, game["join_code"], game["player_id"])
    async with asyncio.TaskGroup() as group:
        stay = group.create_task(player.stay(), name="stay")
        await player.wait_until(lambda record: bool(record.views), WITHIN_S)
        await player.wait_answer(await player.resign(), WITHIN_S)
        stay.cancel()
    return game


async def compacted(file: Path) -> bool:
    return bool(ask(file, "SELECT 1 FROM game_archives"))
