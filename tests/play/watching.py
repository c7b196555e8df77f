"""Clients of one table, as their feeds serve them: connected, away, and back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from clew.gateway.ports import Comer
from clew.sessions.ids import GameId, UserId
from clew.sessions.records import Committed, Entry
from clew.sessions.session.terms import Term
from clew.tables.feed import GameFeed
from minotaur.play.match import Match, MatchEvent
from minotaur.play.showing import MatchFeed, showing_of
from minotaur.rules.names import player_id
from tests.play.driving import GAME, MACHINE, MARK, START, Table, at_once

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

    def look(self) -> None:
        """As its attendance does a little after others have planned."""
        if self.feed is not None:
            self._take(self.feed.aside([]))

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

    async def journal(_: GameId, after: int, limit: int) -> Sequence[Entry[MatchEvent]]:
        return table.journal[after : after + limit]

    feed = GameFeed(showing_of(MACHINE), match, user_id)
    comer = Comer(user_id, after, mark, again=False)
    opening = at_once(feed.open(GAME, seq, (Term(1, MARK),), journal, comer, START))
    return feed, opening.welcome, opening.missed


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
    client.look()
    return client
