"""Nothing moves for a person who prefers less motion: a round is told in still frames, each with its words. What moves
for everyone else is seen by the same watch.
"""

from typing import Final, Literal

import msgspec
from playwright.async_api import Browser, expect

from tests.browser.test_whole_game import KEY_OF
from tests.browser.visitor import visitor
from tests.kit.server import Server

STRAY_MS: Final = 500
"""A tap sooner after the round's end was meant for something else."""


class Watched(msgspec.Struct):
    """What moved on the pages of a visit. ``began`` and ``ran`` name transitions and animations, each once.

    The shape of what is coming counts as still: it waits, and then is there at once. ``camera``: every place at which a
    frame showed the board from round 1 on. ``told``: frames with the telling's sign on the board.
    """

    frames: int
    began: list[str]
    ran: list[str]
    camera: list[str]
    told: int


async def test_nothing_moves_for_who_prefers_less_motion(server: Server, browser: Browser) -> None:
    watched = await _a_round_told(server, browser, "reduce")

    assert watched.frames > 0
    assert watched.began == []
    assert watched.ran == []
    assert watched.told > 0, "the round is told all the same"
    assert len(watched.camera) == 2, "the board is where the hero stood, and then where they stand"


async def test_still_frames_say_what_they_show_and_wait_for_a_tap(server: Server, browser: Browser) -> None:
    async with visitor(browser, server.url, 360, 740, told="as the device") as ada:
        page = ada.page
        await page.clock.install()
        await ada.play_against_bots("Ada")
        for _ in range(2):
            await page.keyboard.press(KEY_OF[(await ada.open_ways())[0]])
        await expect(ada.slots).to_have_count(2)
        await ada.wait_confirmed()
        await page.clock.pause_at(await page.evaluate("Date.now()") / 1000 + 1)
        await page.keyboard.press("Enter")

        frame = page.get_by_role("button", name="tap to go on")
        caption = frame.locator(".caption")
        await expect(caption).to_contain_text("You moved to the")
        await expect(page.locator(".trails path")).not_to_have_count(0)
        steps = page.locator(".telling .steps i")
        await expect(steps.nth(0)).to_contain_class("now")

        await page.clock.run_for(STRAY_MS)
        await frame.click()
        await expect(steps.nth(1)).to_contain_class("now")
        await expect(caption).to_contain_text("You moved to the")
        await page.get_by_role("button", name="Skip", exact=True).click()
        await expect(frame).to_be_hidden()
        await expect(ada.slots).to_have_count(0)
        assert ada.complaints == []


async def test_the_same_round_moves_for_everyone_else(server: Server, browser: Browser) -> None:
    watched = await _a_round_told(server, browser, "no-preference")

    assert any(name.startswith("transition of transform") for name in watched.began), watched.began
    assert any(name.startswith("animation ") for name in watched.began), watched.began
    assert any(name.startswith("transition of transform") for name in watched.ran), watched.ran
    assert watched.told > 0
    # Not by frames, as above: of a glide a busy machine may show nothing but its end.
    assert any(name.startswith("transition of transform: g camera") for name in watched.began), "the board glides"


async def _a_round_told(server: Server, browser: Browser, motion: Literal["reduce", "no-preference"]) -> Watched:
    """From the front page into a game, one step, and the round's telling to its end, all of it watched."""
    async with visitor(browser, server.url, motion=motion, told="as the device") as ada:
        await ada.page.add_init_script(_WATCH)
        await ada.play_against_bots("Ada")
        await ada.page.evaluate("window.watched.camera = new Set()")
        way = (await ada.open_ways())[0]
        await ada.page.get_by_role("group", name="Move").get_by_role("button", name=f"Move {way}").click()
        await expect(ada.slots).to_have_count(1)
        await ada.wait_confirmed()

        await ada.page.keyboard.press("Enter")
        await expect(ada.page.get_by_role("heading", level=1, name="round 2")).to_be_attached()
        while await ada.page.locator(".telling.still").count():
            await ada.page.keyboard.press("Enter")
        await expect(ada.page.locator(".telling")).to_have_count(0)

        seen: dict[str, object] = await ada.page.evaluate(_SEEN)
        assert ada.complaints == []
        return msgspec.convert(seen, Watched)


_WATCH: Final = """
  window.watched = { frames: 0, began: new Set(), ran: new Set(), camera: new Set(), told: 0 };
  const where = (element) => `${element?.tagName} ${element?.getAttribute('class') ?? ''}`;
  addEventListener('transitionrun', (event) =>
    watched.began.add(`transition of ${event.propertyName}: ${where(event.target)}`), true);
  addEventListener('animationstart', (event) => {
    if (event.animationName !== 'appear') watched.began.add(`animation ${event.animationName}: ${where(event.target)}`);
  }, true);
  const look = () => {
    watched.frames += 1;
    for (const each of document.getAnimations()) {
      if (each.playState !== 'running' || each.animationName === 'appear') continue;
      if (!(each.effect.getComputedTiming().duration > 0)) continue;
      const what = each.animationName ? `animation ${each.animationName}` : `transition of ${each.transitionProperty}`;
      watched.ran.add(`${what}: ${where(each.effect.target)}`);
    }
    const camera = document.querySelector('.board .camera');
    if (camera) watched.camera.add(getComputedStyle(camera).transform);
    if (document.querySelector('.telling')) watched.told += 1;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""

_SEEN: Final = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done({
  ...watched, began: [...watched.began], ran: [...watched.ran], camera: [...watched.camera],
}))))"""
