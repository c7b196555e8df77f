"""What was answered about an account holds after kill -9, and what was not answered is whole or not there."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Final

import httpx

from clew.client.connection import connect
from clew.client.faults import Rejected
from clew.client.guest import Guest, Message
from tests.kit.cluster import cluster_in
from tests.kit.server import Server

ROUNDS: Final = 2
AT_ONCE: Final = 4
CLOSED_WITHIN_S: Final = 5.0


async def test_what_was_answered_about_an_account_is_so_after_a_kill(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    await server.start()
    try:
        async with await Guest.sign_in(server.url, "Ada") as ada:
            join_code = (await ada.create_game(seats=2, bots=1))["join_code"]
            recovery = await ada.open_account("ada", "password 0")
            await restarted(server)
            assert (await ada.call("GET", "/me"))["username"] == "ada"

            recovered, _ = await Guest.recover(server.url, "ada", recovery, "password 1")
            await restarted(server)
            assert await refused(ada.call("GET", "/me")) == "not_signed_in"
            assert await refused(Guest.recover(server.url, "ada", recovery, "password 2")) == "wrong_credentials"

        async with recovered:
            assert (await recovered.game(join_code))["you"] == "p1"
            await recovered.log_out(everywhere=True)
            await restarted(server)
            assert await refused(recovered.call("GET", "/me")) == "not_signed_in"

        async with await Guest.log_in(server.url, "ada", "password 1") as back:
            await back.call("DELETE", "/me", {"password": "password 1"})
            await restarted(server)
            assert await refused(Guest.log_in(server.url, "ada", "password 1")) == "wrong_credentials"
    finally:
        await server.kill()


async def test_a_kill_in_the_middle_of_a_recovery_leaves_the_old_password_or_the_new_one(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    await server.start()
    try:
        for number in range(ROUNDS):
            name = f"ada{number}"
            ada, recovery = await Guest.sign_up(server.url, name, "old password")
            async with ada, asyncio.TaskGroup() as tasks:
                for _ in range(AT_ONCE):
                    tasks.create_task(tried(server, name, recovery), name="recovery")
                await ada.call("GET", "/me")
                server.kill_nowait()
            await restarted(server)

            works = [
                word
                for word in ("old password", "new password")
                if await refused(Guest.log_in(server.url, name, word)) is None
            ]
            code_works = await refused(Guest.recover(server.url, name, recovery, "third password")) is None

            assert (works, code_works) in ((["old password"], True), (["new password"], False))
    finally:
        await server.kill()


async def test_who_goes_out_everywhere_loses_their_sockets_at_other_nodes_within_seconds(tmp_path: Path) -> None:
    async with cluster_in(tmp_path) as cluster:
        here, there = cluster.node("here"), cluster.node("there")
        await cluster.start("here", "there")
        ada, _ = await Guest.sign_up(here.url, "ada", "password 1")
        async with ada, await Guest.log_in(there.url, "ADA", "password 1") as phone:
            join_code = (await ada.create_game(seats=2, bots=1))["join_code"]
            async with connect(phone, join_code, subprotocol="minotaur.v1") as game:
                await anext(aiter(game))

                await ada.log_out(everywhere=True)

                async with asyncio.timeout(CLOSED_WITHIN_S):
                    async for _ in game:
                        pass
            assert await refused(phone.call("GET", "/me")) == "not_signed_in"


async def tried(server: Server, name: str, recovery: str) -> None:
    """One recovery, whatever comes of it."""
    with suppress(Rejected, httpx.TransportError):
        guest, _ = await Guest.recover(server.url, name, recovery, "new password")
        await guest.close()


async def restarted(server: Server) -> None:
    await server.kill()
    await server.start()


async def refused(call: Awaitable[Guest | tuple[Guest, str] | Message]) -> str | None:
    """The code that a call was rejected with; None: it was not. A guest that it gives is closed."""
    try:
        given = await call
    except Rejected as rejected:
        return rejected.code
    guest = given[0] if isinstance(given, tuple) else given
    if isinstance(guest, Guest):
        await guest.close()
    return None
