"""The headers that keep a browser safe, on every answer that has none of its own."""

import base64
import hashlib
from collections.abc import Iterable
from typing import Final

from clew.web.settings import WebSettings

Headers = list[tuple[bytes, bytes]]

_POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",  # positions and colours of single hexes; no attribute can load or run anything
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)

_ALWAYS: Final = {
    b"content-security-policy": "; ".join(_POLICY).encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    b"cache-control": b"no-store",
}
_HTTPS_ONLY: Final = b"max-age=31536000"


class SafetyHeaders:
    """Adds what is missing to an answer's headers. HSTS only where the public URL promises TLS."""

    def __init__(self, settings: WebSettings) -> None:
        self._always = dict(_ALWAYS)
        if settings.public_url is not None and settings.public_url.startswith("https://"):
            self._always[b"strict-transport-security"] = _HTTPS_ONLY

    def added_to(self, headers: Headers) -> Headers:
        present = {name.lower() for name, _ in headers}
        return [*headers, *((name, value) for name, value in self._always.items() if name not in present)]


def policy_of_page(styles: Iterable[str] = (), scripts: Iterable[str] = ()) -> str:
    """The policy of a page of ours that carries these style sheets and scripts in itself, and no others."""
    policy = "; ".join(_POLICY)
    for source, texts in (("style-src 'self'", styles), ("script-src 'self'", scripts)):
        policy = policy.replace(source, " ".join([source, *map(_hash, texts)]))
    return policy


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
