"""Games that anybody may join or watch: who makes one public, who finds it, and that nothing of the others is found."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from clew.client.faults import Rejected
from clew.client.guest import Guest
from clew.people.user import User
from clew.wire.errors import ApiError
from clew.wire.http import GAMES_PAGE_MAX
from minotaur.play.wire_change import ChangeGame
from minotaur.play.wire_http import CreateGame, GameInfo
from tests.clew.gateway.house import House, house
from tests.clew.gateway.street import GATEWAY, HOST, open_street
from tests.kit.cluster import wait_for
from tests.kit.table_play import Message, Tables, table_server, tables_at

GAMES = ("minotaur", "examples.bids.game:Bids")

each_kind = pytest.mark.parametrize("kind", ["minotaur", "bids"])


async def make(at: House, host: User, *, public: bool = False) -> str:
    return (await at.service.create_game(host, CreateGame(seats=2, public=public))).join_code


async def change(at: House, code: str, user: User, **wanted: Any) -> None:
    await at.service.change(code, user, lambda _: ChangeGame(**wanted))


async def listed(at: House, user: User) -> list[str]:
    """The codes, of all pages."""
    pages = [await at.service.public_games(user, None, 2)]
    while pages[-1].next_cursor is not None:
        pages.append(await at.service.public_games(user, pages[-1].next_cursor, 2))
    return [game.join_code for page in pages for game in page.games]


async def test_a_game_is_for_those_with_its_link_until_its_host_says_otherwise() -> None:
    async with house() as at:
        ada, bo = await at.person("Ada"), await at.person("Bo")
        private, public = await make(at, ada), await make(at, ada, public=True)

        assert (await at.service.game(private)).public is False
        assert (await at.service.game(public)).public is True
        assert await listed(at, bo) == [public]

        await change(at, private, ada, public=True)
        await change(at, public, ada, public=False)

        assert await listed(at, bo) == [private]


async def test_a_change_of_something_else_leaves_it_as_public_as_it_was() -> None:
    async with house() as at:
        ada = await at.person("Ada")
        code = await make(at, ada, public=True)

        await change(at, code, ada, round_seconds=77)
        await change(at, code, ada, host_id="p1")

        assert (await at.service.game(code)).public is True
        assert await listed(at, ada) == [code]


async def test_only_the_host_says_so_and_only_before_it_begins() -> None:
    async with house() as at:
        ada, bo = await at.person("Ada"), await at.person("Bo")
        code = await make(at, ada)
        await at.service.join(code, bo)

        with pytest.raises(ApiError) as refused:
            await change(at, code, bo, public=True)
        await at.service.start(code, ada)
        with pytest.raises(ApiError) as late:
            await change(at, code, ada, public=True)

        assert (refused.value.code, late.value.code) == ("not_host", "game_started")
        assert await listed(at, bo) == []


async def test_lobbies_and_games_that_are_on_come_newest_first_and_what_is_over_is_gone() -> None:
    async with house() as at:
        ada, bo = await at.person("Ada"), await at.person("Bo")
        codes = [await make(at, ada, public=True) for _ in range(5)]
        on, over, off = codes[1], codes[2], codes[3]
        for code in (on, over):
            await at.service.join(code, bo)
            await at.service.start(code, ada)
        await at.service.leave(over, bo)
        await at.service.cancel(off, ada)

        assert (await at.service.game(over)).game_status == "concluded"
        assert await listed(at, bo) == [codes[4], on, codes[0]]


async def test_a_page_says_how_a_game_is_and_when_it_was_made_and_is_bounded() -> None:
    async with house() as at:
        ada, bo = await at.person("Ada"), await at.person("Bo")
        for _ in range(3):
            await make(at, ada, public=True)

        page = await at.service.public_games(bo, None, 10_000)
        one = await at.service.public_games(bo, None, 0)

        (first, *_) = page.games
        assert isinstance(first, GameInfo)
        assert (len(page.games), len(one.games)) == (3, 1)
        assert GAMES_PAGE_MAX >= 3
        assert [player.display_name for player in first.players] == ["Ada"]
        assert (first.seats, first.you, first.latest_round, first.ended_at) == (2, None, 0, None)
        assert first.made_at is not None


async def test_a_rematch_is_for_those_who_played_until_its_host_says_otherwise() -> None:
    async with house() as at:
        ada, bo = await at.person("Ada"), await at.person("Bo")
        code = await make(at, ada, public=True)
        await at.service.join(code, bo)
        await at.service.start(code, ada)
        await at.service.leave(code, bo)

        again = await at.service.rematch(code, bo)

        assert (await at.service.game(again.join_code)).public is False
        assert await listed(at, ada) == []


async def test_every_node_lists_the_games_of_all_whoever_holds_them() -> None:
    async with open_street() as street:
        home, east, west = await street.begin_all(home=HOST, east=GATEWAY, west=GATEWAY)
        ada = await street.person(east, "Ada")

        async def found() -> list[list[str]]:
            made = await east.service.create_game(ada, CreateGame(seats=2, public=True))
            await east.service.create_game(ada, CreateGame(seats=2))
            pages = await asyncio.gather(*(node.service.public_games(ada) for node in (home, east, west)))
            return [[made.join_code], *([game.join_code for game in page.games] for page in pages)]

        made, *seen = await street.run(found())

        assert seen == [made] * 3


@each_kind
async def test_a_stranger_finds_it_watches_it_and_is_shown_no_more_than_by_its_link(tmp_path: Path, kind: str) -> None:
    async with table_server(tmp_path, *GAMES) as server, tables_at(server.url, kind) as tables:
        ada, bo, cy = [await tables.guest(name) for name in ("Ada", "Bo", "Cy")]
        await ada.create_game(kind=kind, seats=2)
        hidden = str((await ada.create_game(kind=kind, seats=2))["join_code"])
        code = str((await ada.create_game(kind=kind, seats=2, public=True))["join_code"])
        await bo.join(code)
        assert [game["join_code"] for game in await public(cy)] == [code]
        tables.code = code
        await ada.start(code)

        (found,) = await public(cy)
        stranger = await tables.watch(cy, found["join_code"])
        linked = await tables.watch(await tables.guest("Di"))

        assert stranger.now["viewer"] == "spectator"
        assert stranger.now["you"] is None
        assert stranger.now == linked.now
        assert hidden not in stranger.text


@each_kind
async def test_it_survives_kill_9_and_leaves_the_list_with_its_end(tmp_path: Path, kind: str) -> None:
    async with table_server(tmp_path, *GAMES) as server, tables_at(server.url, kind) as tables:
        ada, bo = [await tables.guest(name) for name in ("Ada", "Bo")]
        code = str((await ada.create_game(kind=kind, seats=2))["join_code"])
        await ada.call("PATCH", f"/games/{code}", {"public": True})
        seen = list[list[Message]]()
        for step in ("", "join", "start"):
            if step:
                await (bo if step == "join" else ada).call("POST", f"/games/{code}/{step}")
            await server.kill()
            await server.start()
            seen.append(await public(bo))
        await end(tables, code, ada, bo)

        assert [[game["join_code"] for game in page] for page in seen] == [[code]] * 3
        assert [page[0]["game_status"] for page in seen] == ["lobby", "lobby", "active"]
        assert await public(bo) == []


@each_kind
async def test_who_asks_wrongly_is_told_what_is_wrong(tmp_path: Path, kind: str) -> None:
    async with table_server(tmp_path, *GAMES) as server, tables_at(server.url, kind) as tables:
        ada = await tables.guest("Ada")
        wrong = {
            "public=true&mine=true": "mine",
            "mine=false": "mine",
            "public=true&status=lobby": "status",
            "public=true&limit=51": "limit",
        }
        for query, path in wrong.items():
            with pytest.raises(Rejected) as refused:
                await ada.call("GET", f"/games?{query}")
            assert (refused.value.code, refused.value.error["details"]["path"]) == ("invalid", path)
        with pytest.raises(Rejected) as refused:
            await ada.call("POST", "/games", {"kind": kind, "public": "yes"})
        assert (refused.value.code, refused.value.error["details"]["path"]) == ("invalid", "public")


@each_kind
async def test_my_games_say_for_whom_they_wait_and_then_my_place_and_when_they_ended(tmp_path: Path, kind: str) -> None:
    async with table_server(tmp_path, *GAMES) as server, tables_at(server.url, kind) as tables:
        ada, bo = [await tables.guest(name) for name in ("Ada", "Bo")]
        code = str((await ada.create_game(kind=kind, seats=2))["join_code"])
        await bo.join(code)
        tables.code = code
        await ada.start(code)
        viewer = await tables.watch(ada)
        (before,) = (await ada.call("GET", "/games?mine=true"))["games"]
        await viewer.ready()
        (after,) = (await ada.call("GET", "/games?mine=true"))["games"]
        await end(tables, code, bo, ada)

        async def reckoned() -> bool:
            return (await ada.call("GET", "/games"))["games"][0]["place"] is not None

        await wait_for(reckoned)
        ((mine,), (theirs,)) = [(await each.call("GET", "/games"))["games"] for each in (ada, bo)]

        assert (before["waiting_for"], after["waiting_for"]) == (["p1", "p2"], ["p2"])
        assert (before["place"], before["ended_at"]) == (None, None)
        assert (mine["place"], theirs["place"]) == (1, 2)
        assert mine["made_at"] < mine["ended_at"]
        assert (await ada.call("GET", f"/games/{code}"))["place"] is None, "it is of who asks, in their list"


async def end(tables: Tables, code: str, *people: Guest) -> None:
    """Each gives up until it is over."""
    watching = await tables.watch(people[0], code)
    for person in people:
        if (await person.call("GET", f"/games/{code}"))["game_status"] == "active":
            await person.call("POST", f"/games/{code}/leave")
    await watching.wait_over()


async def public(guest: Guest) -> list[Message]:
    page = await guest.call("GET", "/games?public=true")
    return list(page["games"])
