"""Who is ready for a game to begin, as they say in its lobby. Known where the game runs, and kept nowhere."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Final

from clew.gateway.company import RoundSoFar
from clew.sessions.ids import PlayerId, UserId

READY_IDS_KEPT: Final = 64
"""Of each person's latest ids it is known that they were heard: the same one changes nothing again."""


class Readying:
    """Those who said that they are ready, each by their seat. Nobody is until they say so."""

    def __init__(self) -> None:
        self._ready: dict[PlayerId, UserId] = {}
        self._ids: dict[UserId, OrderedDict[str, None]] = {}

    @property
    def standing(self) -> RoundSoFar:
        """How far they are with what has no round yet."""
        return RoundSoFar(0, dict.fromkeys(sorted(self._ready), (False, True)))

    def say(self, user_id: UserId, seat: PlayerId, command_id: str, *, ready: bool) -> None:
        """They are, or are not any more; once for each id."""
        ids = self._ids.setdefault(user_id, OrderedDict())
        if command_id in ids:
            return
        ids[command_id] = None
        if len(ids) > READY_IDS_KEPT:
            ids.popitem(last=False)
        if ready:
            self._ready[seat] = user_id
        else:
            self._ready.pop(seat, None)

    def keep(self, people: Mapping[PlayerId, UserId]) -> None:
        """These sit there now: who gave up their seat is not ready any more, and nobody is by another's word."""
        self._ready = {seat: user_id for seat, user_id in self._ready.items() if people.get(seat) == user_id}

    def drop(self, seats: Collection[PlayerId]) -> None:
        """Those who sit there are not ready any more."""
        self._ready = {seat: user_id for seat, user_id in self._ready.items() if seat not in seats}

    def clear(self) -> None:
        """It is another game that would begin: nobody has said anything of that one."""
        self._ready = {}
