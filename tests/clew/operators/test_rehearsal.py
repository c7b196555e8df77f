"""A session tried out: what is wrong with it is found, and nothing is found where nothing is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as altered

from clew.operators.rehearsal import Finding, rehearse
from clew.sessions.bounds import REASON_CHARS_MAX
from clew.sessions.faults import Unreadable
from clew.sessions.records import Accepted, Refused, Stored, StoredEntry
from clew.tables.lobby.commands import Cancel
from minotaur.play.codec import MatchCodec
from minotaur.play.machine import MatchMachine
from minotaur.play.match import GameStarted, Match, MatchCommand, MatchEvent
from minotaur.play.operated import OperatedMinotaur
from minotaur.rules.commands import EndRound, RegisterPlan
from minotaur.rules.events import RoundStarted
from minotaur.rules.names import Millis
from minotaur.rules.settings import classic, labyrinth
from tests.golden import stored as golden
from tests.play.driving import Table, tables, user
from tests.play.stored import CODEC, stored_table, written


class Broken(MatchMachine):
    """Breaks on one command, as told."""

    def __init__(self, command: type, answer: Exception | Refused) -> None:
        super().__init__()
        self._command = command
        self._answer = answer

    def decide(self, state: Match, command: MatchCommand, now: Millis) -> Accepted[MatchEvent] | Refused:
        if not isinstance(command, self._command):
            return super().decide(state, command, now)
        if isinstance(self._answer, Refused):
            return self._answer
        raise self._answer


class Careless(MatchCodec):
    """Forgets something of each state, or of each event."""

    def __init__(self, forgets: type) -> None:
        super().__init__()
        self._forgets = forgets

    def encode_state(self, state: Match) -> bytes:
        return super().encode_state(altered(state, bots=0) if self._forgets is Match else state)

    def encode_event(self, event: MatchEvent) -> bytes:
        known = isinstance(event, self._forgets) and isinstance(event, RoundStarted)
        return super().encode_event(altered(event, ends_at=0) if known else event)


def active(humans: int = 2) -> Table:
    table = Table.laid(labyrinth(3))
    table.start(humans)
    table.end_round()
    return table


def concluded() -> Table:
    table = Table.laid(classic(2))
    table.start(1)
    table.play_out()
    return table


def verdict(finding: Finding) -> tuple[str, str]:
    return finding.verdict, finding.reason or ""


def tried(
    stored: Stored,
    journal: Sequence[StoredEntry] | Unreadable = (),
    machine: MatchMachine | None = None,
    codec: MatchCodec | None = None,
) -> Finding:
    return rehearse(OperatedMinotaur(machine, codec), stored, journal)


@given(tables(), st.integers(0, 9))
def test_whatever_this_release_plays_is_fine(table: Table, tail: int) -> None:
    journal = written(table.journal)

    finding = tried(stored_table(table, min(tail, table.seq - 1)), journal)

    assert verdict(finding) == ("fine", "")


@pytest.mark.parametrize(
    "path", sorted(golden.FOLDER.rglob("*.jsonl")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_whatever_any_release_stored_is_fine(path: Path) -> None:
    record = golden.read(path)

    findings = [tried(moment, record.journal()[: moment.seq]) for moment in record.moments()]

    assert len(findings) > 1
    assert {verdict(finding) for finding in findings} == {("fine", "")}


def test_a_lobby_is_begun_with_bots_that_its_host_did_not_allow() -> None:
    table = Table.laid(labyrinth(8), bots=0)

    assert tried(stored_table(table)).verdict == "fine"
    broken = tried(stored_table(table), machine=Broken(EndRound, ValueError("the end")))
    assert broken.verdict == "failing"


def test_a_bug_in_the_rules_is_told_with_its_place_in_one_line() -> None:
    table = active()

    finding = tried(stored_table(table), machine=Broken(EndRound, ValueError("it\nbroke " + "!" * 900)))

    assert (finding.game_id, finding.join_code, finding.game_status) == (table.match.game_id, "ABC234", "active")
    assert finding.verdict == "failing"
    assert finding.reason is not None
    assert finding.reason.startswith("ValueError: it broke !!!")
    assert "(test_rehearsal.py:" in finding.reason
    assert "\n" not in finding.reason
    assert len(finding.reason) < REASON_CHARS_MAX + 50


def test_a_legal_plan_that_is_refused_is_found() -> None:
    refusal = Refused("too_expensive", "Never.")

    finding = tried(stored_table(active()), machine=Broken(RegisterPlan, refusal))

    assert finding.verdict == "failing"
    assert "too_expensive: Never." in str(finding.reason)


def test_a_round_that_does_not_end_is_found() -> None:
    finding = tried(stored_table(active()), machine=Broken(EndRound, Refused("too_early", "Wait.")))

    assert finding.verdict == "failing"
    assert "the round did not end by its deadline" in str(finding.reason)


@pytest.mark.parametrize(("forgets", "what"), [(Match, "the state"), (RoundStarted, "an event")])
def test_what_is_written_and_not_read_back_is_found(forgets: type, what: str) -> None:
    finding = tried(stored_table(active()), codec=Careless(forgets))

    assert finding.verdict == "failing"
    assert f"{what} is not read back as it was written" in str(finding.reason)


def test_a_plan_that_an_older_release_took_is_the_one_that_is_played() -> None:
    table = active()
    steps_seen = list[object]()

    class Watching(MatchMachine):
        def decide(self, state: Match, command: MatchCommand, now: Millis) -> Accepted[MatchEvent] | Refused:
            if isinstance(command, RegisterPlan):
                steps_seen.append(command.player_id)
            return super().decide(state, command, now)

    table.act(("plan", 0, (1, 2)))

    assert tried(stored_table(table), machine=Watching()).verdict == "fine"
    assert steps_seen == ["p2"]


@pytest.mark.parametrize("table", [Table.laid(classic(2)), active(), concluded()], ids=["lobby", "active", "over"])
def test_what_cannot_be_read_is_found_unreadable(table: Table) -> None:
    stored, journal = stored_table(table), written(table.journal)

    state = tried(replace(stored, state=b'{"state":{},"answers":{}}'), journal)
    tail = tried(replace(stored, seq=stored.seq + 1), journal)

    assert state.verdict == tail.verdict == "unreadable"
    assert str(state.reason).startswith("state: it can't be read: ValidationError: ")
    assert str(tail.reason).startswith("journal: it ends at ")


def test_a_state_of_a_newer_release_is_left_to_it() -> None:
    stored = replace(stored_table(active()), state_version=CODEC.state_version + 1, state=b"?")

    finding = tried(stored)

    assert finding.verdict == "newer"
    assert finding.state_version == CODEC.state_version + 1


def test_a_concluded_match_is_read_from_its_first_entry_to_its_last() -> None:
    table = concluded()
    stored, journal = stored_table(table), written(table.journal)

    assert tried(stored, journal).verdict == "fine"
    assert verdict(tried(stored, journal[:-1])) == (
        "unreadable",
        f"journal: it has {stored.seq - 1} entries, not 1 to {stored.seq}",
    )
    broken = [journal[0], altered(journal[1], body=b'{"v":1}'), *journal[2:]]
    assert tried(stored, broken).verdict == "unreadable"


def test_a_concluded_match_whose_replay_cannot_be_told_is_found() -> None:
    table = concluded()
    begun = next(number for number, entry in enumerate(table.journal) if isinstance(entry.event, GameStarted))
    table.journal[begun] = altered(table.journal[begun], event=table.journal[begun - 1].event)

    finding = tried(stored_table(concluded()), written(table.journal))

    assert finding.verdict == "failing"
    assert "(replay.py:" in str(finding.reason) or "(machine.py:" in str(finding.reason)


def test_a_canceled_match_is_read() -> None:
    table = Table.laid(classic(2))
    table.do(Cancel(user(1)))

    assert tried(stored_table(table)).verdict == "fine"
    assert tried(replace(stored_table(table), state=b"{}")).verdict == "unreadable"
