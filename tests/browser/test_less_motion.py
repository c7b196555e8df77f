"""Nothing moves for a person who prefers less motion; and what moves for everyone else is seen by the same watch."""

from typing import Final, Literal

import msgspec
from playwright.async_api import Browser, expect

from tests.browser.visitor import visitor
from tests.kit.server import Server


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
    assert watched.told == 0, "the round's end is shown at once"
    assert len(watched.camera) == 2, "the board is where the hero stood, and then where they stand"


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
    async with visitor(browser, server.url, motion=motion) as ada:
        await ada.page.add_init_script(_WATCH)
        await ada.play_against_bots("Ada")
        await ada.page.evaluate("window.watched.camera = new Set()")
        way = (await ada.open_ways())[0]
        await ada.page.get_by_role("group", name="Move").get_by_role("button", name=f"Move {way}").click()
        await expect(ada.slots).to_have_count(1)
        await ada.wait_confirmed()

        await ada.page.keyboard.press("Enter")
        await expect(ada.page.get_by_role("heading", level=1, name="round 2")).to_be_attached()
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
