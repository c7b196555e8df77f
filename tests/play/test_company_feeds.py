"""What a viewer on a gateway is told goes on through all that befalls the owner: no gap, no repeat, no goodbye."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from minotaur.play.feeds import PULSE_SILENCE_S, TICK_S
from minotaur.play.inbox import UNCONFIRMED_S
from minotaur.play.outbox import CLOSE_RESTARTING, CLOSE_TRY_AGAIN, Outbox
from minotaur.play.people import User
from tests.kit.faulty_store import Trouble
from tests.kit.hand_clock import loop_passes, start
from tests.play.street import GATEWAY, HOST, Home, Street, Viewer, is_take, open_street

BOTH = ("host", "gateway")


@pytest.fixture
async def street() -> AsyncGenerator[Street]:
    with capture_logs():
        async with open_street() as opened:
            yield opened


class Match:
    """Two hosts, two gateways, two players and a spectator of one game, all but one of them on gateways."""

    def __init__(self, street: Street, homes: list[Home], code: str, people: list[User]) -> None:
        self.street = street
        self.first, self.second, self.east, self.west = homes
        self.code = code
        self.people = people
        self.players: list[Viewer] = []
        self.number = 0

    @classmethod
    async def begun(cls, street: Street) -> "Match":
        homes = await street.begin_all(a=BOTH, b=BOTH, east=GATEWAY, west=GATEWAY)
        people = [await street.person(homes[2], name) for name in ("Ada", "Bo")]
        code = await street.table(homes[0], *people)
        match = cls(street, homes, code, people)
        match.players = [
            await street.connect(home, code, person)
            for home, person in zip((match.east, match.west), people, strict=True)
        ]
        await street.connect(match.east, code, None)
        await street.connect(match.first, code, people[0])
        await street.connect(match.second, code, people[1])
        assert await street.owner_of(code) == match.first.owner
        return match

    async def play(self, rounds: int = 1) -> None:
        for _ in range(rounds):
            self.number += 1
            await self.street.play_round(self.players, f"m{self.number}")

    async def plan(self) -> None:
        """Something that only Ada sees, told or not."""
        self.number += 1
        number = self.players[0].view["round"]
        answer = await self.players[0].ask(type="plan", command_id=f"m{self.number}", round=number, steps=[])
        assert answer["type"] == "accepted"

    async def is_whole(self, at: Home) -> None:
        await self.street.pass_s(UNCONFIRMED_S + TICK_S)
        await self.street.compare(self.code, at)


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
    await match.street.store.declare_dead(match.first.owner)


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
    for home in street.homes:
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
    await street.store.declare_dead(match.first.owner)
    await street.pass_s(1.1)
    await match.play()

    match.first.line.refused = set()
    await match.play()

    await match.is_whole(match.second)
    assert [viewer.outbox.close_code for viewer in street.viewers] == [None] * len(street.viewers)


async def test_a_feed_is_not_taken_from_an_owner_that_is_behind_what_was_told(street: Street) -> None:
    match = await Match.begun(street)
    match.first.line.refused = {"renew"}
    await street.store.declare_dead(match.first.owner)
    await street.pass_s(1.1)
    await match.plan()
    game_id = await street.game_id(match.code)
    assert await street.owner_of(match.code) == match.second.owner
    assert match.first.host.holds(game_id)

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

    monkeypatch.setattr("minotaur.play.attachment.Attachment._attach", breaks)
    broken.connection._attachment.lose()  # type: ignore[union-attr]
    await street.until(lambda: broken.outbox.close_code is not None)
    monkeypatch.undo()

    assert not match.east.life.done()
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
