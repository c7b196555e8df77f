"""The file that games and users move in: lines of JSON, a header first, and an end that says what must have come.

States and events travel as text within them, so that each arrives byte for byte.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, Final, TypeAlias, TypeVar

import msgspec

from clew.sessions.ids import Millis
from clew.sessions.kinds import FIRST_KIND

T = TypeVar("T")

FORMAT: Final = 2
READ: Final = (1, 2)
"""What is written, and what is read. In format 1 nothing is ``raw``."""
LINE_BYTES_MAX: Final = 512 * 1024 * 1024
"""A longer line is never written, and none of ours: the file is refused. 50 MB of nonsense fit, whatever they are."""


_MADE_BY: Final = re.compile(r"[a-z][a-z0-9-]*-export")
"""What the first line says that it is."""


class BadExport(Exception):
    """The file is no export, is of a newer format, was changed, or ends too early: nothing was imported.

    Or what it would have to hold, or the database to take, is nothing that either can.
    """


class Header(msgspec.Struct, frozen=True):
    """Whose it is (``clew-export``) and when it was made, by the clock of who made it: since then nobody runs these
    games. Whose matters to nobody who reads it, for each row says which game it is of.

    ``only``: the one game that is in it, as it is stored, for who looks into what is wrong with it. Its journal may
    have gaps.
    """

    type: str
    format: int
    exported_at: Millis
    only: str | None = None


class UserLine(msgspec.Struct, frozen=True, tag="user"):
    """A row of ``users``."""

    user_id: str
    display_name: str
    inserted_at: Millis


class SignInLine(msgspec.Struct, frozen=True, tag="sign_in"):
    """A row of ``sign_ins``."""

    token_hash: bytes
    user_id: str
    expires_at: Millis


class AccountLine(msgspec.Struct, frozen=True, tag="account"):
    """A row of ``accounts``; its user came before. A release before 0.3.0 refuses a file that has one."""

    user_id: str
    username: str
    name_key: str
    password_hash: str
    recovery_hash: bytes
    email: str | None
    inserted_at: Millis
    version: int


class PasskeyLine(msgspec.Struct, frozen=True, tag="passkey"):
    """A row of ``passkeys``; its account came before."""

    credential_id: bytes
    user_id: str
    name: str
    public_key: bytes
    sign_count: int
    inserted_at: Millis
    used_at: Millis | None


class SessionLine(msgspec.Struct, frozen=True, tag="session", omit_defaults=True):
    """A row of ``game_session_summaries``, but for who held it. ``unowned_since`` is set where it is open.

    Release 0.2.0 reads it too: of another kind than its own it has a state version that keeps it waiting there.

    ``raw``: the state's bytes where they are no text; ``game_state`` is empty then.
    """

    id: int
    game_id: str
    join_code: str
    game_status: str
    latest_round: int
    state_version: int
    seq: int
    snapshot_seq: int
    epoch: int
    wake_at: Millis | None
    unowned_since: Millis | None
    quarantine_reason: str | None
    quarantined_from: str | None
    inserted_at: Millis
    updated_at: Millis
    game_state: str
    raw: bytes | None = None
    kind: str = FIRST_KIND
    follows: str | None = None
    public: bool = False


class PlayerLine(msgspec.Struct, frozen=True, tag="player"):
    """A row of ``player_game_session_summaries``; its session came before."""

    id: int
    game_session_id: int
    user_id: str | None
    player_id: str
    player_status: str
    inserted_at: Millis
    updated_at: Millis


class EntryLine(msgspec.Struct, frozen=True, tag="entry", omit_defaults=True):
    """A row of ``game_events``. ``raw``: the event's bytes where they are no text; ``event`` is empty then."""

    game_id: str
    seq: int
    epoch: int
    recorded_at: Millis
    event: str
    raw: bytes | None = None


class RecordLine(msgspec.Struct, frozen=True, tag="record"):
    """A row of ``game_archives`` that can't be read as the entries it stands for, as it is; others travel as these."""

    game_id: str
    entries: int
    format: int
    compacted_at: Millis
    body: bytes


RowLine: TypeAlias = (
    UserLine | SignInLine | AccountLine | PasskeyLine | SessionLine | PlayerLine | EntryLine | RecordLine
)


class MovedCounts(msgspec.Struct, frozen=True):
    """How much went from one place to the other."""

    users: int = 0
    sign_ins: int = 0
    sessions: int = 0
    players: int = 0
    entries: int = 0
    records: int = 0
    """Journals that can't be read, taken as they are."""
    accounts: int = 0
    passkeys: int = 0


class End(msgspec.Struct, frozen=True, tag="end"):
    """The last line: what came before it, counted and digested."""

    moved: MovedCounts
    sha256: str


_Line: TypeAlias = RowLine | End


class ExportWriter:
    """Writes a header at once, then rows, then with ``end`` what says that it is whole."""

    def __init__(self, file: BinaryIO, program: str, exported_at: Millis, only: str | None = None) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._counts = Counter[type[RowLine]]()
        self._write(Header(f"{program}-export", FORMAT, exported_at, only))

    def row(self, line: RowLine) -> None:
        self._counts[type(line)] += 1
        self._write(line)

    def end(self) -> MovedCounts:
        moved = _moved(self._counts)
        self._write(End(moved, self._digest.hexdigest()))
        return moved

    def _write(self, line: Header | _Line) -> None:
        written = msgspec.json.encode(line) + b"\n"
        if len(written) > LINE_BYTES_MAX:
            raise BadExport(f"a row of {len(written)} bytes does not fit an export, whose lines have {LINE_BYTES_MAX}")
        self._digest.update(written)
        self._file.write(written)


class ExportReader:
    """Reads what ``ExportWriter`` wrote, with each game's journal whole. Raises ``BadExport`` for anything else.

    What is missing or was changed may show only after the last row.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._counts = Counter[type[RowLine]]()
        self._number = 0
        self._journals: dict[str, tuple[int, int]] = {}
        """Of each game, the number that its row says and the last that came."""
        first = self._read(_HEADER)
        if not _MADE_BY.fullmatch(first.type):
            raise BadExport("this is no export of games: its first line says nothing of the kind")
        if first.format not in READ:
            raise BadExport(
                f"the export is of format {first.format}; this release reads {' and '.join(map(str, READ))}"
            )
        self.exported_at = first.exported_at
        self._only = first.only

    def rows(self) -> Iterator[RowLine]:
        """All rows, in their order."""
        while True:
            digest = self._digest.hexdigest()
            match self._read(_LINE):
                case End(moved, sha256):
                    if moved != self.moved or sha256 != digest:
                        raise BadExport("the export was changed: what it counts and digests is not what it holds")
                    if self._file.read(1):
                        raise BadExport("the export goes on after its end")
                    if self._only is None:
                        self._refuse_gaps()
                    return
                case row:
                    self._counts[type(row)] += 1
                    if self._only is None:
                        self._follow(row)
                    yield row

    @property
    def moved(self) -> MovedCounts:
        """What was read so far."""
        return _moved(self._counts)

    def _follow(self, row: RowLine) -> None:
        if isinstance(row, SessionLine):
            self._journals[row.game_id] = (row.seq, 0)
        elif isinstance(row, EntryLine):
            seq, last = self._journals.get(row.game_id, (0, 0))
            if row.seq != last + 1:
                raise BadExport(f"line {self._number}: entry {row.seq} of game {row.game_id} does not follow {last}")
            self._journals[row.game_id] = (seq, row.seq)
        elif isinstance(row, RecordLine):
            seq, last = self._journals.get(row.game_id, (0, 0))
            if last:
                raise BadExport(f"line {self._number}: a record of game {row.game_id} after its entry {last}")
            self._journals[row.game_id] = (seq, seq)  # what is in it nobody can tell

    def _refuse_gaps(self) -> None:
        for game_id, (seq, last) in self._journals.items():
            if seq != last:
                raise BadExport(f"the journal of game {game_id} ends at {last}, its row says {seq}")

    def _read(self, decoder: msgspec.json.Decoder[T]) -> T:
        line = self._file.readline(LINE_BYTES_MAX)
        self._number += 1
        if not line.endswith(b"\n"):
            raise BadExport("the export ends before its end: it is not whole" if self._number > 1 else "no export")
        self._digest.update(line)
        try:
            return decoder.decode(line)
        except msgspec.MsgspecError as error:
            raise BadExport(f"line {self._number}: {error}") from error


_HEADER: Final[msgspec.json.Decoder[Header]] = msgspec.json.Decoder(Header)
_LINE: Final[msgspec.json.Decoder[_Line]] = msgspec.json.Decoder(_Line)


def _moved(counts: Counter[type[RowLine]]) -> MovedCounts:
    return MovedCounts(
        users=counts[UserLine],
        sign_ins=counts[SignInLine],
        sessions=counts[SessionLine],
        players=counts[PlayerLine],
        entries=counts[EntryLine],
        records=counts[RecordLine],
        accounts=counts[AccountLine],
        passkeys=counts[PasskeyLine],
    )
