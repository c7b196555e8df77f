"""Nodes of two releases side by side: the newer one reads states that the older one does not know."""

import msgspec
import pytest
import structlog

from clew.sessions.faults import Waits
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged
from clew.sessions.session.transfer import Handed
from clew.testing.hand_clock import start
from tests.kit.fleet import GATEWAY, ONE, Fleet
from tests.kit.hosting import ADA, BEN, GAME, open_game


async def test_a_session_that_moves_to_a_newer_release_is_stored_as_newer_with_its_next_commit(fleet: Fleet) -> None:
    old = await fleet.begin("old", "1.0.0")
    new = await fleet.begin("new", "1.1.0", reads=2)
    await fleet.pass_s(1.1)
    await open_game(old.host)

    assert await old.leave() == 1
    assert (await fleet.stored(GAME)).state_version == 1, "nothing was written to it yet"

    assert await new.ask(GAME, ONE, ADA, "c1") == Acknowledged(5)
    stored = await fleet.stored(GAME)
    assert (stored.state_version, stored.snapshot_seq, stored.seq) == (2, 5, 5)
    assert await new.ask(GAME, ONE, ADA, "c2") == Acknowledged(6)
    assert (await fleet.stored(GAME)).snapshot_seq == 5, "once is enough"


async def test_a_session_that_was_handed_on_before_it_was_written_to_is_stored_as_newer_all_the_same(
    fleet: Fleet,
) -> None:
    old = await fleet.begin("old", "1.0.0")
    first = await fleet.begin("new-1", "1.1.0", reads=2)
    await fleet.pass_s(1.1)
    await open_game(old.host)
    await old.leave()
    second = await fleet.begin("new-2", "1.1.0", reads=2)
    await fleet.pass_s(1.1)

    assert await first.leave() == 1
    assert second.came("memory") == 1
    await second.ask(GAME, ONE)

    assert (await fleet.stored(GAME)).state_version == 2


def test_a_handover_of_the_release_before_says_nothing_of_the_stored_version() -> None:
    before = msgspec.msgpack.encode(["g1", 3, 7, 5, b"{}", 1])

    assert msgspec.msgpack.decode(before, type=Handed).stored_version == 0


async def test_a_newer_release_takes_over_from_a_dead_older_one_and_an_older_one_never_takes_it_back(
    fleet: Fleet,
) -> None:
    old = await fleet.begin("old", "1.0.0")
    new = await fleet.begin("new", "1.1.0", reads=2)
    await fleet.pass_s(1.1)
    await open_game(old.host)
    await old.kill()
    await fleet.until(lambda: new.held == 1)
    assert (await fleet.stored(GAME)).state_version == 2, "the credited time was written by the newer release"

    back = await fleet.begin("old", "1.0.0")
    await new.kill()
    await fleet.pass_s(20)

    assert back.held == 0
    assert back.counted("clew_sessions_too_new") == 1
    assert (await fleet.stored(GAME)).game_status == "active"
    again = await fleet.begin("new", "1.1.0", reads=2)
    assert again.held == 1
    await fleet.pass_s(20)
    assert back.counted("clew_sessions_too_new") == 0
    assert isinstance(await back.ask(GAME, ONE, ADA, "later"), Acknowledged)


async def test_a_newer_release_that_leaves_hands_nothing_to_nodes_that_could_not_read_it(fleet: Fleet) -> None:
    old = await fleet.begin("old", "1.1.0")
    new = await fleet.begin("new", "1.1.0", reads=2)
    await fleet.pass_s(1.1)
    await fleet.open_games(new, 3)

    assert await fleet.run(new.host.drain()) == 0
    with structlog.testing.capture_logs() as logs:
        await new.stop()
        await fleet.pass_s(20)

    assert old.held == 0
    (said,) = [line for line in logs if line["event"] == "sessions_wait_for_a_newer_release"]
    assert (said["sessions"], said["state_version_max"]) == (3, 1)
    assert (await fleet.stored(GameId("g0"))).owner is None


async def test_an_older_node_that_slept_through_an_upgrade_sends_its_players_after_the_session(fleet: Fleet) -> None:
    old = await fleet.begin("old", "1.0.0")
    new = await fleet.begin("new", "1.1.0", reads=2)
    await fleet.pass_s(1.1)
    await open_game(old.host)
    told = await fleet.watch(old, GAME)
    old.pause()
    await fleet.until(lambda: new.held == 1)
    await new.ask(GAME, ONE)

    await old.go_on()
    await fleet.pass_s(3)

    assert told.ended == ["moved"]
    assert (await fleet.stored(GAME)).game_status == "active"
    assert isinstance(await old.ask(GAME, ONE, BEN, "late"), Acknowledged)


@pytest.mark.parametrize("roles", [GATEWAY, ("host", "gateway")])
async def test_an_older_node_asks_one_that_can_read_it_for_what_is_closed(fleet: Fleet, roles: tuple[str, ...]) -> None:
    new = await fleet.begin("new", "1.1.0", reads=2)
    old = await fleet.begin("old", "1.0.0", roles=roles)
    await fleet.pass_s(1.1)
    await open_game(new.host, limit=1)
    await new.ask(GAME, ONE)
    assert (await fleet.stored(GAME)).game_status == "concluded"

    seen = start(old.see(GAME))
    await fleet.until(seen.done)

    assert (await seen).state.status == "concluded"


async def test_a_newer_gateway_says_at_once_that_a_session_waits_which_no_host_can_read(fleet: Fleet) -> None:
    new = await fleet.begin("new", "1.1.0", reads=2)
    await fleet.begin("old", "1.0.0")
    gateway = await fleet.begin("gateway", "1.1.0", GATEWAY, reads=2)
    await fleet.pass_s(1.1)
    await open_game(new.host)
    await new.stop()
    await fleet.pass_s(1.1)

    began_s = fleet.clock.monotonic()
    with pytest.raises(Waits, match="state version 2 is newer than 1"):
        await fleet.run(gateway.ask(GAME, ONE))

    assert fleet.clock.monotonic() - began_s < 1


async def test_what_a_newer_release_makes_is_made_by_a_node_that_reads_it_or_not_yet(fleet: Fleet) -> None:
    old = await fleet.begin("old", "1.0.0")
    gate = await fleet.begin("gate", "1.1.0", GATEWAY, reads=2)
    await fleet.pass_s(1.1)

    with pytest.raises(Waits):
        await fleet.run(gate.make(GAME))
    new = await fleet.begin("new", "1.1.0", reads=2)
    await fleet.pass_s(1.1)
    await fleet.run(gate.make(GAME))

    assert (old.held, new.held) == (0, 1)
    assert (await fleet.stored(GAME)).state_version == 2


async def test_what_an_older_release_makes_is_made_by_any(fleet: Fleet) -> None:
    gate = await fleet.begin("gate", "1.0.0", GATEWAY)
    new = await fleet.begin("new", "1.1.0", reads=2)
    await fleet.pass_s(1.1)

    await fleet.run(gate.make(GAME))

    assert new.held == 1
