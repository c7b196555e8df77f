"""Through all that may befall a game's owner its viewers are told everything: no gap, no repeat, no goodbye."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from clew.testing.faults.bus_line import is_take
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.clew.gateway.company_match import Match
from tests.clew.gateway.street import Street, open_street


@pytest.fixture
async def street() -> AsyncGenerator[Street]:
    with capture_logs():
        async with open_street() as opened:
            yield opened


Trial = Callable[[Match], Awaitable[None]]


async def _owner_dies(match: Match) -> None:
    match.street.viewers = [v for v in match.street.viewers if v is not match.street.viewers[3]]
    await match.first.kill()


async def _owner_drains(match: Match) -> None:
    assert await match.street.run(match.first.host.drain()) == 1


async def _owner_is_paused_past_its_lease(match: Match) -> None:
    match.first.gate.pause()
    await match.street.pass_s(8)
    match.first.gate.go_on()
    await match.street.pass_s(2)


async def _owner_is_cut_off(match: Match) -> None:
    match.first.faults.down = True
    await match.first.bus.cut()
    await match.street.pass_s(8)
    match.first.faults.down = False
    await match.first.bus.mend()
    await match.street.pass_s(2)


async def _owner_was_declared_dead_by_mistake(match: Match) -> None:
    await match.street.store.nodes.declare_dead(match.first.owner)


async def _bus_is_lost_and_found(match: Match) -> None:
    match.street.bus.cut()
    await match.street.pass_s(1)
    match.street.bus.mend()


async def _gateway_is_cut_from_the_bus(match: Match) -> None:
    await match.east.bus.cut()
    await match.street.pass_s(3)
    await match.east.bus.mend()


async def _hand_over_is_lost(match: Match) -> None:
    match.first.bus.loses_request = is_take
    await _owner_drains(match)


async def _hand_over_and_all_news_are_lost(match: Match) -> None:
    match.first.bus.loses_request = is_take
    for home in (match.first, match.second):
        home.bus.loses_message = lambda channel, _feed: channel == "nodes"
    await _owner_drains(match)


async def _it_goes_back_and_forth(match: Match) -> None:
    game_id = await match.street.game_id(match.code)
    for _ in range(3):
        await match.first.give(match.second, game_id)
        await match.second.give(match.first, game_id)


async def _store_fails_at_the_worst_moment(match: Match) -> None:
    match.first.line.troubles["transfer"].append(Trouble.LANDED)
    match.second.line.troubles["load"].extend([Trouble.BUSY] * 2)
    await match.street.run(match.first.host.drain())


TRIALS: list[Trial] = [
    _owner_dies,
    _owner_drains,
    _owner_is_paused_past_its_lease,
    _owner_is_cut_off,
    _owner_was_declared_dead_by_mistake,
    _bus_is_lost_and_found,
    _gateway_is_cut_from_the_bus,
    _hand_over_is_lost,
    _hand_over_and_all_news_are_lost,
    _it_goes_back_and_forth,
    _store_fails_at_the_worst_moment,
]


@pytest.mark.parametrize("trial", TRIALS)
async def test_every_viewer_is_told_everything_through(street: Street, trial: Trial) -> None:
    match = await Match.begun(street)
    await match.play()

    await trial(match)
    await match.play(2)

    await match.is_whole(match.second)
    assert [viewer.outbox.close_code for viewer in street.viewers] == [None] * len(street.viewers)


@pytest.mark.parametrize("trial", TRIALS)
async def test_and_also_while_they_play(street: Street, trial: Trial) -> None:
    match = await Match.begun(street)

    playing = start(match.play(3))
    await loop_passes(15)
    trying = start(_awaited(trial(match)))
    await street.until(lambda: playing.done() and trying.done())
    await playing
    await trying

    await match.is_whole(match.second)
    assert [viewer.outbox.close_code for viewer in street.viewers] == [None] * len(street.viewers)


async def _awaited(work: Awaitable[None]) -> None:
    await work


async def test_a_command_that_waits_where_its_game_ran_is_answered_by_whoever_runs_it_then(street: Street) -> None:
    match = await Match.begun(street)
    ada = await street.connect(match.first, match.code, match.people[0])
    session = match.first.host.held(await street.game_id(match.code))
    assert session is not None
    session.stand_still()

    asked = start(ada.ask(type="plan", command_id="waits", round=ada.view["round"], steps=[]))
    await loop_passes(5)
    assert session.waiting == 1
    await _owner_drains(match)

    answer = await asked
    assert answer["type"] == "accepted"
    assert await street.owner_at(match.code) == match.second.owner
