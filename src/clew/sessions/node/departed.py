"""Sessions that left this node's memory: where they went, so that whoever still asks here is sent there, and when."""

from __future__ import annotations

from collections import OrderedDict

from clew.sessions.bounds import DEPARTED_FRESH_S, DEPARTED_KEPT_MAX
from clew.sessions.ids import GameId, Owner


class Departed:
    """Remembers the last ``DEPARTED_KEPT_MAX`` sessions that left this node. A hint: the store knows."""

    def __init__(self) -> None:
        self._gone: OrderedDict[GameId, tuple[int, Owner | None, float]] = OrderedDict()

    def note(self, game_id: GameId, epoch: int, owner: Owner, now_s: float) -> None:
        """Note that the session is this owner's since this epoch: who asks here is sent there."""
        self._keep(game_id, (epoch, owner, now_s))

    def left(self, game_id: GameId, epoch: int) -> None:
        """Note that the session closed, sleeps or was lost; it had this epoch here."""
        if epoch > self.since(game_id):
            self._keep(game_id, (epoch, None, 0.0))

    def forget(self, game_id: GameId) -> None:
        """Forget where the session went: it came back."""
        self._gone.pop(game_id, None)

    def forget_all(self) -> None:
        """Forget all: the store came back with lower epochs, and what is late by these would be refused as stale."""
        self._gone.clear()

    def doubt(self, game_id: GameId) -> None:
        """Send nobody there any more: the session may have come back, and the store knows."""
        if (epoch := self.since(game_id)) > 0:
            self._keep(game_id, (epoch, None, 0.0))

    def to(self, game_id: GameId, now_s: float) -> Owner | None:
        """Tells who was given the session within the last ``DEPARTED_FRESH_S``; None: nobody, or too long ago."""
        gone = self._gone.get(game_id)
        return None if gone is None or now_s - gone[2] > DEPARTED_FRESH_S else gone[1]

    def since(self, game_id: GameId) -> int:
        """The epoch at which it left; 0: it did not. A message of that epoch or an older one is stale."""
        gone = self._gone.get(game_id)
        return 0 if gone is None else gone[0]

    def _keep(self, game_id: GameId, gone: tuple[int, Owner | None, float]) -> None:
        self._gone[game_id] = gone
        self._gone.move_to_end(game_id)
        if len(self._gone) > DEPARTED_KEPT_MAX:
            self._gone.popitem(last=False)
