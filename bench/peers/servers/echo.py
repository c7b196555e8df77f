"""A bare ASGI application that keeps nothing: one frame in, and out what was asked for at the start.

    python echo.py --port PORT [--frames one|five|ours]

``one``: an answer. ``five``: an answer, and the action to each of the room's four. ``ours``: an answer, and to the same
player a text as long as what Minotaur tells of the change after one's own plan.
"""

import argparse
import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, Final

import uvicorn

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

CHANGES_BYTES: Final = 375
"""What a plan's ``changes`` has on average at the start of a labyrinth of four, but for what is around it."""
CHANGES: Final = json.dumps({"type": "changes", "of": "x" * CHANGES_BYTES})


class Echo:
    """A room is whoever came by the same path but for its last part, which is the seat."""

    def __init__(self, frames: str) -> None:
        self._frames = frames
        self._rooms: dict[str, list[Send]] = defaultdict(list)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._play(self._rooms[scope["path"].rpartition("/")[0]], receive, send)
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"{}"})

    async def _play(self, room: list[Send], receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        room.append(send)
        while (message := await receive())["type"] == "websocket.receive":
            if self._frames == "five":
                await asyncio.gather(*(one({"type": "websocket.send", "text": message["text"]}) for one in room))
            elif self._frames == "ours":
                await send({"type": "websocket.send", "text": CHANGES})
            await send({"type": "websocket.send", "text": '{"type":"accepted"}'})
        room.remove(send)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--frames", choices=("one", "five", "ours"), default="one")
    options = parser.parse_args()
    uvicorn.run(
        Echo(options.frames), host="127.0.0.1", port=options.port, access_log=False, log_level="warning", lifespan="off"
    )


if __name__ == "__main__":
    main()
