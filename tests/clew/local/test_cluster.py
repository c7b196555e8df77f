"""A whole cluster on this machine: real PostgreSQL, real NATS, real nodes, and one port before them."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from clew.client.retrying import pause
from clew.local.cluster import Cluster, ClusterSettings, open_cluster
from clew.local.folder import ClusterFolder
from clew.local.node_process import NodeProcess
from clew.local.rolling import roll
from clew.wiring.faults import CannotStart
from tests.kit.client import Person

WAIT_S = 60.0


@pytest.fixture
def folder() -> Generator[Path]:
    """A short path that everybody may enter: PostgreSQL's sockets lie in it, and it never runs as root."""
    made = Path(tempfile.mkdtemp(prefix="minotaur-cluster-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@asynccontextmanager
async def running(folder: Path, *, restart_after_s: float | None = None) -> AsyncGenerator[Cluster]:
    async with open_cluster(
        ClusterSettings(folder, "minotaur", "0.3.0", nodes=2, restart_after_s=restart_after_s, durable=False)
    ) as cluster:
        yield cluster


async def test_a_cluster_is_rolled_under_a_game_and_ends_without_a_trace(folder: Path) -> None:
    async with running(folder) as cluster:
        person = await Person.guest(cluster.url, "Ada")
        code = (await person.create_game(seats=2, bots=1, round_seconds=600))["join_code"]
        await person.start(code)
        before = list(cluster.nodes.values())
        told = list[str]()

        await roll(cluster, told.append)

        assert (await person.game(code))["game_status"] == "active"
        await person.close()
        after = list(cluster.nodes.values())
        assert [node.release for node in before] == ["0.3.0+1"] * 2
        assert [node.release for node in after] == ["0.3.0+2"] * 2
        assert [await node.wait_gone() for node in before] == [0, 0]
        assert {cluster.state_of(number) for number in cluster.nodes} == {"ready"}
        assert told[:3] == [
            "node-1-b2 starts, 0.3.0+2",
            f"node-1-b2 is ready at {after[0].url}",
            "node-1-b1 handed over and ended",
        ]
        pids = [node.pid for node in after] + [cluster.nats.pid, cluster.postgres.pid]

    assert [await node.wait_gone() for node in after] == [0, 0]
    assert not any(is_alive(pid) for pid in pids if pid is not None)


async def test_a_node_that_was_killed_is_started_again_and_people_go_to_the_others(folder: Path) -> None:
    async with running(folder, restart_after_s=0.1) as cluster:
        first = cluster.nodes[1].pid

        await cluster.kill_node(1, asked=False)
        person = await Person.guest(cluster.url, "Ada")

        await until(lambda: cluster.state_of(1) == "ready")
        assert cluster.nodes[1].pid != first
        await person.close()


async def test_a_node_that_is_told_to_end_stays_down_until_it_is_started(folder: Path) -> None:
    async with running(folder, restart_after_s=0.0) as cluster:
        assert await cluster.let_go(cluster.nodes[1]) == 0
        await cluster.kill_node(2)
        assert {cluster.state_of(number) for number in cluster.nodes} == {"down"}

        await cluster.start_node(2)

        assert [cluster.state_of(number) for number in (1, 2)] == ["down", "ready"]
        person = await Person.guest(cluster.url, "Ada")
        await person.close()


async def test_a_game_outlives_the_whole_cluster(folder: Path) -> None:
    async with running(folder) as cluster:
        person = await Person.guest(cluster.url, "Ada")
        code = (await person.create_game(seats=2, bots=1, round_seconds=600))["join_code"]
        await person.close()

    async with running(folder) as cluster, httpx.AsyncClient(base_url=f"{cluster.url}/api/v1") as http:
        http.headers["Authorization"] = f"Bearer {person.token}"
        me, game = await http.get("/me"), await http.get(f"/games/{code}")

    assert me.json()["user_id"] == person.user_id
    assert game.json()["game_status"] == "lobby"


async def test_a_successor_that_does_not_start_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(folder) as cluster:
        before = dict(cluster.nodes)

        def broken(number: int) -> NodeProcess:
            return NodeProcess("minotaur", f"node-{number}-bad", "no release", 0, cluster.folder.logs / "bad.log", ())

        monkeypatch.setattr(cluster, "next_process", broken)
        with pytest.raises(CannotStart, match="call it like"):
            await roll(cluster, lambda _: None)

        assert cluster.nodes == before
        assert {cluster.state_of(number) for number in cluster.nodes} == {"ready"}


async def test_a_cluster_whose_nodes_cannot_start_says_why_and_leaves_nothing_running(folder: Path) -> None:
    settings = ClusterSettings(folder, "minotaur", "0.3.0", nodes=2, options=("--roles", "nobody"), durable=False)

    with pytest.raises(CannotStart, match="ended before it was ready"):
        async with open_cluster(settings):
            pytest.fail("it started")

    assert not (folder / "postgres" / "data" / "postmaster.pid").exists()


async def test_what_goes_wrong_in_the_block_comes_out_as_it_is(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with running(folder):
            raise ZeroDivisionError


# --- its folder ------------------------------------------------------------------------------------------------------


def test_a_folder_whose_path_is_too_long_for_a_socket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="too long a path: its sockets would need"):
        ClusterFolder(tmp_path / ("x" * 100), "minotaur").make()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may hold a folder that PostgreSQL can't enter")
def test_a_folder_that_only_root_may_enter_is_refused(folder: Path) -> None:
    folder.chmod(0o700)

    with pytest.raises(CannotStart, match="PostgreSQL never runs as root"):
        ClusterFolder(folder / "cluster", "minotaur").make()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_S):
        while not condition():
            await pause(0.02)


@pytest.mark.parametrize("program", ["minotaur", "clew"])
def test_the_database_of_a_cluster_is_of_the_user_its_program_is_called_after(program: str, tmp_path: Path) -> None:
    cluster = Cluster(ClusterSettings(tmp_path, program, "0.3.0"), "http://127.0.0.1", lambda _: None)

    assert cluster.database_url.startswith(f"postgresql://{program}@")
