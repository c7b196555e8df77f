"""What can go wrong, named for what to do about it."""

from typing import Any


class Rejected(Exception):
    """The server said no to a call, in the documented shape: do something else, or the same later if it is passing."""

    def __init__(self, status: int, error: dict[str, Any], retry_after_s: float | None = None) -> None:
        super().__init__(f"{status} {error['code']}: {error['message']}")
        self.status = status
        self.code = str(error["code"])
        self.error = error
        self.retry_after_s = retry_after_s
        """How long the server asks to wait, if it said so."""

    @property
    def is_passing(self) -> bool:
        """Whether the same call may do better later."""
        return self.status in (429, 503)


class Undocumented(Exception):
    """Something that is no server of this protocol answered."""


class Closed(Exception):
    """There is no way to the game any more, or nobody keeps one: what was asked has no answer.

    ``code`` is the one a server closed the last socket with; None where nobody did.
    """

    def __init__(self, code: int | None) -> None:
        super().__init__(f"the connection to the game is closed ({'left' if code is None else code})")
        self.code = code
