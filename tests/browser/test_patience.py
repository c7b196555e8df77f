"""A journey that hangs fails by itself and says where, and takes no other test with it."""

import traceback

import pytest
from playwright.async_api import Browser, Page

from tests.browser.conftest import within


async def test_a_journey_that_hangs_fails_at_its_step_and_the_browser_goes_on(browser: Browser) -> None:
    async def waits_for_what_never_comes(page: Page) -> None:
        await page.wait_for_function("() => false", timeout=0)

    context = await browser.new_context()
    try:
        page = await context.new_page()

        with pytest.raises(TimeoutError) as hung:
            await within(0.2, waits_for_what_never_comes)(page)

        assert await page.evaluate("6 * 7") == 42
    finally:
        await context.close()
    assert "wait_for_function" in "".join(traceback.format_exception(hung.value))
