"""Several games on one server, over real sockets: each is made, listed, spoken and replayed as what it is."""

import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from clew.client.faults import Rejected
from clew.client.guest import Guest
from tests.kit.server import Server
from tests.kit.table_play import Tables, Viewer, table_server, tables_at

BIDS = "examples.bids.game:Bids"
HANABI = "examples.hanabi.game:Hanabi"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Server]:
    async with table_server(tmp_path_factory.mktemp("kinds"), BIDS, HANABI, "minotaur") as server:
        yield server


@pytest_asyncio.fixture(loop_scope="module")
async def tables(server: Server) -> AsyncGenerator[Tables]:
    async with tables_at(server.url, "bids") as tables:
        yield tables


async def refusal(guest: Guest, method: str, path: str, body: dict[str, Any] | None = None) -> Rejected:
    with pytest.raises(Rejected) as refused:
        await guest.call(method, path, body)
    return refused.value


async def test_what_is_played_here_is_told_with_its_forms(tables: Tables) -> None:
    ada = await tables.guest("Ada")

    kinds = {each["kind"]: each for each in (await ada.call("GET", "/kinds"))["kinds"]}

    bids, hanabi, minotaur = kinds["bids"], kinds["hanabi"], kinds["minotaur"]
    assert list(kinds) == ["bids", "hanabi", "minotaur"]
    assert {name: bids[name] for name in ("title", "subprotocol", "seats", "round_seconds", "bots", "away_after")} == {
        "title": "Bids",
        "subprotocol": "bids.v1",
        "seats": [2, 6],
        "round_seconds": 20,
        "bots": True,
        "away_after": 1,
    }
    assert bids["about"].startswith("Sealed bids: every round one lot is sold")
    assert "\n" not in bids["about"]
    assert bids["round_seconds_bounds"] == [5, 86_400]
    assert bids["options"]["$defs"]["Options"]["properties"]["lots"]["maximum"] == 20
    assert bids["plan"]["$defs"]["Plan"]["properties"]["bid"]["description"] == "0 to let the lot pass"
    assert "anyOf" in hanabi["plan"]
    assert (minotaur["subprotocol"], minotaur["seats"], minotaur["options"]) == ("minotaur.v1", [2, 8], None)


PLANS: dict[str, dict[str, Any]] = {
    "bids": {"plan": {"bid": 3}},
    "hanabi": {"plan": {"type": "Play", "place": 0}},
    "minotaur": {"steps": [{"type": "wait"}]},
}


async def play_out(kind: str, viewers: list[Viewer]) -> None:
    """Everybody plans the same, whenever it is their turn; who is not playing Hanabi gives up after two rounds."""
    for number in range(1, 60):
        for viewer in viewers:
            view = await viewer.wait_round(number)
            if view["game_status"] == "concluded":
                return
            if number > 2 and kind != "hanabi":
                await viewer.do({"type": "resign"})
                return
            if view["round"] == number and view["you"].get("on_turn", True):
                await viewer.do({"type": "plan", "round": number, **PLANS[kind]})
                await viewer.ready()


async def test_a_game_of_each_kind_is_played_beside_the_others(tables: Tables) -> None:
    ada, ben = await tables.guest("Ada"), await tables.guest("Ben")
    codes = dict[str, str]()
    for kind in PLANS:
        tables.kind = kind
        codes[kind] = str((await ada.create_game(kind=kind, seats=2))["join_code"])
        await ben.join(codes[kind])
        viewers = [await tables.watch(guest, codes[kind]) for guest in (ada, ben)]
        await ada.start(codes[kind])
        assert (await ada.game(codes[kind]))["kind"] == kind
        await play_out(kind, viewers)
        for viewer in viewers:
            await viewer.wait_over()

    replays = {kind: await ada.replay(code) for kind, code in codes.items()}
    listed = (await ada.call("GET", "/games?mine=true"))["games"]

    assert [(game["kind"], game["join_code"]) for game in reversed(listed)] == list(codes.items())
    assert [game["game_status"] for game in listed] == ["concluded"] * 3
    assert [sorted(game) for game in listed] == [sorted(await ada.game(codes[game["kind"]])) for game in listed]
    assert [replays[kind]["initial"].get("kind") for kind in codes] == ["bids", "hanabi", None]
    assert "hexes" in replays["minotaur"]["initial"]
    assert next(event["event"]["type"] for event in replays["hanabi"]["events"] if event["type"] == "happened") == (
        "Played"
    )


async def test_all_kinds_are_listed_in_pages_newest_first(tables: Tables) -> None:
    ada = await tables.guest("Ada")
    kinds = ["bids", "minotaur", "bids", "hanabi", "minotaur"]
    for kind in kinds:
        await ada.create_game(kind=kind)

    first = await ada.call("GET", "/games?mine=true&status=lobby&limit=3")
    rest = await ada.call("GET", f"/games?mine=true&status=lobby&limit=3&cursor={first['next_cursor']}")

    assert [game["kind"] for game in (*first["games"], *rest["games"])] == kinds[::-1]
    assert rest["next_cursor"] is None


async def test_a_kind_that_is_not_here_or_not_said_is_refused_by_name(tables: Tables) -> None:
    ada = await tables.guest("Ada")

    unknown = await refusal(ada, "POST", "/games", {"kind": "chess"})
    unsaid = await refusal(ada, "POST", "/games", {"seats": 2})
    mixed = await refusal(ada, "POST", "/games", {"kind": "hanabi", "preset": "classic"})
    bounds = await refusal(ada, "POST", "/games", {"kind": "hanabi", "options": {"goal": 99}})

    assert [(error.status, error.code) for error in (unknown, unsaid, mixed, bounds)] == [(422, "invalid")] * 4
    assert [error.error["details"]["path"] for error in (unknown, unsaid, mixed, bounds)] == [
        *("kind", "kind", "preset", "options.goal"),
    ]
    assert "chess" in unknown.error["message"]
    assert "`kind`" in unsaid.error["message"]


async def test_a_socket_speaks_what_its_game_does(tables: Tables) -> None:
    ada = await tables.guest("Ada")
    code = (await ada.create_game(kind="hanabi"))["join_code"]
    url = f"{tables.url.replace('http', 'ws', 1)}/api/v1/games/{code}/socket"
    token = {"Authorization": f"Bearer {ada.token}"}

    async def spoken(*offered: str) -> tuple[str | None, dict[str, Any]]:
        subprotocols = [Subprotocol(each) for each in offered]
        async with connect(url, subprotocols=subprotocols, additional_headers=token) as socket:
            return socket.subprotocol, json.loads(await socket.recv())

    chosen, welcome = await spoken("bids.v1", "hanabi.v1")
    _, refused = await spoken("bids.v1")

    assert (chosen, welcome["type"]) == ("hanabi.v1", "welcome")
    assert refused["error"]["code"] == "invalid"
    assert refused["error"]["message"] == "Offer the subprotocol hanabi.v1."


async def test_the_schema_describes_them_all(tables: Tables) -> None:
    async with httpx.AsyncClient() as http:
        document = (await http.get(f"{tables.url}/schema/openapi.json")).json()

    schemas = document["components"]["schemas"]
    body = document["paths"]["/api/v1/games"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    one = document["paths"]["/api/v1/games/{join_code}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert {each["$ref"].rsplit("/", 1)[1] for each in body["oneOf"]} == {"CreateBids", "CreateHanabi", "CreateGame"}
    assert {each["$ref"].rsplit("/", 1)[1] for each in one["schema"]["oneOf"]} == {
        *("BidsInfo", "HanabiInfo", "GameInfo"),
    }
    named = json.dumps(document).split('"#/components/schemas/')[1:]
    assert {each.partition('"')[0] for each in named} <= schemas.keys()
    assert schemas["CreateBids"]["required"] == ["kind"]
    assert "bids.v1 or hanabi.v1 or minotaur.v1" in document["info"]["description"]
    assert "`too_expensive`" in document["info"]["description"]
