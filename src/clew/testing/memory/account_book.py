"""Accounts in memory."""

from __future__ import annotations

from dataclasses import replace

from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Change, Newcomer, Revoking
from clew.sessions.records import SignIn
from clew.stores.text import storable
from clew.testing.memory.kept import KeptInMemory


class MemoryAccountBook:
    """``AccountBook`` in memory. Nothing is awaited within a call, so each is done at once."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def open_account(self, account: AccountRecord, newcomer: Newcomer | None) -> AccountOpening:
        if account.user_id in self._kept.accounts:
            return AccountOpening.HAS_ONE
        if self._is_taken(account):
            return AccountOpening.NAME_TAKEN
        if newcomer is not None:
            user = replace(newcomer.user, display_name=storable(newcomer.user.display_name))
            self._kept.users[account.user_id] = user
            self._kept.sign_ins[newcomer.sign_in.token_hash] = newcomer.sign_in
        elif account.user_id not in self._kept.users:
            return AccountOpening.NOBODY
        self._kept.accounts[account.user_id] = _kept(account)
        return AccountOpening.OPENED

    async def account_named(self, name_key: str) -> AccountRecord | None:
        return next((account for account in self._kept.accounts.values() if account.name_key == name_key), None)

    async def account_of(self, user_id: UserId) -> AccountRecord | None:
        return self._kept.accounts.get(user_id)

    async def log_in(self, account: AccountRecord, sign_in: SignIn, keep_max: int) -> bool:
        if not self._is_of_version(account):
            return False
        mine = [each for each in self._kept.sign_ins.values() if each.user_id == account.user_id]
        mine.sort(key=lambda each: (-each.expires_at, each.token_hash))
        for each in mine[keep_max - 1 :]:
            del self._kept.sign_ins[each.token_hash]
        self._kept.sign_ins[sign_in.token_hash] = sign_in
        return True

    async def change(
        self,
        before: AccountRecord,
        after: AccountRecord,
        revoking: Revoking | None = None,
        sign_in: SignIn | None = None,
    ) -> Change:
        if not self._is_of_version(before):
            return Change.OUTDATED
        if self._is_taken(after):
            return Change.NAME_TAKEN
        changed = replace(after, inserted_at=before.inserted_at, version=before.version + 1)
        self._kept.accounts[before.user_id] = _kept(changed)
        if revoking is not None:
            self._kept.revoke(before.user_id, revoking.but)
            if revoking.passkeys:
                self._kept.forget_passkeys(before.user_id)
        if sign_in is not None:
            self._kept.sign_ins[sign_in.token_hash] = sign_in
        return Change.CHANGED

    async def rename(self, user_id: UserId, display_name: str) -> bool:
        user = self._kept.users.get(user_id)
        if user is not None:
            self._kept.users[user_id] = replace(user, display_name=storable(display_name))
        return user is not None

    async def revoke_all(self, user_id: UserId) -> None:
        self._kept.revoke(user_id)

    async def delete_user(self, user_id: UserId, account: AccountRecord | None) -> bool:
        found = self._kept.accounts.get(user_id)
        if (None if found is None else found.version) != (None if account is None else account.version):
            return False
        self._kept.accounts.pop(user_id, None)
        self._kept.forget_passkeys(user_id)
        self._kept.forget_results(user_id)
        self._kept.forget_pushes(user_id)
        self._kept.revoke(user_id)
        return self._kept.users.pop(user_id, None) is not None

    def _is_taken(self, account: AccountRecord) -> bool:
        return any(
            other.name_key == account.name_key and other.user_id != account.user_id
            for other in self._kept.accounts.values()
        )

    def _is_of_version(self, account: AccountRecord) -> bool:
        found = self._kept.accounts.get(account.user_id)
        return found is not None and found.version == account.version


def _kept(account: AccountRecord) -> AccountRecord:
    return replace(account, email=None if account.email is None else storable(account.email))
