"""The socket: let in or told why not, bounded, and never anybody else's trouble."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Subprotocol

from minotaur.web.bounds import FRAME_BYTES_MAX, MESSAGE_RATE, REFUSALS_IN_A_ROW_MAX, SOCKETS_PER_USER_MAX
from tests.web.live import Live, game, guest, live

ANSWER_WITHIN_S = 5.0
V1 = Subprotocol("minotaur.v1")


class Table:
    """A running game of two people and one bot, and its sockets."""

    def __init__(self, web: Live, code: str, ada: str, bob: str) -> None:
        self.web = web
        self.code = code
        self.ada = ada
        self.bob = bob

    @asynccontextmanager
    async def socket(
        self, token: str | None, query: str = "", code: str | None = None, **headers: str
    ) -> AsyncGenerator[ClientConnection]:
        credentials = {"Authorization": f"Bearer {token}"} if token else {}
        async with connect(
            f"{self.web.url.replace('http', 'ws', 1)}/api/v1/games/{code or self.code}/socket{query}",
            subprotocols=[V1],
            additional_headers={**credentials, **headers},
            compression=None,
            proxy=None,
            max_size=None,
        ) as socket:
            yield socket


async def heard(socket: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of this type; others before it are passed over."""
    async with asyncio.timeout(ANSWER_WITHIN_S):
        while True:
            message = json.loads(await socket.recv())
            if message["type"] == kind:
                return message


async def closed(socket: ClientConnection) -> tuple[list[dict[str, Any]], int | None, str]:
    """All that still comes, then the close code and reason."""
    messages: list[dict[str, Any]] = []
    async with asyncio.timeout(ANSWER_WITHIN_S):
        with suppress(ConnectionClosed):
            while True:
                messages.append(json.loads(await socket.recv()))
    return messages, socket.close_code, socket.close_reason or ""


async def expect_still_playing(table: Table) -> None:
    """Bob notices nothing: he connects, plans, and is accepted."""
    async with table.socket(table.bob) as socket:
        view = (await heard(socket, "welcome"))["view"]
        plan = {"type": "plan", "command_id": "bob-1", "round": view["round"], "steps": [{"type": "wait"}]}
        await socket.send(json.dumps(plan))
        assert (await heard(socket, "accepted"))["command_id"] == "bob-1"


@asynccontextmanager
async def table_with(**settings: Any) -> AsyncGenerator[Table]:
    async with live(**settings) as web, httpx.AsyncClient(base_url=web.url) as http:
        ada, bob = await guest(http, "Ada"), await guest(http, "Bob")
        http.headers["authorization"] = f"Bearer {ada}"
        code = await game(http, seats=3, bots=1, round_seconds=3600, seed=7)
        await http.post(f"/api/v1/games/{code}/join", headers={"authorization": f"Bearer {bob}"})
        assert (await http.post(f"/api/v1/games/{code}/start")).status_code == 204
        yield Table(web, code, ada, bob)


@pytest.fixture
async def table() -> AsyncGenerator[Table]:
    async with table_with() as one:
        yield one


# --- the handshake ---------------------------------------------------------------------------------------------------


async def test_a_player_is_welcomed_in_the_offered_subprotocol(table: Table) -> None:
    async with table.socket(table.ada) as socket:
        welcome = await heard(socket, "welcome")

        assert socket.subprotocol == "minotaur.v1"
        assert welcome["view"]["you"]["player_id"] == "p1"
        assert welcome["view"]["viewer"] == "player"


async def test_a_browsers_cookie_and_own_page_are_enough(table: Table) -> None:
    own = {"Cookie": f"minotaur_session={table.ada}", "Origin": table.web.url}

    async with table.socket(None, **own) as socket:
        assert (await heard(socket, "welcome"))["view"]["you"]["player_id"] == "p1"


@pytest.mark.parametrize(
    ("who", "query", "code", "headers", "close_code", "error"),
    [
        ("stranger", "", None, {}, 4401, "not_signed_in"),
        ("made up", "", None, {}, 4401, "not_signed_in"),
        ("ada", "", "ZZZZZZ", {}, 4404, "no_such_game"),
        ("ada", "", "%00%ff", {}, 4404, "no_such_game"),
        ("ada", "", None, {"Origin": "https://evil.example"}, 1008, "wrong_origin"),
        ("ada", "?after=minus", None, {}, 1008, "invalid"),
        ("ada", "?after=-1", None, {}, 1008, "invalid"),
        ("ada", "?after=1&after=2", None, {}, 1008, "invalid"),
        ("ada", "?after=99999999999999999999999", None, {}, 1008, "invalid"),
        ("ada", "?after=", None, {}, 1008, "invalid"),
    ],
)
async def test_who_may_not_come_in_is_told_why_and_closed(
    table: Table, who: str, query: str, code: str | None, headers: dict[str, str], close_code: int, error: str
) -> None:
    token = {"stranger": None, "made up": "x" * 52, "ada": table.ada}[who]

    async with table.socket(token, query, code, **headers) as socket:
        messages, closed_with, reason = await closed(socket)

    assert [message["error"]["code"] for message in messages] == [error]
    assert (closed_with, reason) == (close_code, error)
    await expect_still_playing(table)


async def test_a_revoked_token_opens_no_socket(table: Table) -> None:
    async with httpx.AsyncClient(base_url=table.web.url) as http:
        await http.delete("/api/v1/sessions", headers={"authorization": f"Bearer {table.ada}"})

    async with table.socket(table.ada) as socket:
        _, code, _ = await closed(socket)

    assert code == 4401
    await expect_still_playing(table)


async def test_without_the_subprotocol_there_is_nothing_to_say(table: Table) -> None:
    url = f"{table.web.url.replace('http', 'ws', 1)}/api/v1/games/{table.code}/socket"
    headers = {"Authorization": f"Bearer {table.ada}"}

    async with connect(url, additional_headers=headers, proxy=None) as socket:
        messages, code, _ = await closed(socket)

    assert (messages[0]["error"]["details"]["path"], code) == ("sec-websocket-protocol", 1008)


async def test_a_socket_elsewhere_is_not_found(table: Table) -> None:
    url = f"{table.web.url.replace('http', 'ws', 1)}/api/v1/nowhere"

    with pytest.raises(InvalidStatus) as refused:
        async with connect(url, proxy=None):
            pass

    assert refused.value.response.status_code == 404
    assert json.loads(refused.value.response.body or b"")["error"]["code"] == "not_found"


async def test_a_draining_server_lets_nobody_in(table: Table) -> None:
    table.web.web.readiness.drain()

    async with table.socket(table.ada) as socket:
        messages, code, _ = await closed(socket)

    assert ([message["error"]["code"] for message in messages], code) == (["not_ready"], 1013)


# --- what is said ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "null",
        "[]",
        "[" * 10_000,
        '{"type": "dance"}',
        '{"type": "plan"}',
        '{"type": "plan", "command_id": "x", "round": "1", "steps": []}',
        '{"type": "plan", "command_id": "x", "round": 1, "steps": [], "cheat": true}',
        '{"type": "plan", "command_id": "", "round": 1, "steps": []}',
        '{"type": "plan", "command_id": "x", "round": 1, "steps": [{"type": "move", "vector": {"q": 1.5, "r": 0}}]}',
        b"\x00\x01\x02",
        b'{"type": "ping", "nonce": "\xff"}',
    ],
)
async def test_what_cannot_be_read_is_an_error_and_the_socket_goes_on(table: Table, raw: str | bytes) -> None:
    async with table.socket(table.ada) as socket:
        await heard(socket, "welcome")

        await socket.send(raw)
        error = await heard(socket, "error")
        await socket.send('{"type": "ping", "nonce": "n"}')
        pong = await heard(socket, "pong")

    assert error["error"]["code"] in ("malformed", "invalid")
    assert pong["nonce"] == "n"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "plan", "round": 0, "steps": []}, "stale_round"),
        ({"type": "plan", "round": 999, "steps": []}, "stale_round"),
        ({"type": "plan", "round": 1, "steps": [{"type": "wait"}] * 5}, "too_many_steps"),
        ({"type": "plan", "round": 1, "steps": [{"type": "attack", "target_id": "p9"}]}, "unknown_target"),
        ({"type": "plan", "round": 1, "steps": [{"type": "move", "vector": {"q": 2, "r": 0}}]}, "bad_vector"),
        ({"type": "ready", "round": 2}, "stale_round"),
    ],
)
async def test_what_the_rules_forbid_is_refused_by_name(table: Table, message: dict[str, Any], code: str) -> None:
    async with table.socket(table.ada) as socket:
        await heard(socket, "welcome")

        await socket.send(json.dumps({**message, "command_id": "c1"}))
        refused = await heard(socket, "refused")

    assert (refused["command_id"], refused["error"]["code"]) == ("c1", code)


async def test_a_stranger_to_the_game_may_watch_and_not_play(table: Table) -> None:
    async with httpx.AsyncClient(base_url=table.web.url) as http:
        cleo = await guest(http, "Cleo")

    async with table.socket(cleo) as socket:
        welcome = await heard(socket, "welcome")
        await socket.send(json.dumps({"type": "plan", "command_id": "c1", "round": 1, "steps": []}))
        refused = await heard(socket, "refused")

    assert (welcome["view"]["viewer"], welcome["view"]["you"]) == ("spectator", None)
    assert refused["error"]["code"] == "not_playing"


async def test_a_command_sent_again_on_another_socket_gets_the_first_answer(table: Table) -> None:
    plan = json.dumps({"type": "plan", "command_id": "once", "round": 1, "steps": [{"type": "wait"}]})
    async with table.socket(table.ada) as first:
        await first.send(plan)
        before = await heard(first, "accepted")

    async with table.socket(table.ada) as second:
        await second.send(plan)
        after = await heard(second, "accepted")

    assert before == after


async def test_a_client_that_comes_back_hears_what_it_missed(table: Table) -> None:
    async with table.socket(table.ada) as socket:
        seq = (await heard(socket, "welcome"))["seq"]
        for number in range(3):
            await socket.send(json.dumps({"type": "plan", "command_id": f"c{number}", "round": 1, "steps": []}))
            await heard(socket, "accepted")

    async with table.socket(table.ada, f"?after={seq}") as socket:
        welcome = await heard(socket, "welcome")
        missed = await heard(socket, "events")

    assert welcome["resumed"] is True
    assert [event["seq"] for event in missed["events"]] == [seq + 1, seq + 2, seq + 3]


# --- bounds ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [FRAME_BYTES_MAX + 1, 10 * 1024 * 1024])
async def test_a_frame_too_large_closes_its_own_socket_with_1009(table: Table, size: int) -> None:
    async with table.socket(table.bob) as calm, table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        with suppress(ConnectionClosed):
            await socket.send("x" * size)
        _, code, _ = await closed(socket)
        await calm.send('{"type": "ping", "nonce": "calm"}')
        await heard(calm, "pong")

    assert code == 1009


async def test_a_message_of_many_fragments_is_bounded_too(table: Table) -> None:
    async def fragments() -> AsyncGenerator[str]:
        for _ in range(200):
            yield "x" * 1_000

    async with table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        with suppress(ConnectionClosed):
            await socket.send(fragments())
        _, code, _ = await closed(socket)

    assert code == 1009
    await expect_still_playing(table)


async def test_a_message_as_large_as_allowed_is_read(table: Table) -> None:
    async with table.socket(table.ada) as socket:
        await heard(socket, "welcome")
        filler = " " * (FRAME_BYTES_MAX - len('{"type": "ping", "nonce": "n"}'))

        await socket.send('{"type": "ping", "nonce": "n"}' + filler)

        assert (await heard(socket, "pong"))["nonce"] == "n"


async def send_a_million(socket: ClientConnection) -> int:
    """How many of a million commands were sent before the socket closed."""
    for sent in range(1_000_000):
        try:
            await socket.send(json.dumps({"type": "ready", "command_id": f"c{sent}", "round": 99}))
        except ConnectionClosed:
            return sent
    return 1_000_000


async def test_a_flood_is_refused_then_shut_out_and_nobody_else_notices() -> None:
    async with table_with(rate_limits=True) as table, table.socket(table.bob) as calm:
        await heard(calm, "welcome")
        async with table.socket(table.ada) as flood:
            await heard(flood, "welcome")
            async with asyncio.TaskGroup() as tasks:
                sending = tasks.create_task(send_a_million(flood))
                messages, code, reason = await closed(flood)
            sent = await sending
        await calm.send('{"type": "ping", "nonce": "calm"}')
        await heard(calm, "pong")

    refusals = [message["error"]["code"] for message in messages if message["type"] == "refused"]
    assert (code, reason) == (1008, "too_often")
    assert sent < 1_000_000
    assert refusals.count("stale_round") >= MESSAGE_RATE.burst - 1
    assert 0 < refusals.count("too_often") <= REFUSALS_IN_A_ROW_MAX * 2


async def test_more_sockets_do_not_buy_more_messages() -> None:
    async with table_with(rate_limits=True) as table:
        async with table.socket(table.ada) as first, table.socket(table.ada) as second:
            for number in range(MESSAGE_RATE.burst):
                await first.send(json.dumps({"type": "ready", "command_id": f"c{number}", "round": 99}))
                await heard(first, "refused")

            await second.send(json.dumps({"type": "ready", "command_id": "other", "round": 99}))
            await second.send(json.dumps({"type": "ready", "command_id": "more", "round": 99}))
            codes = {(await heard(second, "refused"))["error"]["code"] for _ in range(2)}

        assert "too_often" in codes
        await expect_still_playing(table)


async def test_one_person_has_only_so_many_sockets(table: Table) -> None:
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        done = asyncio.Event()

        async def hold(opened: asyncio.Event) -> None:
            async with table.socket(table.ada) as socket:
                await heard(socket, "welcome")
                opened.set()
                await done.wait()

        opened = [asyncio.Event() for _ in range(SOCKETS_PER_USER_MAX)]
        for event in opened:
            tasks.create_task(hold(event))
        for event in opened:
            await event.wait()
        async with table.socket(table.ada) as one_more:
            messages, code, _ = await closed(one_more)
        await expect_still_playing(table)
        done.set()

    assert ([message["error"]["code"] for message in messages], code) == (["too_often"], 1013)


async def test_a_socket_that_is_gone_is_forgotten(table: Table) -> None:
    sockets = table.web.web.sockets
    async with table.socket(table.ada) as first, table.socket(table.bob) as second:
        await heard(first, "welcome")
        await heard(second, "welcome")
        assert len(sockets) == 2
        second.transport.abort()

    async with asyncio.timeout(ANSWER_WITHIN_S):
        await sockets.wait_all_gone()


async def test_everybody_is_told_when_to_come_back_and_not_all_at_once(table: Table) -> None:
    async with table.socket(table.ada) as first, table.socket(table.bob) as second:
        await heard(first, "welcome")
        await heard(second, "welcome")

        table.web.web.sockets.send_away()
        (one, code, _), (other, _, _) = await closed(first), await closed(second)

    assert code == 1012
    delays = [messages[-1]["after_ms"] for messages in (one, other)]
    assert delays[0] != delays[1]
    assert all(0 < delay <= 2_000 for delay in delays)
