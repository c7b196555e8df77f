"""Users and sign-ins in memory."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import islice

from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.users import Forgotten, Idle, SignedIn
from clew.sessions.records import SignIn, UserRecord
from clew.stores.text import storable
from clew.testing.memory.kept import KeptInMemory


class MemoryUsers:
    """``Users`` in memory, beside the rows that say who is seated."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def add_user(self, user: UserRecord, sign_in: SignIn) -> None:
        self._kept.users[user.user_id] = replace(user, display_name=storable(user.display_name))
        self._kept.sign_ins[sign_in.token_hash] = sign_in

    async def user(self, user_id: UserId) -> UserRecord | None:
        return self._kept.users.get(user_id)

    async def remembered(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        return frozenset(user_id for user_id in user_ids if user_id in self._kept.users)

    async def signed_in(self, token_hash: bytes, now: Millis) -> SignedIn | None:
        sign_in = self._kept.sign_ins.get(token_hash)
        if sign_in is None or sign_in.expires_at <= now:
            return None
        user = self._kept.users.get(sign_in.user_id)
        return None if user is None else SignedIn(user, sign_in.expires_at)

    async def prolong(self, token_hash: bytes, expires_at: Millis, at_least_ms: int) -> None:
        sign_in = self._kept.sign_ins.get(token_hash)
        if sign_in is not None and sign_in.expires_at <= expires_at - at_least_ms:
            self._kept.sign_ins[token_hash] = replace(sign_in, expires_at=expires_at)

    async def add_sign_in(self, sign_in: SignIn) -> None:
        self._kept.sign_ins[sign_in.token_hash] = sign_in

    async def revoke(self, token_hash: bytes) -> None:
        self._kept.sign_ins.pop(token_hash, None)

    async def forget_idle(self, idle: Idle, after: UserId | None, limit: int) -> Forgotten:
        page = list(islice((user_id for user_id in sorted(self._kept.users) if user_id > (after or "")), limit))
        seated = {user_id for row in self._kept.rows.values() for user_id, _ in row.players.values()}
        stays = seated | self._kept.accounts.keys()
        dead = [
            sign_in
            for sign_in in self._kept.sign_ins.values()
            if sign_in.user_id in page and self._is_dead(sign_in, idle, stays=sign_in.user_id in stays)
        ]
        for sign_in in dead:
            del self._kept.sign_ins[sign_in.token_hash]
        dead_hashes = {sign_in.token_hash for sign_in in dead}
        self._kept.pushes = {key: push for key, push in self._kept.pushes.items() if push.token_hash not in dead_hashes}
        kept = stays | {sign_in.user_id for sign_in in self._kept.sign_ins.values()}
        gone = [user_id for user_id in page if user_id not in kept and self._is_old(user_id, idle)]
        for user_id in gone:
            del self._kept.users[user_id]
        return Forgotten(page[-1] if len(page) == limit > 0 else None, len(gone), len(dead))

    def _is_dead(self, sign_in: SignIn, idle: Idle, *, stays: bool) -> bool:
        if sign_in.expires_at <= idle.now:
            return True
        was_prolonged = self._kept.users[sign_in.user_id].inserted_at + idle.lasts_ms <= sign_in.expires_at
        is_unused = sign_in.expires_at <= idle.unused_since + idle.lasts_ms
        return is_unused and was_prolonged and not stays and self._is_old(sign_in.user_id, idle)

    def _is_old(self, user_id: UserId, idle: Idle) -> bool:
        return self._kept.users[user_id].inserted_at <= idle.unused_since
