"""That a game is public outlives the processes that heard of it, and is nothing that a release before has to know."""

from pathlib import Path

import pytest

from clew.client.doors import Doors
from clew.client.guest import Guest
from clew.client.retrying import patiently
from tests.chaos.quiet_games import SLOW_ROUND_S, QuietGames
from tests.chaos.two_releases import WAIT_TOLD, pair_in
from tests.kit.client import Person
from tests.kit.cluster import Cluster, wait_for
from tests.kit.releases import Release
from tests.kit.table_play import command_of, table_server, tables_at

BIDS = "examples.bids.game:Bids"
WITHIN_S = 30.0


async def found_by(person: Guest) -> dict[str, str]:
    """How the games are that this person finds, by their codes."""
    answer = await patiently(lambda: person.call("GET", "/games?public=true"), WITHIN_S)
    return {game["join_code"]: game["game_status"] for game in answer["games"]}


async def open_to_all(host: Guest, join_code: str, public: bool) -> None:
    await patiently(lambda: host.call("PATCH", f"/games/{join_code}", {"public": public}), WITHIN_S)


async def test_who_looks_for_a_game_finds_it_after_its_server_was_killed_and_none_that_was_closed(
    tmp_path: Path,
) -> None:
    async with table_server(tmp_path, BIDS) as server, tables_at(server.url, "bids") as tables:
        ada, cy = await tables.guest("Ada"), await tables.guest("Cy")
        made = [await ada.create_game(kind="bids", seats=2, bots=1, public=public) for public in (True, True, False)]
        stays, closed, opened = [str(each["join_code"]) for each in made]
        await open_to_all(ada, closed, False)
        await open_to_all(ada, opened, True)

        await server.kill()
        await server.start()

        assert await found_by(cy) == {stays: "lobby", opened: "lobby"}
        await ada.start(opened)

        await server.kill()
        await server.start()

        assert await found_by(cy) == {stays: "lobby", opened: "active"}


async def test_a_public_lobby_and_game_are_found_where_their_node_left_them(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path)
    try:
        await cluster.start_engines()
        for name in ("a", "b"):
            cluster.node(name, command=command_of(BIDS, "minotaur"))
        await cluster.start("a", "b")
        stays = cluster.nodes["b"].url
        async with tables_at(cluster.nodes["a"].url, "minotaur") as at_a, tables_at(stays, "minotaur") as at_b:
            ada, cy = await at_a.guest("Ada"), await at_b.guest("Cy")
            made = [
                await ada.create_game(kind=kind, seats=2, bots=1, round_seconds=SLOW_ROUND_S, public=public)
                for kind, public in (("minotaur", False), ("bids", True), ("bids", False))
            ]
            codes = [str(each["join_code"]) for each in made]
            await open_to_all(ada, codes[0], True)
            await ada.start(codes[0])

            assert await cluster.nodes["a"].stop() == 0

            async def holds_them() -> bool:
                return len(await cluster.held_by("b")) == len(made)

            await wait_for(holds_them)
            assert await found_by(cy) == {codes[0]: "active", codes[1]: "lobby"}
            async with ada.at(Doors([stays])) as ada_there:
                await open_to_all(ada_there, codes[1], False)
            assert await found_by(cy) == {codes[0]: "active"}
    finally:
        await cluster.close()


@pytest.mark.long
async def test_a_release_before_beside_it_leaves_public_games_alone_and_has_none_itself(
    before: Release, present: Release, tmp_path: Path
) -> None:
    async with pair_in(tmp_path, 11, before, present) as pair:
        quiet = QuietGames(pair.fleet.doors(0, 0))
        try:
            at_old, lobby_at_old = await quiet.game("Old"), await quiet.lobby()
            await pair.told(pair.new, "migrate", "--before")
            new = await pair.add(pair.new)
            host = await Person.guest(pair.fleet.doors(0, 0), "New")
            quiet.people.append(host)
            there = host.at(pair.fleet.server(new).url)
            quiet.people.append(there)
            made = await there.create_game(seats=2, bots=0, round_seconds=SLOW_ROUND_S, public=True)
            code, game_id = str(made["join_code"]), str(made["game_id"])
            assert await found_by(there) == {code: "lobby"}

            shown = [await pair.ask(name, host, code) for name in (*pair.olds(), pair.fleet.gate)]
            assert await pair.fleet.let_go(new) == 0
            pair.fleet.left(new)
            stored = await pair.rows(game_id)
            waiting = [await pair.what_is_told(name, host, code) for name in (*pair.olds(), pair.fleet.gate)]
            await lobby_at_old.joined_by(await quiet.person("Second"))
            await lobby_at_old.begin()
            await at_old.play_a_round()

            assert [answer.status_code for answer in shown] == [200] * 3, "its node is there to be asked"
            assert waiting == [WAIT_TOLD] * 3
            assert await pair.rows(game_id) == stored
            back = host.at(pair.fleet.server(await pair.add(pair.new, pair.newest_label())).url)
            quiet.people.append(back)
            assert await found_by(back) == {code: "lobby"}, "what a release before writes is private"
            assert await pair.wrongs() == []
        finally:
            await quiet.close()
