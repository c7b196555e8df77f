"""Debian's Firefox for Playwright: run as a program, with Firefox's own arguments.

Playwright speaks WebDriver BiDi to a Firefox as it comes from its maker. It also sends commands that the long-term
release has not learned yet, and gives up when it is told so: those are answered here, as done, and everything else goes
through as it is. What they would have done is not: no test here may rest on it.

    MINOTAUR_FIREFOX=/usr/bin/firefox-esr python tests/browser/firefox.py --remote-debugging-port 0 …
"""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Final

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

FIREFOX_VARIABLE: Final = "MINOTAUR_FIREFOX"
NOT_LEARNED: Final = frozenset({"emulation.setMediaFeaturesOverride"})
LISTENING: Final = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


async def run_firefox(program: str, arguments: list[str]) -> int:
    """Run it to its end, and tell on standard error what it tells, with this process where Firefox listens."""
    # Playwright asks for an end of everything when one page crashes; Firefox itself goes on with the others.
    environment = {name: value for name, value in os.environ.items() if name != "MOZ_CRASHREPORTER_SHUTDOWN"}
    firefox = await asyncio.create_subprocess_exec(program, *arguments, stderr=asyncio.subprocess.PIPE, env=environment)
    assert firefox.stderr is not None, "it was asked for"
    for end in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(end, firefox.terminate)
    async for raw in firefox.stderr:
        line = raw.decode(errors="replace")
        if found := LISTENING.search(line):
            door = await serve(_passing_on_to(found[1]), "127.0.0.1", 0, max_size=None, ping_interval=None)
            host, port = next(iter(door.sockets)).getsockname()[:2]
            line = line.replace(found[1], f"ws://{host}:{port}")
        print(line, end="", file=sys.stderr, flush=True)
    return await firefox.wait()


def _passing_on_to(url: str) -> Callable[[ServerConnection], Awaitable[None]]:
    async def pass_on(outer: ServerConnection) -> None:
        assert outer.request is not None, "it has been asked"
        async with (
            connect(url + outer.request.path, max_size=None, ping_interval=None, proxy=None) as inner,
            asyncio.TaskGroup() as both,
        ):

            async def commands() -> None:
                async for text in outer:
                    command = json.loads(text)
                    if command["method"] in NOT_LEARNED:
                        await outer.send(json.dumps({"type": "success", "id": command["id"], "result": {}}))
                    else:
                        await inner.send(text)
                await inner.close()

            both.create_task(commands())
            async for text in inner:
                await outer.send(text)
            await outer.close()

    return pass_on


if __name__ == "__main__":
    sys.exit(asyncio.run(run_firefox(os.environ[FIREFOX_VARIABLE], sys.argv[1:])))
