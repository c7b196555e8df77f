"""A game that its people have left ends and says why, but not before the eyes of who watches."""

from collections.abc import AsyncGenerator
from typing import Any, Final

import msgspec
import pytest
from structlog.testing import capture_logs

from minotaur.play.wire_replay import Replay, ReplayGameOver
from minotaur.rules.names import player_id
from tests.clew.gateway.street import GATEWAY, HOST, Street, open_street

SETTINGS: Final[dict[str, Any]] = {"untouched_max": 4, "health": 100}
ROUND_S: Final = 5


@pytest.fixture
async def street() -> AsyncGenerator[Street]:
    with capture_logs():
        async with open_street() as opened:
            yield opened


async def test_a_person_who_goes_away_for_good_leaves_a_game_that_ends_and_says_why(street: Street) -> None:
    host, east = await street.begin_all(host=HOST, east=GATEWAY)
    ada = await street.person(east, "Ada")
    code = await street.table(east, ada, preset="classic", round_seconds=ROUND_S, settings=SETTINGS)
    playing = await street.connect(east, code, ada)
    await street.play_round([playing], "p")
    playing.close()

    await street.pass_s(3 * ROUND_S)
    before = await street.run(east.service.game(code))
    await street.pass_s(3 * ROUND_S)

    info = await street.run(east.service.game(code))
    (listed,) = (await street.run(host.service.games_of(ada))).games
    replay = msgspec.json.decode(await east.service.replay(code), type=Replay)
    spectator = await street.connect(east, code, None)
    assert before.game_status == "active"
    assert (info.game_status, info.latest_round, info.winner_id, info.over_why) == ("concluded", 5, None, "untouched")
    assert listed.over_why == "untouched"
    assert {player.player_status for player in info.players} == {"survived"}
    assert isinstance(replay.events[-1], ReplayGameOver) and replay.events[-1].why == "untouched"
    assert spectator.view["over_why"] == "untouched"
    assert spectator.messages[0]["log"][-1]["why"] == "untouched"


async def test_it_goes_on_for_who_watches_it_from_afar_and_ends_when_they_have_gone(street: Street) -> None:
    _, east = await street.begin_all(host=HOST, east=GATEWAY)
    ada = await street.person(east, "Ada")
    code = await street.table(east, ada, preset="classic", round_seconds=ROUND_S, settings=SETTINGS)
    spectator = await street.connect(east, code, None)

    await street.until(lambda: spectator.view["round"] > 3 * SETTINGS["untouched_max"])
    status = spectator.view["game_status"]
    spectator.close()
    await street.pass_s(6 * ROUND_S)

    assert status == "active"
    assert (await street.run(east.service.game(code))).over_why == "untouched"


async def test_who_comes_back_in_time_plays_on(street: Street) -> None:
    _, east = await street.begin_all(host=HOST, east=GATEWAY)
    ada = await street.person(east, "Ada")
    code = await street.table(east, ada, preset="classic", round_seconds=ROUND_S, settings=SETTINGS)

    for visit in range(4):
        await street.pass_s(3 * ROUND_S)
        playing = await street.connect(east, code, ada)
        await street.play_round([playing], f"visit-{visit}")
        playing.close()
    info = await street.run(east.service.game(code))

    assert (info.game_status, info.over_why) == ("active", None)
    assert not next(player for player in info.players if player.player_id == player_id(1)).autopilot
