"""The service worker of a site that has a page for when there is no connection.

It keeps that one page and nothing else. Every other answer is the server's own, so nobody is ever shown an older
release's page or an older state of a game; where no answer comes at all, a browser shows the page that was kept
instead of its own words.
"""

import hashlib
from typing import Final

OFFLINE: Final = "offline.html"
WORKER: Final = "sw.js"
"""At the root, for it is asked about every path below the folder it lies in."""

_WORKER: Final = """// One cache for each state of the page that is kept, so that a new release's comes in whole.
const KEPT = "offline-%(version)s";
const PAGE = "/%(offline)s";

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
"""


def worker_for(offline: bytes) -> bytes:
    """The script for a site with this page. It differs wherever the page does, which is how browsers notice."""
    version = hashlib.blake2b(offline, digest_size=8).hexdigest()
    return (_WORKER % {"version": version, "offline": OFFLINE}).encode()
