"""Whole games as each release stored them: the bytes of every entry and snapshot, and the board after every entry.

Beside each stands its replay as that release told it, with the boards of its rounds: for the browser's own reading.

    python -m tests.golden.stored

writes the files of the present versions. Once a version is released its files are never written again: newer code has
to read them as they are (``test_stored.py``).
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

import msgspec

from clew.sessions.ids import GameId, Millis, Owner
from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import Answer, Entry, GameStatus, Receipt, Refused, Stored, StoredEntry
from clew.sessions.session.bodies import Position, read_entry, write_entry, write_snapshot
from clew.sessions.session.terms import Term
from clew.sessions.session.turn import Envelope, Turn
from clew.tables.lobby.commands import Cancel, ChangeLobby, Join, Leave, LobbyCommand, SendAway
from clew.tables.lobby.members import Member, seat_at
from minotaur.play.codec import EVENT_VERSION, STATE_VERSION, MatchCodec
from minotaur.play.match import GameStarted, Match, MatchCommand, MatchCreated, MatchEvent
from minotaur.play.replay import replay_of
from minotaur.play.wire_change import ChangeGame
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import RegisterPlan, Wait
from minotaur.rules.events import GameOver, RoundStarted
from minotaur.rules.names import PlayerId, player_id
from minotaur.rules.notation_board import format_board
from minotaur.rules.settings import Settings, classic, labyrinth
from tests.play.driving import MACHINE, START, Action, Table, user
from tests.play.record_game import board

NAMES: Final = ("labyrinth", "classic", "labyrinth-canceled")
FOLDER: Final = Path(__file__).parent / "stored"
CODEC: Final = MatchCodec()
MARK: Final = "golden"

_SETTINGS: Final[dict[str, tuple[Settings, int, BotKind]]] = {
    "labyrinth": (
        labyrinth(
            4,
            radius=3,
            health=15,
            minotaur_health=6,
            minotaur_damage=1,
            collapse_first=3,
            collapse_every=2,
            autopilot_after=2,
        ),
        39,
        "hunter",
    ),
    "classic": (classic(4, radius=3, rounds_max=12, autopilot_after=2), 5, "wanderer"),
}
_SCRIPT: Final[tuple[Action, ...]] = (
    ("plan", 0, (1, 2)),
    ("plan", 1, (3, 4)),
    ("ready", 0, ()),
    ("credit", 0, (5,)),
    ("end", 0, ()),
    ("agree", 0, (0,)),
    ("agree", 1, (0, 2)),
    ("agree", 2, (0,)),
    ("credit", 1, (5,)),
    ("agree", 0, (4,)),
    ("agree", 1, (4, 2)),
    ("agree", 0, (2, 2)),
    ("agree", 1, (2, 2)),
    ("plan", 2, (7, 7, 7)),
    ("end", 0, ()),
    ("plan", 0, (6, 5)),
    ("end", 0, ()),
    ("resign", 1, ()),
)
_LOBBY: Final[tuple[LobbyCommand, ...]] = (
    Leave(user(9)),
    Join(user(2), "Player 2"),
    Join(user(8), "Eve"),
    SendAway(user(1), seat_at(3)),
    Join(user(7), "Ian"),
    Leave(user(7)),
    ChangeLobby(user(1), bots_at={3: "wanderer", 4: "hunter"}),
    ChangeLobby(user(1), ChangeGame(bots=2, public=True), {3: None, 4: None}, seat_at(2)),
    ChangeLobby(user(2), host_id=seat_at(1)),
)
"""How those come together who play."""


class Game(msgspec.Struct, frozen=True, tag="game", tag_field="line"):
    """The first line."""

    name: str
    state_version: int
    event_version: int
    game_id: str
    join_code: str


class EntryLine(msgspec.Struct, frozen=True, tag="entry", tag_field="line"):
    """One entry as stored."""

    seq: int
    recorded_at: Millis
    body: str


class BoardLine(msgspec.Struct, frozen=True, tag="board", tag_field="line"):
    """The board after this entry, as the release that played it saw it."""

    seq: int
    board: str


class CommitLine(msgspec.Struct, frozen=True, tag="commit", tag_field="line"):
    """The entries up to here were committed; with a snapshot, where there is a ``state``."""

    seq: int
    game_status: GameStatus
    latest_round: int
    state: str | None


Line = Game | EntryLine | BoardLine | CommitLine


@dataclass
class Record:
    """A stored game in all its moments."""

    game: Game
    entries: list[EntryLine] = field(default_factory=list[EntryLine])
    boards: dict[int, str] = field(default_factory=dict[int, str])
    commits: list[CommitLine] = field(default_factory=list[CommitLine])

    def moments(self) -> Iterator[Stored]:
        """The row and its tail after each commit."""
        snapshot = self.commits[0]
        for commit in self.commits:
            if commit.state is not None:
                snapshot = commit
            yield self._stored(commit, snapshot)

    def journal(self) -> list[StoredEntry]:
        return [StoredEntry(line.seq, 1, line.recorded_at, line.body.encode()) for line in self.entries]

    def _stored(self, commit: CommitLine, snapshot: CommitLine) -> Stored:
        assert snapshot.state is not None, "a session is created with a snapshot"
        return Stored(
            game_id=GameId(self.game.game_id),
            kind=FIRST_KIND,
            join_code=self.game.join_code,
            game_status=commit.game_status,
            latest_round=commit.latest_round,
            state=snapshot.state.encode(),
            state_bytes=len(snapshot.state.encode()),
            state_version=self.game.state_version,
            seq=commit.seq,
            snapshot_seq=snapshot.seq,
            owner=Owner("golden.1"),
            epoch=1,
            wake_at=None,
            unowned_since=None,
            quarantine_reason=None,
            quarantined_from=None,
            inserted_at=START,
            updated_at=START,
            asleep=False,
            read_at=START,
            tail=tuple(self.journal()[snapshot.seq : commit.seq]),
        )


@dataclass
class StoredTable(Table):
    """A table whose game is written down as a session would."""

    at: Position[Match] | None = None
    lines: list[Line] = field(default_factory=list[Line])

    @classmethod
    def opened(cls, name: str) -> "StoredTable":
        """A lobby with its host, stored."""
        settings, seed, bot = _SETTINGS[name.partition("-")[0]]
        host = Member(seat_at(1), user(1), "Ada")
        created = MatchCreated(GameId(f"golden-{name}"), "GLD234", settings, seed, settings.seats - 1, bot, host)
        if name == "classic":
            zoe = Member(seat_at(4), user(9), "Zoe")
            created = msgspec.structs.replace(created, others=(zoe,), follows=GameId("golden-before"))
        match = MACHINE.evolve(None, created, 1)
        at = Position(match, 1, MACHINE.summary(match), {}, (Term(1, MARK),))
        table = cls(match, at=at)
        table.lines.append(Game(name, STATE_VERSION, EVENT_VERSION, created.game_id, created.join_code))
        first: Entry[MatchEvent] = Entry(1, START, created, term=MARK)
        table._write([first], [write_entry(CODEC, first)])
        table._write_commit(write_snapshot(CODEC, at).state)
        return table

    def do(self, command: MatchCommand, command_id: str | None = None, by: PlayerId | None = None) -> Answer | None:
        """As a session takes it: refusals are written down too."""
        assert self.at is not None
        turn: Turn[Match, MatchCommand, MatchEvent] = Turn(MACHINE, CODEC, self.at, self.now, MARK)
        receipt = None if command_id is None or by is None else Receipt(SeatId(by), command_id)
        turn.take([Envelope(command, receipt, _NOBODY, 0.0)])
        assert turn.crash is None, turn.crash
        snapshots = [line.seq for line in self.lines if isinstance(line, CommitLine) and line.state is not None]
        part = turn.part(GameId(turn.at.state.game_id), Owner("a.1"), 1, snapshots[-1], STATE_VERSION)
        self.at, self.match = turn.at, turn.at.state
        if turn.entries:
            self._write(turn.entries, turn.bodies)
            self._write_commit(None if part.snapshot is None else part.snapshot.state)
        ((_, answer),) = turn.replies
        return answer if isinstance(answer, Refused) else None

    def _write(self, entries: list[Entry[MatchEvent]], bodies: list[bytes]) -> None:
        self.journal += entries
        match: Match | None = None
        for entry, body in zip(entries, bodies, strict=True):
            self.lines.append(EntryLine(entry.seq, entry.recorded_at, body.decode()))
        for entry in self.journal:
            if entry.event is not None:
                match = MACHINE.evolve(match, entry.event, entry.seq)
            if match is not None and match.game is not None and entry.seq >= entries[0].seq:
                self.lines.append(BoardLine(entry.seq, format_board(match.game)))

    def _write_commit(self, state: bytes | None) -> None:
        assert self.at is not None
        summary, text = self.at.summary, None if state is None else state.decode()
        self.lines.append(CommitLine(self.at.seq, summary.game_status, summary.latest_round, text))


_NOBODY: Final = cast("asyncio.Future[Answer]", None)
"""Who waits for an answer here."""
_LINES: Final = msgspec.json.Decoder[Line](Line)


def played(name: str) -> list[Line]:
    """A game in which everything happens that can happen, short and violent; or one that is called off."""
    table = StoredTable.opened(name)
    if name.endswith("-canceled"):
        assert table.do(Cancel(user(1))) is None
        return table.lines
    for order in _LOBBY:
        assert table.do(order) is None
    table.start(humans=3)
    for action in _SCRIPT:
        if table.match.status == "active":
            table.act(action)
    refused = table.do(RegisterPlan(player_id(1), 77, (Wait(),)), "late", player_id(1))
    assert isinstance(refused, Refused)
    table.play_out()
    return table.lines


def read(path: Path) -> Record:
    """What ``main`` wrote."""
    lines: list[Line] = [_LINES.decode(line) for line in path.read_bytes().splitlines()]
    assert isinstance(lines[0], Game)
    record = Record(lines[0])
    for line in lines[1:]:
        match line:
            case EntryLine():
                record.entries.append(line)
            case BoardLine():
                record.boards[line.seq] = line.board
            case CommitLine():
                record.commits.append(line)
            case Game():
                raise AssertionError("one game a file")
    return record


def folder(state_version: int) -> Path:
    return FOLDER / f"state-{state_version}"


def told(journal: list[Entry[MatchEvent]]) -> dict[str, object]:
    """The replay of a concluded game, and its board at the start of each round and at the end."""
    boards: list[object] = []
    match: Match | None = None
    for entry in journal:
        if entry.event is not None:
            match = MACHINE.evolve(match, entry.event, entry.seq)
        if isinstance(entry.event, GameStarted | RoundStarted | GameOver) and match is not None:
            assert match.game is not None
            boards.append(board(match.game))
    return {"replay": msgspec.to_builtins(replay_of(journal)), "boards": boards}


def main() -> None:
    target = folder(STATE_VERSION)
    target.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        lines = played(name)
        (target / f"{name}.jsonl").write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        if not name.endswith("-canceled"):
            journal = [read_entry(CODEC, entry) for entry in read(target / f"{name}.jsonl").journal()]
            text = json.dumps(told(journal), separators=(",", ":")) + "\n"
            (target / f"{name}.replay.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
