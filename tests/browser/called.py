"""Somebody whose browser is called: with a maker of it that stands in here, since the real one is out of reach."""

import json
from collections.abc import AsyncGenerator, Mapping
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
        """What came to the maker comes to the browser, which wakes the worker for it."""
        context = self.page.context
        await self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        line = await context.new_cdp_session(self.page)
        known: list[Message] = []

        def note(told: Message) -> None:
            known.extend(told["registrations"])

        line.on("ServiceWorker.workerRegistrationUpdated", note)
        await line.send("ServiceWorker.enable")  # pyright: ignore[reportUnknownMemberType]
        while not known:
            await self.page.evaluate("null")
        self.worker = context.service_workers[0]
        await line.send(  # pyright: ignore[reportUnknownMemberType]
            "ServiceWorker.deliverPushMessage",
            {"origin": self.base_url, "registrationId": known[0]["registrationId"], "data": json.dumps(said)},
        )
        await line.detach()

    async def shown(self, at_least: int = 1) -> list[Message]:
        """The notifications that stand on the screen, once there are as many."""
        assert self.worker is not None, "nothing was delivered"
        while len(found := await self.worker.evaluate(_SHOWN)) < at_least:
            pass
        return found

    async def click_it(self) -> list[list[str]]:
        """The first of them; where it led."""
        await self.shown()
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
