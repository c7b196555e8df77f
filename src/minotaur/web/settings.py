"""What the web is told by whoever starts it."""

from pathlib import Path
from typing import Final

import msgspec

from minotaur.web.networks import NetworkLimit

STATIC_FOLDER: Final = Path(__file__).parent / "static"
"""Where the built browser UI lies in an installed package."""


class WebSettings(msgspec.Struct, frozen=True):
    """``public_url`` is where browsers find this server, spelled as an ``Origin``, if that is not where it listens."""

    version: str
    public_url: str | None = None
    rate_limits: bool = True
    network_limits: tuple[NetworkLimit, ...] = ()
    """What is counted for each address is more, or nothing, in these networks."""
    static_folder: Path = STATIC_FOLDER
    gateway: bool = True
    """Whether people come in here; otherwise there are health and metrics only."""
