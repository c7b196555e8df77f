"""The service worker of a site that has a page for when there is no connection.

It keeps that one page and nothing else. Every other answer is the server's own, so nobody is ever shown an older
release's page or an older state of a game; where no answer comes at all, a browser shows the page that was kept
instead of its own words.

It also says in somebody's own language what the server tells a browser while no page is open (``people.pushes``), and
leads to the game.
"""

import hashlib
from typing import Final

import msgspec

from clew.catalogue.catalogue import Catalogue

OFFLINE: Final = "offline.html"
WORKER: Final = "sw.js"
"""At the root, for it is asked about every path below the folder it lies in."""

_WORKER: Final = """// One cache for each state of the page that is kept, so that a new release's comes in whole.
const KEPT = "offline-%(version)s";
const PAGE = "/%(offline)s";
// What is said, in the language of whoever asked for this script.
const SAID = %(said)s;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(KEPT).then((cache) => cache.add(new Request(PAGE, { cache: "reload" }))));
});

addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  event.respondWith(
    fetch(event.request).catch(async () => (await caches.match(PAGE)) ?? Response.error()),
  );
});

addEventListener("push", (event) => event.waitUntil(call(event.data.json())));

// Browsers end a subscription whose pushes show nothing, so whatever comes is shown, of a later release too.
async function call({ what, game, join_code, round, ends_at, name }) {
  const values = { round, until: ends_at && moment(ends_at), name: `\\u2068${name}\\u2069` };
  const said = SAID[what === "your_turn" && ends_at ? "your_turn_until" : what] ?? SAID.news;
  await registration.showNotification(game, {
    body: said.replace(/\\{(\\w+)\\}/g, (_, each) => values[each]),
    tag: join_code, // of one game only the latest
    renotify: true,
    icon: "/icon-192.png",
    lang: SAID.lang,
    dir: SAID.dir,
    data: `/g/${join_code}`,
  });
  await count();
}

function moment(at) {
  const how = { weekday: "short", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(SAID.lang, how).format(new Date(at));
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(go(event.notification.data).then(count));
});
addEventListener("notificationclose", (event) => event.waitUntil(count()));

async function go(path) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => new URL(page.url).pathname === path);
  await (there === undefined ? clients.openWindow(path) : there.focus());
}

// On the icon of an installed page.
async function count() {
  const calls = (await registration.getNotifications()).length;
  await (calls > 0 ? navigator.setAppBadge?.(calls) : navigator.clearAppBadge?.());
}

// The browser's maker gave this browser another address.
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(move(event.oldSubscription)));

async function move(old) {
  if (old === null) return; // the page sees to it when it is opened
  const subscription = await registration.pushManager.subscribe(old.options);
  const headers = { "content-type": "application/json" };
  await fetch("/api/v1/me/pushes", { method: "POST", headers, body: JSON.stringify(subscription) });
}
"""


def worker_for(offline: bytes, catalogue: Catalogue, language: str) -> bytes:
    """The script for a site with this page, for a browser that is spoken to in this language.

    It differs wherever the page or the words do, which is how browsers notice.
    """
    version = hashlib.blake2b(offline, digest_size=8).hexdigest()
    said = msgspec.json.encode(_said(catalogue, language)).decode()
    return (_WORKER % {"version": version, "offline": OFFLINE, "said": said}).encode()


def _said(catalogue: Catalogue, language: str) -> dict[str, str]:
    """Of each ``what`` of a nudge, with the names of the values in braces where they are to stand."""
    return {
        "lang": language,
        "dir": catalogue.direction(language),
        "your_turn": catalogue.say(language, "call-your-turn", {"round": "{round}"}),
        "your_turn_until": catalogue.say(language, "call-your-turn-until", {"round": "{round}", "until": "{until}"}),
        "over": catalogue.say(language, "call-over"),
        "rematch": catalogue.say(language, "call-rematch", {"name": "{name}"}),
        "news": catalogue.say(language, "call-news"),
    }
