"""Everything about a server that its operator chooses, and where its data lies by default."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from clew.people.caps import CAPS_DEFAULT, Caps
from clew.people.pushes.outside import Network
from clew.stores.folder import DataFolder
from clew.web.networks import NetworkLimit

Role: TypeAlias = Literal["host", "gateway"]
LogFormat: TypeAlias = Literal["console", "json"]
LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]

HOST_DEFAULT: Final = "127.0.0.1"
PORT_DEFAULT: Final = 8765
COMPACT_AFTER_DAYS_DEFAULT: Final = 7
FORGET_GUESTS_AFTER_DAYS_DEFAULT: Final = 30
DAY_MS: Final = 86_400_000


@dataclass(frozen=True)
class ServerSettings:
    """One server. Port 0 is any free one.

    ``public_url`` is where browsers find the server if a proxy stands before it, as an ``Origin`` is spelled;
    ``trusted_proxies`` are the networks whose word on a client's own address is believed. In the networks of
    ``network_limits`` more, or anything, is allowed to each address. Without rate limits anybody can keep the server
    busy: for load tests only. ``compact_after_days``: how long a game is over before its journal is compacted; None: it
    never is. ``forget_guests_after_days``: how long a guest without a game is kept unused; None: for good.

    ``push_contact`` is told to browsers' makers, ``mailto:…`` or ``https:…``; the public URL where it is None.
    ``push_networks``: beside the public internet, messages to people who are not here may go to these.

    With a ``database_url`` the node is one of several: it speaks to the others over the ``bus`` (of the NATS servers
    and files named), shares their secret key, and is known to them by its ``node_id``, unique among them, its
    ``release`` (the package's version where none is given: sessions go to the newest) and its ``roles``.
    """

    data: DataFolder
    host: str = HOST_DEFAULT
    port: int = PORT_DEFAULT
    public_url: str | None = None
    trusted_proxies: tuple[str, ...] = ()
    rate_limits: bool = True
    network_limits: tuple[NetworkLimit, ...] = ()
    caps: Caps = CAPS_DEFAULT
    log_format: LogFormat = "console"
    log_level: LogLevel = "info"
    compact_after_days: int | None = COMPACT_AFTER_DAYS_DEFAULT
    forget_guests_after_days: int | None = FORGET_GUESTS_AFTER_DAYS_DEFAULT
    database_url: str | None = field(default=None, repr=False)
    bus: str | None = field(default=None, repr=False)
    cluster: str = "main"
    bus_credentials: Path | None = None
    bus_ca: Path | None = None
    bus_certificate: Path | None = None
    bus_key: Path | None = None
    secret_key_file: Path | None = None
    node_id: str | None = None
    release: str | None = None
    roles: tuple[Role, ...] = ("host", "gateway")
    rebalance: bool = True
    push_contact: str | None = None
    push_networks: tuple[Network, ...] = ()

    @property
    def compact_after_ms(self) -> int | None:
        return None if self.compact_after_days is None else self.compact_after_days * DAY_MS


def default_data_folder(
    program: str, platform: str = sys.platform, environment: Mapping[str, str] | None = None
) -> Path:
    r"""Where an installed program keeps its data on this system, under its name: for ``clew``

    Linux and others: ``$XDG_DATA_HOME/clew``, else ``~/.local/share/clew``. macOS:
    ``~/Library/Application Support/clew``. Windows: ``%LOCALAPPDATA%\clew``.
    """
    variables = os.environ if environment is None else environment
    home = Path(variables.get("HOME") or Path.home())
    if platform == "darwin":
        return home / "Library" / "Application Support" / program
    if platform == "win32":
        return Path(variables.get("LOCALAPPDATA") or home / "AppData" / "Local") / program
    chosen = variables.get("XDG_DATA_HOME", "")
    base = Path(chosen) if chosen and Path(chosen).is_absolute() else home / ".local" / "share"
    return base / program
