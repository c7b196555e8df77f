"""Games that run on another node than the one a player is connected to: nobody can tell."""

from collections.abc import AsyncGenerator

import msgspec
import pytest
from structlog.testing import capture_logs

from clew.gateway.feeds import TICK_S
from clew.testing.faults.damage import spoil
from clew.wire.changing import SeatChange
from clew.wire.errors import ApiError
from minotaur.play.wire_change import ChangeGame
from minotaur.play.wire_http import CreateGame
from minotaur.play.wire_replay import Replay
from tests.clew.gateway.street import GATEWAY, HOST, Street, open_street


@pytest.fixture
async def street() -> AsyncGenerator[Street]:
    with capture_logs():
        async with open_street() as opened:
            yield opened


async def test_a_whole_game_is_played_through_gateways(street: Street) -> None:
    host, east, west = await street.begin_all(host=HOST, east=GATEWAY, west=GATEWAY)
    ada, bo = await street.person(east, "Ada"), await street.person(west, "Bo")
    code = await street.table(east, ada, bo)
    players = [await street.connect(east, code, ada), await street.connect(west, code, bo)]
    await street.connect(east, code, None)
    at_owner = await street.connect(host, code, ada)

    rounds = 0
    while players[0].view["game_status"] == "active" and rounds < 4:
        await street.play_round(players, "p")
        rounds += 1
    await players[1].ask(type="resign", command_id="enough")
    await street.until(lambda: players[0].view["game_status"] == "concluded")
    await street.until(lambda: at_owner.view["game_status"] == "concluded")

    assert await street.owner_at(code) == host.owner
    assert players[0].events == at_owner.events
    await street.compare(code, west)
    replay = msgspec.json.decode(await west.service.replay(code), type=Replay)
    assert [event.seq for event in replay.events] == list(range(1, await street.seq(code) + 1))


async def test_what_was_asked_twice_on_two_gateways_takes_effect_once(street: Street) -> None:
    host, east, west = await street.begin_all(host=HOST, east=GATEWAY, west=GATEWAY)
    ada = await street.person(east, "Ada")
    code = await street.table(east, ada)
    first, second = await street.connect(east, code, ada), await street.connect(west, code, ada)

    answers = [await viewer.ask(type="plan", command_id="c1", round=1, steps=[]) for viewer in (first, second, first)]
    refused = [await viewer.ask(type="ready", command_id="c2", round=7) for viewer in (first, second)]

    assert answers[0]["type"] == "accepted" and answers[0] == answers[1] == answers[2]
    assert refused[0]["type"] == "refused" and refused[0] == refused[1]
    assert host.feeds == 2
    assert len([event for event in second.shown if event["type"] == "plan_accepted"]) == 1


@pytest.mark.parametrize("lost", ["question", "answer"])
async def test_a_command_whose_way_is_lossy_is_answered_once_and_takes_effect_once(street: Street, lost: str) -> None:
    host, east = await street.begin_all(host=HOST, east=GATEWAY)
    ada = await street.person(east, "Ada")
    code = await street.table(east, ada)
    viewer = await street.connect(east, code, ada)
    losses = [True, True]

    def loses(_: bytes) -> bool:
        return bool(losses) and losses.pop()

    if lost == "question":
        east.bus.loses_request = loses
    else:
        east.bus.loses_answer = loses
    answer = await viewer.ask(type="plan", command_id="c1", round=1, steps=[])

    assert answer["type"] == "accepted"
    assert len(viewer.answers("c1")) == 1
    assert len([event for event in viewer.shown if event["type"] == "plan_accepted"]) == 1
    await street.compare(code, host)


async def test_every_verb_works_through_a_gateway(street: Street) -> None:
    host, east, west = await street.begin_all(host=HOST, east=GATEWAY, west=GATEWAY)
    ada, bo, cy = [await street.person(east, name) for name in ("Ada", "Bo", "Cy")]
    created = await street.run(east.service.create_game(ada, CreateGame(seats=2, bots=0)))
    code = created.join_code

    joined = await street.run(west.service.join(code, bo))
    again = await street.run(east.service.join(code, bo))
    with pytest.raises(ApiError) as full:
        await street.run(west.service.join(code, cy))
    with pytest.raises(ApiError) as not_host:
        await street.run(west.service.start(code, bo))
    await street.run(west.service.start(code, ada))
    info = await street.run(west.service.game(code, bo))
    listed = await street.run(east.service.games_of(bo))

    assert await street.owner_at(code) == host.owner
    assert joined == again
    assert (full.value.code, not_host.value.code) == ("game_full", "not_host")
    assert (info.game_status, info.you, info.host_id) == ("active", joined.player_id, created.player_id)
    assert [game.game_id for game in listed.games] == [created.game_id]


async def test_a_lobby_is_called_off_through_a_gateway(street: Street) -> None:
    _, east = await street.begin_all(host=HOST, east=GATEWAY)
    ada = await street.person(east, "Ada")
    code = (await street.run(east.service.create_game(ada, CreateGame(seats=2)))).join_code
    viewer = await street.connect(east, code, ada)

    await street.run(east.service.cancel(code, ada))
    await street.until(lambda: viewer.view["game_status"] == "canceled")

    assert (await street.run(east.service.game(code))).game_status == "canceled"


@pytest.mark.parametrize("lost", ["question", "answer"])
async def test_a_game_whose_making_is_lost_on_the_way_is_made_once(street: Street, lost: str) -> None:
    _, east = await street.begin_all(host=HOST, east=GATEWAY)
    ada = await street.person(east, "Ada")
    losses = [True]

    def loses(_: bytes) -> bool:
        return bool(losses) and losses.pop()

    if lost == "question":
        east.bus.loses_request = loses
    else:
        east.bus.loses_answer = loses
    created = await street.run(east.service.create_game(ada, CreateGame(seats=2)))

    games = (await street.run(east.service.games_of(ada))).games
    assert [game.game_id for game in games] == [created.game_id]


async def test_a_join_whose_answer_is_lost_takes_one_seat(street: Street) -> None:
    _, east = await street.begin_all(host=HOST, east=GATEWAY)
    ada, bo = await street.person(east, "Ada"), await street.person(east, "Bo")
    code = (await street.run(east.service.create_game(ada, CreateGame(seats=4)))).join_code
    losses = [True, True]
    east.bus.loses_answer = lambda _: bool(losses) and losses.pop()

    joined = await street.run(east.service.join(code, bo))

    info = await street.run(east.service.game(code, bo))
    assert info.you == joined.player_id
    assert len(info.players) == 2


async def test_a_start_whose_answer_is_lost_starts_once_and_refuses_nothing(street: Street) -> None:
    _, east = await street.begin_all(host=HOST, east=GATEWAY)
    ada = await street.person(east, "Ada")
    code = (await street.run(east.service.create_game(ada, CreateGame(seats=2, bots=1)))).join_code
    losses = [True, False, True]  # the seat is looked up and the start told in one question
    east.bus.loses_answer = lambda _: bool(losses) and losses.pop()

    await street.run(east.service.start(code, ada))

    assert (await street.run(east.service.game(code))).game_status == "active"


async def test_a_game_that_can_not_be_read_is_told_as_such_and_harms_no_other(street: Street) -> None:
    first, second = await street.begin_all(a=("host", "gateway"), b=("host", "gateway"))
    east = await street.begin("east", GATEWAY)
    ada = await street.person(east, "Ada")
    code, other = await street.table(first, ada), await street.table(first, ada)
    broken, whole = await street.connect(east, code, ada), await street.connect(east, other, ada)
    spoil(street.store, await street.game_id(code))

    await first.kill()
    await street.until(lambda: broken.outbox.close_code is not None)
    answer = await whole.ask(type="plan", command_id="c1", round=1, steps=[])

    assert broken.messages[-1]["error"]["code"] == "game_unreadable"
    assert answer["type"] == "accepted"
    with pytest.raises(ApiError) as error:
        await street.run(east.service.game(code))
    assert error.value.code == "game_unreadable"
    assert [game.join_code for game in (await street.run(east.service.games_of(ada))).games] == [other]
    assert second.alive and east.alive
    await street.compare(other, second)


async def test_what_everybody_may_see_is_shown_anew_though_no_event_was_missed(street: Street) -> None:
    """An autopilot that ends is no event that others are shown: it is in the view alone."""
    homes = await street.begin_all(a=HOST, b=HOST, east=GATEWAY)
    people = [await street.person(homes[2], name) for name in ("Ada", "Bo")]
    code = await street.table(homes[0], *people, settings={"autopilot_after": 1})
    ada, bo = [await street.connect(homes[2], code, person) for person in people]
    number = ada.view["round"]
    await ada.ask(type="ready", command_id="r", round=number)
    await street.until(lambda: ada.view["round"] > number)
    await street.until(lambda: any(player["autopilot"] for player in ada.view["players"]))

    homes[0].bus.loses_message = lambda channel, feed: channel.startswith("east") and feed != "tick"
    await bo.ask(type="plan", command_id="p", round=ada.view["round"], steps=[])
    homes[0].bus.loses_message = lambda _channel, _feed: False
    await street.pass_s(2 * TICK_S)

    assert not any(player["autopilot"] for player in ada.view["players"])
    await street.compare(code, homes[1])


async def test_the_way_of_every_frame_is_measured_at_the_gateway(street: Street) -> None:
    _, east = await street.begin_all(host=HOST, east=GATEWAY)
    ada = await street.person(east, "Ada")
    code = await street.table(east, ada)
    viewer = await street.connect(east, code, ada)

    await viewer.ask(type="plan", command_id="c1", round=1, steps=[])
    await street.until(lambda: any(event["type"] == "plan_accepted" for event in viewer.shown))

    assert east.registry.get_sample_value("clew_feed_lag_seconds_count") == 1
    assert east.registry.get_sample_value("clew_feed_lag_seconds_sum") == 0


async def test_a_lobby_is_changed_through_gateways_while_it_moves_from_owner_to_owner(street: Street) -> None:
    first, second, east = await street.begin_all(first=HOST, second=HOST, east=GATEWAY)
    people = [await street.person(east, name) for name in ("Ada", "Bo", "Cy")]
    ada, bo, cy = people
    code = (await street.run(east.service.create_game(ada, CreateGame(seats=4, bots=3)))).join_code
    for person in (bo, cy):
        await street.run(east.service.join(code, person))
    watching = await street.connect(east, code, bo)

    await street.run(east.service.leave(code, bo))
    await street.run(east.service.change(code, ada, lambda _: ChangeGame(seats={2: SeatChange("wanderer")}, bots=2)))
    owner = await street.owner_at(code)
    await street.run(next(home for home in (first, second) if home.owner == owner).host.drain())
    await street.run(east.service.leave(code, ada))
    again = await street.run(east.service.leave(code, ada))
    await street.run(east.service.start(code, cy))
    await street.until(lambda: watching.view["game_status"] == "active")

    assert again is None
    assert await street.owner_at(code) != owner
    assert [player["is_bot"] for player in watching.view["players"]] == [True, True, False, True]
    assert [event["type"] for event in watching.shown][-5:] == [
        "host_passed",
        "left",
        "player_joined",
        "player_joined",
        "game_started",
    ]
