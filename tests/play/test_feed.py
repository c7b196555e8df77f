"""Every viewer's messages: gap-free, in order, valid, and nothing in them that the viewer may not know."""

import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clew.gateway.messages import numbered
from clew.sessions.ids import UserId
from clew.sessions.records import Committed
from clew.tables.lobby.commands import Join
from clew.tables.log.bounds import LOG_LINES_MAX
from minotaur.play.match import Match, MatchEvent
from minotaur.play.views import view_of
from minotaur.play.wire import Events, ServerMessage, Welcome
from minotaur.play.wire_events import ShownEvent
from minotaur.rules.commands import RegisterPlan
from minotaur.rules.names import player_id
from minotaur.rules.settings import labyrinth
from tests.play.driving import MACHINE, MARK, Table, tables, user
from tests.play.watching import before_first, newcomer, opened, watch

P1, P2 = player_id(1), player_id(2)
SPECTATOR = UserId("nobody at the table")

Commit = Committed[Match, MatchEvent]


viewers = st.one_of(st.just(SPECTATOR), st.integers(1, 8).map(user))


@given(tables(), viewers)
def test_every_message_is_of_the_wire_and_its_view_is_of_now(table: Table, user_id: UserId) -> None:
    feed, _, _ = opened(table, before_first(table), 1, user_id)
    for commit in table.commits:
        text = feed.follow(commit)
        if text is None:
            continue
        message = msgspec.json.decode(text, type=ServerMessage)
        assert isinstance(message, Events)
        view = view_of(commit.after, feed.viewer)
        assert message.view == view
        assert f'"view":{msgspec.json.encode(view).decode()}}}' in text, "to the byte, so nothing is left out"
        assert (message.seq, message.mark) == (feed.told_seq, MARK)
        assert not message.events or message.seq == message.events[-1].seq


@given(tables(), st.data())
def test_the_log_serves_what_the_journal_would_to_whoever_comes_back(table: Table, data: st.DataObject) -> None:
    match = table.match
    forgetful = replace(match, events_log=replace(match.events_log, since=None, count=0, lines=msgspec.Raw(b"[]")))
    for user_id in (SPECTATOR, *(user(seat) for seat in range(1, match.settings.seats + 1))):
        last = newcomer(table, user_id).told_seq
        after = data.draw(st.integers(0, last))

        _, _, by_log = opened(table, match, table.seq, user_id, after, MARK)
        _, _, by_journal = opened(table, forgetful, table.seq, user_id, after, MARK)

        assert by_log == by_journal
        told = [] if by_log is None else [event["seq"] for event in json.loads(by_log)["events"]]
        assert told == list(range(after + 1, last + 1))


@given(tables(), viewers)
def test_a_newcomer_is_welcomed_with_the_latest_of_what_they_may_know(table: Table, user_id: UserId) -> None:
    feed, text, _ = opened(table, table.match, table.seq, user_id)

    welcome = msgspec.json.decode(text, type=Welcome)
    told = [
        told
        for entry in table.journal
        if entry.event is not None and (told := MACHINE.tellings.anew(feed.viewer, entry.event)) is not None
    ]
    story = [msgspec.json.decode(numbered(at, one), type=ShownEvent) for at, one in enumerate(told, 1)]
    assert (welcome.seq, welcome.history) == (len(told), "unknown")
    assert len(welcome.log) <= LOG_LINES_MAX
    assert welcome.log == story[len(story) - len(welcome.log) :]
    assert len(welcome.log) == len(story) or len(welcome.log) > 0


@given(tables(), viewers)
def test_numbers_rise_by_one(table: Table, user_id: UserId) -> None:
    client = watch(table, user_id)

    assert [event["seq"] for event in client.events] == list(range(1, 1 + len(client.events)))
    assert "skip" not in {event["type"] for event in client.events}


@given(tables(), viewers, st.lists(st.booleans(), max_size=60))
def test_who_was_away_gets_what_somebody_always_there_got(table: Table, user_id: UserId, gone: list[bool]) -> None:
    always = watch(table, user_id)

    sometimes = watch(table, user_id, gone)

    assert sometimes.events == always.events
    assert sometimes.view == json.loads(opened(table, table.match, table.seq, user_id)[1])["view"]


@given(tables(), viewers)
def test_from_the_first_number_the_whole_log_is_told(table: Table, user_id: UserId) -> None:
    _, first, text = opened(table, table.match, table.seq, user_id, 0)

    welcome = msgspec.json.decode(first, type=Welcome)
    assert (welcome.seq, welcome.resumed, welcome.history) == (0, True, "same")
    told = [] if text is None else msgspec.json.decode(text, type=Events).events
    assert [event.seq for event in told] == list(range(1, len(told) + 1))


def test_a_plan_is_told_to_its_player_and_to_nobody_else() -> None:
    table = Table.laid(labyrinth(3))
    table.start(humans=2)
    feeds = {who: newcomer(table, who) for who in (user(1), user(2), SPECTATOR)}

    table.do(RegisterPlan(P1, 1, ()))

    texts = {who: feed.follow(table.commits[-1]) for who, feed in feeds.items()}
    assert texts[user(1)] is not None
    assert texts[user(2)] is None
    assert texts[SPECTATOR] is None


def test_numbers_say_nothing_of_what_others_are_told() -> None:
    table = Table.laid(labyrinth(2))
    table.start(humans=2)
    feed = newcomer(table, user(2))
    began = feed.told_seq
    for _ in range(3):
        table.do(RegisterPlan(P1, 1, ()))
        assert feed.follow(table.commits[-1]) is None

    table.do(RegisterPlan(P2, 1, ()))

    text = feed.follow(table.commits[-1])
    assert text is not None
    shown = [(event["seq"], event["type"]) for event in json.loads(text)["events"]]
    assert shown == [(began + 1, "plan_accepted")]


def test_a_spectator_who_joins_becomes_a_player() -> None:
    table = Table.laid(labyrinth(2))
    feed, welcome, _ = opened(table, table.match, table.seq, user(2))
    assert json.loads(welcome)["view"]["viewer"] == "spectator"

    table.do(Join(user(2), "Bo"))

    text = feed.follow(table.commits[-1])
    assert text is not None
    assert json.loads(text)["view"]["viewer"] == "player"
    assert feed.viewer == P2


def test_the_end_of_an_autopilot_shows_in_its_players_next_view() -> None:
    table = Table.laid(labyrinth(2, autopilot_after=1))
    table.start(humans=2)
    table.end_round()
    feed, welcome, _ = opened(table, table.match, table.seq, user(1))
    other = newcomer(table, user(2))
    assert json.loads(welcome)["view"]["players"][0]["autopilot"]

    table.do(RegisterPlan(P1, 2, ()))

    text = feed.follow(table.commits[-1])
    assert text is not None
    view = json.loads(text)["view"]
    assert not view["players"][0]["autopilot"]
    assert not view["you"]["autopilot"]
    told = json.loads(other.follow(table.commits[-1]) or "")
    assert (told["events"], told["view"]["players"][0]["autopilot"]) == ([], False)
