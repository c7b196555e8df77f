"""``minotaur serve`` on a store that goes wrong under it: real files, a real full disk, and what an operator sees."""

import asyncio
import json
import os
import resource
import shutil
import subprocess
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from clew.client.retrying import pause
from clew.testing.serving import running
from tests.clew.cli.test_serve import a_game_against_a_bot, accepted_plan, heard, socket_of
from tests.kit.client import Person
from tests.kit.commands import printed
from tests.kit.data import FILE_NAME, fill
from tests.kit.server import Server
from tests.kit.sqlite_file import nonsense_in

NOTICED_WITHIN_S: Final = 30.0
SMALL_DISK: Final = "4m"

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="a small disk of its own is mounted by root alone")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[Server]:
    one = Server(tmp_path / "data", "--log-format", "json")
    try:
        yield one
    finally:
        await one.kill()


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    disk = tmp_path / "data"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", disk], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


async def wait_readiness(server: Server, status: int) -> dict[str, Any]:
    """What ``/health/ready`` says, once it answers with this status."""
    async with asyncio.timeout(NOTICED_WITHIN_S), httpx.AsyncClient(base_url=server.url) as http:
        while (answer := await http.get("/health/ready")).status_code != status:
            await pause(0.05)
    return answer.json()


async def answer_to(person: Person, code: str, command_id: str) -> dict[str, Any]:
    """What is answered to a plan: ``accepted`` or ``refused``."""
    (answer,) = await answers_to(person, code, command_id)
    return answer


async def answers_to(person: Person, code: str, *command_ids: str) -> list[dict[str, Any]]:
    """What is answered to plans, all sent at once."""
    answers = dict[str, dict[str, Any]]()
    async with socket_of(person, code) as socket, asyncio.timeout(NOTICED_WITHIN_S):
        view = (await heard(socket, "welcome"))["view"]
        for command_id in command_ids:
            plan: dict[str, Any] = {"type": "plan", "command_id": command_id, "round": view["round"], "steps": []}
            await socket.send(json.dumps(plan))
        while len(answers) < len(command_ids):
            message = json.loads(await socket.recv())
            if message["type"] in ("accepted", "refused"):
                answers[message["command_id"]] = message
    return [answers[command_id] for command_id in command_ids]


def logged(server: Server, message: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in server.log_path.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line["message"] == message]


async def test_a_file_removed_under_the_server_takes_no_promise_along(server: Server, tmp_path: Path) -> None:
    await server.start()
    person, code = await a_game_against_a_bot(server.url)
    kept = await accepted_plan(person, code, "kept")

    (server.data / FILE_NAME).unlink()
    answers = await answers_to(person, code, *(f"c{number}" for number in range(20)))
    health = await wait_readiness(server, 503)
    (told,) = logged(server, "store_broken")
    rescued = rescue(server, tmp_path / "rescued")
    await server.kill()
    await person.close()

    assert {(answer["type"], answer["error"]["code"]) for answer in answers} == {("refused", "busy")}
    assert [reason["code"] for reason in health["error"]["details"]["reasons"]] == ["store"]
    assert FILE_NAME in told["fault"]
    assert "don't stop the server" in told["what_to_do"]
    async with running(Server(rescued)) as again:
        there, _ = person.at(again.url), code
        async with socket_of(there, code) as socket:
            assert (await heard(socket, "welcome"))["view"]["you"]["plan"] == kept
        await there.close()


def rescue(server: Server, folder: Path) -> Path:
    """What ``docs/operating.md`` says: what has lost its name can be copied as long as the process has it open."""
    folder.mkdir()
    for descriptor in Path(f"/proc/{server.pid}/fd").iterdir():
        try:
            name = descriptor.readlink().name.removesuffix(" (deleted)")
        except FileNotFoundError:
            continue  # a connection that has ended since: the database's stay open
        if name in (FILE_NAME, f"{FILE_NAME}-wal") and not (folder / name).exists():
            shutil.copyfile(descriptor, folder / name)
    shutil.copyfile(server.data / "secret.key", folder / "secret.key")
    return folder


async def test_a_file_moved_away_and_back_stops_play_only_meanwhile(server: Server, tmp_path: Path) -> None:
    await server.start()
    person, code = await a_game_against_a_bot(server.url)

    (server.data / FILE_NAME).rename(tmp_path / "elsewhere.db")
    refused = await answer_to(person, code, "c1")
    await wait_readiness(server, 503)
    (tmp_path / "elsewhere.db").rename(server.data / FILE_NAME)
    await wait_readiness(server, 200)
    accepted = await answer_to(person, code, "c1")
    await person.close()

    assert (refused["type"], accepted["type"]) == ("refused", "accepted")
    assert [len(logged(server, name)) for name in ("store_broken", "store_works_again")] == [1, 1]


async def test_a_damaged_page_stops_promises_for_good_and_says_what_to_do(server: Server) -> None:
    await server.start()
    person, code = await a_game_against_a_bot(server.url)
    await server.stop()
    await server.start()
    nonsense_in(server.data / FILE_NAME, "sign_ins")

    async with httpx.AsyncClient(base_url=server.url) as http:
        met = await http.get("/api/v1/me", headers={"Authorization": f"Bearer {'a' * 43}"})
    health = await wait_readiness(server, 503)
    (told,) = logged(server, "store_broken")
    status = await server.stop()
    await person.close()

    assert met.status_code == 503
    assert [reason["code"] for reason in health["error"]["details"]["reasons"]] == ["store"]
    assert "malformed" in told["fault"]
    assert "restore the latest backup" in told["what_to_do"]
    assert status == 0
    del code


async def test_a_limit_of_file_size_is_a_full_disk_and_no_end(server: Server) -> None:
    await server.start()
    person, code = await a_game_against_a_bot(server.url)

    unlimited = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (4096, unlimited[1]))
    health = await wait_readiness(server, 503)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, unlimited)
    await wait_readiness(server, 200)
    accepted = await answer_to(person, code, "c1")
    await person.close()

    assert [reason["code"] for reason in health["error"]["details"]["reasons"]] == ["store"]
    assert accepted["type"] == "accepted"
    assert {line["fault"].partition("(")[2] for line in logged(server, "store_failing")} == {"SQLITE_IOERR_WRITE)"}


@as_root
async def test_on_a_full_disk_nothing_is_promised_and_play_goes_on_when_there_is_room(
    small_disk: Path, server: Server
) -> None:
    await server.start()
    person, code = await a_game_against_a_bot(server.url)
    kept = await accepted_plan(person, code, "kept")

    fill(small_disk / "fill")
    health = await wait_readiness(server, 503)
    refused = await answer_to(person, code, "c1")
    (small_disk / "fill").unlink()
    await wait_readiness(server, 200)
    async with socket_of(person, code) as socket:
        plan = (await heard(socket, "welcome"))["view"]["you"]["plan"]
    accepted = await answer_to(person, code, "c1")
    await person.close()

    assert plan == kept
    assert [reason["code"] for reason in health["error"]["details"]["reasons"]] == ["store"]
    assert (refused["type"], refused["error"]["code"], accepted["type"]) == ("refused", "busy", "accepted")
    told = logged(server, "store_failing")
    assert 1 <= len(told) <= 2, "the last room there is may make it flicker once"
    assert all("make room" in line["what_to_do"] for line in told)
    assert len(logged(server, "store_works_again")) == len(told)


async def test_a_server_out_of_descriptors_plays_on_with_those_it_has_and_heals(server: Server) -> None:
    """Taken away while it runs: the bound on connections, which is below the limit, can't help any more."""
    await server.start()
    person, code = await a_game_against_a_bot(server.url)
    limits = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
    async with socket_of(person, code) as socket:
        view = (await heard(socket, "welcome"))["view"]
        open_now = descriptors_of(server)

        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (open_now + 4, limits[1]))
        strangers = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(40)]
        await socket.send(json.dumps({"type": "plan", "command_id": "c1", "round": view["round"], "steps": []}))
        accepted = await heard(socket, "accepted")
        for _, writer in strangers:
            writer.close()
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, limits)
    await wait_readiness(server, 200)
    await person.close()

    assert accepted["command_id"] == "c1"
    assert "Traceback" not in server.log_path.read_text()


def descriptors_of(server: Server) -> int:
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))


@as_root
async def test_the_list_of_nodes_says_of_a_full_disk_what_the_server_says(small_disk: Path, server: Server) -> None:
    await server.start()

    fill(small_disk / "fill")
    await wait_readiness(server, 503)
    full = await listed_once_silent(server)
    table = await printed("nodes", "list", "--data", str(server.data))
    server.pause()
    hung = await listed_once_silent(server)
    server.resume()
    await server.kill()
    ended = await listed_once_silent(server)

    assert (full["state"], full["alive"]) == ("not ready", False)
    assert "disk is full" in full["why"]
    assert "not ready" in table
    assert "disk is full" in table
    assert (hung["state"], hung["why"]) == ("silent", f"its lease ran out, and it does not answer at {server.url}")
    assert (ended["state"], ended["why"]) == ("silent", "its process has ended")


async def listed_once_silent(server: Server) -> dict[str, Any]:
    """What the list says of this server, once its row is out of date."""
    async with asyncio.timeout(NOTICED_WITHIN_S):
        while True:
            told = await printed("nodes", "list", "--json", "--data", str(server.data))
            (node,) = json.loads(told)["nodes"]
            if not node["alive"]:
                return node
