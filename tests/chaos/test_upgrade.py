"""What one machine has goes on: at the next release, and on many machines, in PostgreSQL."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.kit.client import Person, Player
from tests.kit.cluster import KEY, Cluster
from tests.kit.commands import printed
from tests.kit.releases import Release
from tests.kit.server import Server

WITHIN_S = 30.0


async def test_a_data_folder_of_the_release_before_goes_on_in_mid_round_though_it_was_killed(
    before: Release, tmp_path: Path
) -> None:
    old = Server(tmp_path / "data", "--rate-limits", "off", environment=before.environment)
    new = Server(tmp_path / "data", "--rate-limits", "off", port=old.port)
    try:
        await old.start()
        ada = await Person.guest(old.url, "Ada")
        game = await ada.create_game(seats=2, bots=1, round_seconds=3600, seed=7)
        waiting = await ada.create_game(seats=2, bots=1)
        await ada.start(game["join_code"])
        player = Player(ada, game["join_code"], game["player_id"])
        async with staying(player):
            await player.wait_answer(await player.ready(1), WITHIN_S)
            await player.wait_until(lambda record: record.view["round"] == 2, WITHIN_S)
            planned = await player.plan(2, [{"type": "wait"}])
            first = await player.wait_answer(planned)
            await old.kill()
        await printed("check-upgrade", "--data", str(old.data))
        await new.start()

        async with staying(player):
            await player.wait_until(lambda record: record.view["you"]["plan"] == [{"type": "wait"}], WITHIN_S)
            await player.ask_again([planned], WITHIN_S)
            again = player.record.answer(planned)
            await player.wait_answer(await player.ready(2), WITHIN_S)
            await player.wait_until(lambda record: record.view["round"] == 3, WITHIN_S)
            await player.wait_answer(await player.resign(), WITHIN_S)
            await player.wait_until(lambda record: record.view["game_status"] == "concluded", WITHIN_S)
        await ada.start(waiting["join_code"])
        replay = await ada.replay(game["join_code"])

        assert (first["type"], again) == ("accepted", first)
        assert player.record.complaints == []
        assert [event["seq"] for event in replay["events"]] == list(range(1, len(replay["events"]) + 1))
        assert planned in [event.get("command_id") for event in replay["events"]]
        await ada.close()
    finally:
        await old.kill()
        await new.kill()


async def test_games_of_one_machine_go_on_where_they_were_imported(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "games.export"
    data.mkdir()
    (data / "secret.key").write_bytes(KEY)
    (data / "secret.key").chmod(0o600)
    alone = Server(data, "--rate-limits", "off")
    cluster = Cluster(tmp_path)
    try:
        await asyncio.gather(alone.start(), cluster.start_engines())
        ada = await Person.guest(alone.url, "Ada")
        game = await ada.create_game(seats=3, bots=2, round_seconds=3600, seed=7)
        await ada.start(game["join_code"])
        player = Player(ada, game["join_code"], game["player_id"])
        async with staying(player):
            planned = await player.plan(1, [{"type": "wait"}])
            first = await player.wait_answer(planned)
        assert await alone.stop() == 0

        await printed("export", str(file), "--data", str(data))
        await printed("import", str(file), "--database-url", cluster.url)
        cluster.node("host-1", port=alone.port)
        await cluster.start("host-1")

        async with staying(player):
            await player.wait_until(lambda record: record.view["you"]["plan"] == [{"type": "wait"}], WITHIN_S)
            await player.ask_again([planned], WITHIN_S)
            again = player.record.answer(planned)
            later = await player.wait_answer(await player.ready(1), WITHIN_S)
            await player.wait_until(lambda record: record.view["round"] == 2, WITHIN_S)

        assert (first["type"], again, later["type"]) == ("accepted", first, "accepted")
        assert player.record.complaints == []
        assert any(event["type"] == "clock_credited" for event in player.record.events.values())
        assert [listed["join_code"] for listed in (await ada.call("GET", "/games?mine=true"))["games"]] == [
            game["join_code"]
        ]
        await ada.close()
    finally:
        await alone.kill()
        await cluster.close()


@asynccontextmanager
async def staying(player: Player) -> AsyncGenerator[None]:
    """Connected while inside."""
    async with asyncio.TaskGroup() as group:
        stay = group.create_task(player.stay(), name="stay")
        await player.wait_until(lambda record: bool(record.views), WITHIN_S)
        yield
        stay.cancel()
