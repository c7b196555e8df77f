"""``minotaur serve`` as its operator meets it: a real process, real signals, a real disk."""

import asyncio
import json
import re
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.clew.web.table import heard
from tests.kit.client import Person
from tests.kit.commands import ran
from tests.kit.server import Server

STOP_WITHIN_S: Final = 5.0
ANSWER_WITHIN_S: Final = 10.0
READY: Final = r"^Minotaur is ready at (http://127\.0\.0\.1:(\d+))$"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncGenerator[Server]:
    one = Server(tmp_path / "data")
    try:
        yield one
    finally:
        await one.kill()


@asynccontextmanager
async def socket_of(person: Person, code: str, query: str = "") -> AsyncGenerator[ClientConnection]:
    async with connect(
        f"{person.base_url.replace('http', 'ws', 1)}/api/v1/games/{code}/socket{query}",
        subprotocols=[Subprotocol("minotaur.v1")],
        additional_headers={"Authorization": f"Bearer {person.token}"},
        proxy=None,
    ) as socket:
        yield socket


async def a_game_against_a_bot(url: str) -> tuple[Person, str]:
    person = await Person.guest(url, "Ada")
    code = (await person.create_game(seats=2, bots=1, round_seconds=600))["join_code"]
    await person.start(code)
    return person, code


async def accepted_plan(person: Person, code: str, command_id: str) -> list[Any]:
    """The steps of a plan that the server promised to keep."""
    async with socket_of(person, code) as socket:
        round_number = (await heard(socket, "welcome"))["view"]["round"]
        steps = [{"type": "wait"}, {"type": "wait"}]
        await socket.send(json.dumps({"type": "plan", "command_id": command_id, "round": round_number, "steps": steps}))
        await heard(socket, "accepted")
    return steps


# --- stop, kill, and go on -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_sends_sockets_away_and_exits_0_within_5_seconds(server: Server, sign: signal.Signals) -> None:
    await server.start()
    person, code = await a_game_against_a_bot(server.url)
    loop = asyncio.get_running_loop()

    async with socket_of(person, code) as socket:
        await heard(socket, "welcome")
        began_at = loop.time()
        server.send_signal(sign)
        told = await heard(socket, "reconnect")
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        status = await server.wait_gone(ANSWER_WITHIN_S)
    took_s = loop.time() - began_at
    await person.close()

    assert told["after_ms"] > 0
    assert socket.close_code == 1012
    assert status == 0, server.log_tail()
    assert took_s < STOP_WITHIN_S


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
async def test_the_next_start_goes_on_with_the_plan_the_token_and_the_clock(
    server: Server, sign: signal.Signals
) -> None:
    await server.start()
    person, code = await a_game_against_a_bot(server.url)
    steps = await accepted_plan(person, code, "before")
    before = await person.game(code)

    server.send_signal(sign)
    await server.wait_gone(ANSWER_WITHIN_S)
    await server.start()

    async with socket_of(person, code) as socket:
        view = (await heard(socket, "welcome"))["view"]
        again: dict[str, Any] = {"type": "plan", "command_id": "before", "round": view["round"], "steps": []}
        await socket.send(json.dumps(again))
        repeated = await heard(socket, "accepted")
    after = await person.game(code)
    await person.close()

    assert view["you"]["plan"] == steps
    assert repeated["command_id"] == "before"
    assert after["latest_round"] == before["latest_round"] == 1
    assert after["round_ends_at"] > before["round_ends_at"]


async def test_a_client_that_was_away_over_a_restart_hears_all_it_missed(server: Server) -> None:
    await server.start()
    person, code = await a_game_against_a_bot(server.url)
    async with socket_of(person, code) as socket:
        seq = (await heard(socket, "welcome"))["seq"]
    await accepted_plan(person, code, "missed")

    await server.kill()
    await server.start()
    async with socket_of(person, code, f"?after={seq}") as socket:
        welcome = await heard(socket, "welcome")
        missed = await heard(socket, "events")
    await person.close()

    numbers = [event["seq"] for event in missed["events"]]
    assert welcome["resumed"] is True
    assert numbers == list(range(seq + 1, seq + 1 + len(numbers)))
    types = [event["type"] for event in missed["events"]]
    assert types[0] == "plan_accepted"
    assert "clock_credited" in types


def test_a_second_ctrl_c_ends_at_once() -> None:
    program = (
        "import asyncio\n"
        "from clew.wiring.logs import configure_logs\n"
        "from clew.wiring.stopping import stop_signals\n"
        "configure_logs('json', 'error')\n"
        "async def main():\n"
        "    with stop_signals() as asked:\n"
        "        print('ready', flush=True)\n"
        "        await asked.wait()\n"
        "        print('stopping', flush=True)\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "stopping\n"

        process.send_signal(signal.SIGINT)
        status = process.wait(STOP_WITHIN_S)

    assert status == 130


def test_a_stop_that_hangs_is_cut_short_with_0() -> None:
    program = (
        "import threading\n"
        "from clew.wiring import stopping\n"
        "with stopping.bounded_stop(0.1):\n"
        "    threading.Event().wait()\n"
    )

    done = subprocess.run([sys.executable, "-c", program], timeout=60, check=False, capture_output=True)

    assert done.returncode == 0


# --- what it says ----------------------------------------------------------------------------------------------------


async def test_port_0_is_told_in_a_line_a_script_can_read(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", port=0)
    await server.launch()
    try:
        ready = await server.wait_said(READY)
        person = await Person.guest(ready[1], "Ada")
        await person.close()
        status = await server.stop()
    finally:
        await server.kill()

    assert ready[2] != "0"
    assert status == 0


async def test_a_second_server_on_the_same_data_is_told_of_the_first(server: Server) -> None:
    await server.start()

    for port in ("0", str(server.port)):
        second = await ran("serve", "--data", str(server.data), "--port", port)

        assert second.returncode == 1
        assert second.stdout == ""
        assert len(second.stderr.splitlines()) == 1
        assert f"process {server.pid}" in second.stderr
        assert server.url in second.stderr
    person = await Person.guest(server.url, "Ada")
    await person.close()


async def test_a_port_in_use_is_told_in_one_line(server: Server, tmp_path: Path) -> None:
    await server.start()

    second = await ran("serve", "--data", str(tmp_path / "other"), "--port", str(server.port))

    assert second.returncode == 1
    assert len(second.stderr.splitlines()) == 1
    assert f"Port {server.port} on 127.0.0.1 is in use" in second.stderr


async def test_a_folder_that_cannot_be_one_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "minotaur.db").write_bytes(b"this is no database, " * 400)

    for data, command in (("file", "serve"), ("broken", "serve"), ("file/below", "migrate"), ("broken", "migrate")):
        done = await ran(command, "--data", str(tmp_path / data))

        assert done.returncode == 1, (data, command)
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert str(tmp_path / data) in done.stderr


async def test_logs_are_json_when_asked_and_hold_no_secret(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", "--log-format", "json", "--log-level", "debug", "--rate-limits", "off")
    await server.start()
    try:
        person, code = await a_game_against_a_bot(server.url)
        await accepted_plan(person, code, "very-own-command")
        await person.close()
        await server.stop()
    finally:
        await server.kill()

    text = server.log_path.read_text()
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert {"ready", "stop_asked", "stopped", "rate_limits_off"} <= {line["message"] for line in lines}
    assert person.token not in text
    assert '"steps"' not in text
    assert "very-own-command" not in text
    assert "Rate limits are off" in text
    assert stat.S_IMODE((server.data / "secret.key").stat().st_mode) == 0o600


async def test_at_info_a_whole_game_leaves_a_few_lines(server: Server) -> None:
    await server.start()
    person, code = await a_game_against_a_bot(server.url)
    await accepted_plan(person, code, "c1")
    await person.close()
    await server.stop()

    assert len(server.log_path.read_text().splitlines()) < 20


# --- the other commands ----------------------------------------------------------------------------------------------


async def test_migrate_makes_the_schema_once(tmp_path: Path) -> None:
    first = await ran("migrate", "--data", str(tmp_path / "data"))
    second = await ran("migrate", "--data", str(tmp_path / "data"))

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "went from nothing to" in first.stdout
    assert "already" in second.stdout


async def test_migrate_does_not_touch_what_is_being_served(server: Server) -> None:
    await server.start()

    done = await ran("migrate", "--data", str(server.data))

    assert done.returncode == 1
    assert f"process {server.pid}" in done.stderr


async def test_the_version_is_told_in_two_ways() -> None:
    command, option = await ran("version"), await ran("--version")

    assert command.stdout == option.stdout
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", command.stdout)


@pytest.mark.parametrize(
    "options", [("--port", "70000"), ("--rate-limits", "maybe"), ("--public-url", "play.example"), ("--colour", "red")]
)
async def test_a_wrong_option_is_refused_before_anything_is_touched(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = await ran("serve", "--data", str(tmp_path / "data"), *options)

    assert done.returncode == 2
    assert not (tmp_path / "data").exists()
