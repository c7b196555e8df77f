"""Pushes in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.ports.pushes import PushRecord
from clew.testing.memory.kept import KeptInMemory


class MemoryPushes:
    """``Pushes`` in memory. Nothing is awaited within a call, so each is done at once."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def put_push(self, push: PushRecord, keep_max: int) -> None:
        self._kept.pushes[push.push_key] = push
        mine = [each for each in self._kept.pushes.values() if each.user_id == push.user_id]
        good = [each for each in mine if self._is_good(each, push.inserted_at)]
        good.sort(key=lambda each: (-each.inserted_at, each.push_key))
        for each in mine:
            if each not in good[:keep_max]:
                del self._kept.pushes[each.push_key]

    async def pushes_of(self, user_ids: Collection[UserId], now: Millis) -> Sequence[PushRecord]:
        found = [each for each in self._kept.pushes.values() if each.user_id in user_ids and self._is_good(each, now)]
        return sorted(found, key=lambda each: (each.inserted_at, each.push_key))

    async def drop_push(self, user_id: UserId, push_key: bytes, secret: bytes | None = None) -> bool:
        found = self._kept.pushes.get(push_key)
        if found is None or found.user_id != user_id or secret not in (None, found.secret):
            return False
        del self._kept.pushes[push_key]
        return True

    async def note_nudge(self, user_id: UserId, game_id: GameId, number: int, now: Millis) -> bool:
        del now  # nothing is kept so long here that it had to be forgotten
        if self._kept.nudges.get((user_id, game_id), -1) >= number:
            return False
        self._kept.nudges[user_id, game_id] = number
        return True

    def _is_good(self, push: PushRecord, now: Millis) -> bool:
        sign_in = self._kept.sign_ins.get(push.token_hash)
        return sign_in is not None and sign_in.user_id == push.user_id and sign_in.expires_at > now
