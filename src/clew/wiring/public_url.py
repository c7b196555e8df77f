"""The public URL as browsers say it, or a word on why there can't be such a one."""

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

import idna

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_ASCII_HOST: Final = re.compile(r"(?!.*\.\.)[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?\.?")
_HOST_CHARS_MAX: Final = 253


def public_origin(url: str) -> str:
    """Scheme, host and port in the one spelling of an ``Origin`` header: lower case, IDNA, no port that goes unsaid.

    Raises ``ValueError``, with what to do instead, for what no page of this server can be found at.
    """
    parts = _split(url)
    if parts.username is not None or parts.password is not None:
        raise ValueError("leave out the user and the password")
    if parts.query or parts.fragment or url.rstrip().endswith(("?", "#")):
        raise ValueError("end it after the host and the port")
    if parts.path not in ("", "/"):
        raise ValueError(f"the pages can't live below {parts.path}: give the server a host name of its own")
    host = _host(parts)
    try:
        port = parts.port
    except ValueError as wrong:
        raise ValueError("its port is a number from 1 to 65535") from wrong
    if port == 0:
        raise ValueError("its port is a number from 1 to 65535")
    if port is None or port == _DEFAULT_PORTS[parts.scheme]:
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{port}"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
    except ValueError as wrong:
        raise ValueError("write it like https://play.example") from wrong
    if parts.scheme not in _DEFAULT_PORTS:
        raise ValueError("begin it with http:// or https://")
    if parts.netloc == "" or "\\" in url or re.search(r"\s", url.strip()):
        raise ValueError("write it like https://play.example")
    return parts


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if "[" in parts.netloc:
        try:
            return f"[{ipaddress.IPv6Address(host)}]"
        except ValueError as wrong:
            raise ValueError(f"{host} is no IPv6 address") from wrong
    if not host.isascii():
        try:
            # As browsers do it (UTS 46): the standard library's older rules give another host for some letters.
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as wrong:
            raise ValueError(f"{host} is no host name: {wrong}") from wrong
    if not _ASCII_HOST.fullmatch(host) or len(host) > _HOST_CHARS_MAX:
        raise ValueError(f"{host or 'nothing'} is no host name")
    return host
