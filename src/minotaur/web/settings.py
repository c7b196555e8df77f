"""What the web is told by whoever starts it."""

from pathlib import Path
from typing import Final

import msgspec

STATIC_FOLDER: Final = Path(__file__).parent / "static"
"""Where the built browser UI lies in an installed package."""


class WebSettings(msgspec.Struct, frozen=True):
    """``public_url`` is where browsers find this server, if that is not the address it listens on."""

    version: str
    public_url: str | None = None
    rate_limits: bool = True
    static_folder: Path = STATIC_FOLDER
    gateway: bool = True
    """Whether people come in here; otherwise there are health and metrics only."""
