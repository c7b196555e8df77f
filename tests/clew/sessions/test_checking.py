"""What is stored and can't be right is named for what is wrong with it; what was kept small is found again."""

from dataclasses import replace
from hashlib import blake2b

import pytest

from clew.sessions.bounds import ANSWERS_MAX, FORGOTTEN_MAX, TAIL_ENTRIES_MAX
from clew.sessions.cluster.peers import release_key
from clew.sessions.faults import TooNew, Unreadable
from clew.sessions.flaws import Flaw, flaw_of, reason
from clew.sessions.ids import PlayerId, UserId
from clew.sessions.records import Acknowledged, PlayerSummary, Receipt, Refused, Stored, StoredEntry, Summary
from clew.sessions.session.answers import FORGOTTEN, Answers, Kept, recall, remember, spent
from clew.sessions.session.bodies import read_entry, read_session
from clew.sessions.session.checking import refuse_players, refuse_size
from clew.testing.hand_clock import HandClock
from clew.testing.memory.store import MemoryStore
from tests.kit.hosting import ADA, GAME, HERE, living, open_game
from tests.kit.tally import Add, Tally, TallyCodec, TallyMachine

ENTRY = StoredEntry(5, 1, 0, b"null")


@pytest.fixture
async def stored(memory: MemoryStore, clock: HandClock) -> Stored:
    async with living(memory, clock) as life:
        await open_game(life.host)
        await life.host.post(GAME, Add(ADA, HERE, 1))
        row = await memory.journal.load(GAME)
        assert row is not None
        return row


# --- what is stored ----------------------------------------------------------------------------------------------


async def test_a_tail_that_no_node_would_leave_is_a_flaw_of_the_journal(stored: Stored) -> None:
    refuse_size(replace(stored, tail=(ENTRY,) * TAIL_ENTRIES_MAX))

    with pytest.raises(Unreadable, match="journal: more than"):
        refuse_size(replace(stored, tail=(ENTRY,) * (TAIL_ENTRIES_MAX + 1)))


@pytest.mark.parametrize(
    "players",
    [
        (PlayerSummary(ADA, None, "alive"), PlayerSummary(ADA, None, "alive")),
        (PlayerSummary(ADA, UserId("ada"), "alive"), PlayerSummary(PlayerId("p2"), UserId("ada"), "alive")),
        (PlayerSummary(PlayerId("p\0"), None, "alive"),),
        (PlayerSummary(ADA, UserId("a\0"), "alive"),),
    ],
    ids=["two in a seat", "one in two seats", "a seat that is no id", "a user that is none"],
)
def test_seats_that_a_database_could_not_hold_are_refused(players: tuple[PlayerSummary, ...]) -> None:
    with pytest.raises(Unreadable, match="state: it seats"):
        refuse_players(Summary("active", 1, players))


def test_two_bots_are_two() -> None:
    refuse_players(Summary("active", 1, (PlayerSummary(ADA, None, "bot"), PlayerSummary(PlayerId("p2"), None, "bot"))))


class Shy(TallyMachine):
    """Can be asked nothing about what it has come to."""

    def __init__(self, after: int) -> None:
        self.left = after

    def summary(self, state: Tally) -> Summary:
        self.left -= 1
        if self.left < 0:
            raise ArithmeticError("no summary")
        return super().summary(state)


@pytest.mark.parametrize(("after", "told"), [(0, "state: it can't be read"), (1, "entry: the state after number 5")])
async def test_a_state_that_nothing_can_be_said_of_is_unreadable(stored: Stored, after: int, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_session(Shy(after), TallyCodec(), stored)


async def test_a_state_and_an_entry_of_a_later_release_are_too_new_and_not_broken(stored: Stored) -> None:
    body = b'{"v":9,"event":null,"receipt":null,"refusal":null}'

    with pytest.raises(TooNew):
        read_session(TallyMachine(), TallyCodec(), replace(stored, state_version=9))
    with pytest.raises(TooNew, match="entry 5"):
        read_entry(TallyCodec(), StoredEntry(5, 1, 0, body))
    with pytest.raises(Unreadable, match="version: event version 0 never was"):
        read_entry(TallyCodec(), StoredEntry(5, 1, 0, body.replace(b"9", b"0")))


def test_a_reason_says_its_kind_and_one_written_otherwise_has_none() -> None:
    assert flaw_of(reason(Flaw.JOURNAL, "it ends early")) is Flaw.JOURNAL
    assert [flaw_of(told) for told in (None, "", "an operator's own words", "broken: by hand")] == [None] * 4


def test_what_is_no_version_comes_before_all_that_are() -> None:
    assert release_key("nightly") < release_key("0.0.1.dev1") < release_key("0.0.1") < release_key("0.0.10")


# --- answers -----------------------------------------------------------------------------------------------------


def digest(command_id: str) -> bytes:
    return blake2b(command_id.encode(), digest_size=8).digest()


def test_a_command_is_not_taken_for_another_whose_record_holds_its_digest_across_two_fields() -> None:
    across = b"\0" * 4 + digest("c1") + b"\0" * 4
    answers: Answers = {ADA: Kept(across + digest("c2") + (7).to_bytes(8, "big"), across)}

    assert recall(answers, Receipt(ADA, "c1")) is None
    assert recall(answers, Receipt(ADA, "c2")) == Acknowledged(7)


def test_old_answers_are_forgotten_then_their_commands_and_refusals_with_them() -> None:
    answers: Answers = {}
    no = Refused("no", "No.")
    count = ANSWERS_MAX + FORGOTTEN_MAX + 1
    for number in range(1, count + 1):
        answers = remember(answers, Receipt(ADA, f"c{number}"), number, no if number % 2 else None, 3)

    kept = answers[ADA]
    assert recall(answers, Receipt(ADA, "c1")) is None
    assert recall(answers, Receipt(ADA, "c2")) == FORGOTTEN
    assert recall(answers, Receipt(ADA, f"c{count - ANSWERS_MAX}")) == FORGOTTEN
    assert recall(answers, Receipt(ADA, f"c{count - ANSWERS_MAX + 1}")) in (no, Acknowledged(count - ANSWERS_MAX + 1))
    assert recall(answers, Receipt(ADA, f"c{count}")) == (no if count % 2 else Acknowledged(count))
    assert len(kept.refusals) == ANSWERS_MAX // 2
    assert (spent(answers, ADA, 3), spent(answers, ADA, 4)) == (count, 0)
