"""Where the broker is and how it knows us."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

PORT_DEFAULT: Final = 4222

_CLUSTER: Final = re.compile(r"[A-Za-z0-9_-]+")
_CREDENTIALS_HOLD: Final = (b"BEGIN NATS USER JWT", b"BEGIN USER NKEY SEED")


class UnusableNats(Exception):
    """These settings can't be used; the message says why in one line, without a secret."""


@dataclass(frozen=True)
class NatsServer:
    """One server of the broker, and the password or token that its URL held."""

    host: str
    port: int
    tls: bool
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where it is, without a secret."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'tls' if self.tls else 'nats'}://{host}:{self.port}"


@dataclass(frozen=True)
class NatsSettings:
    """``servers`` are all that are ever tried: one connection, to any of them.

    ``program`` and ``cluster`` keep the nodes of one cluster apart from others on the same broker. ``credentials`` is
    a ``.creds`` file. With a ``ca``, or a ``certificate`` and its ``key``, or a server whose URL says ``tls://``,
    nothing is sent to a server that does not speak TLS.
    """

    servers: tuple[NatsServer, ...]
    node: str
    program: str
    cluster: str = "main"
    credentials: Path | None = None
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def wants_tls(self, server: NatsServer) -> bool:
        return server.tls or self.ca is not None or self.certificate is not None

    def check(self) -> None:
        """Raises ``UnusableNats`` for a cluster of no legal name, and for files that can't be read or aren't such."""
        if not _CLUSTER.fullmatch(self.cluster):
            raise UnusableNats("NATS: the name of a cluster is made of letters, digits, - and _")
        if any(self.wants_tls(server) for server in self.servers):
            self.tls_context()
        if self.credentials is not None:
            _check_credentials(self.credentials)

    def tls_context(self) -> ssl.SSLContext:
        """Trusts ``ca``, else whom this system trusts. Raises ``UnusableNats``."""
        try:
            context = ssl.create_default_context(cafile=self.ca)
            if self.certificate is not None:
                context.load_cert_chain(self.certificate, self.key)
        except OSError as wrong:
            raise UnusableNats(f"NATS: CA, certificate or key can't be read: {wrong}") from wrong
        return context


def read_servers(urls: str) -> tuple[NatsServer, ...]:
    """The servers of ``nats://a:4222,tls://user:password@b,nats://token@c``. Raises ``UnusableNats``.

    The scheme may be left out, and so may the port. What stands before the ``@`` is percent-decoded.
    """
    servers = tuple(_read_server(url.strip()) for url in urls.split(",") if url.strip())
    if not servers:
        raise UnusableNats("NATS: no server is named")
    return servers


def _read_server(url: str) -> NatsServer:
    try:
        parts = urlsplit(url if "://" in url else f"nats://{url}")
        host, port = parts.hostname, parts.port or PORT_DEFAULT
    except ValueError:
        raise UnusableNats("NATS: one of the URLs can't be read") from None
    if parts.scheme not in ("nats", "tls") or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise UnusableNats("NATS: a URL is nats:// or tls://, a host and perhaps a port")
    user = None if parts.username is None else unquote(parts.username)
    if parts.password is None:
        return NatsServer(host, port, parts.scheme == "tls", token=user)
    return NatsServer(host, port, parts.scheme == "tls", user=user, password=unquote(parts.password))


def _check_credentials(path: Path) -> None:
    try:
        held = path.read_bytes()
    except OSError as wrong:
        raise UnusableNats(f"NATS: the credentials can't be read: {wrong}") from wrong
    if not all(part in held for part in _CREDENTIALS_HOLD):
        raise UnusableNats(f"NATS: the credentials can't be read: {path} is no .creds file")
