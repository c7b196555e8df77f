"""Every viewer's messages: gap-free, in order, valid, and nothing in them that the viewer may not know."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from minotaur.hexgrid.coord import Coord, Vector
from minotaur.play import feed as feed_module
from minotaur.play.events_log import LOG_LINES_KEPT, LOG_LINES_MAX
from minotaur.play.feed import ViewerFeed
from minotaur.play.match import GameStarted, Join, Match, MatchEvent
from minotaur.play.telling import told_bytes
from minotaur.play.views import view_of, you_of
from minotaur.play.wire import Events, ServerMessage, Welcome, You
from minotaur.play.wire_events import ShownEvent
from minotaur.rules.commands import RegisterPlan
from minotaur.rules.events import PcEnteredHex
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId, player_id
from minotaur.rules.settings import labyrinth
from minotaur.sessions.ids import UserId
from minotaur.sessions.records import Committed
from tests.play.driving import MACHINE, START, Action, Table, actions, tables, user

P1, P2 = player_id(1), player_id(2)
SPECTATOR = UserId("nobody at the table")

Commit = Committed[Match, MatchEvent]


@dataclass
class Client:
    """What somebody who watches has been sent, over all their connections."""

    user_id: UserId
    messages: list[str] = field(default_factory=list[str])
    events: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    last_seq: int = 0
    feed: ViewerFeed | None = None

    def connect(self, match: Match, seq: int, journal: Table, *, again: bool) -> None:
        self.feed = ViewerFeed(match, seq, self.user_id)
        self._take(self.feed.welcome(START, self.last_seq if again else None))
        if again:
            self._take(self.feed.missed([entry for entry in journal.journal if self.last_seq < entry.seq <= seq]))

    def follow(self, commit: Commit) -> None:
        if self.feed is not None:
            self._take(self.feed.follow(commit))

    def _take(self, text: str | None) -> None:
        if text is None:
            return
        message = json.loads(text)
        self.messages.append(text)
        self.events += message.get("events", [])
        self.last_seq = message["seq"]

    @property
    def view(self) -> Any:
        return json.loads(self.messages[-1])["view"]


def before_first(table: Table) -> Match:
    return table.commits[0].before if table.commits else table.match


def watch(table: Table, user_id: UserId, gone: Sequence[bool] = ()) -> Client:
    """See the whole match; for commits marked as gone the client is away, and resumes after them."""
    client = Client(user_id)
    client.connect(before_first(table), 1, table, again=False)
    for number, commit in enumerate(table.commits):
        away = number < len(gone) and gone[number]
        if away:
            client.feed = None
        elif client.feed is None:
            client.connect(commit.before, commit.entries[0].seq - 1, table, again=True)
        client.follow(commit)
    if client.feed is None:
        client.connect(table.match, table.seq, table, again=True)
    return client


viewers = st.one_of(st.just(SPECTATOR), st.integers(1, 8).map(user))


@given(tables(), viewers)
def test_every_message_is_of_the_wire_and_its_view_is_of_now(table: Table, user_id: UserId) -> None:
    feed = ViewerFeed(before_first(table), 1, user_id)
    for commit in table.commits:
        text = feed.follow(commit)
        if text is None:
            continue
        message = msgspec.json.decode(text, type=ServerMessage)
        assert isinstance(message, Events)
        assert message.view == view_of(commit.after, feed.viewer)
        assert message.seq == message.events[-1].seq


@given(tables(), st.data())
def test_the_log_serves_what_the_journal_would_to_whoever_comes_back(table: Table, data: st.DataObject) -> None:
    log = table.match.events_log
    assert log.covers(table.seq)
    for user_id in (SPECTATOR, *(user(seat) for seat in range(1, table.match.settings.seats + 1))):
        after = data.draw(st.integers(0, table.seq))
        by_journal, by_log = (ViewerFeed(table.match, table.seq, user_id) for _ in range(2))
        for feed in (by_journal, by_log):
            feed.welcome(START, after)

        missed = by_journal.missed([entry for entry in table.journal if entry.seq > after])
        if log.covers(after):
            assert by_log.missed_by_log() == missed
            assert by_log.told_seq == by_journal.told_seq
        else:
            assert log.count >= LOG_LINES_KEPT - 8, "a short story is covered whole"


@given(tables(), viewers)
def test_a_newcomer_is_welcomed_with_the_latest_of_what_they_may_know(table: Table, user_id: UserId) -> None:
    feed = ViewerFeed(table.match, table.seq, user_id)

    welcome = msgspec.json.decode(feed.welcome(START, None), type=Welcome)

    assert len(welcome.log) <= LOG_LINES_MAX
    assert welcome.log == [
        msgspec.json.decode(told, type=ShownEvent)
        for entry in table.journal
        if entry.event is not None and entry.seq > (table.match.events_log.since or 0)
        if (told := told_bytes(entry.seq, entry.event, feed.viewer)) is not None
    ]


@given(tables(), viewers)
def test_numbers_rise_by_one(table: Table, user_id: UserId) -> None:
    client = watch(table, user_id)

    assert [event["seq"] for event in client.events] == list(range(2, 2 + len(client.events)))


@given(tables(), viewers, st.lists(st.booleans(), max_size=60))
def test_who_was_away_gets_what_somebody_always_there_got(table: Table, user_id: UserId, gone: list[bool]) -> None:
    always = watch(table, user_id)

    sometimes = watch(table, user_id, gone)

    assert sometimes.events == always.events
    assert sometimes.view == json.loads(ViewerFeed(table.match, table.seq, user_id).welcome(START, None))["view"]


@given(tables(), viewers)
def test_from_the_first_number_the_whole_log_is_told(table: Table, user_id: UserId) -> None:
    feed = ViewerFeed(table.match, table.seq, user_id)

    welcome = msgspec.json.decode(feed.welcome(START, 0), type=Welcome)
    text = feed.missed(table.journal)

    assert (welcome.seq, welcome.resumed) == (0, True)
    told = [] if text is None else msgspec.json.decode(text, type=Events).events
    assert [event.seq for event in told] == list(range(1, len(told) + 1))


def test_a_plan_is_told_to_its_player_and_to_nobody_else() -> None:
    table = Table.laid(labyrinth(3))
    table.start(humans=2)
    feeds = {who: ViewerFeed(table.match, table.seq, who) for who in (user(1), user(2), SPECTATOR)}
    for feed in feeds.values():
        feed.welcome(START, None)

    table.do(RegisterPlan(P1, 1, ()))

    texts = {who: feed.follow(table.commits[-1]) for who, feed in feeds.items()}
    assert texts[user(1)] is not None
    assert texts[user(2)] is None
    assert texts[SPECTATOR] is None


def test_skips_come_with_the_next_event_that_is_shown() -> None:
    table = Table.laid(labyrinth(2))
    table.start(humans=2)
    feed = ViewerFeed(table.match, table.seq, user(2))
    began = table.seq
    table.do(RegisterPlan(P1, 1, ()))
    assert feed.follow(table.commits[-1]) is None

    table.do(RegisterPlan(P2, 1, ()))

    text = feed.follow(table.commits[-1])
    assert text is not None
    shown = [(event["seq"], event["type"]) for event in json.loads(text)["events"]]
    assert shown == [(began + 1, "skip"), (began + 2, "plan_accepted")]


def test_a_spectator_who_joins_becomes_a_player() -> None:
    table = Table.laid(labyrinth(2))
    feed = ViewerFeed(table.match, table.seq, user(2))
    assert json.loads(feed.welcome(START, None))["view"]["viewer"] == "spectator"

    table.do(Join(user(2), "Bo"))

    text = feed.follow(table.commits[-1])
    assert text is not None
    assert json.loads(text)["view"]["viewer"] == "player"
    assert feed.viewer == P2


def test_the_end_of_an_autopilot_shows_in_its_players_next_view() -> None:
    table = Table.laid(labyrinth(2, autopilot_after=1))
    table.start(humans=2)
    table.end_round()
    feed = ViewerFeed(table.match, table.seq, user(1))
    assert json.loads(feed.welcome(START, None))["view"]["players"][0]["autopilot"]

    table.do(RegisterPlan(P1, 2, ()))

    text = feed.follow(table.commits[-1])
    assert text is not None
    view = json.loads(text)["view"]
    assert not view["players"][0]["autopilot"]
    assert not view["you"]["autopilot"]


# --- non-interference, down to the bytes -----------------------------------------------------------------------------


def shifted(game: Game, by: Vector) -> Game:
    """The same game elsewhere on the grid."""

    def moved(place: Coord) -> Coord:
        return place + by

    return replace(
        game,
        lair=moved(game.lair),
        floor=game.floor.shifted(by),
        collapsed=game.collapsed.shifted(by),
        heroes={
            player: replace(
                hero,
                at=moved(hero.at),
                floor_seen=hero.floor_seen.shifted(by),
                rock_seen=hero.rock_seen.shifted(by),
                chasm_seen=hero.chasm_seen.shifted(by),
            )
            for player, hero in game.heroes.items()
        },
        minotaur=None if game.minotaur is None else replace(game.minotaur, at=moved(game.minotaur.at)),
        pictures=tuple(
            replace(
                picture,
                floor=picture.floor.shifted(by),
                collapsed=picture.collapsed.shifted(by),
                figures=tuple(replace(figure, at=moved(figure.at)) for figure in picture.figures),
            )
            for picture in game.pictures
        ),
    )


def played(seats: int, seed: int, script: Sequence[Action], by: Vector) -> Table:
    """A game of people only, laid somewhere on the grid and played by a script."""
    table = Table.laid(labyrinth(seats), seed)
    table.start(humans=seats)
    begun = table.commits.pop()
    entry = begun.entries[-1]
    assert isinstance(entry.event, GameStarted)
    moved = GameStarted(shifted(entry.event.game, by))
    table.match = MACHINE.evolve(begun.before, moved, entry.seq)
    table.journal[-1] = replace_event(table, moved)
    for action in script:
        if table.match.status == "active":
            table.act(action)
    return table


def replace_event(table: Table, event: MatchEvent) -> Any:
    last = table.journal[-1]
    return type(last)(last.seq, last.recorded_at, event)


def seen_bytes(table: Table, user_id: UserId) -> list[str]:
    """All messages of somebody who connected when the game had begun."""
    client = Client(user_id)
    began = next(number for number, commit in enumerate(table.commits) if commit.before.game is not None)
    first = table.commits[began]
    client.connect(first.before, first.entries[0].seq - 1, table, again=False)
    for commit in table.commits[began:]:
        client.follow(commit)
    return client.messages


@given(
    st.integers(2, 4),
    st.integers(0, 10_000),
    st.lists(actions, min_size=1, max_size=30),
    st.builds(Vector, st.integers(-3, 3), st.integers(-3, 3)),
    st.integers(1, 4),
)
def test_nobody_can_tell_where_on_the_grid_the_board_lies(
    seats: int, seed: int, script: list[Action], by: Vector, seat: int
) -> None:
    here, there = played(seats, seed, script, Vector(0, 0)), played(seats, seed, script, by)

    assert seen_bytes(here, user(seat)) == seen_bytes(there, user(seat))


plans = st.lists(st.integers(0, 15), max_size=4)


def planned(seed: int, others: Sequence[Sequence[int]], mine: Sequence[int]) -> Table:
    """One round of a four hero game in which everyone plans, up to its end."""
    table = Table.laid(labyrinth(4), seed)
    table.start(humans=4)
    table.now = START + 1
    for seat, numbers in ((2, others[0]), (3, others[1]), (4, others[2]), (1, mine)):
        table.act(("plan", seat - 1, tuple(numbers)))
        table.now = START + 1
    return table


@given(st.integers(0, 10_000), plans, st.lists(plans, min_size=3, max_size=3), st.lists(plans, min_size=3, max_size=3))
def test_nobody_can_tell_what_others_plan(
    seed: int, mine: list[int], others: list[list[int]], different: list[list[int]]
) -> None:
    assert seen_bytes(planned(seed, others, mine), user(1)) == seen_bytes(planned(seed, different, mine), user(1))


def test_a_planted_leak_of_plans_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(match: Match, viewer: PlayerId | None) -> You | None:
        mine, theirs = you_of(match, viewer), you_of(match, P2)
        return None if mine is None or theirs is None else replace(mine, plan=theirs.plan)

    monkeypatch.setattr(feed_module.views, "you_of", leaky)

    one = seen_bytes(planned(7, [[1], [2], [3]], [1]), user(1))
    other = seen_bytes(planned(7, [[4], [5], [6]], [1]), user(1))

    assert one != other


def test_a_planted_leak_of_places_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(seq: int, event: MatchEvent, viewer: PlayerId | None) -> msgspec.Raw | None:
        told = told_bytes(seq, event, viewer)
        if told is None or not isinstance(event, PcEnteredHex):
            return told
        return msgspec.Raw(bytes(told)[:-1] + b',"hex":%s}' % msgspec.json.encode(event.to_hex))

    monkeypatch.setattr(feed_module, "told_bytes", leaky)
    script: list[Action] = []
    for vector in range(1, 7):
        script.append(("plan", 0, (vector,)))
        script.append(("end", 0, ()))

    here, there = played(2, 7, script, Vector(0, 0)), played(2, 7, script, Vector(2, 1))

    assert seen_bytes(here, user(1)) != seen_bytes(there, user(1))
