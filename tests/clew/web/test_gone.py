"""Who deletes their account is named nowhere any more, at whichever door one looks, before a crash and after it."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from clew.people.departed import SOMEBODY_WHO_LEFT
from clew.sessions.bounds import RECKON_EVERY_S
from clew.sessions.records import Compacted
from clew.stores.folder import DataFolder
from clew.stores.sqlite.store import open_data
from clew.web.bounds import PREVIEWS_KEPT_S
from clew.wiring.clock import RealClock
from tests.kit.cluster import wait_for
from tests.kit.server import Server
from tests.kit.table_play import Tables, Viewer, table_server, tables_at

API: Final = "/api/v1"
WITHIN_S: Final = 10 * RECKON_EVERY_S
NAME: Final = "Zebulon"
KINDS: Final = ["minotaur", "bids"]


@dataclass
class Seen:
    """Everything that can be looked at by whoever was at a table with somebody."""

    url: str
    token: str
    codes: dict[str, str]
    gone_id: str

    async def everywhere(self) -> dict[str, str]:
        """What each door says, by its path."""
        found = dict[str, str]()
        async with httpx.AsyncClient(base_url=self.url, timeout=30) as http:
            for path in self._paths():
                answer = await http.get(path, headers={"authorization": f"Bearer {self.token}", "accept": "*/*"})
                found[path] = answer.text
        return found

    def _paths(self) -> list[str]:
        kinds = [f"{API}/leaderboard?kind={kind}" for kind in KINDS]
        of_games = [
            path
            for code in self.codes.values()
            for path in (f"{API}/games/{code}", f"{API}/games/{code}/results", f"/g/{code}")
        ]
        over = self.codes["over"]
        told = [f"{API}/games/{over}/replay", f"{API}/games/{over}/picture.svg"]
        mine = [
            f"{API}/games?mine=true",
            f"{API}/games?public=true",
            f"{API}/me/export",
            f"{API}/people/{self.gone_id}",
        ]
        return [*kinds, *of_games, *told, *mine]


@asynccontextmanager
async def server_of(folder: Path) -> AsyncGenerator[Server]:
    async with table_server(folder, "minotaur", "examples.bids.game:Bids") as server:
        yield server


async def delete(url: str, token: str) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        answer = await http.request("DELETE", f"{API}/me", json={}, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 204, answer.text


async def ask(url: str, token: str, method: str, path: str, body: Any = None) -> Any:
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        answer = await http.request(method, f"{API}{path}", json=body, headers={"authorization": f"Bearer {token}"})
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


async def lived(tables: Tables) -> tuple[Seen, Viewer]:
    """Somebody in a game that is over, in one that goes on, in two lobbies, one of which they left; and who is left."""
    url = tables.url
    stays, goes = await tables.guest("Ada"), await tables.guest(NAME)
    codes = dict[str, str]()
    for what in ("over", "on", "left", "sent_away", "lobby"):
        made = await stays.create_game(kind=tables.kind, seats=3, bots=1, public=True)
        codes[what] = str(made["join_code"])
        await goes.join(codes[what])
    for what in ("over", "on"):
        await stays.start(codes[what])
    looks_on = await tables.watch(stays, codes["on"])
    talker = await tables.watch(goes, codes["over"])
    await ask(url, goes.token, "POST", f"/games/{codes['over']}/leave")
    await ask(url, stays.token, "POST", f"/games/{codes['over']}/leave")
    await talker.wait_over()
    await talker.do({"type": "say", "text": "hello"})

    async def reckoned() -> bool:
        return (await ask(url, stays.token, "GET", f"/games/{codes['over']}/results"))["reckoned"]

    await wait_for(reckoned, WITHIN_S)
    await ask(url, goes.token, "POST", f"/games/{codes['left']}/leave")
    await ask(url, stays.token, "DELETE", f"/games/{codes['sent_away']}/players/p2")
    seen = Seen(url, stays.token, codes, goes.user_id)
    said = json.dumps([*(await seen.everywhere()).values()])
    assert said.count(NAME) > 10, "they are named while they are there"
    await delete(url, goes.token)
    return seen, looks_on


async def told(tables: Tables, seen: Seen) -> str:
    """All that who comes to watch is told of all these games, whatever they know already."""
    stranger = await tables.guest("Eve")
    texts = list[str]()
    for code in seen.codes.values():
        for after in (None, 0):
            viewer = await tables.watch(stranger, code, after=after)
            texts.append(viewer.text)
    return "".join(texts)


@pytest.mark.parametrize("kind", KINDS)
async def test_who_is_gone_is_named_at_no_door_before_a_crash_and_after_it(tmp_path: Path, kind: str) -> None:
    async with server_of(tmp_path) as server, tables_at(server.url, kind) as tables:
        seen, looks_on = await lived(tables)

        # What goes on just now is shown anew; what a link says in a chat is kept for some seconds.
        view = await looks_on.wait(lambda view: NAME not in json.dumps(view))
        at_once = await seen.everywhere()
        told_at_once = await told(tables, seen)
        await server.kill()
        await server.start()
        afterwards = await seen.everywhere()
        told_afterwards = await told(tables, seen)

    assert view["players"][1]["display_name"] == f"{SOMEBODY_WHO_LEFT} (2)"
    previews = {path for path in at_once if path.startswith("/g/")}
    for path in at_once.keys() - previews:
        assert NAME not in at_once[path], path
    for path, text in afterwards.items():
        assert NAME not in text, path
    assert NAME not in told_at_once + told_afterwards
    assert "hello" not in told_at_once, "what they said is theirs"
    for doing in ("player_joined", "left", "sent_away"):
        assert f'"type": "{doing}"' in told_afterwards
    assert SOMEBODY_WHO_LEFT in told_afterwards
    over = seen.codes["over"]
    assert SOMEBODY_WHO_LEFT in afterwards[f"{API}/games/{over}/replay"]
    assert SOMEBODY_WHO_LEFT in afterwards[f"{API}/games/{over}/picture.svg"]
    assert afterwards[f"{API}/games/{seen.codes['on']}"].count(SOMEBODY_WHO_LEFT) == 1
    assert "no_such_person" in afterwards[f"{API}/people/{seen.gone_id}"]


async def archive(data: Path, code: str) -> None:
    """Compact the journal of a game that is over, while no server has the folder."""
    with open_data(DataFolder(data, "clew"), RealClock()) as store:
        found = await store.listings.find(code)
        assert found is not None
        assert isinstance(await store.archives.compact(found.game_id), Compacted)


@pytest.mark.parametrize("kind", KINDS)
async def test_who_goes_after_their_game_was_archived_is_not_named_in_it_either(tmp_path: Path, kind: str) -> None:
    async with server_of(tmp_path) as server, tables_at(server.url, kind) as tables:
        stays, goes = await tables.guest("Ada"), await tables.guest(NAME)
        code = str((await stays.create_game(kind=kind, seats=2))["join_code"])
        await goes.join(code)
        await stays.start(code)
        await ask(server.url, goes.token, "POST", f"/games/{code}/leave")
        seen = Seen(server.url, stays.token, {"over": code}, goes.user_id)
        await server.kill()
        await archive(server.data, code)
        await server.start()
        before = await seen.everywhere()

        await delete(server.url, goes.token)
        at_once = await seen.everywhere()
        told_at_once = await told(tables, seen)
        await server.kill()
        await server.start()
        afterwards = await seen.everywhere()

    replay, picture = f"{API}/games/{code}/replay", f"{API}/games/{code}/picture.svg"
    for path in (replay, picture):
        assert NAME in before[path]
        assert f"{SOMEBODY_WHO_LEFT} (2)" in at_once[path]
    for path, text in (*at_once.items(), *afterwards.items()):
        assert NAME not in text or path.startswith("/g/"), path
    assert NAME not in told_at_once
    assert at_once[replay] == afterwards[replay]


async def test_a_preview_forgets_them_within_seconds(tmp_path: Path) -> None:
    async with server_of(tmp_path) as server, tables_at(server.url, "minotaur") as tables:
        seen, _ = await lived(tables)

        async def unnamed() -> bool:
            return NAME not in "".join((await seen.everywhere()).values())

        await wait_for(unnamed, 4 * PREVIEWS_KEPT_S)


async def test_two_who_go_one_after_the_other_are_told_apart_by_their_seats_and_keep_their_numbers(
    tmp_path: Path,
) -> None:
    async with server_of(tmp_path) as server, tables_at(server.url, "bids") as tables:
        ada, bob, cy = await tables.begun("Ada", "Bob", "Cy", kind="bids")

        named = list[list[str]]()
        for viewer, name in ((cy, "Cy"), (bob, "Bob")):
            await delete(server.url, viewer.guest.token)
            view = await ada.wait(lambda view, name=name: name not in json.dumps(view))
            named.append([player["display_name"] for player in view["players"]])

    assert named == [
        ["Ada", "Bob", f"{SOMEBODY_WHO_LEFT} (3)"],
        ["Ada", f"{SOMEBODY_WHO_LEFT} (2)", f"{SOMEBODY_WHO_LEFT} (3)"],
    ]


@pytest.mark.parametrize(
    "name",
    [SOMEBODY_WHO_LEFT, "somebody  who LEFT", "Somebody who left (2)", "Somebody-who-left 3", "Jemand von früher"],
)
async def test_nobody_may_be_called_as_those_who_are_gone(tmp_path: Path, name: str) -> None:
    async with server_of(tmp_path) as server, httpx.AsyncClient(base_url=server.url) as http:
        as_guest = await http.post(f"{API}/guests", json={"display_name": name})
        account = {"username": "somebody.who.left", "password": "correct horse battery"}
        by_username = await http.post(f"{API}/accounts", json=account)
        other = await http.post(f"{API}/guests", json={"display_name": "Somebody who left us"})

    assert (as_guest.status_code, as_guest.json()["error"]["code"]) == (422, "bad_name")
    assert (by_username.status_code, by_username.json()["error"]["code"]) == (422, "bad_name")
    assert other.status_code == 201
