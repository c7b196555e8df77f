"""One person, and the calls made as them over HTTP."""

from types import TracebackType
from typing import Any, Final, Self, cast

import httpx

from clew.client.bounds import CALL_TIMEOUT_S
from clew.client.doors import Doors
from clew.client.faults import Rejected, Undocumented

Message = dict[str, Any]

SERVICE_UNAVAILABLE: Final = 503
"""What a server answers that is starting, stopping, or can't at the moment."""


class Guest:
    """One guest, or somebody with an account, who comes in through one door or several, known by a token.

    Every call raises ``Rejected`` when the server says no, and ``httpx.TransportError`` when nobody answers; after a
    door that is closed the next call tries the next one.
    """

    def __init__(self, doors: str | Doors, user: Message, http: httpx.AsyncClient | None = None) -> None:
        self.doors = doors if isinstance(doors, Doors) else Doors([doors])
        self.user_id = str(user["user_id"])
        self.display_name = str(user["display_name"])
        self.token = str(user["token"])
        self._http = http or new_http()

    @classmethod
    async def sign_in(cls, doors: str | Doors, display_name: str, http: httpx.AsyncClient | None = None) -> Self:
        """A new guest with this name. Many guests may share one ``http``; whoever closes a guest closes it."""
        guest, _ = await cls._come_in(doors, "/guests", {"display_name": display_name}, http)
        return guest

    @classmethod
    async def sign_up(
        cls, doors: str | Doors, username: str, password: str, http: httpx.AsyncClient | None = None
    ) -> tuple[Self, str]:
        """Somebody new with an account, and the recovery code, which is told this once."""
        guest, told = await cls._come_in(doors, "/accounts", {"username": username, "password": password}, http)
        return guest, str(told["recovery_code"])

    @classmethod
    async def log_in(
        cls, doors: str | Doors, username: str, password: str, http: httpx.AsyncClient | None = None
    ) -> Self:
        """Who has an account, on this device too. Rejected with ``wrong_credentials``, whatever does not fit."""
        guest, _ = await cls._come_in(doors, "/sessions", {"username": username, "password": password}, http)
        return guest

    @classmethod
    async def recover(
        cls,
        doors: str | Doors,
        username: str,
        recovery_code: str,
        password: str,
        http: httpx.AsyncClient | None = None,
    ) -> tuple[Self, str]:
        """Who has the recovery code, with a new password, and the code for the next time. All others are signed out."""
        proof = {"username": username, "recovery_code": recovery_code, "password": password}
        guest, told = await cls._come_in(doors, "/recoveries", proof, http)
        return guest, str(told["recovery_code"])

    async def open_account(self, username: str, password: str) -> str:
        """Keep this guest, their games and token, as an account; gives the recovery code, which is told this once."""
        account = await self.call("POST", "/accounts", {"username": username, "password": password})
        self._http.cookies.clear()
        return str(account["recovery_code"])

    async def log_out(self, *, everywhere: bool = False) -> None:
        """The token proves nothing any more; with ``everywhere`` none of this person's does."""
        await self.call("DELETE", "/sessions?all=true" if everywhere else "/sessions")

    @classmethod
    async def _come_in(
        cls, doors: str | Doors, path: str, body: Message, http: httpx.AsyncClient | None
    ) -> tuple[Self, Message]:
        """Who they are from now on, and all that they were told."""
        nobody = cls(doors, {"user_id": "", "display_name": "", "token": ""}, http)
        try:
            told = await nobody.call("POST", path, body)
        except BaseException:  # nobody gets a guest, so nobody else could close what was opened for them
            if http is None:
                await nobody.close()
            raise
        nobody._http.cookies.clear()  # The token says who we are.
        return cls(nobody.doors, told, nobody._http), told

    def at(self, doors: str | Doors) -> Self:
        """The same guest, coming in through other doors."""
        known = {"user_id": self.user_id, "display_name": self.display_name, "token": self.token}
        return type(self)(doors, known)

    @property
    def base_url(self) -> str:
        return self.doors.url

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def call(self, method: str, path: str, body: Message | None = None) -> Message:
        """The decoded answer; empty where there is nothing to say."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            response = await self._http.request(method, f"{self.base_url}/api/v1{path}", json=body, headers=headers)
        except httpx.TransportError:
            self.doors.try_next()
            raise
        if response.status_code == SERVICE_UNAVAILABLE:
            self.doors.try_next()
        return _answer(response)

    async def create_game(self, **options: object) -> Message:
        """``game_id``, ``join_code`` and your ``player_id``."""
        return await self.call("POST", "/games", dict(options))

    async def join(self, join_code: str) -> str:
        """Take a seat; gives your player id."""
        return str((await self.call("POST", f"/games/{join_code}/join"))["player_id"])

    async def start(self, join_code: str) -> None:
        await self.call("POST", f"/games/{join_code}/start")

    async def cancel(self, join_code: str) -> None:
        await self.call("POST", f"/games/{join_code}/cancel")

    async def game(self, join_code: str) -> Message:
        """What everyone may know about a game."""
        return await self.call("GET", f"/games/{join_code}")

    async def replay(self, join_code: str) -> Message:
        """The whole game, once it is over."""
        return await self.call("GET", f"/games/{join_code}/replay")


def new_http() -> httpx.AsyncClient:
    """A client without anybody's token."""
    return httpx.AsyncClient(timeout=CALL_TIMEOUT_S)


def _answer(response: httpx.Response) -> Message:
    try:
        body = cast("Message", response.json()) if response.content else {}
    except ValueError:
        body = {}
    if response.is_success:
        return body
    if "error" not in body:
        raise Undocumented(f"{response.request.url}: {response.status_code} {response.text[:200]}")
    retry_after = response.headers.get("Retry-After", "")
    raise Rejected(response.status_code, body["error"], float(retry_after) if retry_after.isdigit() else None)
