"""What one viewer is sent of a table, commit by commit, and what they missed where the log has it no more."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from clew.game import Seat
from clew.gateway.ports import Comer
from clew.sessions.ids import GameId
from clew.sessions.records import Committed, Entry
from clew.sessions.session.terms import Term
from clew.tables.commands import AnyCommand, Ready, RegisterPlan
from clew.tables.creating import NewTable
from clew.tables.events import AnyEvent
from clew.tables.feed import GameFeed
from clew.tables.serving.replay import replay_of
from clew.tables.serving.showing import TableFeed, showing_of
from clew.tables.table import AnyTable
from clew.testing.sitting import BEGAN, P1, P2, Sitting, user_at
from examples.bids.game import Bids, Plan

GAME = GameId("game-1")
TERMS = (Term(1, "mark"),)


def entries(sitting: Sitting) -> list[Entry[AnyEvent]]:
    return [Entry(seq, BEGAN, event) for seq, event in enumerate(sitting.journal, 1)]


def commit(sitting: Sitting, command: AnyCommand | None) -> Committed[AnyTable, AnyEvent]:
    """Of this command; None: of the end of the round."""
    before, known = sitting.table, len(sitting.journal)
    _ = sitting.end_round() if command is None else sitting.do(command)
    return Committed(GAME, before, sitting.table, entries(sitting)[known:], "mark")


async def opened(
    sitting: Sitting, seat: Seat | None, after: int | None = None, *, changes: bool = False
) -> tuple[TableFeed, dict[str, Any], dict[str, Any] | None]:
    """The feed of who sits there, its welcome, and what they missed since then."""

    async def journal(_: GameId, after: int, limit: int) -> Sequence[Entry[AnyEvent]]:
        return entries(sitting)[after : after + limit]

    user = None if seat is None else user_at(int(seat[1:]))
    feed = GameFeed(showing_of(sitting.machine), sitting.table, user)
    comer = Comer(user, after, None if after is None else "mark", again=False, changes=changes)
    opening = await feed.open(GAME, len(sitting.journal), TERMS, journal, comer, BEGAN)
    return feed, json.loads(opening.welcome), None if opening.missed is None else json.loads(opening.missed)


@pytest.fixture
def sitting() -> Sitting:
    return Sitting(Bids(), NewTable(seats=2, options={"lots": 20}), seed=3).begin()


async def test_a_plan_says_nothing_to_others_but_where_it_ends_an_autopilot(sitting: Sitting) -> None:
    feed, _, _ = await opened(sitting, P2)
    first = feed.follow(commit(sitting, RegisterPlan(P1, 1, Plan(3))))
    for _ in range(4):
        feed.follow(commit(sitting, None))
    assert sitting.table.players[P1].autopilot

    back = feed.follow(commit(sitting, RegisterPlan(P1, sitting.table.round, Plan(1))))
    later = feed.follow(commit(sitting, RegisterPlan(P1, sitting.table.round, Plan(2))))

    assert (first, later) == (None, None)
    assert back is not None
    message = json.loads(back)
    assert message["events"] == []
    assert [player["autopilot"] for player in message["view"]["players"]] == [False, True]


async def test_a_view_that_is_drawn_once_for_many_commits_is_the_view(sitting: Sitting) -> None:
    feed, _, _ = await opened(sitting, P1)

    sent = 0
    for command in (RegisterPlan(P1, 1, Plan(3)), Ready(P1, 1), Ready(P2, 1), RegisterPlan(P1, 2, Plan(1)), None):
        text = feed.follow(commit(sitting, command))
        _, welcome, _ = await opened(sitting, P1)
        if text is not None:
            sent += 1
            assert json.loads(text)["view"] == welcome["view"]
    assert sent == 5


async def test_what_the_log_has_no_more_is_read_from_the_journal(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clew.tables.log.events_log.LOG_LINES_MAX", 4)
    monkeypatch.setattr("clew.tables.log.events_log.LOG_LINES_KEPT", 3)
    _, welcome, _ = await opened(sitting, P1)
    after, told_before = welcome["seq"], len(sitting.told(P1))
    for number in range(1, 9):
        sitting.plan(P1, Plan(1))
        sitting.ready(P1, P2)
        assert sitting.table.round == number + 1

    _, back, missed = await opened(sitting, P1, after)

    assert sitting.table.events_log.count <= 4
    assert (back["resumed"], back["history"]) == (True, "same")
    assert missed is not None
    assert [event.pop("seq") for event in missed["events"]] == list(range(after + 1, len(sitting.told(P1)) + 1))
    assert missed["events"] == [json.loads(text) for text in sitting.told(P1)[told_before:]]


async def test_who_was_away_for_too_long_starts_afresh(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clew.tables.log.events_log.LOG_LINES_MAX", 4)
    monkeypatch.setattr("clew.tables.log.events_log.LOG_LINES_KEPT", 3)
    monkeypatch.setattr("clew.gateway.resuming.RESUME_ENTRIES_MAX", 6)
    for _ in range(8):
        sitting.ready(P1, P2)

    _, back, missed = await opened(sitting, P1, 2)

    assert (back["resumed"], missed) == (False, None)


def test_of_too_many_states_a_replay_leaves_some_out_all_over_the_game(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    while sitting.table.status == "active":
        sitting.plan(P1, Plan(1))
        sitting.ready(P1, P2)
    whole = replay_of(Bids(), entries(sitting))
    monkeypatch.setattr(
        "clew.tables.serving.replay.REPLAY_STATES_BYTES_MAX", sum(len(bytes(each.state)) for each in whole.states) // 3
    )

    some = replay_of(Bids(), entries(sitting))

    rounds = [each.round for each in some.states]
    assert [each.round for each in whole.states] == list(range(21))
    assert rounds[0] == 0 and rounds[-1] == 20
    assert rounds == [0, 4, 8, 12, 16, 20]
    assert some.events == whole.events


async def test_changes_make_the_view_of_any_game(sitting: Sitting) -> None:
    whole = (await opened(sitting, P1))[0]
    changing, welcome, _ = await opened(sitting, P1, changes=True)
    view = welcome["view"]

    names = list[list[str]]()
    for command in (RegisterPlan(P1, 1, Plan(3)), Ready(P1, 1), Ready(P2, 1), RegisterPlan(P1, 2, Plan(1)), None):
        committed = commit(sitting, command)
        told, changed = whole.follow(committed), changing.follow(committed)
        assert told is not None and changed is not None
        message = json.loads(changed)
        view = {**view, **message["changes"]}
        names.append(list(message["changes"]))
        assert json.dumps(view) == json.dumps(json.loads(told)["view"])

    assert names[0] == ["you", "players"]
    assert names[3] == ["you", "players"]
    assert "game" in names[2]
