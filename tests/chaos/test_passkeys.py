"""A passkey is one at all nodes: asked for at one, answered at another, once; and it is there after kill -9."""

import asyncio
from pathlib import Path
from typing import Any, Final, Self

import httpx

from tests.clew.web.account_calls import API
from tests.clew.web.authenticator import Authenticator
from tests.kit.cluster import cluster_in
from tests.kit.server import Server

PUBLIC: Final = "https://game.example"
AT_ONCE: Final = 4


class Browser:
    """Keeps the cookies of both nodes as of the one place that they are behind ``PUBLIC``."""

    def __init__(self) -> None:
        self._http = httpx.AsyncClient(timeout=30)
        self.cookies = dict[str, str]()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def post(self, node: Server, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"origin": PUBLIC, **({"cookie": kept} if kept else {})}
        answer = await self._http.post(f"{node.url}{API}/{path}", json=body, headers=headers)
        self.cookies |= dict(answer.cookies)
        self._http.cookies.clear()
        return answer


def key() -> Authenticator:
    return Authenticator(PUBLIC, "game.example")


async def opened(browser: Browser, asked: Server, answered: Server, passkey: Authenticator) -> httpx.Response:
    options = await browser.post(asked, "accounts/passkey/options", {"username": "ada"})
    body = {"username": "ada", "passkey": passkey.make(options.json())}
    return await browser.post(answered, "accounts/passkey", body)


async def test_what_one_node_asked_another_hears_and_of_all_nodes_one_once(tmp_path: Path) -> None:
    async with cluster_in(tmp_path) as cluster, Browser() as ada, Browser() as elsewhere:
        here, there = (cluster.node(name, options=("--public-url", PUBLIC)) for name in ("here", "there"))
        await cluster.start("here", "there")
        passkey = key()

        account = await opened(ada, here, there, passkey)
        options = await elsewhere.post(here, "passkeys/options")
        said = {"passkey": passkey.show(options.json())}
        nodes = [here, there] * AT_ONCE
        answers = await asyncio.gather(*(elsewhere.post(node, "sessions/passkey", said) for node in nodes))

        assert account.status_code == 201, account.text
        assert sorted(answer.status_code for answer in answers) == [201] + [403] * (2 * AT_ONCE - 1)
        came = next(answer for answer in answers if answer.status_code == 201)
        assert came.json()["user_id"] == account.json()["user_id"] == passkey.whose


async def test_a_passkey_that_was_answered_for_is_there_after_a_kill_and_its_answers_stay_used(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", "--public-url", PUBLIC, "--rate-limits", "off")
    await server.start()
    try:
        async with Browser() as ada, Browser() as elsewhere:
            passkey = key()
            account = await opened(ada, server, server, passkey)
            await restarted(server)
            options = await elsewhere.post(server, "passkeys/options")
            ticket = dict(elsewhere.cookies)
            said = {"passkey": passkey.show(options.json())}
            await restarted(server)

            came = await elsewhere.post(server, "sessions/passkey", said)
            await restarted(server)
            elsewhere.cookies = ticket
            again = await elsewhere.post(server, "sessions/passkey", said)

            assert (account.status_code, came.status_code, again.status_code) == (201, 201, 403)
            assert came.json()["user_id"] == account.json()["user_id"]
    finally:
        await server.kill()


async def restarted(server: Server) -> None:
    await server.kill()
    await server.start()
