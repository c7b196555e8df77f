"""A command takes effect once, whatever is repeated, wherever and whenever."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from clew.sessions.bounds import ANSWERS_MAX, ENTRIES_PER_ROUND_MAX, FORGOTTEN_MAX
from clew.sessions.ids import GameId, PlayerId
from clew.sessions.records import Acknowledged, Answer, Receipt, Refused
from clew.sessions.session.answers import FORGOTTEN, TOO_MANY_CHANGES, Answers, recall, remember
from clew.testing.hand_clock import HandClock
from tests.kit.hosting import ADA, BEN, GAME, HERE, living, open_game, resume
from tests.kit.stores import AnyStore
from tests.kit.tally import Add

ONE = Add(ADA, HERE, 1)
STRANGER = PlayerId("p9")


async def test_a_repeat_gets_the_first_answer_and_has_no_effect(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)

        first = await life.host.post(GAME, ONE, player_id=ADA, command_id="c1")
        await life.host.post(GAME, ONE, player_id=ADA, command_id="c2")
        repeat = await life.host.post(GAME, Add(ADA, HERE, 70), player_id=ADA, command_id="c1")

        assert first == repeat == Acknowledged(5)
        assert (await life.host.look(GAME)).state.total == 2


async def test_one_command_posted_many_times_at_once_takes_effect_once(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)

        answers = await asyncio.gather(*(life.host.post(GAME, ONE, player_id=ADA, command_id="c1") for _ in range(20)))

        assert set(answers) == {Acknowledged(5)}
        assert (await life.host.look(GAME)).state.total == 1


async def test_a_refusal_is_remembered_though_the_command_would_be_accepted_now(
    store: AnyStore, clock: HandClock
) -> None:
    async with living(store, clock) as life:
        await open_game(life.host, limit=10)
        await life.host.post(GAME, Add(ADA, HERE, 4), player_id=ADA, command_id="c1")
        refused = await life.host.post(GAME, Add(ADA, HERE, 7), player_id=ADA, command_id="c2")
        await life.kill()
    async with living(store, clock) as life:
        await resume(life.host)

        again = await life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="c2")

        assert refused == again == Refused("too_much", "That does not fit.", {"left": 6})
        assert (await life.host.look(GAME)).state.total == 4


async def test_answers_survive_every_way_back_to_a_session(store: AnyStore, clock: HandClock) -> None:
    """From the journal's tail, from a snapshot, and from a snapshot with a tail."""
    async with living(store, clock) as life:
        await open_game(life.host)
        await life.host.post(GAME, ONE, player_id=ADA, command_id="c1")
        await life.kill()
    async with living(store, clock) as life:
        await resume(life.host)
        tail = await life.host.post(GAME, ONE, player_id=ADA, command_id="c1")
        await life.host.post(GAME, Add(ADA, HERE, 5_000), player_id=ADA, command_id="c2")
        await clock.advance(40)
        await life.host.post(GAME, ONE, player_id=BEN, command_id="c1")
        await life.stop()
    async with living(store, clock) as life:
        await resume(life.host)

        answers = [
            await life.host.post(GAME, ONE, player_id=player, command_id=command)
            for player, command in ((ADA, "c1"), (ADA, "c2"), (BEN, "c1"))
        ]

        assert tail == answers[0] == Acknowledged(5)
        assert isinstance(answers[1], Refused)
        assert isinstance(answers[2], Acknowledged)
        assert (await life.host.look(GAME)).state.total == 2


async def test_ids_are_each_players_and_each_sessions_own(store: AnyStore, clock: HandClock) -> None:
    other = GameId("other")
    async with living(store, clock) as life:
        await open_game(life.host)
        await open_game(life.host, other)

        for game, player in ((GAME, ADA), (GAME, BEN), (other, ADA)):
            await life.host.post(game, ONE, player_id=player, command_id="c1")

        assert (await life.host.look(GAME)).state.total == 2
        assert (await life.host.look(other)).state.total == 1


async def test_nothing_is_remembered_for_who_has_no_seat(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)

        for _ in range(2):
            await life.host.post(GAME, Add(STRANGER, HERE, 1), player_id=STRANGER, command_id="c1")

        assert (await life.host.look(GAME)).state.total == 2
        assert [entry.receipt for entry in await life.host.journal(GAME, 4, 10)] == [None, None]


async def test_a_repeat_older_than_the_kept_answers_is_refused_not_repeated(store: AnyStore, clock: HandClock) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)
        for number in range(ANSWERS_MAX + 1):
            await life.host.post(GAME, ONE, player_id=ADA, command_id=f"c{number}")

        forgotten = await life.host.post(GAME, ONE, player_id=ADA, command_id="c0")
        oldest = await life.host.post(GAME, ONE, player_id=ADA, command_id="c1")

        assert forgotten == FORGOTTEN
        assert oldest == Acknowledged(6)
        assert (await life.host.look(GAME)).state.total == ANSWERS_MAX + 1


COMMANDS = st.lists(st.tuples(st.sampled_from([ADA, BEN]), st.integers(0, 60), st.booleans()), max_size=200)


@given(COMMANDS)
def test_recall_agrees_with_a_plain_list(commands: list[tuple[PlayerId, int, bool]]) -> None:
    answers: Answers = {}
    plain: dict[PlayerId, list[tuple[str, Answer]]] = {ADA: [], BEN: []}
    for seq, (player, number, refused) in enumerate(commands, 1):
        receipt = Receipt(player, f"c{number}")
        known = dict(reversed(plain[player][-ANSWERS_MAX:])).get(receipt.command_id)
        forgotten = known is None and any(command == receipt.command_id for command, _ in plain[player])

        assert recall(answers, receipt) == (FORGOTTEN if forgotten else known)

        if known is None and not forgotten:
            refusal = Refused("no", "No.", {"seq": seq}) if refused else None
            answers = remember(answers, receipt, seq, refusal)
            plain[player].append((receipt.command_id, refusal or Acknowledged(seq)))


def test_what_is_kept_for_a_player_is_bounded() -> None:
    answers: Answers = {}
    for seq in range(2_000):
        answers = remember(answers, Receipt(ADA, f"c{seq}"), seq, Refused("no", "No."))

    kept = answers[ADA]
    assert (len(kept.recent), len(kept.older)) == (16 * ANSWERS_MAX, 8 * FORGOTTEN_MAX)
    assert [seq for seq, _ in kept.refusals] == list(range(2_000 - ANSWERS_MAX, 2_000))
    assert recall(answers, Receipt(ADA, f"c{2_000 - ANSWERS_MAX - 1}")) == FORGOTTEN
    assert recall(answers, Receipt(ADA, f"c{2_000 - ANSWERS_MAX}")) == Refused("no", "No.")


# --- how much one player may add in one round ------------------------------------------------------------------------


async def test_a_flood_of_one_player_grows_the_journal_by_so_many_entries_a_round_and_no_more(
    store: AnyStore, clock: HandClock
) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)
        before = (await life.host.look(GAME)).seq

        changes = [
            await life.host.post(GAME, ONE, player_id=ADA, command_id=f"c{number}")
            for number in range(ENTRIES_PER_ROUND_MAX + 50)
        ]
        nonsense = [
            await life.host.post(GAME, Add(BEN, HERE, -1), player_id=BEN, command_id=f"c{number}")
            for number in range(ENTRIES_PER_ROUND_MAX + 50)
        ]

        after = (await life.host.look(GAME)).seq
        assert [isinstance(answer, Acknowledged) for answer in changes].count(True) == ENTRIES_PER_ROUND_MAX
        assert {type(answer) for answer in nonsense} == {Refused}
        assert after - before == 2 * ENTRIES_PER_ROUND_MAX
        assert changes[-1] == TOO_MANY_CHANGES
        assert (await life.host.look(GAME)).state.total == ENTRIES_PER_ROUND_MAX


async def test_what_was_written_is_answered_once_and_what_was_not_is_decided_again(
    store: AnyStore, clock: HandClock
) -> None:
    async with living(store, clock) as life:
        await open_game(life.host)
        first = await life.host.post(GAME, ONE, player_id=ADA, command_id="first")
        for number in range(20):
            await life.host.post(GAME, Add(ADA, HERE, -1), player_id=ADA, command_id=f"no{number}")
        for number in range(ENTRIES_PER_ROUND_MAX):
            await life.host.post(GAME, Add(ADA, HERE, -1), player_id=ADA, command_id=f"more{number}")
        seq = (await life.host.look(GAME)).seq
        await life.kill()
    async with living(store, clock) as life:
        await resume(life.host)

        late = await life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="more63")
        other = await life.host.post(GAME, Add(BEN, HERE, 1), player_id=BEN, command_id="c1")

        assert first == Acknowledged(5)
        assert late == TOO_MANY_CHANGES
        assert isinstance(other, Acknowledged)
        assert (await life.host.look(GAME)).seq == seq + 2  # and the time in which nobody ran it
