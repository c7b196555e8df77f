"""What the parts of one store in memory share: all that is kept in it."""

from __future__ import annotations

from clew.sessions.history_records import Setback
from clew.sessions.ids import GameId, Kind, Owner, UserId
from clew.sessions.ports.account_book import AccountRecord
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.passkey_book import PasskeyRecord
from clew.sessions.ports.pushes import PushRecord
from clew.sessions.records import OPEN, SignIn, Stored, UserRecord
from clew.sessions.result_records import KeptResult
from clew.stores.store_clock import StoreClock
from clew.testing.memory.lives import LifeRecord
from clew.testing.memory.reading import with_tail
from clew.testing.memory.rows import Row
from clew.testing.memory.sums import Sums


class KeptInMemory:
    """Public to its last row: a test may spoil what it likes, as a disk does."""

    def __init__(self, clock: Clock) -> None:
        self.clock = StoreClock(clock)
        self.rows: dict[GameId, Row] = {}
        self.lives: dict[Owner, LifeRecord] = {}
        self.setbacks: list[Setback] = []
        self.users: dict[UserId, UserRecord] = {}
        self.sign_ins: dict[bytes, SignIn] = {}
        self.accounts: dict[UserId, AccountRecord] = {}
        self.passkeys: dict[bytes, PasskeyRecord] = {}
        self.answered: dict[bytes, int] = {}
        self.reckoned: dict[GameId, list[KeptResult]] = {}
        self.sums: dict[tuple[Kind, UserId, str], Sums] = {}
        self.pushes: dict[bytes, PushRecord] = {}
        self.nudges: dict[tuple[UserId, GameId], int] = {}
        self.forgotten_incarnation = 0
        """The highest of all lives that were struck off the record."""

    def held(self, owner: Owner) -> list[Row]:
        """The open sessions this life holds, asleep or not."""
        return [row for row in self.rows.values() if row.stored.owner == owner and row.stored.game_status in OPEN]

    def life(self, owner: Owner | None) -> LifeRecord | None:
        return None if owner is None else self.lives.get(owner)

    def is_alive(self, owner: Owner | None) -> bool:
        life = self.life(owner)
        return life is not None and life.alive(self.clock.now())

    def clock_ahead_ms(self, row: Row) -> int | None:
        """What the clock of whoever wrote last is ahead by, for the next owner."""
        if row.stored.clock_offset_ms is not None:
            return row.stored.clock_offset_ms
        life = self.life(row.stored.owner)
        return None if life is None else life.beat.clock_offset_ms

    def read(self, row: Row) -> Stored:
        """The session as it is read now, with its tail."""
        return with_tail(row, self.clock.now())

    def revoke(self, user_id: UserId, but: bytes | None = None) -> None:
        """A user's ways in, but for the one named."""
        for sign_in in list(self.sign_ins.values()):
            if sign_in.user_id == user_id and sign_in.token_hash != but:
                del self.sign_ins[sign_in.token_hash]

    def forget_passkeys(self, user_id: UserId) -> None:
        """Of a user who goes, or begins anew."""
        self.passkeys = {at: each for at, each in self.passkeys.items() if each.user_id != user_id}

    def forget_pushes(self, user_id: UserId) -> None:
        """Of a user who goes."""
        self.pushes = {key: push for key, push in self.pushes.items() if push.user_id != user_id}
        self.nudges = {told: number for told, number in self.nudges.items() if told[0] != user_id}

    def forget_results(self, user_id: UserId) -> None:
        """Of a user who goes."""
        for game_id, results in self.reckoned.items():
            self.reckoned[game_id] = [result for result in results if result.user_id != user_id]
        for kind, user, month in list(self.sums):
            if user == user_id:
                del self.sums[kind, user, month]
