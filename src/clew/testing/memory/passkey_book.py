"""Passkeys in memory."""

from __future__ import annotations

from dataclasses import replace

from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Newcomer, Revoking
from clew.sessions.ports.passkey_book import AnsweredChallenge, PasskeyAdding, PasskeyRecord, PasskeyRemoval
from clew.stores.text import storable
from clew.testing.memory.account_book import MemoryAccountBook
from clew.testing.memory.kept import KeptInMemory


class MemoryPasskeyBook:
    """``PasskeyBook`` in memory. Nothing is awaited that waits for anything, so each call is done at once."""

    def __init__(self, kept: KeptInMemory, accounts: MemoryAccountBook) -> None:
        self._kept = kept
        self._accounts = accounts

    async def passkey(self, credential_id: bytes) -> PasskeyRecord | None:
        return self._kept.passkeys.get(credential_id)

    async def passkeys_of(self, user_id: UserId) -> tuple[PasskeyRecord, ...]:
        mine = [each for each in self._kept.passkeys.values() if each.user_id == user_id]
        return tuple(sorted(mine, key=lambda each: (each.inserted_at, each.credential_id)))

    async def open_account(
        self, account: AccountRecord, newcomer: Newcomer | None, passkey: PasskeyRecord
    ) -> AccountOpening | None:
        if passkey.credential_id in self._kept.passkeys:
            return None
        opened = await self._accounts.open_account(account, newcomer)
        if opened is AccountOpening.OPENED:
            self._put(passkey)
        return opened

    async def add(self, account: AccountRecord, passkey: PasskeyRecord, keep_max: int) -> PasskeyAdding:
        if not self._is_of_version(account):
            return PasskeyAdding.OUTDATED
        if passkey.credential_id in self._kept.passkeys:
            return PasskeyAdding.TAKEN
        if len(await self.passkeys_of(account.user_id)) >= keep_max:
            return PasskeyAdding.TOO_MANY
        self._put(passkey)
        self._raise_version(account)
        return PasskeyAdding.ADDED

    async def remove(self, account: AccountRecord, credential_id: bytes, revoking: Revoking) -> PasskeyRemoval:
        if not self._is_of_version(account):
            return PasskeyRemoval.OUTDATED
        mine = [each.credential_id for each in await self.passkeys_of(account.user_id)]
        if credential_id not in mine:
            return PasskeyRemoval.NONE_SUCH
        if not account.password_hash and len(mine) == 1:
            return PasskeyRemoval.LAST
        del self._kept.passkeys[credential_id]
        self._raise_version(account)
        self._kept.revoke(account.user_id, revoking.but)
        return PasskeyRemoval.REMOVED

    async def rename(self, user_id: UserId, credential_id: bytes, name: str) -> PasskeyRecord | None:
        found = self._kept.passkeys.get(credential_id)
        if found is None or found.user_id != user_id:
            return None
        self._put(replace(found, name=name))
        return self._kept.passkeys[credential_id]

    async def answer(self, answered: AnsweredChallenge) -> bool:
        self._kept.answered = {each: at for each, at in self._kept.answered.items() if at >= answered.at}
        if answered.challenge in self._kept.answered:
            return False
        self._kept.answered[answered.challenge] = answered.expires_at
        return True

    async def use(self, before: PasskeyRecord, sign_count: int, answered: AnsweredChallenge) -> bool:
        found = self._kept.passkeys.get(before.credential_id)
        if found is None or (found.user_id, found.sign_count) != (before.user_id, before.sign_count):
            return False
        if not await self.answer(answered):
            return False
        self._put(replace(found, sign_count=sign_count, used_at=answered.at))
        return True

    def _put(self, passkey: PasskeyRecord) -> None:
        self._kept.passkeys[passkey.credential_id] = replace(passkey, name=storable(passkey.name))

    def _is_of_version(self, account: AccountRecord) -> bool:
        found = self._kept.accounts.get(account.user_id)
        return found is not None and found.version == account.version

    def _raise_version(self, account: AccountRecord) -> None:
        found = self._kept.accounts[account.user_id]
        self._kept.accounts[account.user_id] = replace(found, version=found.version + 1)
