"""What people at one game say and signal to each other: told to all who look on, kept nowhere.

Whom somebody does not want to read their page leaves out, by seat: the server tells everyone the same.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict, deque
from collections.abc import Collection, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from clew.sessions.ids import UserId
from clew.sessions.ports.clock import Clock

TALK_WITHIN_S: Final = 10.0
SAYINGS_MAX: Final = 5
SIGNS_MAX: Final = 3
"""So much of each one person says at one game within ``TALK_WITHIN_S``; more is ``too_often``."""

TALK_KEPT: Final = 20
"""Of the latest that was said so much is told to whoever comes; signs are of a moment, and are not."""

TALK_IDS_KEPT: Final = 64
"""Of each person's latest ids it is known that they were told: the same one is not told again."""

MARKS_IN_A_ROW_MAX: Final = 2

Talked: TypeAlias = Literal["told", "again", "too_often"]
_JOINERS: Final = "\u200c\u200d"
"""Without them Persian is misspelled, and families fall apart."""


def cleaned(text: str) -> str:
    """As it is shown: one line, NFC, no control, format or unassigned characters, no piles of marks. May be empty."""
    kept = list[str]()
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in ("Cc", "Zl", "Zp", "Zs"):
            kept.append(" ")
        elif (category[0] != "C" or char in _JOINERS) and marks <= MARKS_IN_A_ROW_MAX:
            kept.append(char)
    shown = " ".join("".join(kept).split())
    return shown if shown.strip(_JOINERS) else ""


class _Talker:
    """What one person said lately."""

    __slots__ = ("ids", "said_at_s", "signed_at_s")

    def __init__(self) -> None:
        self.ids = OrderedDict[str, None]()
        self.said_at_s = deque[float](maxlen=SAYINGS_MAX)
        self.signed_at_s = deque[float](maxlen=SIGNS_MAX)


class Talk:
    """The talk at one game, as long as somebody is shown it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._talkers: dict[UserId, _Talker] = {}
        self._latest = deque[tuple[UserId, msgspec.Raw]](maxlen=TALK_KEPT)

    @property
    def latest(self) -> Sequence[msgspec.Raw]:
        return tuple(said for _, said in self._latest)

    @property
    def people(self) -> Collection[UserId]:
        """Whoever said any of it."""
        return {user_id for user_id, _ in self._latest}

    def keep(self, user_id: UserId, said: msgspec.Raw) -> None:
        """For who comes later."""
        self._latest.append((user_id, said))

    def forget(self, gone: Collection[UserId]) -> None:
        """What these said is told to nobody who comes."""
        kept = [each for each in self._latest if each[0] not in gone]
        self._latest = deque(kept, maxlen=TALK_KEPT)

    def admit(self, user_id: UserId, command_id: str, *, sign: bool) -> Talked:
        """Whether this is to be told now: ``again``: it was. What was too often may be sent again under its id."""
        talker = self._talkers.setdefault(user_id, _Talker())
        if command_id in talker.ids:
            return "again"
        now_s = self._clock.monotonic()
        at_s = talker.signed_at_s if sign else talker.said_at_s
        if len(at_s) == at_s.maxlen and now_s < at_s[0] + TALK_WITHIN_S:
            return "too_often"
        at_s.append(now_s)
        talker.ids[command_id] = None
        if len(talker.ids) > TALK_IDS_KEPT:
            talker.ids.popitem(last=False)
        return "told"
