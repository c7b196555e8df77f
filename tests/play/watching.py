"""Clients of one table, as their feeds serve them: connected, away, and back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from clew.gateway.ports import Comer
from clew.gateway.resuming import Past
from clew.sessions.ids import GameId, UserId
from clew.sessions.records import Committed, Entry
from clew.sessions.session.terms import Term
from minotaur.play.feed import MatchFeed, log_of
from minotaur.play.match import Match, MatchEvent
from minotaur.rules.names import PlayerId, player_id
from tests.play.driving import GAME, MARK, START, Table, at_once

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
    mark: str | None = None
    feed: MatchFeed | None = None

    def connect(self, match: Match, seq: int, table: Table, *, again: bool) -> None:
        resumes = (self.last_seq, self.mark) if again else (None, None)
        self.feed, welcome, missed = opened(table, match, seq, self.user_id, *resumes)
        self._take(welcome)
        self._take(missed)

    def follow(self, commit: Commit) -> None:
        if self.feed is not None:
            self._take(self.feed.follow(commit))

    def _take(self, text: str | None) -> None:
        if text is None:
            return
        message = json.loads(text)
        self.messages.append(text)
        self.events += message.get("events", [])
        self.last_seq, self.mark = message["seq"], message["mark"]

    @property
    def view(self) -> Any:
        return json.loads(self.messages[-1])["view"]


def opened(
    table: Table, match: Match, seq: int, user_id: UserId, after: int | None = None, mark: str | None = None
) -> tuple[MatchFeed, str, str | None]:
    """A viewer's feed of the match as it stood after entry ``seq``, its welcome, and what was missed."""
    feed = MatchFeed(match, user_id)
    past = past_of(table, match, seq, feed.viewer)
    opening = at_once(feed.open(past, (Term(1, MARK),), Comer(user_id, after, mark, again=False), START))
    return feed, opening.welcome, opening.missed


def past_of(table: Table, match: Match, seq: int, viewer: PlayerId | None) -> Past[MatchEvent]:
    async def journal(_: GameId, after: int, limit: int) -> Sequence[Entry[MatchEvent]]:
        return table.journal[after : after + limit]

    return Past(journal, GAME, seq, log_of(match, seq, viewer))


def newcomer(table: Table, user_id: UserId) -> MatchFeed:
    """Welcomed now."""
    return opened(table, table.match, table.seq, user_id)[0]


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
