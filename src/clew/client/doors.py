"""Where a server is, or several of one site."""

from collections.abc import Sequence


class Doors:
    """The addresses of one site, in the order in which one client tries them: past a closed door it goes to the next.

    ``urls`` is read anew each time, so whoever has it may add doors and take some away.
    """

    def __init__(self, urls: Sequence[str], first: int = 0, name: str = "") -> None:
        self.name = name
        self._urls = urls
        self._at = first

    @property
    def url(self) -> str:
        return self._urls[self._at % len(self._urls)]

    def try_next(self) -> None:
        self._at += 1
