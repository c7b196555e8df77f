"""The world failing, named for what the catcher should do. A refusal is not a fault: it is an answer."""

from __future__ import annotations

from clew.sessions.bounds import NEEDS_OPERATOR_RETRY_S, REASON_CHARS_MAX, WAITING_RETRY_S
from clew.sessions.flaws import Flaw, reason
from clew.sessions.ids import GameId, Owner


class Fault(Exception):
    """Any of the faults below."""


class Busy(Fault):
    """Try again after ``retry_after_s``, with the same command id: nothing was acknowledged.

    ``advice`` is what an operator can do, where there is anything: it may pass without.
    """

    def __init__(self, why: str, retry_after_s: float = 1.0, advice: str = "") -> None:
        super().__init__(why)
        self.retry_after_s = retry_after_s
        self.advice = advice


class NeedsOperator(Busy):
    """Promise nothing until an operator has done what ``advice`` says: the store is broken, and won't mend by itself.

    Nothing was written. Whoever waits is told as with ``Busy``, but at once: waiting a little longer won't help.
    """

    def __init__(self, why: str, advice: str) -> None:
        super().__init__(why, NEEDS_OPERATOR_RETRY_S, advice)


class NotRunning(Busy):
    """Try again later or elsewhere: this node has not begun, has stopped, or is between two lives."""

    def __init__(self) -> None:
        super().__init__("this node is not running")


class NoSuchSession(Fault):
    """Give up: no session has this id, and asking never makes one."""

    def __init__(self, game_id: GameId) -> None:
        super().__init__(f"no session {game_id}")
        self.game_id = game_id


class Quarantined(Fault):
    """Give up until an operator acts: the session is kept as it is, and nothing runs it."""

    def __init__(self, game_id: GameId, reason: str) -> None:
        super().__init__(f"session {game_id} is quarantined: {reason}")
        self.game_id = game_id
        self.reason = reason


class Crashed(Fault):
    """Report a bug: this command broke its session, which restarts by itself.

    It was not applied, unless it was the store that broke on it: a repeat with its id tells.
    """

    def __init__(self, game_id: GameId) -> None:
        super().__init__(f"session {game_id} crashed on this command")
        self.game_id = game_id


class JoinCodeTaken(Fault):
    """Choose another code: an open session has this one."""

    def __init__(self, join_code: str) -> None:
        super().__init__(f"join code {join_code} is taken")
        self.join_code = join_code


class Followed(Fault):
    """Look it up: another session follows this one already."""

    def __init__(self, game_id: GameId) -> None:
        super().__init__(f"session {game_id} is followed already")
        self.game_id = game_id


class OutcomeUnknown(Fault):
    """Read the store before deciding anything: the write may or may not have happened, or may happen yet.

    ``advice`` as that of ``Busy``.
    """

    def __init__(self, why: str, advice: str = "") -> None:
        super().__init__(why)
        self.advice = advice


class Moved(Fault):
    """Ask there: another node holds the session. ``owner`` is None where this node can't say who."""

    def __init__(self, game_id: GameId, owner: Owner | None = None) -> None:
        super().__init__(f"session {game_id} is not here but {'elsewhere' if owner is None else f'at {owner}'}")
        self.game_id = game_id
        self.owner = owner


class Nobody(Fault):
    """Find out who it is now: nobody answers at this address, and nothing was done."""

    def __init__(self, address: str) -> None:
        super().__init__(f"nobody answers at {address}")
        self.address = address


class Late(Fault):
    """Ask again with the same command id: no answer came in time, and whether it was done is unknown."""

    def __init__(self, address: str) -> None:
        super().__init__(f"no answer from {address} in time")
        self.address = address


class Unreadable(Fault):
    """Quarantine it: what is stored can't be read as a session. Its text is the reason to keep."""

    def __init__(self, flaw: Flaw, fact: str) -> None:
        super().__init__(reason(flaw, fact))
        self.flaw = flaw
        self.fact = fact


class TooNew(Unreadable):
    """Leave it to a newer release: it was written by one. ``what`` is "state" or "event"."""

    def __init__(self, what: str, version: int, newest: int) -> None:
        super().__init__(
            Flaw.VERSION, f"{what} version {version} is newer than {newest}, the newest that this release reads"
        )
        self._facts = (what, version, newest)

    def of(self, place: str) -> TooNew:
        """The same, told of a place in the journal."""
        what, version, newest = self._facts
        return TooNew(f"{place}: {what}", version, newest)


class Waits(Busy):
    """Try again later: only a newer release, or a node that has its game, can read the session, and it waits for one.

    ``why``: what the nodes there are lack.
    """

    def __init__(self, game_id: GameId, why: str) -> None:
        super().__init__(f"session {game_id} waits for a node that can play it: {why}", WAITING_RETRY_S)


def in_short(error: Exception) -> str:
    """An error in one line of bounded length, for a row or a report."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:REASON_CHARS_MAX]
