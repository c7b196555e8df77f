"""A node on a machine of its own, whose wire to PostgreSQL and NATS is pulled while the one to its people stays."""

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Final

import pytest

from clew.client.retrying import pause
from clew.web.bounds import SEND_AWAY_PAUSE_S
from tests.chaos.fleet import GATE, Fleet, Wired
from tests.chaos.sent_on import LEASE_S, RESTARTING, are_elsewhere, trial_of
from tests.chaos.trial import seed_for
from tests.kit.client import Player
from tests.kit.cluster import cluster_in, wait_for
from tests.kit.wires import Machine, addresses, cannot_wire, machine

VICTIM: Final = "host-1"
HEIR: Final = "host-2"
ONLOOKERS: Final = 40
SENT_ON_WITHIN_S: Final = 15.0
BEFORE_THE_CUT_S_MAX: Final = 9.0
LONGER_S: Final = 2.0
"""For so long the wire stays pulled when everybody plays elsewhere: TCP sends again ever more seldom by then."""
OF_ITSELF: Final = ("frozen", "sending_sockets_away", "sockets_sent_away", "lease_lost", "lives_again")
"""What the log of a node that was cut off says of it, each once, in this order."""
NOT_READY: Final = "not_ready"
READY_AGAIN: Final = "ready_again"
"""It says so too, by looks of its own; and once more where a later look finds out what else it lacks."""


@pytest.fixture(autouse=True)
def wires() -> None:
    if (why := cannot_wire()) is not None:
        pytest.skip(f"a machine of its own {why}")


@asynccontextmanager
async def _wired(folder: Path, seed: int, hosts: int) -> AsyncGenerator[tuple[Fleet, Machine]]:
    with machine() as beside:
        async with cluster_in(folder, beside=beside) as cluster:
            fleet = Fleet(cluster, Random(seed), {VICTIM: Wired(beside, cluster)})
            await fleet.start(hosts)
            yield fleet, beside


def test_of_the_wires_nothing_is_seen_by_whoever_else_is_on_this_machine() -> None:
    with ThreadPoolExecutor(1) as others:
        before = others.submit(addresses).result()  # a thread stays in the network that it began in

        with machine() as beside:
            ours, theirs = addresses(), others.submit(addresses).result()

        after = addresses()

    assert beside.engines in ours
    assert theirs == before == after


async def test_a_node_whose_wire_is_pulled_says_so_and_its_people_play_on_elsewhere(tmp_path: Path) -> None:
    seed = seed_for("whose_wire_is_pulled", default=12)
    async with _wired(tmp_path, seed, hosts=2) as (fleet, beside), trial_of(fleet, VICTIM) as (trial, held):
        (table,) = await trial.seat(held, 1, seed)
        people = [*table.players, *await trial.have_watch(held, table, ONLOOKERS)]
        await table.wait_next_round()  # on a busy machine so many take most of one, and to be sent on takes some of it

        trial.cut(beside.pull)
        table.plan_now()
        table.hurry()
        async with asyncio.TaskGroup() as group:
            playing = group.create_task(table.play(), name="plays")
            told = await trial.wait_not_ready()
            await wait_for(lambda: are_elsewhere(people), SENT_ON_WITHIN_S)
            await playing
        await pause(LONGER_S)
        await trial.heal(beside.plug)
        await wait_for(lambda: _is_back(fleet))
        complaints = await table.complaints(fleet)

    assert "store" in [reason["code"] for reason in told["error"]["details"]["reasons"]]
    assert complaints == []
    assert [player.closed_with for player in people] == [[RESTARTING]] * len(people)
    assert _spread_s(people) >= SEND_AWAY_PAUSE_S * (len(people) - 1)
    assert [line["message"] for line in fleet.told(VICTIM, *OF_ITSELF)] == list(OF_ITSELF)
    looks = [line["message"] for line in fleet.told(VICTIM, NOT_READY, READY_AGAIN)]
    assert (looks[0], looks[-1]) == (NOT_READY, READY_AGAIN)
    (frozen,) = fleet.told(VICTIM, "frozen")
    assert (frozen["node"], frozen["sessions"], bool(frozen["cause"])) == (VICTIM, 1, True)
    (sent,) = fleet.told(VICTIM, "sockets_sent_away")
    assert (sent["sockets"], sent["left"]) == (len(people), 0)
    for other in (HEIR, GATE):
        left, arrived = fleet.told(other, "node_left", "node_arrived")[-2:]
        assert (left["message"], left["owner"], left["sessions"]) == ("node_left", f"{VICTIM}.1", 1)
        assert (arrived["message"], arrived["owner"]) == ("node_arrived", f"{VICTIM}.2")
    (claimed,) = fleet.told(HEIR, "sessions_claimed")
    assert (claimed["sessions"], claimed["lost_by"]) == (1, {f"{VICTIM}.1": 1})


@pytest.mark.long
@pytest.mark.parametrize("seen", [True, False])
async def test_a_wire_pulled_again_and_again_for_any_time_costs_nobody_a_round(seen: bool, tmp_path: Path) -> None:
    """``seen``: the node's machine sees that its wire is dead."""
    seed = seed_for("wire_pulled_again_and_again")
    chance = Random(seed)
    async with _wired(tmp_path, seed, hosts=3) as (fleet, beside):
        for lasts_s in (chance.uniform(0.5, LEASE_S), LEASE_S, *(chance.uniform(LEASE_S, 20.0) for _ in range(3))):
            async with trial_of(fleet, VICTIM) as (trial, held):
                tables = await trial.seat(held, 4, seed)
                for table in tables:
                    table.plan_now()
                async with asyncio.TaskGroup() as group:
                    for table in tables:
                        group.create_task(table.play(), name="plays")
                    await pause(chance.uniform(0.0, BEFORE_THE_CUT_S_MAX))
                    trial.cut(beside.unplug if seen else beside.pull)
                    await pause(lasts_s)
                    await trial.heal(beside.plug)
                    for table in tables:
                        table.hurry()
                complaints = [complaint for table in tables for complaint in await table.complaints(fleet)]
            assert complaints == [], f"pulled for {lasts_s:.1f} s"
            await wait_for(lambda: fleet.is_ready(VICTIM))
        wrong = _wrongs_of(fleet)

    assert wrong == []


async def _is_back(fleet: Fleet) -> bool:
    """Whether the others have said that it is there again, and it that it is ready: it sees that at its next look."""
    if not fleet.told(VICTIM, READY_AGAIN):
        return False
    seen = [[line["owner"] for line in fleet.told(other, "node_arrived")] for other in (HEIR, GATE)]
    return all(f"{VICTIM}.2" in owners for owners in seen)


def _spread_s(people: list[Player]) -> float:
    """How much later the last of them was sent on than the first."""
    at_s = [player.closed_at_s[0] for player in people]
    return max(at_s) - min(at_s)


def _wrongs_of(fleet: Fleet) -> list[str]:
    """Whether each freeze of the victim had its one line, and its one end."""
    told = [str(line["message"]) for line in fleet.told(VICTIM, "frozen", "thawed", "lives_again")]
    pairs = list(zip(told[::2], told[1::2], strict=False))
    wrong = [f"{freeze}, then {end}" for freeze, end in pairs if freeze != "frozen" or end == "frozen"]
    return wrong + (["frozen to the end"] if len(told) % 2 else [])
