"""What any release stored, this one reads, plays on and shows as it was."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import cast, get_args

import msgspec
import pytest

from clew.sessions.ids import GameId, Millis, Owner, UserId
from clew.sessions.records import OPEN, Accepted, Entry, Stored
from clew.sessions.session.bodies import Position, read_entry, read_session
from clew.sessions.session.turn import Turn
from clew.tables.lobby.commands import Start
from minotaur.play.codec import EVENT_VERSION, STATE_VERSION, MatchCodec
from minotaur.play.match import Match, MatchCommand, MatchEvent
from minotaur.play.replay import replay_of
from minotaur.rules.events import Event
from minotaur.rules.notation_board import format_board
from tests.architecture.tree import ROOT
from tests.golden import fingerprint, stored
from tests.golden.stored import Record
from tests.kit.releases import released
from tests.play.driving import MACHINE

CODEC = MatchCodec()
PATHS = [path for version in range(1, STATE_VERSION + 1) for path in sorted(stored.folder(version).glob("*.jsonl"))]
PLAYED = [path for path in PATHS if path.with_suffix(".replay.json").exists()]

WHAT_TO_DO = """
The types that {what}s are stored with have changed, so bytes that are stored already may not be read any more.
 1. raise {WHAT}_VERSION in play/codec.py (and STATE_VERSION with it: a row's version speaks for its journal too);
 2. add the step from the version before to play/upcasting: old bytes in, new bytes out, nothing else looked at;
 3. python -m tests.golden.stored && python -m tests.golden.fingerprint, and commit the new files beside the old ones.
If this version was never released, only do 3; so too, and say why, if nothing that is stored means anything else now.
"""


def each_file(paths: list[Path] = PATHS) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: f"{path.parent.name}-{path.stem}")


def moments(record: Record) -> Iterator[tuple[Stored, Position[Match]]]:
    for moment in record.moments():
        yield moment, read_session(MACHINE, CODEC, moment)


@pytest.mark.parametrize(
    ("what", "version", "now"),
    [("state", STATE_VERSION, fingerprint.of_states()), ("event", EVENT_VERSION, fingerprint.of_events())],
)
def test_stored_types_change_with_a_new_version_only(what: str, version: int, now: str) -> None:
    before = fingerprint.known()[what].get(str(version))

    assert before == now, WHAT_TO_DO.format(what=what, WHAT=what.upper())


def test_every_version_has_its_files_with_every_kind_of_moment() -> None:
    for version in range(1, STATE_VERSION + 1):
        assert {path.stem for path in stored.folder(version).glob("*.jsonl")} >= set(stored.NAMES)
        assert {path.name for path in stored.folder(version).glob("*.json")} == {
            "labyrinth.replay.json",
            "classic.replay.json",
        }
    for version in range(1, STATE_VERSION + 1):
        for name in ("labyrinth", "classic"):
            record = stored.read(stored.folder(version) / f"{name}.jsonl")
            assert {commit.game_status for commit in record.commits} == {"lobby", "active", "concluded"}
            assert record.game.state_version == version


def test_the_files_of_a_released_version_are_never_written_again() -> None:
    releases = released((ROOT / "CHANGELOG.md").read_text())
    assert releases

    for version, commit in releases:
        kept = git("ls-tree", "-r", "--name-only", commit, "tests/golden/stored").decode().split()
        assert kept
        for name in kept:
            if name.endswith(".jsonl"):
                assert (ROOT / name).read_bytes() == git("show", f"{commit}:{name}"), f"{name} is in release {version}"


def git(*arguments: str) -> bytes:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, check=False)
    assert done.returncode == 0, f"{done.stderr.decode()}: is this a whole clone? `git fetch --unshallow` makes it one"
    return done.stdout


def test_the_newest_files_hold_every_event_there_is() -> None:
    events = [entry.event for path in stored.folder(STATE_VERSION).glob("*.jsonl") for entry in read_journal(path)]

    assert {type(event) for event in events} >= {*get_args(Event), *get_args(MatchEvent)} - {None}


@each_file(sorted(stored.folder(STATE_VERSION).glob("*.jsonl")))
def test_the_newest_files_are_what_is_written_today(path: Path) -> None:
    lines = stored.played(path.stem)

    assert path.read_bytes() == b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


@each_file()
def test_every_moment_of_a_stored_game_is_read(path: Path) -> None:
    record = stored.read(path)

    for moment, at in moments(record):
        assert (at.summary.game_status, at.summary.latest_round) == (moment.game_status, moment.latest_round)
        assert (at.seq, at.state.game_id) == (moment.seq, record.game.game_id)
        assert CODEC.decode_state(CODEC.encode_state(at.state), STATE_VERSION) == at.state
        if at.state.game is not None:
            assert format_board(at.state.game) == record.boards[at.seq]


@each_file()
def test_every_open_moment_is_played_on_to_the_end_and_the_whole_game_can_be_told(path: Path) -> None:
    record = stored.read(path)

    for moment, at in moments(record):
        if moment.game_status not in OPEN or path.stem.endswith("canceled"):
            continue
        journal = [read_entry(CODEC, entry) for entry in record.journal()[: moment.seq]]
        end = play_on(at, journal)
        assert end.summary.game_status == "concluded"
        assert [entry.seq for entry in journal] == list(range(1, end.seq + 1))
        replay = replay_of(journal)
        told = [entry.seq for entry in journal if entry.event is not None or entry.refusal is not None]
        assert [event.seq for event in replay.events] == told


@each_file()
def test_the_past_is_told_as_it_was_recorded_board_by_board(path: Path) -> None:
    record = stored.read(path)
    journal = read_journal(path)

    boards = dict[int, str]()
    match: Match | None = None
    for entry in journal:
        if entry.event is not None:
            match = MACHINE.evolve(match, entry.event, entry.seq)
        if match is not None and match.game is not None:
            boards[entry.seq] = format_board(match.game)

    assert boards == record.boards
    if boards:
        assert replay_of(journal).initial.notation == boards[min(boards)]


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_replay_is_told_as_the_release_told_it_that_played_the_game(path: Path) -> None:
    before = json.loads(path.with_suffix(".replay.json").read_text())

    now = msgspec.to_builtins(stored.told(read_journal(path)), str_keys=True)

    assert known_before(now, before) == before


def test_nothing_of_the_past_is_decided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def decide_again(*_: object) -> None:
        raise AssertionError("a replay decides nothing")

    for place in ("play.machine.decide", "rules.decide.resolve_round", "rules.decide.end_if_last"):
        monkeypatch.setattr(f"minotaur.{place}", decide_again)

    for path in PLAYED:
        assert stored.told(read_journal(path))["boards"]


def known_before(now: object, before: object) -> object:
    """What is told now, without what has been added since. The notation may have grown words."""
    if isinstance(now, dict) and isinstance(before, dict):
        told, old = cast("dict[str, object]", now), cast("dict[str, object]", before)
        return {key: _as_before(key, told[key], value) for key, value in old.items() if key in told}
    if isinstance(now, list | tuple) and isinstance(before, list):
        pairs = zip(cast("list[object]", now), cast("list[object]", before), strict=True)
        return [known_before(*pair) for pair in pairs]
    return cast("object", now)


def _as_before(key: str, now: object, before: object) -> object:
    grown = key == "notation" and str(now).startswith(str(before))
    return before if grown else known_before(now, before)


def read_journal(path: Path) -> list[Entry[MatchEvent]]:
    return [read_entry(CODEC, entry) for entry in stored.read(path).journal()]


def play_on(at: Position[Match], journal: list[Entry[MatchEvent]]) -> Position[Match]:
    """Begin if it has not begun, then let every deadline pass; what happens is added to the journal."""
    now: Millis = journal[-1].recorded_at
    if at.state.status == "lobby":
        begun = MACHINE.decide(at.state, Start(UserId(at.state.host.user_id or "")), now)
        assert isinstance(begun, Accepted)
        state = at.state
        for seq, event in enumerate(begun.events, at.seq + 1):
            state = MACHINE.evolve(state, event, seq)
            journal.append(Entry(seq, now, event))
        at = Position(state, at.seq + len(begun.events), MACHINE.summary(state), at.answers)
    while (due := MACHINE.deadline(at.state)) is not None:
        turn: Turn[Match, MatchCommand, MatchEvent] = Turn(MACHINE, CODEC, at, due[0], "next")
        turn.deadline()
        assert turn.crash is None, turn.crash
        assert turn.part(GameId(at.state.game_id), Owner("a.1"), 1, at.seq, STATE_VERSION).entries
        at = turn.at
        journal += turn.entries
    return at
