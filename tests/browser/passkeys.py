"""A person whose browser has a device that keeps passkeys: Chromium's own, made of software, and moved by the test."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final, Self, cast

from playwright.async_api import Browser, expect

from tests.browser.member import PHONE, REFUSED, shown_code
from tests.browser.sitter import Sitter
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

KIND: Final = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
WITHOUT: Final = "delete window.PublicKeyCredential"
"""A browser of before passkeys."""
NOT_OFFERED: Final = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
"""This device chooses by itself what is offered where a user name is typed, at once."""


class Device:
    """What the browser asks for a finger. ``unwilling``: nobody lays it there."""

    def __init__(self, session: Any, device_id: str) -> None:
        """``session``: of Chromium's own protocol, whose messages have no types."""
        self._session = session
        self._device_id = device_id

    @classmethod
    async def of(cls, one: Visitor | Sitter) -> Self:
        session = cast("Any", await one.page.context.new_cdp_session(one.page))
        await session.send("WebAuthn.enable")
        made = await session.send("WebAuthn.addVirtualAuthenticator", {"options": KIND})
        return cls(session, made["authenticatorId"])

    async def passkeys(self) -> list[dict[str, Any]]:
        found = await self._send("getCredentials")
        return found["credentials"]

    async def take(self, passkeys: list[dict[str, Any]]) -> None:
        """Have these too, as a person's devices have what one of them made."""
        for passkey in passkeys:
            await self._send("addCredential", credential=passkey)

    async def lose_all(self) -> None:
        await self._send("clearCredentials")

    async def be_unwilling(self, *, unwilling: bool = True) -> None:
        await self._send("setUserVerified", isUserVerified=not unwilling)

    async def _send(self, what: str, **more: Any) -> dict[str, Any]:
        return await self._session.send(f"WebAuthn.{what}", {"authenticatorId": self._device_id, **more})


def localhost(server: Server) -> str:
    """Where passkeys of a server are that was given no public URL."""
    return server.url.replace("127.0.0.1", "localhost")


@asynccontextmanager
async def with_device(
    browser: Browser, server: Server, size: tuple[int, int] = PHONE, *, offered: bool = False
) -> AsyncGenerator[tuple[Visitor, Device]]:
    """One of whom the page complains about nothing but refusals. ``offered``: the device takes what a page offers."""
    async with visitor(browser, localhost(server), *size) as one:
        if not offered:
            await one.page.add_init_script(NOT_OFFERED)
        yield one, await Device.of(one)
        complaints = [complaint for complaint in one.complaints if not REFUSED.search(complaint)]
        assert not complaints, complaints


async def open_by_passkey(one: Visitor | Sitter, username: str) -> str:
    """On the place where an account is opened; gives the recovery code."""
    await one.page.get_by_label("User name").fill(username)
    await one.page.get_by_role("button", name="Take a passkey instead").click()
    await expect(one.page.get_by_role("heading", name="Keep this code")).to_be_visible()
    return await shown_code(one)


async def log_in_by_passkey(one: Visitor | Sitter) -> None:
    await one.page.goto(f"{one.base_url}/you")
    await one.page.get_by_role("button", name="Log in with a passkey").click()


async def passkey_names(one: Visitor | Sitter) -> list[str]:
    listed = one.page.get_by_role("list", name="Your passkeys").get_by_role("listitem")
    await expect(listed.first).to_be_visible()
    return [re.split(r"\n", text)[0] for text in await listed.all_inner_texts()]
