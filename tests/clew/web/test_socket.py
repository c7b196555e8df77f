"""The socket: who is let in, who is told why not, and what is said."""

import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.clew.web.live import guest
from tests.clew.web.table import Table, closed, expect_still_playing, heard, table_with


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
        ("ada", "", "%C3%A9%20x", {}, 4404, "no_such_game"),
        ("ada", "", None, {"Origin": "https://evil.example"}, 1008, "wrong_origin"),
        ("ada", "?after=minus", None, {}, 1008, "invalid"),
        ("ada", "?after=-1", None, {}, 1008, "invalid"),
        ("ada", "?after=1&after=2", None, {}, 1008, "invalid"),
        ("ada", "?after=99999999999999999999999", None, {}, 1008, "invalid"),
        ("ada", "?after=", None, {}, 1008, "invalid"),
        ("ada", "?changes=yes", None, {}, 1008, "invalid"),
        ("ada", "?after=" + "9" * 5_000, None, {}, 1008, "invalid"),
        ("ada", "?after=%ff%fe", None, {}, 1008, "invalid"),
        ("ada", "?after=\u0663", None, {}, 1008, "invalid"),
        ("ada", "?after=" + "0" * 5_000, None, {}, 1008, "invalid"),
        ("ada", "?after=1&mark=", None, {}, 1008, "invalid"),
        ("ada", "?after=1&mark=" + "m" * 65, None, {}, 1008, "invalid"),
        ("ada", "?after=1&mark=a%00b", None, {}, 1008, "invalid"),
        ("ada", "?after=1&mark=a&mark=b", None, {}, 1008, "invalid"),
        ("ada", "?" + "x=1&" * 100, None, {}, 1008, "invalid"),
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


async def test_who_goes_out_plays_no_more_on_sockets_that_are_open(table: Table) -> None:
    async with table.socket(table.ada) as socket, httpx.AsyncClient(base_url=table.web.url) as http:
        await heard(socket, "welcome")

        await http.delete("/api/v1/sessions", headers={"authorization": f"Bearer {table.ada}"})
        _, code, reason = await closed(socket)

    assert (code, reason) == (4401, "not_signed_in")
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


async def test_two_sockets_of_one_person_are_as_good_as_one(table: Table) -> None:
    plan = json.dumps({"type": "plan", "command_id": "on both", "round": 1, "steps": [{"type": "wait"}]})
    async with table.socket(table.ada) as first:
        seq = (await heard(first, "welcome"))["seq"]
        async with table.socket(table.ada, f"?after={seq}") as second:
            welcome = await heard(second, "welcome")

            await first.send(plan)
            await second.send(plan)
            answers = [await heard(socket, "accepted") for socket in (first, second)]

        await first.send(json.dumps({"type": "ready", "command_id": "on one", "round": 1}))
        ready = await heard(first, "accepted")
        async with table.socket(table.ada, f"?after={seq}") as third:
            missed = await heard(third, "events")

    assert (welcome["resumed"], welcome["seq"]) == (True, seq)
    assert answers[0] == answers[1]
    told = [event["type"] for event in missed["events"] if event["type"] != "skip"]
    assert told.count("plan_accepted") == 1
    assert ready["seq"] > answers[0]["seq"]


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


async def test_each_socket_is_refused_in_its_own_language_and_a_repeated_command_too(table: Table) -> None:
    plan = {"type": "plan", "round": 1, "steps": [{"type": "wait"}] * 5, "command_id": "c1"}
    said = list[str]()

    for headers in ({"Cookie": "lang=de"}, {"Accept-Language": "he"}, {}):
        async with table.socket(table.ada, **headers) as socket:
            await heard(socket, "welcome")
            await socket.send(json.dumps(plan))
            said.append((await heard(socket, "refused"))["error"]["message"])

    german, hebrew, english = said
    assert english.startswith("A plan has at most") and german.startswith("Ein Plan hat höchstens")
    assert "בתוכנית יש" in hebrew
