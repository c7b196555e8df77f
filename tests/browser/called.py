"""Somebody whose browser is called: with a maker of it that stands in here, since the real one is out of reach."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from playwright.async_api import Browser, Page, Worker

from tests.browser.visitor import Visitor, visitor
from tests.kit.push_maker import Maker
from tests.kit.record import Message

_MAKER: Final = """subscription => {
  const KEY = 'maker.bound_to';
  const bytes = key => Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), each => each.charCodeAt(0));
  const bound = key => ({
    endpoint: subscription.endpoint,
    options: { userVisibleOnly: true, applicationServerKey: bytes(key).buffer },
    toJSON: () => subscription,
    unsubscribe: async () => { localStorage.removeItem(KEY); return true; },
  });
  PushManager.prototype.getSubscription = async () => {
    const key = localStorage.getItem(KEY);
    return key === null ? null : bound(key);
  };
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    localStorage.setItem(KEY, applicationServerKey);
    return bound(applicationServerKey);
  };
}"""
"""What Chromium asks Google for: the one part of pushes that is not its own here."""

_WITHIN_S: Final = 60.0
_HEARD_WITHIN_S: Final = 15.0

_LISTEN: Final = """() => {
  if (self.heard !== undefined) return;
  self.heard = 0;
  const saying = call;
  self.call = async said => { await saying(said); self.heard += 1; };
}"""
"""What the worker said of a push is counted once it is on the screen."""

_SHOWN: Final = """() => registration.getNotifications().then(all => all.map(
  ({ title, body, tag, lang, dir, data }) => ({ title, body, tag, lang, dir, data })))"""
_CLICK: Final = """async () => {
  const went = [];
  clients.openWindow = async path => { went.push(['open', path]); };
  WindowClient.prototype.focus = async function () { went.push(['focus', new URL(this.url).pathname]); };
  const waited = [];
  const [notification] = await registration.getNotifications();
  const click = new NotificationEvent('notificationclick', { notification });
  click.waitUntil = promise => waited.push(promise);
  dispatchEvent(click);
  await Promise.all(waited);
  return went;
}"""
"""Only a finger may open a window, and there is none."""

_NEXT_FRAME: Final = "new Promise(requestAnimationFrame).then(() => null)"
"""A look each time is enough, and leaves the processor to who is waited for."""

_BADGE: Final = """async () => {
  let shown = null;
  navigator.setAppBadge = async number => { shown = number; };
  navigator.clearAppBadge = async () => { shown = 0; };
  await count();
  return shown;
}"""
_MOVE: Final = """async subscription => {
  PushManager.prototype.subscribe = async () => subscription;
  const waited = [];
  const change = new Event('pushsubscriptionchange');
  change.oldSubscription = { options: { userVisibleOnly: true } };
  change.waitUntil = promise => waited.push(promise);
  dispatchEvent(change);
  await Promise.all(waited);
}"""


class Called(Visitor):
    """``worker`` is what the browser wakes when a message comes."""

    def __init__(self, page: Page, base_url: str) -> None:
        super().__init__(page, base_url)
        self.worker: Worker | None = None

    async def ask(self, method: str, path: str, body: object = None) -> Any:
        """As the page asks, by its cookie."""
        return await self.page.evaluate(_ASK, [method, f"/api/v1{path}", body])

    async def day_long_game(self, wish: Mapping[str, object]) -> str:
        """One that goes on; gives its code."""
        made = await self.ask("POST", "/games", {"round_seconds": 86400, **wish})
        await self.ask("POST", f"/games/{made['join_code']}/start")
        return str(made["join_code"])

    async def deliver(self, said: Message) -> None:
        """What came to the maker comes to the browser, which wakes the worker for it; returns once that is shown.

        The browser's tools promise no delivery, so what was not heard is sent again: the same call replaces itself.
        """
        context = self.page.context
        await self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        for _ in range(int(_WITHIN_S / _HEARD_WITHIN_S)):
            self.worker = context.service_workers[-1]
            try:
                async with asyncio.timeout(_HEARD_WITHIN_S):
                    await self.worker.evaluate(_LISTEN)
                    before = await self._heard()
                    await self._push(json.dumps(said))
                    while await self._heard() == before:
                        await self.page.evaluate(_NEXT_FRAME)
            except TimeoutError:
                continue
            else:
                return
        workers = [worker.url for worker in context.service_workers]
        raise AssertionError(f"no worker heard of it: {workers}")

    async def _heard(self) -> int:
        assert self.worker is not None, "nothing was delivered"
        return await self.worker.evaluate("self.heard")

    async def _push(self, data: str) -> None:
        line = await self.page.context.new_cdp_session(self.page)
        known: list[Message] = []

        def note(told: Message) -> None:
            known.extend(told["registrations"])

        line.on("ServiceWorker.workerRegistrationUpdated", note)
        await line.send("ServiceWorker.enable")  # pyright: ignore[reportUnknownMemberType]
        while not known:
            await self.page.evaluate(_NEXT_FRAME)
        await line.send(  # pyright: ignore[reportUnknownMemberType]
            "ServiceWorker.deliverPushMessage",
            {"origin": self.base_url, "registrationId": known[0]["registrationId"], "data": data},
        )
        await line.detach()

    async def shown(self) -> list[Message]:
        """The notifications that stand on the screen."""
        assert self.worker is not None, "nothing was delivered"
        return await self.worker.evaluate(_SHOWN)

    async def shown_once(self, holds: Callable[[list[Message]], bool]) -> list[Message]:
        """The same, once it holds of them; fails with what stands there if it does not within a minute."""
        found: list[Message] = []
        try:
            async with asyncio.timeout(_WITHIN_S):
                while not holds(found := await self.shown()):
                    await self.page.evaluate(_NEXT_FRAME)
        except TimeoutError:
            raise AssertionError(f"on the screen: {found}") from None
        return found

    async def click_it(self) -> list[list[str]]:
        """The first of them; where it led."""
        assert self.worker is not None, "nothing was delivered"
        return await self.worker.evaluate(_CLICK)

    async def badge(self) -> int:
        """The number on the icon of the page, as the worker would count it now."""
        assert self.worker is not None, "nothing was delivered"
        return await self.worker.evaluate(_BADGE)

    async def move_to(self, subscription: Mapping[str, object]) -> None:
        """The maker gives this browser another address, and wakes the worker to say so."""
        [worker] = self.page.context.service_workers
        await worker.evaluate(_MOVE, subscription)


@asynccontextmanager
async def called(browser: Browser, base_url: str, maker: Maker | None, language: str = "en") -> AsyncGenerator[Called]:
    """A new person, who lets pages call; without a maker they don't."""
    async with visitor(browser, base_url) as one:
        context = one.page.context
        await context.grant_permissions(["notifications"] if maker is not None else [], origin=base_url)
        await context.add_cookies([{"name": "lang", "value": language, "url": base_url}])
        if maker is not None:
            await context.add_init_script(f"({_MAKER})({json.dumps(maker.subscription)})")
        yield Called(one.page, base_url)


_ASK: Final = """async ([method, path, body]) => {
  const headers = body === null ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(path, { method, headers, body: body === null ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text === '' ? null : JSON.parse(text);
}"""
