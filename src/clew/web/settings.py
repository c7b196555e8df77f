"""What the web is told by whoever starts it."""

from pathlib import Path

import msgspec

from clew.catalogue.catalogue import Catalogue
from clew.web.networks import NetworkLimit


class WebSettings(msgspec.Struct, frozen=True):
    """``public_url`` is where browsers find this server, spelled as an ``Origin``, if that is not where it listens.

    ``title`` is what people call it. ``static_folder`` has the built pages of its games; ``cookie`` is what the one is
    called in which a browser keeps who it is, for a browser sends what it got from one program of a host to the others
    too. ``catalogue`` has all that is said to people.
    """

    version: str
    title: str
    static_folder: Path
    cookie: str
    catalogue: Catalogue
    public_url: str | None = None
    rate_limits: bool = True
    network_limits: tuple[NetworkLimit, ...] = ()
    """What is counted for each address is more, or nothing, in these networks."""
    gateway: bool = True
    """Whether people come in here; otherwise there are health and metrics only."""
