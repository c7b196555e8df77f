# pyright: basic, reportMissingImports=false
"""Rooms on DBOS, by its own book: each action is a workflow with one transaction, in PostgreSQL.

    python workflows.py --port PORT --url POSTGRES_URL

The workflow's id is the action's, so an action that is sent again is done once. A room is its rows, so it is there
after a start, and DBOS goes on with each workflow that was under way.
"""

import argparse
import asyncio
import json
from collections import defaultdict

import sqlalchemy
import uvicorn
from dbos import DBOS, AsyncSQLAlchemyDatasource, SetWorkflowID
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

CREATE = (
    "CREATE TABLE IF NOT EXISTS rooms (code TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS actions (room TEXT, seat TEXT, number INTEGER, steps TEXT)",
)
INSERT = sqlalchemy.text("INSERT INTO actions VALUES (:room, :seat, :number, :steps)")
LAST = sqlalchemy.text("SELECT room, seat, max(number) FROM actions GROUP BY room, seat")
ROOM = sqlalchemy.text("SELECT 1 FROM rooms WHERE code = :code")
MAKE = sqlalchemy.text("INSERT INTO rooms VALUES (:code)")


class Rooms:
    """Who is connected to which room; all else is in the database."""

    def __init__(self, source: AsyncSQLAlchemyDatasource) -> None:
        self._source = source
        self._sockets: dict[str, dict[str, WebSocket]] = defaultdict(dict)

        @source.transaction(isolation_level="READ COMMITTED")
        async def keep(room: str, seat: str, number: int, steps: str) -> None:
            row = {"room": room, "seat": seat, "number": number, "steps": steps}
            await source.sql_session().execute(INSERT, row)

        @DBOS.workflow()
        async def act(room: str, seat: str, number: int, steps: str) -> None:
            await keep(room, seat, number, steps)

        self._act = act

    async def make(self, request: Request) -> JSONResponse:
        async with self._source.engine.begin() as connection:
            await connection.execute(MAKE, {"code": request.path_params["code"]})
        return JSONResponse({})

    async def kept(self, request: Request) -> JSONResponse:
        async with self._source.engine.connect() as connection:
            rows = await connection.execute(LAST)
            return JSONResponse({f"{room}/{seat}": number for room, seat, number in rows})

    async def play(self, socket: WebSocket) -> None:
        code, seat = socket.path_params["code"], socket.path_params["seat"]
        async with self._source.engine.connect() as connection:
            if (await connection.execute(ROOM, {"code": code})).first() is None:
                await socket.close(4404)
                return
        await socket.accept()
        room = self._sockets[code]
        room[seat] = socket
        async for text in socket.iter_text():
            action = json.loads(text)
            with SetWorkflowID(f"{code}/{seat}/{action['n']}"):
                await self._act(code, seat, action["n"], json.dumps(action["steps"]))
            told = json.dumps({"type": "planned", "seat": seat, "steps": action["steps"]})
            await asyncio.gather(*(other.send_text(told) for other in room.values()))
            await socket.send_text(json.dumps({"type": "accepted", "n": action["n"]}))
        del room[seat]


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--url", required=True)
    options = parser.parse_args()
    url = options.url.replace("postgresql:", "postgresql+psycopg:")
    DBOS(config={"name": "rooms", "system_database_url": url, "log_level": "WARNING", "application_version": "1"})
    source = await AsyncSQLAlchemyDatasource.create(url)
    rooms = Rooms(source)
    async with source.engine.begin() as connection:
        for statement in CREATE:
            await connection.execute(sqlalchemy.text(statement))
    DBOS.launch()
    app = Starlette(
        routes=[
            Route("/rooms/{code}", rooms.make, methods=["POST"]),
            Route("/kept", rooms.kept),
            WebSocketRoute("/rooms/{code}/{seat}", rooms.play),
        ]
    )
    serving = uvicorn.Config(app, host="127.0.0.1", port=options.port, access_log=False, log_level="warning")
    await uvicorn.Server(serving).serve()


if __name__ == "__main__":
    asyncio.run(main())
