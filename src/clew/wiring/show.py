"""What a starting and stopping server has to say to the person in front of it."""

from typing import Protocol

from clew.sessions.records import Progress, Resumed
from clew.wiring.address import Urls
from clew.wiring.settings import ServerSettings


class Show(Protocol):
    """Called in this order; ``resuming`` as often as there is progress, ``ready`` only if it got so far."""

    def listening(self, settings: ServerSettings, urls: Urls) -> None: ...
    def resuming(self, progress: Progress) -> None: ...
    def ready(self, settings: ServerSettings, urls: Urls, resumed: Resumed) -> None: ...
    def stopping(self) -> None: ...
