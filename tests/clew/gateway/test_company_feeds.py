"""Feeds from the owner of a game to gateways: what is lost on the way is made up for, what nobody wants is let go."""

from asyncio import Task
from collections.abc import AsyncGenerator

import pytest
from structlog.testing import capture_logs

from clew.gateway.feeds import PULSE_SILENCE_S, TICK_S
from clew.gateway.inbox import UNCONFIRMED_S
from clew.gateway.outbox import CLOSE_RESTARTING, CLOSE_TRY_AGAIN, Outbox
from clew.testing.hand_clock import loop_passes, start
from tests.clew.gateway.company_match import Match
from tests.clew.gateway.street import HOST, Street, Viewer, open_street


@pytest.fixture
async def street() -> AsyncGenerator[Street]:
    with capture_logs():
        async with open_street() as opened:
            yield opened


@pytest.mark.parametrize("nth", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("way", ["lost", "overtaken"])
async def test_a_frame_that_is_lost_or_overtaken_is_made_up_for(street: Street, nth: int, way: str) -> None:
    match = await Match.begun(street)
    count = [0]

    def nth_frame(channel: str, feed: str) -> bool:
        if not channel.startswith("east") or feed == "tick":
            return False
        count[0] += 1
        return count[0] == nth

    if way == "lost":
        match.first.bus.loses_message = nth_frame
    else:
        match.first.bus.delays_message = nth_frame
    await match.play(3)

    assert count[0] >= nth
    await match.is_whole(match.second)


async def test_the_very_last_frame_that_is_lost_is_missed_with_the_next_tick(street: Street) -> None:
    match = await Match.begun(street)
    match.first.bus.loses_message = lambda channel, feed: channel.startswith("east") and feed != "tick"
    before = len(match.players[0].shown)
    await match.plan()
    match.first.bus.loses_message = lambda _channel, _feed: False

    took_s = await street.until(lambda: len(match.players[0].shown) > before)

    assert took_s <= TICK_S + 0.1
    await match.is_whole(match.first)


async def test_feeds_go_on_though_nothing_but_frames_arrives(street: Street) -> None:
    """Neither ticks nor pulses: who hears nothing attaches again, and nobody notices."""
    match = await Match.begun(street)
    for home in street.nodes.values():
        home.bus.loses_message = lambda _channel, feed: feed in ("tick", "pulse")
    for _ in range(4):
        await street.pass_s(UNCONFIRMED_S)
        await match.plan()

    await match.is_whole(match.first)
    assert match.first.feeds <= 4


async def test_the_owner_lets_go_of_the_feeds_of_a_gateway_that_is_gone(street: Street) -> None:
    match = await Match.begun(street)
    assert match.first.feeds == 4
    street.viewers = [viewer for viewer in street.viewers if viewer not in (match.players[0], street.viewers[2])]

    await match.east.kill()
    await street.pass_s(PULSE_SILENCE_S + 2 * TICK_S)

    assert match.first.feeds == 2
    await street.pass_s(1)
    match.players = [match.players[1]]
    await match.players[0].ask(type="plan", command_id="x", round=1, steps=[])


async def test_the_owner_lets_go_of_the_feed_of_a_client_that_left(street: Street) -> None:
    match = await Match.begun(street)

    match.players[0].close()
    await loop_passes()
    assert match.first.feeds == 3
    street.viewers.remove(match.players[0])
    await street.pass_s(3 * TICK_S)

    await street.compare(match.code, match.second)


async def test_a_client_that_left_unheard_is_let_go_of_with_the_next_tick(street: Street) -> None:
    match = await Match.begun(street)
    match.east.bus.loses_message = lambda _channel, feed: feed == "detached"
    match.players[0].close()
    await loop_passes()
    assert match.first.feeds == 4
    match.east.bus.loses_message = lambda _channel, _feed: False

    await street.pass_s(TICK_S + 0.1)

    assert match.first.feeds == 3
    street.viewers.remove(match.players[0])


async def test_a_client_that_does_not_read_is_closed_at_its_gateway_and_let_go_of_by_the_owner(street: Street) -> None:
    match = await Match.begun(street)
    outbox = Outbox(messages_max=3)
    await street.run(match.east.service.connect(match.code, match.people[0], None, outbox, _Endless()))
    assert match.first.feeds == 5

    for _ in range(6):
        await match.plan()
    await street.pass_s(2 * TICK_S)

    assert outbox.close_code == CLOSE_TRY_AGAIN
    assert match.first.feeds == 4
    await match.is_whole(match.first)


class _Endless:
    def take_nowait(self) -> bool:
        return True


async def test_a_node_that_stops_sends_its_own_clients_away_and_nobody_elses(street: Street) -> None:
    match = await Match.begun(street)
    own = street.viewers[3]

    await match.first.leave()
    await match.play()

    assert own.outbox.close_code in (CLOSE_RESTARTING, None)
    street.viewers.remove(own)
    await match.is_whole(match.second)


async def test_a_node_that_stops_undrained_loses_nobody_elses_feed(street: Street) -> None:
    match = await Match.begun(street)
    own = street.viewers[3]

    await street.run(match.first.host.stop())
    await street.until(lambda: own.outbox.close_code is not None)
    street.viewers.remove(own)
    await match.play()

    assert own.messages[-1]["type"] == "reconnect"
    await match.is_whole(match.second)


async def test_an_owner_that_does_not_know_it_was_replaced_does_not_make_clients_begin_anew(street: Street) -> None:
    match = await Match.begun(street)
    match.first.line.refused = {"renew"}
    for home in (match.first, match.second):
        home.bus.loses_message = lambda channel, _feed: channel == "nodes"
    await street.store.nodes.declare_dead(match.first.owner)
    await street.pass_s(1.1)
    await match.play()

    match.first.line.refused = set()
    await match.play()

    await match.is_whole(match.second)
    assert [viewer.outbox.close_code for viewer in street.viewers] == [None] * len(street.viewers)


async def test_a_feed_is_not_taken_from_an_owner_that_is_behind_what_was_told(street: Street) -> None:
    match = await Match.begun(street)
    match.first.line.refused = {"renew"}
    await street.store.nodes.declare_dead(match.first.owner)
    await street.pass_s(1.1)
    await match.plan()
    game_id = await street.game_id(match.code)
    assert await street.owner_at(match.code) == match.second.owner
    assert match.first.host.held(game_id)

    match.east.misdirect(game_id, match.first.owner)
    match.east.lose_feeds()
    await street.pass_s(0.3)
    await match.play()

    assert match.players[0].outbox.close_code is None
    match.first.line.refused = set()
    await match.is_whole(match.second)


async def test_a_bug_in_one_viewers_feed_harms_nobody_else(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    match = await Match.begun(street)
    broken = match.players[0]

    async def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("clew.gateway.attachment.Attachment._attach", breaks)
    broken.connection._attachment.lose()  # type: ignore[union-attr]
    await street.until(lambda: broken.outbox.close_code is not None)
    monkeypatch.undo()

    assert match.east.alive
    assert broken.messages[-1]["type"] == "reconnect"
    street.viewers.remove(broken)
    answer = await match.players[1].ask(type="plan", command_id="x", round=1, steps=[])
    assert answer["type"] == "accepted"
    await match.is_whole(match.second)


async def test_while_no_host_is_there_viewers_wait_and_are_told_the_rest_when_one_comes(street: Street) -> None:
    match = await Match.begun(street)
    street.viewers = [viewer for viewer in street.viewers if viewer in match.players]
    await match.first.kill()
    await match.second.kill()
    await street.pass_s(40)

    back = await street.begin("c", HOST)
    await street.until(lambda: match.players[0].shown[-1]["type"] == "clock_credited")
    await match.play()

    await match.is_whole(back)
    assert [viewer.outbox.close_code for viewer in street.viewers] == [None, None]


@pytest.mark.parametrize("slow_s", [0.3, 1.5])
async def test_frames_that_overtake_the_answer_to_their_attachment_are_told_after_it(
    street: Street, slow_s: float
) -> None:
    match = await Match.begun(street)
    match.west.bus.slow_answer_s = lambda body: slow_s if b"attach" in body else 0.0
    connecting = start(street.connect(match.west, match.code, match.people[0]))
    await street.until(lambda: match.first.feeds == 5)

    await match.plan()
    await match.plan()
    viewer = await street.run(_result(connecting))

    assert [event["type"] for event in viewer.shown] == ["plan_accepted"] * 2
    match.west.lose_feeds()
    await street.pass_s(0.1)
    await match.plan()
    await match.is_whole(match.first)
    assert len(viewer.shown) == 3


async def _result(task: "Task[Viewer]") -> Viewer:
    return await task


async def test_news_of_a_new_owner_is_enough_to_follow_it(street: Street) -> None:
    match = await Match.begun(street)
    match.first.bus.loses_message = lambda channel, _feed: channel.startswith("east")
    await match.first.give(match.second, await street.game_id(match.code))

    before = len(match.players[0].shown)
    await match.plan()
    took_s = await street.until(lambda: len(match.players[0].shown) > before)

    assert took_s <= 0.3
    await match.is_whole(match.second)


async def test_a_bus_that_was_found_again_is_caught_up_with_at_once(street: Street) -> None:
    match = await Match.begun(street)
    own = street.viewers[3]
    before = len(match.players[0].shown)
    await match.east.bus.cut()
    await own.ask(type="plan", command_id="own", round=1, steps=[])

    await match.east.bus.mend()
    took_s = await street.until(lambda: len(match.players[0].shown) > before)

    assert took_s <= 0.1
    await match.is_whole(match.first)
