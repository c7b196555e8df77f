"""One process that serves: waited for, told apart from one that never will, and sure to end."""

import signal
import sys
from pathlib import Path
from typing import Final

import psutil
import pytest

from clew.client.retrying import pause
from clew.local.health import is_ready
from clew.local.process import ServerProcess, free_port
from clew.testing.serving import ServeProcess, running
from clew.wiring.faults import CannotStart

STUBBORN: Final = """
import signal, threading
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
threading.Event().wait()
"""
SERVES: Final = """
import http.server, sys
print("at", sys.argv[1], flush=True)
http.server.HTTPServer.allow_reuse_address = True
class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Healthy).serve_forever()
"""


def process(tmp_path: Path, script: str) -> ServerProcess:
    port = free_port()
    return ServerProcess("one", (sys.executable, "-c", script, str(port)), port, tmp_path / "log")


async def test_what_it_prints_is_waited_for_and_it_is_ready_on_one_port_in_all_its_lives(tmp_path: Path) -> None:
    async with running(process(tmp_path, SERVES)) as server:
        said = await server.wait_said(r"^at (\d+)$")
        first = server.pid
        await server.kill()
        ended = server.has_ended
        await server.start()

        assert (said[1], ended) == (str(server.port), True)
        assert server.pid != first
        assert server.printed().count(f"at {server.port}\n") == 2
    assert not psutil.pid_exists(server.pid)


async def test_one_that_ends_before_it_is_ready_is_told_with_its_last_words(tmp_path: Path) -> None:
    server = process(tmp_path, "raise SystemExit('no disk')")

    with pytest.raises(CannotStart, match=r"ended before it was ready:\nno disk"):
        await server.start()
    with pytest.raises(CannotStart, match=r"ended before it was ready:\nno disk"):
        await server.wait_said("ready")

    assert await server.wait_gone() == 1


async def test_one_that_is_not_ready_in_time_is_ended(tmp_path: Path) -> None:
    server = process(tmp_path, STUBBORN)

    with pytest.raises(CannotStart, match=r"not ready within 0\.5 s"):
        await server.start(within_s=0.5)

    assert server.has_ended


async def test_one_that_does_not_go_is_killed_and_a_test_of_ours_is_told_so(tmp_path: Path) -> None:
    server = process(tmp_path, STUBBORN)
    ours = ServeProcess(tmp_path / "data", command=(sys.executable, "-c", STUBBORN))
    for each in (server, ours):
        await each.launch()
        await each.wait_said("^up$")

    assert await server.stop(within_s=0.2) == -signal.SIGKILL
    with pytest.raises(TimeoutError, match="did not end"):
        await ours.stop(within_s=0.2)

    assert server.has_ended and ours.has_ended


async def test_a_paused_one_is_not_ready_until_it_goes_on(tmp_path: Path) -> None:
    port = free_port()
    ours = ServeProcess(tmp_path / "data", port=port, command=(sys.executable, "-c", SERVES, str(port)))
    async with running(ours):
        ours.pause()
        paused = await is_ready(port)
        ours.resume()
        await ours.wait_ready()

    assert not paused


async def test_it_is_killed_with_whoever_started_it(tmp_path: Path) -> None:
    starts = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from clew.local.process import ServerProcess\n"
        "async def main():\n"
        "    inner = ServerProcess('inner', (sys.executable, '-c', sys.argv[2]), 0, Path(sys.argv[1]))\n"
        "    await inner.launch()\n"
        "    await inner.wait_said('up')\n"
        "    print('inner is', inner.pid, flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    command = (sys.executable, "-c", starts, str(tmp_path / "inner.log"), STUBBORN)
    outer = ServerProcess("outer", command, 0, tmp_path / "log")
    await outer.launch()
    inner = psutil.Process(int((await outer.wait_said(r"inner is (\d+)"))[1]))

    await outer.kill()

    while inner.is_running() and inner.status() != psutil.STATUS_ZOMBIE:
        await pause(0.01)
