"""The end of a game as a picture: seen, copied and saved by who played it, and beside its replay by who did not."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.sitter import sitter
from tests.browser.sizes import misfits
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

PNG: Final = b"\x89PNG\r\n\x1a\n"
SIZE: Final = (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
COPIED: Final = """async () => {
    const [item] = await navigator.clipboard.read();
    const bitmap = await createImageBitmap(await item.getType("image/png"));
    return [bitmap.width, bitmap.height];
}"""
COLOURS: Final = """async (path) => {
    const image = new Image();
    image.src = path;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 1200;
    canvas.height = 630;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, 1200, 630);
    return new Set(new Uint32Array(context.getImageData(0, 0, 1200, 630).data.buffer)).size;
}"""


async def asked(who: Visitor, path: str, body: dict[str, Any]) -> Any:
    """As their page would ask, which has the cookie."""
    answer = await who.page.request.post(f"{who.base_url}/api/v1{path}", data=body)
    assert answer.ok, await answer.text()
    return await answer.json() if answer.status in (200, 201) else None


def question(who: Visitor) -> Locator:
    return who.page.get_by_role("dialog", name="The end as a picture")


async def saved(who: Visitor, role: Any, name: str) -> tuple[str, bytes]:
    async with who.page.expect_download() as downloading:
        await question(who).get_by_role(role, name=name).click()
    download = await downloading.value
    content = await asyncio.to_thread(Path(await download.path()).read_bytes)
    return download.suggested_filename, content


async def ended(ada: Visitor, bo: Visitor) -> str:
    """A game that Bo gave up at once; its code."""
    for who, name in ((ada, "Ada"), (bo, "Bo")):
        await asked(who, "/guests", {"display_name": name})
    code = str((await asked(ada, "/games", {"seats": 2, "round_seconds": 600}))["join_code"])
    await asked(bo, f"/games/{code}/join", {})
    await asked(ada, f"/games/{code}/start", {})
    await asked(bo, f"/games/{code}/leave", {})
    return code


async def journey(ada: Visitor, bo: Visitor, cy: Visitor, axe: str) -> None:
    code = await ended(ada, bo)
    await ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ada.page.goto(f"{ada.base_url}/g/{code}")
    await ada.page.get_by_role("button", name="Picture", exact=True).click()
    shown = question(ada).get_by_role("img", name="How this game ended")
    await expect(shown).to_have_js_property("naturalWidth", 1200)
    assert await misfits(ada) == []
    assert await ada.broken_for_some(axe) == []

    await question(ada).get_by_role("button", name="Copy the picture").click()
    await expect(question(ada).get_by_role("status")).to_have_text("Copied. Paste it into your chat.")
    png_name, png = await saved(ada, "button", "Save as PNG")
    svg_name, svg = await saved(ada, "link", "Save as SVG")

    assert await ada.page.evaluate(COPIED) == [1200, 630]
    assert (png_name, png[:8], png[16:24]) == (f"{code}.png", PNG, SIZE)
    assert (svg_name, svg[:4]) == (f"{code}.svg", b"<svg")
    assert await ada.page.evaluate(COLOURS, f"/api/v1/games/{code}/picture.svg") > 20, "something is drawn"
    await question(ada).get_by_role("button", name="Close").click()
    await expect(question(ada)).to_be_hidden()
    await expect(ada.page.get_by_role("button", name="Picture", exact=True)).to_be_focused()

    await cy.page.goto(f"{cy.base_url}/g/{code}/replay")
    await cy.page.get_by_role("button", name="Picture", exact=True).click()
    await expect(question(cy).get_by_role("img")).to_have_js_property("naturalWidth", 1200)
    assert await misfits(cy) == []
    for person in (ada, bo, cy):
        assert person.complaints == []


async def test_the_end_of_a_game_of_minotaur_is_a_picture_to_copy_and_to_save(
    server: Server, browser: Browser, axe: str
) -> None:
    async with AsyncExitStack() as stack:
        await journey(*[await stack.enter_async_context(visitor(browser, server.url)) for _ in range(3)], axe=axe)


@pytest.mark.long
async def test_the_end_of_any_game_is_a_picture_to_copy_and_to_save(
    own_bids: Server, browser: Browser, axe: str
) -> None:
    async with AsyncExitStack() as stack:
        await journey(*[await stack.enter_async_context(sitter(browser, own_bids.url)) for _ in range(3)], axe=axe)


async def test_a_picture_that_cannot_be_had_is_said_to_be_so(server: Server, browser: Browser) -> None:
    async with AsyncExitStack() as stack:
        ada, bo = [await stack.enter_async_context(visitor(browser, server.url)) for _ in range(2)]
        code = await ended(ada, bo)
        await ada.page.route("**/picture.svg", lambda route: route.abort())
        await ada.page.goto(f"{ada.base_url}/g/{code}")

        await ada.page.get_by_role("button", name="Picture", exact=True).click()

        await expect(question(ada).get_by_role("alert")).to_have_text("That did not work. Try it again in a moment.")
