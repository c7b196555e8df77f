"""An outside client of the public protocol, version 1, written from its description alone.

It imports nothing of the server. A ``Person`` makes the HTTP calls of one guest; a ``Player`` is that guest's place in
one game over as many sockets as it takes: it resumes by ``seq`` and ``mark``, sends again what was not answered, and
remembers
everything it was ever shown, so that checkers can hold the server to it later.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, cast

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from tests.kit.record import Message, Record

SUBPROTOCOL = Subprotocol("minotaur.v1")
CALL_TIMEOUT_S = 10.0
RECONNECT_DELAY_S = 0.05
ASK_AGAIN_AFTER_S = 2.0
FRAME_BYTES_MAX = 8 * 1024 * 1024
CLOSED_STATUS = 503
"""What a server answers that is starting, stopping, or can't at the moment."""
NEVER_OPEN_AGAIN = frozenset({1000, 1008, 4401, 4404})
"""Close codes after which connecting again is pointless."""


class RejectedError(Exception):
    """An HTTP call was answered with the documented error shape."""

    def __init__(self, status: int, error: Message) -> None:
        super().__init__(f"{status} {error['code']}: {error['message']}")
        self.status = status
        self.code = str(error["code"])
        self.error = error


class Doors:
    """The addresses of one site, in the order in which one client tries them: past a closed door it goes to the next.

    ``urls`` is read anew each time, so whoever has it may add doors and take some away.
    """

    def __init__(self, urls: Sequence[str], first: int = 0, name: str = "") -> None:
        self.name = name
        self._urls = urls
        self._at = first

    @property
    def url(self) -> str:
        return self._urls[self._at % len(self._urls)]

    def try_next(self) -> None:
        self._at += 1


class Person:
    """One guest and the HTTP calls made as them."""

    def __init__(self, doors: str | Doors, user: Message, http: httpx.AsyncClient) -> None:
        self.doors = doors if isinstance(doors, Doors) else Doors([doors])
        self.user_id = str(user["user_id"])
        self.display_name = str(user["display_name"])
        self.token = str(user["token"])
        self._http = http

    @classmethod
    async def guest(cls, doors: str | Doors, display_name: str) -> "Person":
        person = cls(doors, {"user_id": "", "display_name": display_name, "token": ""}, new_http())
        user = await person.call("POST", "/guests", {"display_name": display_name})
        person._http.cookies.clear()
        return person.at(person.doors, user)

    def at(self, doors: str | Doors, user: Message | None = None) -> "Person":
        """The same guest, coming in through other doors."""
        known = {"user_id": self.user_id, "display_name": self.display_name, "token": self.token}
        http = new_http() if user is None else self._http
        http.headers["Authorization"] = f"Bearer {(user or known)['token']}"
        return Person(doors, user or known, http)

    @property
    def base_url(self) -> str:
        return self.doors.url

    async def close(self) -> None:
        await self._http.aclose()

    async def call(self, method: str, path: str, body: Message | None = None) -> Message:
        """The decoded answer. Raises ``RejectedError``, and ``httpx.TransportError`` when nobody answers.

        After a door that is closed the next call tries the next one.
        """
        try:
            response = await self._http.request(method, f"{self.base_url}/api/v1{path}", json=body)
        except httpx.TransportError:
            self.doors.try_next()
            raise
        if response.status_code == CLOSED_STATUS:
            self.doors.try_next()
        return _answer(response)

    async def create_game(self, **request: object) -> Message:
        return await self.call("POST", "/games", dict(request))

    async def join(self, join_code: str) -> str:
        return str((await self.call("POST", f"/games/{join_code}/join"))["player_id"])

    async def start(self, join_code: str) -> None:
        await self.call("POST", f"/games/{join_code}/start")

    async def game(self, join_code: str) -> Message:
        return await self.call("GET", f"/games/{join_code}")

    async def replay(self, join_code: str) -> Message:
        return await self.call("GET", f"/games/{join_code}/replay")


class Player:
    """One seat (or one spectator) as its sockets see it."""

    def __init__(
        self,
        person: Person,
        join_code: str,
        player_id: str | None,
        on_message: Callable[[Message], None] | None = None,
        after_command: int = 0,
    ) -> None:
        self.person = person
        self.join_code = join_code
        self.player_id = player_id
        self.record = Record()
        self.connections = 0
        self.drops = 0
        """Connections that this player broke on purpose."""
        self.closed_with = list[int]()
        """The codes that the server closed connections with."""
        self.closed_at_s = list[float]()
        """When, on the loop's clock."""
        self._socket: ClientConnection | None = None
        self._news = asyncio.Event()
        self._on_message = on_message
        self._command_number = after_command

    # -- commands ---------------------------------------------------------------------------------------------------

    def new_command_id(self) -> str:
        self._command_number += 1
        return f"{self.player_id}-{self._command_number:06d}"

    async def plan(self, round_number: int, steps: list[Message]) -> str:
        return await self.command({"type": "plan", "round": round_number, "steps": steps})

    async def ready(self, round_number: int) -> str:
        return await self.command({"type": "ready", "round": round_number})

    async def resign(self) -> str:
        return await self.command({"type": "resign"})

    async def command(self, message: Message) -> str:
        """Send a command under a new id, now or at the next connection; gives the id."""
        command_id = self.new_command_id()
        self.record.sent[command_id] = {**message, "command_id": command_id}
        await self.send_again(command_id)
        return command_id

    async def send_again(self, command_id: str) -> None:
        """Send a known command once more, byte for byte; nothing happens while there is no connection."""
        if self._socket is not None:
            await self._send(self._socket, self.record.sent[command_id])

    # -- the connection ---------------------------------------------------------------------------------------------

    async def stay(self, after: int | None = None) -> None:
        """Keep a socket open until cancelled or told for good to go, resuming each time where the record ends."""
        while True:
            try:
                await self._one_connection(after)
            except ConnectionClosed as closed:
                code = None if closed.rcvd is None else closed.rcvd.code
                if code in NEVER_OPEN_AGAIN:
                    return
                if code is not None:
                    self.closed_with.append(code)
                    self.closed_at_s.append(asyncio.get_running_loop().time())
            except (OSError, InvalidHandshake, TimeoutError):
                pass
            finally:
                self._socket = None
            self.person.doors.try_next()
            await pause(RECONNECT_DELAY_S)

    async def wait_until(self, condition: Callable[[Record], bool], within_s: float) -> None:
        """Returns when the condition holds; raises ``TimeoutError`` when it did not in time."""
        async with asyncio.timeout(within_s):
            while not condition(self.record):
                self._news.clear()
                await self._news.wait()

    async def wait_answer(self, command_id: str, within_s: float = CALL_TIMEOUT_S) -> Message:
        await self.wait_until(lambda record: record.is_answered(command_id), within_s)
        return self.record.answer(command_id)

    async def ask_again(self, command_ids: list[str], within_s: float = CALL_TIMEOUT_S) -> None:
        """Send decided commands once more and wait until each was answered again; the record notes another answer."""
        before = dict(self.record.answers)
        async with asyncio.timeout(within_s):
            while left := [c for c in command_ids if self.record.answers[c] == before[c]]:
                for command_id in left:
                    await self.send_again(command_id)
                with suppress(TimeoutError):
                    await self.wait_until(
                        lambda record: all(record.answers[c] > before[c] for c in command_ids), ASK_AGAIN_AFTER_S
                    )

    async def drop(self) -> None:
        """Break the connection as a bad network does; ``stay`` opens the next one."""
        if self._socket is not None:
            self.drops += 1
            self._socket.transport.abort()
            self._socket = None

    @property
    def is_connected(self) -> bool:
        return self._socket is not None

    async def _one_connection(self, after: int | None) -> None:
        resume_after = self.record.last_seq if self.record.last_seq is not None else after
        query = "" if resume_after is None else f"?after={resume_after}"
        if self.record.mark is not None:
            query += f"&mark={self.record.mark}"
        url = f"{self.person.base_url.replace('http', 'ws', 1)}/api/v1/games/{self.join_code}/socket{query}"
        headers = {"Authorization": f"Bearer {self.person.token}"}
        async with connect(
            url,
            subprotocols=[SUBPROTOCOL],
            additional_headers=headers,
            max_size=FRAME_BYTES_MAX,
            compression=None,
            proxy=None,
            open_timeout=CALL_TIMEOUT_S,
        ) as socket:
            self.record.begin_connection(resume_after)
            if self._take(await socket.recv())["type"] != "welcome":
                await socket.recv()  # it was told why not, and this tells how it was closed
            self.connections += 1
            self._socket = socket
            for command_id in self.record.unanswered():
                await self.send_again(command_id)
            while True:
                self._take(await socket.recv())

    def _take(self, raw: str | bytes) -> Message:
        message = cast(Message, json.loads(raw))
        self.record.take(message)
        if self._on_message is not None:
            self._on_message(message)
        self._news.set()
        return message

    async def _send(self, socket: ClientConnection, message: Message) -> None:
        try:
            await socket.send(json.dumps(message))
        except ConnectionClosed:
            self._socket = None


async def patiently(call: Callable[[], Awaitable[Any]], within_s: float) -> Any:
    """Repeat a call that may be repeated until somebody answers it: a server that is down or starting is waited for."""
    async with asyncio.timeout(within_s):
        while True:
            try:
                return await call()
            except httpx.TransportError:
                pass
            except RejectedError as rejected:
                if rejected.status not in (429, 503):
                    raise
            await pause(RECONNECT_DELAY_S)


async def pause(seconds: float) -> None:
    """Give way for a time: between two tries at something only, never in place of a condition."""
    done = asyncio.Event()
    handle = asyncio.get_running_loop().call_later(seconds, done.set)
    try:
        await done.wait()
    finally:
        handle.cancel()


def new_http() -> httpx.AsyncClient:
    """A client without anybody's token."""
    return httpx.AsyncClient(timeout=CALL_TIMEOUT_S)


def _answer(response: httpx.Response) -> Message:
    body = cast(Message, response.json()) if response.content else {}
    if response.is_success:
        return body
    if "error" not in body:
        raise AssertionError(f"{response.request.url}: an error of no documented shape: {response.status_code} {body}")
    raise RejectedError(response.status_code, cast(Message, body["error"]))
