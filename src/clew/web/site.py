"""The browser's pages: the built UI, read once, served from memory."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from clew.catalogue.catalogue import Catalogue
from clew.catalogue.choosing import ENGLISH
from clew.web.headed import Headed
from clew.web.headers import policy_of_page
from clew.web.languages import language_of
from clew.web.requests import Scope, header
from clew.web.spoken import spoken, spoken_alone
from clew.web.whole_page import WholePage, suffix_of_an_entry, whole_page
from clew.web.worker import OFFLINE, WORKER, worker_for

INDEX: Final = "index.html"
MANIFEST: Final = "manifest.webmanifest"
HASHED_FOLDER: Final = "assets/"
"""What lies here has its content's hash in its name, so it may be kept for ever."""

_KEEP_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"
_KEEP_NOT: Final = "no-store"
_API_ROOTS: Final = ("/api", "/schema", "/health", "/metrics")
_MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""Said here, not looked up: what a system knows of media types differs, and browsers are told not to guess."""

_COMPRESSIBLE: Final = ("text/", "application/json", "application/manifest", "image/svg")
_NOT_BUILT: Final = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>%(title)b</title>
<h1>%(title)b is running</h1><p>Its pages are not built. Run <code>make setup</code> and start it again.
The <a href="/schema">protocol</a> is here all the same.</p></html>"""

_BY_LANGUAGE: Final = b"accept-encoding, accept-language, cookie"
_OWN: Final = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
"""What a page that is written by hand has in itself."""

Headers = list[tuple[bytes, bytes]]


class Page(msgspec.Struct, frozen=True, dict=True):
    """One file, as it goes out. It is compressed when somebody first asks for it so: no start waits for all of them."""

    body: bytes
    media_type: str
    etag: str
    keep: str
    policy: str | None = None
    vary: bytes = b"accept-encoding"
    ready: bytes | None = None
    """What it is compressed, where that is known."""

    @cached_property
    def zipped(self) -> bytes | None:
        """None where that would save nothing."""
        if self.ready is not None or not self.media_type.startswith(_COMPRESSIBLE):
            return self.ready
        zipped = gzip.compress(self.body, mtime=0)
        return zipped if len(zipped) < len(self.body) else None


class Index(msgspec.Struct, frozen=True, dict=True):
    """The index page in one language, and the same with something put into its head."""

    page: Page

    @cached_property
    def headed(self) -> Headed:
        return Headed(self.page.body)


class SiteAnswer(msgspec.Struct, frozen=True):
    """Status, headers and body for a GET; a HEAD gets the same without the body."""

    status: int
    headers: Headers
    body: bytes


class Site:
    """Every file of a folder. A folder that is not there gives one page that says so.

    ``/``, ``/g/CODE…``, ``/people/ID`` and the like are the UI's own routes: all get the index page. Any other path
    gets it too when a person's browser asks, but with status 404, so that the UI can say so in its own words.

    The index page is whole: no second request decides whether somebody sees it. What another release's index page asks
    for and we don't have, we stand in for. ``title`` is the name under which it is installed. A folder with a page for
    when there is no connection has the service worker that shows it. The index page, the worker
    and that page are had in each language of the ``catalogue``, and made when they are first asked for.
    """

    def __init__(self, folder: Path, title: str, catalogue: Catalogue) -> None:
        files = dict(_read(folder)) if folder.is_dir() else {}
        self._files = files
        self._catalogue = catalogue
        self._source = files.get(INDEX, _NOT_BUILT % {b"title": title.encode()}).decode()
        self._pages = {name: _page(name, body, _keep(name)) for name, body in files.items()}
        if MANIFEST in files:
            self._pages[MANIFEST] = _page(MANIFEST, _named(files[MANIFEST], title), _ASK_AGAIN)
        self._pages.pop(INDEX, None)
        self._workers = dict[str, Page]()
        self._offlines = dict[str, Page]()
        whole = self._whole(ENGLISH)
        self._indexes = {ENGLISH: _index(whole)}
        self._stand_ins = {
            suffix: _page(f"stand-in{suffix}", text.encode(), _KEEP_NOT) for suffix, text in whole.stand_ins.items()
        }

    def serves(self, scope: Scope) -> bool:
        """Whether this path is a page's; all others are the protocol's."""
        path: str = scope["path"]
        if any(path == root or path.startswith(f"{root}/") for root in _API_ROOTS):
            return False
        return self._find(path) is not None or self._is_worker(path) or _is_ui_route(path) or _asks_a_person(scope)

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return name in self._pages

    def answer(self, scope: Scope, head: bytes = b"") -> SiteAnswer:
        """The answer to a GET or HEAD of a path that ``serves`` said yes to; ``head`` goes into the index page's."""
        path: str = scope["path"]
        page = self._of_a_language(scope) or self._find(path)
        status = 200 if page is not None or _is_ui_route(path) else 404
        page = page or self._index(scope, head)
        headers = _headers(page)
        if status == 200 and _has_it(scope, page.etag):
            return SiteAnswer(304, headers, b"")
        if "gzip" in (header(scope, b"accept-encoding") or "") and page.zipped is not None:
            return SiteAnswer(status, [*headers, (b"content-encoding", b"gzip")], page.zipped)
        return SiteAnswer(status, headers, page.body)

    def _index(self, scope: Scope, head: bytes) -> Page:
        language = language_of(scope, self._catalogue)
        if language not in self._indexes:
            self._indexes[language] = _index(self._whole(language))
        index = self._indexes[language]
        if not head:
            return index.page
        return msgspec.structs.replace(
            index.page, body=index.headed.plain(head), ready=index.headed.zipped(head), etag=index.headed.etag(head)
        )

    def _is_worker(self, path: str) -> bool:
        return path == f"/{WORKER}" and OFFLINE in self._files

    def _of_a_language(self, scope: Scope) -> Page | None:
        """The worker, and the page that it keeps."""
        path: str = scope["path"]
        language = language_of(scope, self._catalogue)
        if self._is_worker(path):
            return self._worker(language)
        return self._offline(language) if path == f"/{OFFLINE}" and OFFLINE in self._files else None

    def _worker(self, language: str) -> Page:
        if language not in self._workers:
            script = worker_for(self._offline(language).body, self._catalogue, language)
            self._workers[language] = msgspec.structs.replace(_page(WORKER, script, _ASK_AGAIN), vary=_BY_LANGUAGE)
        return self._workers[language]

    def _offline(self, language: str) -> Page:
        if language not in self._offlines:
            text = spoken_alone(self._files[OFFLINE].decode(), self._catalogue, language)
            page = _page(OFFLINE, text.encode(), _ASK_AGAIN, _policy_of(text))
            self._offlines[language] = msgspec.structs.replace(page, vary=_BY_LANGUAGE)
        return self._offlines[language]

    def _whole(self, language: str) -> WholePage:
        index = spoken(self._source, self._catalogue, language)
        english = self._catalogue.texts(ENGLISH)
        return whole_page(index, lambda name: self._files[name].decode() if name in self._files else None, english)

    def _find(self, path: str) -> Page | None:
        name = path.lstrip("/")
        return self._pages.get(name) or self._stand_ins.get(suffix_of_an_entry(name))


def _has_it(scope: Scope, etag: str) -> bool:
    """Proxies that compress call our tags weak, and mean the same page."""
    return any(tag.strip().removeprefix("W/") == etag for tag in (header(scope, b"if-none-match") or "").split(","))


def _is_ui_route(path: str) -> bool:
    return path in ("/", f"/{INDEX}", "/you", "/board") or path.startswith(("/g/", "/people/"))


def _asks_a_person(scope: Scope) -> bool:
    return scope["method"] in ("GET", "HEAD") and "text/html" in (header(scope, b"accept") or "")


def _read(folder: Path) -> Iterable[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _page(name: str, body: bytes, keep: str, policy: str | None = None) -> Page:
    media_type = _MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
    return Page(
        body=body,
        media_type=f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type,
        etag=f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        keep=keep,
        policy=policy,
    )


def _index(whole: WholePage) -> Index:
    page = _page(INDEX, whole.html.encode(), _ASK_AGAIN, whole.policy)
    return Index(msgspec.structs.replace(page, vary=_BY_LANGUAGE))


def _named(manifest: bytes, title: str) -> bytes:
    return msgspec.json.encode({**msgspec.json.decode(manifest), "name": title, "short_name": title})


def _policy_of(html: str) -> str:
    """For a page whose scripts and styles all stand in it."""
    own = [(found[1], found[2]) for found in _OWN.finditer(html)]
    return policy_of_page(*([text for tag, text in own if tag == each] for each in ("style", "script")))


def _keep(name: str) -> str:
    return _KEEP_FOR_EVER if name.startswith(HASHED_FOLDER) else _ASK_AGAIN


def _headers(page: Page) -> Headers:
    """Also of a 304, which brings the page that a browser has a policy anew: it must be that page's own."""
    headers = [
        (b"content-type", page.media_type.encode()),
        (b"etag", page.etag.encode()),
        (b"cache-control", page.keep.encode()),
        (b"vary", page.vary),
    ]
    return headers if page.policy is None else [*headers, (b"content-security-policy", page.policy.encode())]
