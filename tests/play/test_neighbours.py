"""Players at one node, their game at another: they play as if it were here, whatever happens to its owner."""

from collections.abc import AsyncGenerator

import pytest

from minotaur.play.errors import ApiError
from minotaur.play.people import User
from minotaur.play.wire_http import CreateGame
from minotaur.play.wire_replay import ReplayGameOver
from tests.play.house import House, Socket
from tests.play.neighbours import GATEWAY, Street, street

MOVE = {"type": "move", "vector": {"q": 1, "r": 0}}


@pytest.fixture
async def town() -> AsyncGenerator[Street]:
    async with street() as opened:
        yield opened


async def table(host: House, gate: House) -> tuple[str, User, User]:
    """A started game at the host, of two people whose sockets are elsewhere."""
    ada, bo = await gate.person("Ada"), await gate.person("Bo")
    code = await host.table(ada, bo, round_seconds=3600)
    return code, ada, bo


async def play_round(number: int, *sockets: Socket) -> None:
    for seat, socket in enumerate(sockets):
        answer = await socket.ask(type="ready", command_id=f"{seat}-ready-{number}", round=number)
        assert answer["type"] == "accepted", answer
    for socket in sockets:
        await socket.wait_until(lambda message: message.get("view", {}).get("round", 0) > number)


def numbers(socket: Socket) -> list[int]:
    return [event["seq"] for event in socket.events]


def expect_no_gap(socket: Socket) -> None:
    """Every number from the welcome on, once each, on one connection."""
    first = socket.messages[0]["seq"]
    assert numbers(socket) == list(range(first + 1, first + 1 + len(numbers(socket))))
    assert [message["type"] for message in socket.messages].count("welcome") == 1
    assert socket.outbox.close_code is None


async def test_a_game_is_made_joined_started_and_played_through_a_gateway(town: Street) -> None:
    host, gate = await town.house("a"), await town.house("gate", GATEWAY)
    ada, bo = await gate.person("Ada"), await gate.person("Bo")

    code = (await gate.service.create_game(ada, CreateGame(seats=2, round_seconds=3600))).join_code
    assert (await gate.service.join(code, bo)).player_id == "p2"
    with pytest.raises(ApiError, match="not_host"):
        await gate.service.start(code, bo)
    await gate.service.start(code, ada)
    sockets = [await Socket.opened(gate, code, person) for person in (ada, bo)]
    await play_round(1, *sockets)

    assert host.holds == 1
    for socket in sockets:
        expect_no_gap(socket)
    assert (await gate.service.games_of(ada)).games[0].latest_round == 2


async def test_at_a_gateway_one_is_told_the_same_as_at_the_owner(town: Street) -> None:
    host, gate = await town.house("a"), await town.house("gate", GATEWAY)
    code, ada, bo = await table(host, gate)
    far, near = await Socket.opened(gate, code, ada), await Socket.opened(host, code, ada)
    other = await Socket.opened(gate, code, bo)

    for number in (1, 2):
        await play_round(number, far, other)
    await near.wait_until(lambda message: message.get("view", {}).get("round") == 3)

    assert far.events == near.events


async def test_a_refusal_and_a_repeat_are_answered_as_at_the_owner(town: Street) -> None:
    host, gate = await town.house("a"), await town.house("gate", GATEWAY)
    code, ada, _ = await table(host, gate)
    far, near = await Socket.opened(gate, code, ada), await Socket.opened(host, code, ada)

    accepted = await far.ask(type="plan", command_id="c1", round=1, steps=[MOVE])
    refused = await far.ask(type="plan", command_id="c2", round=1, steps=[MOVE] * 5)

    assert (accepted["type"], refused["error"]["code"]) == ("accepted", "too_many_steps")
    assert await near.ask(type="plan", command_id="c1", round=1, steps=[]) == accepted
    assert await near.ask(type="plan", command_id="c2", round=1, steps=[]) == refused


async def test_who_has_no_seat_watches_through_a_gateway_and_may_not_play(town: Street) -> None:
    host, gate = await town.house("a"), await town.house("gate", GATEWAY)
    code, _, _ = await table(host, gate)

    guest = await Socket.opened(gate, code, await gate.person("Cy"))
    answer = await guest.ask(type="resign", command_id="c1")

    assert (guest.view["viewer"], answer["error"]["code"]) == ("spectator", "not_playing")


async def test_a_drain_of_the_owner_is_not_noticed(town: Street) -> None:
    host, heir, gate = await town.house("a"), await town.house("b"), await town.house("gate", GATEWAY)
    code, ada, bo = await table(host, gate)
    sockets = [await Socket.opened(gate, code, person) for person in (ada, bo)]
    await play_round(1, *sockets)

    assert await host.leave() == 1
    await play_round(2, *sockets)

    assert heir.holds == 1
    for socket in sockets:
        expect_no_gap(socket)


@pytest.mark.parametrize("lost", [False, True])
async def test_the_death_of_the_owner_is_a_pause_and_nothing_else(town: Street, lost: bool) -> None:
    host, heir, gate = await town.house("a"), await town.house("b"), await town.house("gate", GATEWAY)
    code, ada, bo = await table(host, gate)
    sockets = [await Socket.opened(gate, code, person) for person in (ada, bo)]
    await play_round(1, *sockets)

    if lost:
        town.bus.drop_next(3)
    await host.kill()
    await play_round(2, *sockets)

    assert heir.holds == 1
    for socket in sockets:
        expect_no_gap(socket)
    assert any(event["type"] == "clock_credited" for event in sockets[0].events)


async def test_what_was_lost_with_the_bus_is_made_up_for(town: Street) -> None:
    host, gate = await town.house("a"), await town.house("gate", GATEWAY)
    code, ada, bo = await table(host, gate)
    far = await Socket.opened(gate, code, ada)
    near = [await Socket.opened(host, code, person) for person in (ada, bo)]

    town.bus.cut()
    await play_round(1, *near)
    town.bus.mend()
    await far.wait_until(lambda message: message.get("view", {}).get("round") == 2)
    await play_round(2, *near)
    await far.wait_until(lambda message: message.get("view", {}).get("round") == 3)

    expect_no_gap(far)
    assert far.events == near[0].events


async def test_a_frame_that_is_lost_is_noticed_with_the_next(town: Street) -> None:
    host, gate = await town.house("a"), await town.house("gate", GATEWAY)
    code, ada, bo = await table(host, gate)
    far = await Socket.opened(gate, code, ada)
    near = [await Socket.opened(host, code, person) for person in (ada, bo)]

    town.bus.drop_next(1)
    for number in (1, 2):
        await play_round(number, *near)
    await far.wait_until(lambda message: message.get("view", {}).get("round") == 3)

    expect_no_gap(far)
    assert far.events == near[0].events


async def test_a_closed_socket_leaves_no_feed_behind(town: Street) -> None:
    host, gate = await town.house("a"), await town.house("gate", GATEWAY)
    code, ada, bo = await table(host, gate)
    far, stays = await Socket.opened(gate, code, ada), await Socket.opened(gate, code, bo)

    far.close()
    await stays.ask(type="plan", command_id="c1", round=1, steps=[])

    assert host.feeds == 1


async def test_a_game_that_is_over_is_read_at_any_node(town: Street) -> None:
    host, gate = await town.house("a"), await town.house("gate", GATEWAY)
    code, ada, bo = await table(host, gate)
    far = await Socket.opened(gate, code, ada)
    await far.ask(type="resign", command_id="c1")
    await far.wait_until(lambda message: message.get("view", {}).get("game_status") == "concluded")
    await host.kill()

    assert isinstance((await gate.service.replay(code)).events[-1], ReplayGameOver)
    late = await Socket.opened(gate, code, bo, after=0)
    await late.wait_until(lambda message: message["type"] == "events")
    assert late.events[-1]["type"] == "game_over"
