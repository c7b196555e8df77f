"""A stored session tried out by this release: would it go on here? All of it happens in memory.

An open one is read as a node reads it and plays a round, by the very turns of a real session; what that writes is read
back as the next node would. A closed one is read, and one that was played is told in full.
"""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from msgspec.structs import replace as altered

from clew.operators.ports import AnyOperatedGame, Asked
from clew.sessions.bounds import COMMAND_ID_CHARS_MAX
from clew.sessions.faults import TooNew, Unreadable, in_short
from clew.sessions.flaws import Flaw
from clew.sessions.ids import GameId, Millis, Owner
from clew.sessions.ports.game import Codec
from clew.sessions.records import (
    Entry,
    Part,
    Receipt,
    Refused,
    Stored,
    StoredEntry,
    StoredStatus,
)
from clew.sessions.session.bodies import Position, read_entry, read_session, write_snapshot
from clew.sessions.session.turn import Turn
from clew.sessions.time.unserved import Credit

Verdict: TypeAlias = Literal["fine", "failing", "unreadable", "newer"]
"""``failing``: it can be read, but does not go on, or can't be told; ``newer``: left for nodes of a newer release."""

GAP_MS: Final = 1_000
"""Credited to the clocks, as after a time in which nobody ran the session."""
COMMAND_ID: Final = "rehearsal".ljust(COMMAND_ID_CHARS_MAX + 1, ".")
"""Longer than any that a player may send, so that no session knows it."""
NOBODY: Final = Owner("rehearsal.0")
MARK: Final = "rehearsal"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one session; ``reason`` is one bounded line where it is not fine."""

    game_id: GameId
    join_code: str
    game_status: StoredStatus
    state_version: int
    verdict: Verdict
    reason: str | None = None


def rehearse(game: AnyOperatedGame, stored: Stored, journal: Sequence[StoredEntry] | Unreadable = ()) -> Finding:
    """Try out one session; of a concluded one with its whole journal, or why the store can't read that.

    Whatever goes wrong with it is in the finding.
    """

    def found(verdict: Verdict, reason: str | None = None) -> Finding:
        return Finding(stored.game_id, stored.join_code, stored.game_status, stored.state_version, verdict, reason)

    try:
        if stored.state_version > game.codec.state_version:
            raise TooNew("state", stored.state_version, game.codec.state_version)  # noqa: TRY301 - no node claims it
        at = read_session(game.machine, game.codec, stored)
        entries = _read_journal(stored, journal, game.codec)
    except TooNew as newer:
        return found("newer", str(newer))
    except Exception as wrong:  # noqa: BLE001 - the session's edge
        return found("unreadable", str(wrong) if isinstance(wrong, Unreadable) else _where_raised(wrong))
    try:
        match stored.game_status:
            case "lobby" | "active":
                _go_on(game, stored, at)
            case "concluded":
                game.replay(entries)
            case _:
                pass
    except Exception as wrong:  # noqa: BLE001 - the session's edge
        return found("failing", _where_raised(wrong))
    return found("fine")


def _where_raised(wrong: Exception) -> str:
    """The error and where it was raised: an assertion often has no words of its own."""
    frame = traceback.extract_tb(wrong.__traceback__)[-1]
    return f"{in_short(wrong)} ({Path(frame.filename).name}:{frame.lineno})"


def _read_journal(
    stored: Stored, journal: Sequence[StoredEntry] | Unreadable, codec: Codec[Any, Any]
) -> list[Entry[Any]]:
    if stored.game_status != "concluded":
        return []
    if isinstance(journal, Unreadable):
        raise journal
    entries = [read_entry(codec, entry) for entry in journal]
    if [entry.seq for entry in entries] != list(range(1, stored.seq + 1)):
        raise Unreadable(Flaw.JOURNAL, f"it has {len(entries)} entries, not 1 to {stored.seq}")
    return entries


def _go_on(game: AnyOperatedGame, stored: Stored, at: Position[Any]) -> None:
    """Take the session up, and play until a round has ended by its deadline."""
    trial = _Trial(game, stored, at)
    in_lobby = game.machine.summary(at.state).game_status == "lobby"
    if in_lobby:
        trial.open_to_bots()
    turn = trial.turn(stored.read_at)
    turn.credit([Credit(GAP_MS, "restart")])
    if in_lobby:
        _ask(turn, game.start(trial.at.state))
        trial.commit(turn)
        turn = trial.turn(stored.read_at)
    for asked in game.plans(turn.at.state):
        _ask(turn, asked)
    trial.commit(turn)
    due = game.machine.deadline(trial.at.state)
    assert due is not None, "an active game has a round"
    turn = trial.turn(max(due[0], stored.read_at))
    turn.deadline()
    trial.commit(turn)
    assert not turn.deadline_refused and turn.entries, "the round did not end by its deadline"
    game.shown(trial.at.state)


def _ask(turn: Turn[Any, Any, Any], asked: Asked) -> None:
    answer = turn.decide(asked.command, Receipt(asked.seat, COMMAND_ID))
    if isinstance(answer, Refused):
        raise _RefusedLegal(f"{answer.code}: {answer.message}")


class _RefusedLegal(Exception):
    """A command that should hold was refused."""


class _Lossy(Exception):
    """What was written is not what is read."""


class _Trial:
    """A session that goes on as in a store, which forgets nothing and is looked at again after every commit."""

    def __init__(self, game: AnyOperatedGame, stored: Stored, at: Position[Any]) -> None:
        self.at = at
        self._stored = stored
        self._game = game

    def open_to_bots(self) -> None:
        """Let bots take all empty seats of a lobby, however few its host allowed."""
        self.at = altered(self.at, state=self._game.open_to_bots(self.at.state))
        snapshot = write_snapshot(self._game.codec, self.at)
        self._stored = replace(
            self._stored,
            state=snapshot.state,
            state_bytes=len(snapshot.state),
            state_version=snapshot.state_version,
            snapshot_seq=self._stored.seq,
            tail=(),
        )
        self._look_again()

    def turn(self, now: Millis) -> Turn[Any, Any, Any]:
        return Turn(self._game.machine, self._game.codec, self.at, now, MARK)

    def commit(self, turn: Turn[Any, Any, Any]) -> None:
        """Keep what the turn did, and read it back. Raises what the turn crashed on, ``_Lossy``, ``Unreadable``."""
        if turn.crash is not None:
            raise turn.crash[1]
        kept = self._stored
        part = turn.part(kept.game_id, NOBODY, kept.epoch, kept.snapshot_seq, kept.state_version)
        written = _numbered(part)
        self._stored = _with_part(kept, part, written)
        self.at = turn.at
        if [read_entry(self._game.codec, entry) for entry in written] != turn.entries:
            raise _Lossy("an event is not read back as it was written")
        self._look_again()

    def _look_again(self) -> None:
        again = read_session(self._game.machine, self._game.codec, self._stored)
        if again.state != self.at.state:
            raise _Lossy("the state is not read back as it was written")
        if again != self.at:
            raise _Lossy("the answers or the listing are not read back as they were written")


def _numbered(part: Part) -> list[StoredEntry]:
    return [
        StoredEntry(seq, part.epoch, part.recorded_at, body)
        for seq, body in enumerate(part.entries, part.after_seq + 1)
    ]


def _with_part(stored: Stored, part: Part, written: Sequence[StoredEntry]) -> Stored:
    """The row and its tail after this part was committed."""
    if part.snapshot is None:
        return replace(stored, seq=part.last_seq, tail=(*stored.tail, *written))
    return replace(
        stored,
        game_status=part.snapshot.summary.game_status,
        latest_round=part.snapshot.summary.latest_round,
        state=part.snapshot.state,
        state_bytes=len(part.snapshot.state),
        state_version=part.snapshot.state_version,
        seq=part.last_seq,
        snapshot_seq=part.last_seq,
        tail=(),
    )
