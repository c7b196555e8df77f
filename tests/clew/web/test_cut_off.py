"""A server that can't serve says so within its lease, and sends its people where others can."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from clew.gateway.outbox import CLOSE_RESTARTING, Outbox
from clew.people.user import User
from clew.sessions.bounds import LEASE_MS
from clew.sessions.ids import UserId
from clew.web.bounds import CUT_OFF_SENT_AWAY_OVER_S, SEND_AWAY_PAUSE_S
from clew.web.metrics import WebMetrics
from clew.web.phase import Readiness
from clew.web.sockets import Sockets
from clew.web.watch import ReadinessWatch
from minotaur.play.kind import match_games
from tests.clew.gateway.street import HOST, Home, Street, open_street

LEASE_S = LEASE_MS / 1_000


class Front:
    """The web of one server on the street, as far as it watches over readiness and sockets."""

    def __init__(self, home: Home, sockets: int, *, ready: bool = True) -> None:
        self.home = home
        self.readiness = Readiness()
        self.readiness.lacks = lambda: home.host.lacks
        if ready:
            self.readiness.become_ready()
        self.registry = CollectorRegistry()
        metrics = WebMetrics(self.registry)
        self.sockets = Sockets(metrics, home.clock.sleep)
        self.outboxes = [Outbox() for _ in range(sockets)]
        self._held = {outbox: ExitStack() for outbox in self.outboxes}
        for number, outbox in enumerate(self.outboxes):
            user = User(UserId(f"u{number}"), f"U{number}")
            self._held[outbox].enter_context(self.sockets.opened(user, "token", outbox, ("127.0.0.1", None)))
        watch = ReadinessWatch(self.readiness, self.sockets, lambda: home.host.has_elsewhere, home.clock, metrics)
        self._watch = asyncio.get_running_loop().create_task(watch.run(), name="watch")

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.readiness.reasons()]

    @property
    def sent_away(self) -> int:
        return sum(outbox.close_code == CLOSE_RESTARTING for outbox in self.outboxes)

    async def cut_off(self, *, store: bool = True, bus: bool = True) -> None:
        self.home.faults.down = store
        if bus:
            await self.home.bus.cut()

    async def mend(self) -> None:
        self.home.faults.down = False
        await self.home.bus.mend()

    def leave(self, outboxes: list[Outbox]) -> None:
        """These sockets are no more."""
        for outbox in outboxes:
            self._held[outbox].close()

    def close(self) -> None:
        self._watch.cancel()
        self.leave(self.outboxes)


@asynccontextmanager
async def fronts(*names: str, sockets: int = 2, lifelines: bool = True) -> AsyncGenerator[tuple[Street, list[Front]]]:
    async with open_street(lifelines=lifelines) as street:
        homes = [await street.begin(name) for name in names]
        await street.pass_s(2)
        opened = [Front(home, sockets) for home in homes]
        try:
            yield street, opened
        finally:
            for front in opened:
                front.close()


async def test_a_node_cut_off_from_store_and_bus_is_not_ready_within_its_lease_and_sends_its_people_on() -> None:
    async with fronts("a", "b") as (street, (first, second)):
        assert (first.codes, second.codes) == ([], [])
        await first.cut_off()

        await street.pass_s(LEASE_S)
        codes = first.codes
        await street.pass_s(2.5)

        assert codes == ["store"]
        assert not first.readiness.lets_in, "who comes now is told to try elsewhere"
        assert first.sent_away == 2
        assert (second.codes, second.sent_away) == ([], 0)
        assert first.registry.get_sample_value("clew_sockets_sent_away_total", {"why": "unfit"}) == 2
        assert first.registry.get_sample_value("clew_not_ready", {"reason": "store"}) == 1
        assert first.registry.get_sample_value("clew_ready") == 0


async def test_people_leave_one_by_one_and_who_is_left_when_the_node_is_back_stays() -> None:
    async with fronts("a", "b", sockets=300) as (street, (first, _)):
        await first.cut_off()
        with capture_logs() as lines:
            began_s = await street.until(lambda: first.sent_away > 0)

            await street.pass_s(1)
            after_a_second = first.sent_away
            await first.mend()
            await street.until(lambda: first.codes == [])
            await street.pass_s(1)
            after_it_was_back = first.sent_away
            await street.pass_s(2 * CUT_OFF_SENT_AWAY_OVER_S)

        assert began_s >= LEASE_S - 1
        assert 1 / SEND_AWAY_PAUSE_S * 0.5 < after_a_second < 1 / SEND_AWAY_PAUSE_S * 1.5
        assert first.sent_away == after_it_was_back < 300
        assert first.readiness.lets_in
        (line,) = [line for line in lines if line["event"] == "sockets_sent_away"]
        assert (line["sockets"], line["left"]) == (first.sent_away, 300 - first.sent_away)


async def test_who_goes_while_others_are_told_is_counted_once() -> None:
    """Most are closed as soon as they are told; ten leave by themselves before their turn comes."""
    async with fronts("a", "b", sockets=100) as (street, (first, _)):
        await first.cut_off()
        with capture_logs() as lines:
            await street.until(lambda: first.sent_away > 0)
            first.leave(first.outboxes[-10:])
            for _ in range(50):
                first.leave([outbox for outbox in first.outboxes if outbox.close_code is not None])
                await street.pass_s(0.1)

    (line,) = [line for line in lines if line["event"] == "sockets_sent_away"]
    assert (line["sockets"], line["left"]) == (90, 0)
    assert first.registry.get_sample_value("clew_sockets_sent_away_total", {"why": "unfit"}) == 90


@pytest.mark.parametrize("bus", [True, False])
async def test_people_of_the_only_node_stay(bus: bool) -> None:
    async with fronts("a") as (street, (only,)):
        await only.cut_off(bus=bus)

        await street.pass_s(30)

        assert "store" in only.codes
        assert only.readiness.lets_in
        assert only.sent_away == 0


async def test_where_the_store_is_away_for_all_nobody_is_sent_in_circles() -> None:
    async with fronts("a", "b", "c") as (street, nodes):
        for node in nodes:
            await node.cut_off(bus=False)

        await street.pass_s(30)

        assert [node.codes for node in nodes] == [["store"]] * 3
        assert [node.sent_away for node in nodes] == [0] * 3
        for node in nodes:
            await node.mend()
        await street.pass_s(3)
        assert [node.codes for node in nodes] == [[]] * 3


async def test_whoever_reaches_the_store_first_again_draws_nobody_from_those_who_are_about_to() -> None:
    async with fronts("a", "b", "c") as (street, nodes):
        for node in nodes:
            await node.cut_off(bus=False)
        await street.pass_s(12)

        for node in nodes:
            await node.mend()
            await street.pass_s(0.9)
        await street.pass_s(10)

        assert [(node.codes, node.sent_away) for node in nodes] == [([], 0)] * 3


async def test_who_is_unfit_a_little_longer_than_others_sends_nobody_to_those_who_lost_the_store_too() -> None:
    """They were fit for a moment between two outages, of which this one saw nothing."""
    async with fronts("a", "b") as (street, (first, second)):
        for node in (first, second):
            await node.cut_off(bus=False)
        await street.pass_s(3.4)
        await second.mend()
        await street.until(lambda: second.home.host.lacks == () and not second.home.faults.down)
        await street.pass_s(1.2)
        await second.cut_off(bus=False)

        await street.pass_s(20)

        assert [(node.codes, node.sent_away) for node in (first, second)] == [(["store"], 0)] * 2


async def test_a_node_that_lost_the_store_alone_sends_its_people_to_those_it_hears_on_the_bus() -> None:
    async with fronts("a", "b") as (street, (first, second)):
        await first.cut_off(bus=False)

        await street.pass_s(10)

        assert (first.sent_away, second.sent_away) == (2, 0)


async def test_nobody_is_sent_to_nodes_that_let_nobody_in() -> None:
    async with open_street() as street:
        home = await street.begin("a")
        await street.begin("b", HOST)
        await street.pass_s(2)
        front = Front(home, sockets=2)
        await front.cut_off()

        await street.pass_s(20)
        front.close()

        assert (front.codes, front.sent_away) == (["store"], 0)


async def test_a_bus_that_is_away_for_all_leaves_everybody_where_they_are() -> None:
    async with fronts("a", "b") as (street, nodes):
        for node in nodes:
            await node.cut_off(store=False)

        await street.pass_s(30)

        assert [(node.codes, node.sent_away) for node in nodes] == [([], 0), ([], 0)]
        rows = await street.store.nodes.rows()
        assert [(row.ready, row.unfit) for row in rows] == [(True, "NATS is away: cut by a test")] * 2


async def test_a_node_without_the_bus_that_others_have_is_not_ready() -> None:
    async with fronts("a", "b") as (street, (first, second)):
        await first.cut_off(store=False)
        await street.pass_s(LEASE_S - 1)
        in_time = first.codes

        await street.pass_s(10)

        assert in_time == []
        assert (first.codes, first.sent_away) == (["bus"], 2)
        assert (second.codes, second.sent_away) == ([], 0)
        row = next(row for row in await street.store.nodes.rows() if row.node_id == "a")
        assert (row.ready, "NATS is away" in row.unfit) == (False, True)


async def test_what_lasts_is_logged_in_a_few_lines() -> None:
    async with fronts("a", "b") as (street, (first, _)):
        with capture_logs() as lines:
            await first.cut_off()
            await street.pass_s(300)
            await first.mend()
            await street.pass_s(5)

    told = [line for line in lines if line["log_level"] != "debug"]
    unready = [line for line in told if line["event"] == "not_ready"]
    assert 1 < len(unready) <= 8
    assert unready[0]["reasons"] == ["store"] and unready[0]["sockets"] == 2
    assert sum(line["event"] == "ready_again" for line in told) == 1
    repeated = {event: sum(line["event"] == event for line in told) for event in {line["event"] for line in told}}
    assert max(repeated.values()) <= 8, repeated


async def test_a_node_that_never_reached_the_bus_is_not_ready_and_says_why() -> None:
    async with open_street() as street:
        home = Home(street, "a", ("gateway",))
        await home.bus.cut()
        await street.begun(home, match_games())
        front = Front(home, sockets=0, ready=False)

        with capture_logs() as lines:
            await street.pass_s(8)
        codes = front.codes
        await home.bus.mend()
        await street.pass_s(1)

        assert codes == ["starting", "bus"]
        assert front.codes == ["starting"]
        (line,) = [line for line in lines if line["event"] == "not_ready"]
        assert "NATS was not reached since the start: cut by a test" in line["why"]
        front.close()


async def test_a_node_whose_key_is_not_that_of_those_who_serve_does_not_begin() -> None:
    async with open_street() as street:
        await street.begin("a", key_print="one")
        await street.pass_s(2)
        stranger = Home(street, "b", key_print="another")
        await street.begun(stranger, match_games(), ready=False)
        await street.pass_s(2)

        lacks = [lack.words for lack in stranger.host.lacks]

        assert lacks == ["Its secret key is not that of a: give both the same file"]
