"""For whom passkeys are made here: what the operator said, never what a request says of itself."""

import ipaddress
from urllib.parse import urlsplit

from clew.people.authenticators import Party
from clew.web.requests import Scope
from clew.web.settings import WebSettings
from clew.wire.errors import ApiError

_DEFAULT_PORTS = {"http": 80, "https": 443}


def party_of(scope: Scope, settings: WebSettings) -> Party:
    """By the public URL; without one, this machine's own browsers, who say ``localhost``.

    Raises ``no_passkeys`` where browsers know none: without TLS, and for an address that is a number.
    """
    if settings.public_url is None:
        scheme, port = scope["scheme"], scope["server"][1]
        place = "" if port == _DEFAULT_PORTS.get(scheme) else f":{port}"
        return Party("localhost", f"{scheme}://localhost{place}", settings.title)
    url = urlsplit(settings.public_url)
    host = url.hostname or ""
    if _is_number(host) or (url.scheme != "https" and host != "localhost"):
        raise ApiError("no_passkeys")
    return Party(host, settings.public_url, settings.title)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
