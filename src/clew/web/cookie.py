"""The cookie that a browser keeps its token in, given at the beginning and anew while the token is in use."""

from typing import Any, Final, cast

from litestar.datastructures import Cookie

from clew.people.accounts import TOKEN_DAYS
from clew.web.headers import Headers
from clew.web.requests import Scope, is_secure
from clew.web.settings import WebSettings

COOKIE_S: Final = TOKEN_DAYS * 24 * 60 * 60
"""As long as the token in it proves something."""
_RENEWED: Final = "clew.renewed_token"


def session_cookie(scope: Scope, settings: WebSettings, token: str, max_age_s: int = COOKIE_S) -> Cookie:
    """A cookie for this token; no script reads it, and no other site sends it along with what changes something."""
    return Cookie(
        settings.cookie,
        value=token,
        max_age=max_age_s,
        httponly=True,
        samesite="lax",
        secure=is_secure(scope, settings.public_url),
    )


def note_renewal(scope: Scope, token: str) -> None:
    """This request's token works for longer from now on; the answer is to say so to the browser."""
    cast("dict[str, Any]", scope)[_RENEWED] = token


def with_renewal(scope: Scope, settings: WebSettings, headers: Headers) -> Headers:
    """The answer's headers with the cookie that was renewed, if any, and if it sets none itself (going out)."""
    token = scope.get(_RENEWED)
    if token is None or any(name.lower() == b"set-cookie" for name, _ in headers):
        return headers
    cookie = session_cookie(scope, settings, token).to_header(header="")
    return [*headers, (b"set-cookie", cookie.encode("latin-1"))]
