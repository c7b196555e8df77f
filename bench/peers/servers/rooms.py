# pyright: basic, reportMissingImports=false
"""Rooms on a plain Starlette server, as one writes them in an afternoon: sockets and plans in a dictionary.

    python rooms.py --port PORT --data FILE --keeping memory|commit|grouped

``commit``: each action is a transaction in SQLite before its answer. ``grouped``: a thread commits what has gathered
meanwhile, and each answer waits for the commit its action is in. After a start the table is there; the rooms are not.
"""

import argparse
import asyncio
import json
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from tables import KEEPINGS, Keeping


class Room:
    """Who is connected, and what each of them plans."""

    def __init__(self) -> None:
        self.sockets: dict[str, WebSocket] = {}
        self.plans: dict[str, list[dict[str, object]]] = {}


class Rooms:
    """All rooms of this process."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._rooms: dict[str, Room] = {}

    async def make(self, request: Request) -> JSONResponse:
        self._rooms[request.path_params["code"]] = Room()
        return JSONResponse({})

    async def kept(self, request: Request) -> JSONResponse:
        return JSONResponse(self._keeping.kept())

    async def play(self, socket: WebSocket) -> None:
        code, seat = socket.path_params["code"], socket.path_params["seat"]
        room = self._rooms.get(code)
        if room is None:
            await socket.close(4404)
            return
        await socket.accept()
        room.sockets[seat] = socket
        try:
            async for text in socket.iter_text():
                await self._act(code, seat, room, json.loads(text), socket)
        finally:
            del room.sockets[seat]

    async def _act(self, code: str, seat: str, room: Room, action: dict, socket: WebSocket) -> None:
        """Keep it, show it to everyone in the room, and answer."""
        room.plans[seat] = action["steps"]
        await self._keeping.keep(code, seat, action["n"], json.dumps(action["steps"]))
        told = json.dumps({"type": "planned", "seat": seat, "steps": action["steps"]})
        await asyncio.gather(*(other.send_text(told) for other in room.sockets.values()))
        await socket.send_text(json.dumps({"type": "accepted", "n": action["n"]}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--keeping", choices=tuple(KEEPINGS), required=True)
    options = parser.parse_args()
    rooms = Rooms(KEEPINGS[options.keeping](options.data))
    app = Starlette(
        routes=[
            Route("/rooms/{code}", rooms.make, methods=["POST"]),
            Route("/kept", rooms.kept),
            WebSocketRoute("/rooms/{code}/{seat}", rooms.play),
        ]
    )
    uvicorn.run(app, host="127.0.0.1", port=options.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
