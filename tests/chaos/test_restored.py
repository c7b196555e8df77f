"""A backup taken under play takes the place of a folder that is gone: pages go on from it, and are told so."""

import asyncio
from pathlib import Path
from typing import Any

from clew.client.retrying import patiently, pause
from tests.chaos.referee import judge
from tests.chaos.truth import Truth
from tests.kit.client import Person, Player
from tests.kit.folders import Folders

PATIENCE_S = 30.0


async def test_two_lives_of_one_backup_are_two_histories_and_pages_are_told_of_each(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    await folders.server.start()
    people = [await Person.guest(folders.server.url, name) for name in ("Ada", "Ben")]
    try:
        await restored_twice(folders, people)
    finally:
        await folders.server.kill()
        for person in people:
            await person.close()


async def restored_twice(folders: Folders, people: list[Person]) -> None:
    game = await begun_game(people)
    players, later = (
        [Player(person, game, f"p{n}", after_command=after) for n, person in enumerate(people, 1)]
        for after in (0, 10_000)
    )
    async with asyncio.TaskGroup() as group:
        sockets = [group.create_task(player.stay(), name="socket") for player in players]
        await end_rounds(players, 1, 2)
        backing_up = group.create_task(folders.take_backup(), name="backup")
        number = 3
        while number < 5 or not backing_up.done():
            await end_rounds(players, number)
            number += 1
            await plan_until(players[0], backing_up, number)
        await end_rounds(players, number)

        await folders.lose_and_restore("second")
        restored_at = await told_of_it(players)
        assert 2 < restored_at <= number
        await end_rounds(players, restored_at)
        for socket in sockets:
            socket.cancel()
        await asyncio.wait(sockets)
        held = [player.record.last_seq or 0 for player in players]

        await folders.lose_and_restore("third")
        newcomers = [group.create_task(player.stay(), name="socket") for player in later]
        await end_rounds(later, restored_at)
        assert [(player.record.last_seq or 0) >= seq for player, seq in zip(later, held, strict=True)] == [True, True]
        for player in players:
            player.record.set_back.clear()
        sockets = [group.create_task(player.stay(), name="socket") for player in players]
        assert await told_of_it(players) == restored_at + 1
        await play_out(people, [*players, *later], game)
        for socket in (*sockets, *newcomers):
            socket.cancel()


async def play_out(people: list[Person], players: list[Player], game: str) -> None:
    """To the end: what is stored then is one whole game, which everybody sees end the same way."""
    await players[0].wait_answer(await players[0].resign(), PATIENCE_S)
    for player in players:
        await player.wait_until(lambda record: record.view["game_status"] == "concluded", PATIENCE_S)
    assert judge(Truth(await patiently(lambda: people[0].replay(game), PATIENCE_S))) == []
    assert {player.record.view["winner_id"] for player in players} == {"p2"}
    assert [len(player.record.complaints) for player in players] == [2, 2, 0, 0]


async def begun_game(people: list[Person]) -> str:
    ada, ben = people
    settings: dict[str, Any] = {"seats": 2, "bots": 0, "round_seconds": 120, "preset": "classic", "settings": {}}
    game = str((await ada.create_game(**settings))["join_code"])
    await ben.join(game)
    await ada.start(game)
    return game


async def end_rounds(players: list[Player], *numbers: int) -> None:
    """Everybody plans nothing and is done with each."""
    for number in numbers:
        for player in players:
            await wait_round(player, number)
            for command_id in (await player.plan(number, []), await player.ready(number)):
                assert (await player.wait_answer(command_id, PATIENCE_S))["type"] == "accepted"
        for player in players:
            await wait_round(player, number + 1)


async def plan_until(player: Player, done: "asyncio.Task[None]", number: int) -> None:
    """Change their mind until that is done, but not so often that nobody would listen to them."""
    for _ in range(20):
        if done.done():
            return
        await player.wait_answer(await player.plan(number, []), PATIENCE_S)
        await pause(0.05)


async def wait_round(player: Player, number: int) -> None:
    await player.wait_until(lambda record: bool(record.views) and record.view["round"] == number, PATIENCE_S)


async def told_of_it(players: list[Player]) -> int:
    """Told once that the game was set back; gives the round that they were shown."""
    for player in players:
        await player.wait_until(lambda record: bool(record.set_back), PATIENCE_S)
    told = [welcome for player in players for welcome in player.record.set_back]
    assert [(welcome["resumed"], welcome["history"]) for welcome in told] == [(False, "changed")] * len(players)
    (round_number,) = {int(welcome["view"]["round"]) for welcome in told}
    return round_number
