"""Somebody goes for good beside the release before, which deletes nobody: what holds at once, and what once it left."""

from asyncio import TaskGroup
from pathlib import Path

import httpx

from clew.people.departed import SOMEBODY_WHO_LEFT
from tests.chaos.quiet_games import SLOW_ROUND_S, QuietGames
from tests.chaos.two_releases import WITHIN_S, Pair, pair_in
from tests.kit.client import Person, Player
from tests.kit.cluster import wait_for
from tests.kit.releases import Release

NAME = "Zebulon"
GONE = f"{SOMEBODY_WHO_LEFT} (2)"


async def test_who_goes_beside_the_release_before_is_signed_out_everywhere_and_named_nowhere_once_it_has_left(
    before: Release, present: Release, tmp_path: Path
) -> None:
    async with pair_in(tmp_path, 17, before, present) as pair:
        quiet = QuietGames(pair.fleet.doors(0, 0))
        try:
            ada, goes = await quiet.person("Ada"), await quiet.person(NAME)
            codes = {what: await game_of(ada, goes) for what in ("over", "on", "lobby")}
            for what in ("over", "on"):
                await ada.start(codes[what])
            await give_up(goes, codes["over"])
            await pair.told(pair.new, "migrate", "--before")
            new = await pair.add(pair.new)

            await delete(pair.fleet.server(new).url, goes)

            names = [new, *pair.olds(), pair.fleet.gate]
            asked = [await pair.ask(name, goes, codes["on"]) for name in names]
            assert [answer.json()["you"] for answer in asked] == [None] * len(names), "whichever release is asked"
            here = {what: (await pair.ask(new, ada, code)).text for what, code in codes.items()}
            assert NAME in here["on"] and NAME in here["lobby"], "their owner tells names"
            assert NAME not in here["over"] and GONE in here["over"], "what is over this release reads itself"

            for name in pair.olds():
                assert await pair.fleet.let_go(name) == 0
            await wait_for(lambda: all_held_by(pair, new), WITHIN_S)
            for name in (new, pair.fleet.gate):
                for what in ("on", "lobby"):
                    shown = (await pair.ask(name, ada, codes[what])).json()
                    assert [each["display_name"] for each in shown["players"]] == ["Ada", GONE], (name, what)
            replay = await pair.ask(new, ada, f"{codes['over']}/replay")
            assert NAME not in replay.text and GONE in replay.text
            there = ada.at(pair.fleet.server(new).url)
            quiet.people.append(there)
            await there.start(codes["lobby"])
            assert await pair.wrongs() == []
        finally:
            await quiet.close()


async def game_of(host: Person, other: Person) -> str:
    made = await host.create_game(seats=2, bots=0, round_seconds=SLOW_ROUND_S)
    code = str(made["join_code"])
    await other.join(code)
    return code


async def give_up(person: Person, code: str) -> None:
    """Their game is over by it."""
    player = Player(person, code, "p2")
    async with TaskGroup() as group:
        stay = group.create_task(player.stay(after=0), name="gives up")
        await player.wait_until(lambda record: bool(record.views), WITHIN_S)
        await player.wait_answer(await player.resign(), WITHIN_S)
        await player.wait_until(lambda record: record.view["game_status"] == "concluded", WITHIN_S)
        stay.cancel()


async def delete(url: str, person: Person) -> None:
    headers = {"Authorization": f"Bearer {person.token}"}
    async with httpx.AsyncClient(base_url=url, timeout=WITHIN_S, headers=headers) as http:
        answer = await http.request("DELETE", "/api/v1/me", json={})
    assert answer.status_code == 204, answer.text


async def all_held_by(pair: Pair, name: str) -> bool:
    return set(await pair.versions()) <= await pair.fleet.cluster.held_by(name)
