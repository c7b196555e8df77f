"""One socket's place in a game, on a real host: what comes in, what goes out, what a broken client gets."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.gateway.connection import UNREADABLE_IN_A_ROW_MAX
from clew.gateway.outbox import CLOSE_NOT_ALLOWED, CLOSE_RESTARTING, CLOSE_TRY_AGAIN, Outbox
from clew.people.user import User
from clew.testing.memory.store import memory_store
from clew.wire.errors import ApiError
from clew.wiring.clock import RealClock
from minotaur.play.errors import ERRORS
from minotaur.play.wire import ServerMessage
from minotaur.play.wire_http import CreateGame
from tests.clew.gateway.house import Endless, House, Nothing, Socket, handle, house

MOVE = {"type": "move", "vector": {"q": 1, "r": 0}}


async def test_the_first_message_is_a_welcome_with_the_view_of_now(home: House, ada: User) -> None:
    code = await home.table(ada)

    socket = await Socket.opened(home, code, ada)

    welcome = socket.messages[0]
    assert (welcome["type"], welcome["resumed"]) == ("welcome", False)
    assert welcome["view"]["you"]["player_id"] == "p1"
    assert welcome["view"]["viewer"] == "player"


async def test_there_is_no_place_in_a_game_that_is_not_there(home: House, ada: User) -> None:
    with pytest.raises(ApiError, match="no_such_game"):
        await home.service.connect("ABC234", ada, None, Outbox(), Endless())


async def test_a_plan_is_accepted_and_shown_to_its_player(home: House, ada: User) -> None:
    socket = await Socket.opened(home, await home.table(ada), ada)

    answer = await socket.ask(type="plan", command_id="c1", round=1, steps=[MOVE])

    shown = await socket.wait_until(lambda message: message["type"] == "events")
    assert answer == {"type": "accepted", "command_id": "c1", "seq": shown["seq"]}
    assert shown["view"]["you"]["plan"] == [MOVE]


async def test_the_same_command_gets_its_first_answer_on_any_connection(home: House, ada: User) -> None:
    code = await home.table(ada)
    first, second = await Socket.opened(home, code, ada), await Socket.opened(home, code, ada)
    answer = await first.ask(type="plan", command_id="c1", round=1, steps=[MOVE])

    again = await second.ask(type="plan", command_id="c1", round=1, steps=[])

    assert again == answer
    assert (await home.service.game(code)).latest_round == 1
    assert second.view["you"]["plan"] == [MOVE]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "plan", "round": 2, "steps": []}, "stale_round"),
        ({"type": "ready", "round": 0}, "stale_round"),
        ({"type": "plan", "round": 1, "steps": [MOVE] * 4}, "too_expensive"),
        ({"type": "plan", "round": 1, "steps": [{"type": "wait"}] * 5}, "too_many_steps"),
        ({"type": "plan", "round": 1, "steps": [{"type": "move", "vector": {"q": 2, "r": 0}}]}, "bad_vector"),
        ({"type": "plan", "round": 1, "steps": [{"type": "attack", "target_id": "p9"}]}, "unknown_target"),
        ({"type": "plan", "round": 1, "steps": [{"type": "attack", "target_id": "p1"}]}, "unknown_target"),
    ],
)
async def test_a_command_the_rules_do_not_allow_is_refused(
    home: House, ada: User, message: dict[str, object], code: str
) -> None:
    socket = await Socket.opened(home, await home.table(ada), ada)

    answer = await socket.ask(command_id="c1", **message)

    assert answer["type"] == "refused"
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]
    assert socket.view["you"]["plan"] == []


async def test_who_has_no_seat_may_watch_but_not_play(home: House, ada: User, bo: User) -> None:
    socket = await Socket.opened(home, await home.table(ada), bo)

    answer = await socket.ask(type="resign", command_id="c1")

    assert socket.view["viewer"] == "spectator"
    assert socket.view["you"] is None
    assert socket.view["hexes"] == []
    assert answer["error"]["code"] == "not_playing"


async def test_nothing_is_played_before_the_start(home: House, ada: User) -> None:
    created = await home.service.create_game(ada, CreateGame())
    socket = await Socket.opened(home, created.join_code, ada)

    answer = await socket.ask(type="ready", command_id="c1", round=1)

    assert answer["error"]["code"] == "game_not_started"


async def test_the_lobby_is_told_live(home: House, ada: User, bo: User) -> None:
    code = (await home.service.create_game(ada, CreateGame(seats=3, bots=1))).join_code
    socket = await Socket.opened(home, code, ada)

    await home.service.join(code, bo)
    await home.service.start(code, ada)

    await socket.wait_until(lambda m: any(e["type"] == "game_started" for e in m.get("events", [])))
    assert [(event["type"], event.get("display_name")) for event in socket.events] == [
        ("player_joined", "Bo"),
        ("player_joined", "Daedalus"),
        ("game_started", None),
    ]
    assert socket.view["round"] == 1
    assert [player["is_bot"] for player in socket.view["players"]] == [False, False, True]


async def test_a_ping_is_answered_with_the_servers_time(home: House, ada: User) -> None:
    socket = await Socket.opened(home, await home.table(ada), ada)

    await socket.send(type="ping", nonce="n1")

    pong = await socket.wait_until(lambda message: message["type"] == "pong")
    assert pong["nonce"] == "n1"
    assert pong["server_time"].endswith("Z")


UNREADABLE: list[bytes | str] = [
    "",
    "{",
    b"\xff\xfe",
    "null",
    "[]",
    '"plan"',
    '{"type":"dance"}',
    '{"type":"plan"}',
    '{"type":"plan","command_id":"c","round":1,"steps":[],"cheat":true}',
    '{"type":"plan","command_id":"c","round":1,"steps":[{"type":"move","vector":{"q":1,"r":0,"s":-1}}]}',
    '{"type":"plan","command_id":"c","round":"1","steps":[]}',
    '{"type":"plan","command_id":"c","round":1.5,"steps":[]}',
    '{"type":"plan","command_id":"","round":1,"steps":[]}',
    '{"type":"ready","command_id":"' + "c" * 65 + '","round":1}',
    '{"type":"ready","command_id":"c","round":-1}',
    '{"type":"ready","command_id":"c","round":' + "9" * 400 + "}",
    "[" * 10_000,
    '{"type":"plan","command_id":"c","round":1,"steps":' + "[" * 10_000 + "]" * 10_000 + "}",
    " " * 20_000,
]


@pytest.mark.parametrize("raw", UNREADABLE)
async def test_what_cannot_be_read_is_told_so_and_changes_nothing(home: House, ada: User, raw: bytes | str) -> None:
    socket = await Socket.opened(home, await home.table(ada), ada)

    await handle(socket.connection, raw)

    told = await socket.wait_until(lambda message: message["type"] == "error")
    assert told["error"]["code"] in ("malformed", "invalid", "too_large")
    assert (await socket.ask(type="plan", command_id="c", round=1, steps=[]))["type"] == "accepted"


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("[]", ""),
        ('{"type":"dance"}', "type"),
        ('{"type":"ready","command_id":"c","round":1,"cheat":true}', "cheat"),
        ('{"type":"ready","command_id":5,"round":1}', "command_id"),
        ('{"type":"plan","command_id":"c","round":1,"steps":[{"type":"wait"},{"type":"fly"}]}', "steps[1].type"),
        (
            '{"type":"plan","command_id":"c","round":1,"steps":[{"type":"move","vector":{"q":"1"}}]}',
            "steps[0].vector.q",
        ),
    ],
)
async def test_what_is_not_allowed_in_a_message_is_named(home: House, ada: User, raw: str, path: str) -> None:
    socket = await Socket.opened(home, await home.table(ada), ada)

    await handle(socket.connection, raw)

    error = (await socket.wait_until(lambda message: message["type"] == "error"))["error"]
    assert (error["code"], error["details"]["path"]) == ("invalid", path)


async def test_who_sends_only_rubbish_is_shown_out(home: House, ada: User) -> None:
    socket = await Socket.opened(home, await home.table(ada), ada)

    for _ in range(UNREADABLE_IN_A_ROW_MAX):
        assert socket.outbox.close_code is None
        await handle(socket.connection, "{")

    assert socket.outbox.close_code == CLOSE_NOT_ALLOWED


async def test_rubbish_now_and_then_is_borne(home: House, ada: User) -> None:
    socket = await Socket.opened(home, await home.table(ada), ada)

    for _ in range(3 * UNREADABLE_IN_A_ROW_MAX):
        await handle(socket.connection, "{")
        await socket.send(type="ping", nonce="n")

    assert socket.outbox.close_code is None


async def test_who_sends_too_often_is_refused_and_may_send_the_same_again(home: House, ada: User) -> None:
    code = await home.table(ada)
    outbox = Outbox()
    hasty = Socket(outbox, await home.service.connect(code, ada, None, outbox, Nothing()))
    answer = await hasty.ask(type="plan", command_id="c1", round=1, steps=[])
    await hasty.send(type="ping", nonce="n")

    patient = await Socket.opened(home, code, ada)
    again = await patient.ask(type="plan", command_id="c1", round=1, steps=[])

    assert answer["error"]["code"] == "too_often"
    assert (await hasty.wait_until(lambda m: m["type"] == "error"))["error"]["code"] == "too_often"
    assert again["type"] == "accepted"


async def test_a_client_that_does_not_read_is_closed_and_resumes_without_a_gap(home: House, ada: User) -> None:
    code = await home.table(ada)
    outbox = Outbox(messages_max=3)
    slow = await home.service.connect(code, ada, None, outbox, Endless())
    playing = await Socket.opened(home, code, ada)
    began = playing.seq

    for number in range(5):
        await playing.ask(type="plan", command_id=f"c{number}", round=1, steps=[])

    assert outbox.close_code == CLOSE_TRY_AGAIN
    slow.close()
    back = await Socket.opened(home, code, ada, after=began)
    await back.wait_until(lambda message: message["type"] == "events")
    assert back.events == playing.events


async def test_a_closed_connection_is_sent_nothing_more(home: House, ada: User) -> None:
    code = await home.table(ada)
    left, stays = await Socket.opened(home, code, ada), await Socket.opened(home, code, ada)

    left.close()
    left.close()
    await stays.ask(type="plan", command_id="c1", round=1, steps=[])

    left.outbox.close_nowait(1000)
    assert await left.outbox.wait_messages() == []


async def test_a_server_that_stops_asks_its_clients_to_reconnect() -> None:
    store = memory_store(RealClock())
    async with house(store) as home:
        ada = await home.person("Ada")
        socket = await Socket.opened(home, await home.table(ada), ada)
        await home.host.stop()

        await socket.wait_until(lambda message: message["type"] == "reconnect")

        assert socket.outbox.close_code == CLOSE_RESTARTING


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
fields = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["plan", "ready", "resign", "ping", "welcome"]) | json_values,
        "command_id": st.text(max_size=70) | json_values,
        "round": st.integers(0, 3) | json_values,
        "steps": st.lists(json_values, max_size=5) | json_values,
        "nonce": st.text(max_size=5) | json_values,
    },
)
rubbish = st.one_of(
    st.binary(max_size=60),
    st.text(st.characters(exclude_categories=()), max_size=60),
    json_values.map(json.dumps),
    fields.map(json.dumps),
)


@given(st.lists(rubbish, max_size=12))
async def test_whatever_a_client_sends_it_is_answered_in_the_protocol(raws: list[bytes | str]) -> None:
    async with house() as home:
        ada = await home.person("Ada")
        socket = await Socket.opened(home, await home.table(ada), ada)

        for raw in raws:
            await handle(socket.connection, raw)
        socket.outbox.close_nowait(1000)
        texts = await socket.outbox.wait_messages()

        for text in texts:
            msgspec.json.decode(text, type=ServerMessage)
            error = json.loads(text).get("error")
            assert error is None or error["code"] in ERRORS
