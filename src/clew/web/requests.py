"""What a raw ASGI request says of itself: headers, cookie, who and where it comes from."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from clew.web.bounds import TOKEN_CHARS_MAX

_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}

Scope = Mapping[str, Any]


def header(scope: Scope, name: bytes) -> str | None:
    """The first header of that (lower case) name."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value).decode("latin-1")
    return None


def cookie(scope: Scope, name: str) -> str | None:
    """The first cookie of that name."""
    for pair in (header(scope, b"cookie") or "").split(";"):
        key, found, value = pair.strip().partition("=")
        if found and key == name:
            return value
    return None


def address(scope: Scope) -> str:
    """Where the connection comes from; behind a trusted proxy, what the proxy says."""
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


class Credentials:
    """The token a request carries, if any, and whether a browser sent it by itself, in the cookie of this name."""

    __slots__ = ("is_cookie", "token")

    def __init__(self, scope: Scope, name: str) -> None:
        authorization = header(scope, b"authorization")
        self.is_cookie = authorization is None
        found = cookie(scope, name) if authorization is None else _bearer(authorization)
        self.token: Final = found if found and len(found) <= TOKEN_CHARS_MAX and found.isascii() else None


def is_own_page(scope: Scope, public_url: str | None) -> bool:
    """Whether a request may have been made by one of our own pages, or by no page at all.

    A browser names the page's origin in every request that changes something and in every WebSocket handshake; it
    has to be the host the request was sent to, or the public URL's. Programs that are not browsers need not say.
    """
    origin = header(scope, b"origin")
    if origin is None:
        return header(scope, b"sec-fetch-site") in (None, "same-origin", "none")
    parts = _split(origin)
    if parts is None:
        return False
    scheme, asked = parts
    if public_url is not None and f"{scheme}://{asked}" == public_url:
        return True
    host = header(scope, b"host")
    return host is not None and asked == _without_default_port(scheme, host.lower())


def is_secure(scope: Scope, public_url: str | None) -> bool:
    """Whether browsers reach us over TLS, so that they will keep a ``Secure`` cookie.

    The public URL says it where there is one: a proxy before us need not pass its scheme on, nor the host it was asked
    for. Else the connection does.
    """
    if public_url is not None:
        return public_url.startswith("https://")
    return scope["scheme"] in ("https", "wss")


def _bearer(authorization: str) -> str | None:
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _split(origin: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS:
        return None
    return parts.scheme, _without_default_port(parts.scheme, parts.netloc.lower())


def _without_default_port(scheme: str, host: str) -> str:
    """Browsers leave the port out where the scheme says it; proxies that pass a host on may not."""
    return host.removesuffix(_DEFAULT_PORTS[scheme])
