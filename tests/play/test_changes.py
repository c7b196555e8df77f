"""What has changed of a view, made to the view told before, is the view that others are sent whole."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from clew.gateway.ports import Comer
from clew.sessions.ids import UserId
from clew.sessions.records import Entry
from clew.sessions.session.terms import Term
from clew.tables.feed import GameFeed
from minotaur.play.match import Match, MatchEvent
from minotaur.play.showing import MatchFeed, showing_of
from minotaur.play.wire import ChangedView, ServerMessage
from minotaur.rules.commands import RegisterPlan, Wait
from minotaur.rules.names import player_id
from minotaur.rules.settings import labyrinth
from tests.play.driving import GAME, MACHINE, MARK, START, Table, at_once, tables, user
from tests.play.watching import SPECTATOR, before_first

FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
viewers = st.one_of(st.just(SPECTATOR), st.integers(1, 8).map(user))


class Reader:
    """A client that takes changes (or not), and the bytes of the view that it has."""

    def __init__(self, match: Match, seq: int, user_id: UserId, *, changes: bool) -> None:
        self.feed: MatchFeed = GameFeed(showing_of(MACHINE), match, user_id)
        self.view = dict[str, bytes]()
        self.kinds = list[str]()
        comer = Comer(user_id, None, None, again=False, changes=changes)
        opening = at_once(self.feed.open(GAME, seq, (Term(1, MARK),), nothing_read, comer, START))
        self.take(opening.welcome)

    def take(self, text: str | None) -> dict[str, bytes] | None:
        """What is left of the message once its view is taken; None where there was none."""
        if text is None:
            return None
        said = {name: bytes(part) for name, part in FIELDS.decode(text).items()}
        kind = msgspec.json.decode(said.pop("type"), type=str)
        self.kinds.append(kind)
        changed = FIELDS.decode(said.pop("changes" if kind == "changes" else "view"))
        before = self.view if kind == "changes" else {}
        self.view = before | {name: bytes(part) for name, part in changed.items()}
        return said


async def nothing_read(*_: object) -> list[Entry[MatchEvent]]:
    raise AssertionError("nobody came back")


@given(tables(), viewers, st.lists(st.booleans(), max_size=60))
def test_changes_make_the_view_to_the_byte_at_every_step(table: Table, user_id: UserId, looks: list[bool]) -> None:
    whole, changing = (Reader(before_first(table), 1, user_id, changes=changes) for changes in (False, True))
    for number, commit in enumerate(table.commits):
        told, changed = (reader.take(reader.feed.follow(commit)) for reader in (whole, changing))
        assert told == changed, "all but the view is the same, and in the same messages"
        if number < len(looks) and looks[number]:
            assert whole.take(whole.feed.aside([])) == changing.take(changing.feed.aside([]))
        assert (list(changing.view), changing.view) == (list(whole.view), whole.view)
    assert "changes" not in whole.kinds
    assert "events" not in changing.kinds


def test_after_ones_own_plan_nothing_but_oneself_is_sent() -> None:
    table, text = Table.laid(labyrinth(2)), None
    table.start(humans=2)
    reader = Reader(table.match, table.seq, user(1), changes=True)

    for steps in ((Wait(),), (Wait(), Wait())):
        table.do(RegisterPlan(player_id(1), 1, steps))
        text = reader.feed.follow(table.commits[-1])

    assert text is not None
    message = msgspec.json.decode(text, type=ServerMessage)
    assert isinstance(message, ChangedView)
    assert list(message.changes) == ["you"]
    assert len(text) < 500
