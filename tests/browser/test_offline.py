"""Without a connection a page of ours is shown, never an old one of the game; a new release's page is the one seen."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import PAGE, STATIC
from tests.browser.sizes import misfits
from tests.browser.visitor import visitor
from tests.clew.web.live import live
from tests.kit.by_request import by_request

READY: Final = "navigator.serviceWorker.ready.then(found => found.active.state)"
KEPT: Final = "caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(each => each.keys()))))"


@pytest.mark.parametrize("index", [STATIC, PAGE], ids=["minotaur", "any game"])
async def test_who_has_no_connection_is_told_so_and_goes_on_with_the_newest_release(
    index: Path, browser: Browser, axe: str, tmp_path: Path
) -> None:
    later = _later(index.parent, tmp_path / "later")
    async with live(static_folder=index.parent) as one, live(static_folder=later) as other, by_request() as balancer:
        old, new = (httpx.URL(web.url).port or 0 for web in (one, other))
        balancer.send_to(old)
        async with visitor(browser, balancer.url) as ada:
            page = ada.page
            await page.goto(f"{balancer.url}/you")
            assert await _worker_of(page) in ("activating", "activated")
            await page.reload()
            await expect(page.locator("#app")).not_to_be_empty()

            await page.context.set_offline(True)
            await page.reload()
            await expect(page.get_by_role("heading", name="No connection")).to_be_visible()
            assert await page.evaluate("location.pathname") == "/you"
            assert await ada.broken_for_some(axe) == []
            assert await misfits(ada) == []

            balancer.send_to(new)
            await page.context.set_offline(False)
            await expect(page.locator("#app")).not_to_be_empty()
            assert await page.locator('meta[name="release"]').get_attribute("content") == "later"
            kept: Sequence[Sequence[object]] = await page.evaluate(KEPT)
            assert [len(each) for each in kept] == [1]
            await page.goto(f"{balancer.url}/manifest.webmanifest")
            assert '"standalone"' in await page.inner_text("body")


async def _worker_of(page: Page) -> str:
    return await page.evaluate(READY)


def _later(folder: Path, to: Path) -> Path:
    """The same pages as a later release has them."""
    shutil.copytree(folder, to)
    index = to / "index.html"
    index.write_text(index.read_text().replace("<head>", '<head><meta name="release" content="later">'))
    return to
