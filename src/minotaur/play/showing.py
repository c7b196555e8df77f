"""How a match is shown to its viewers."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from clew.gateway.company import Company
from clew.sessions.ids import PlayerId
from clew.tables.feed import GameFeed, Showing
from clew.tables.lobby.unnaming import Unnaming
from minotaur.play import views
from minotaur.play.machine import MatchMachine
from minotaur.play.match import GameStarted, Match, MatchEvent
from minotaur.rules.events import PlanAccepted, ReadyAccepted

MatchFeed: TypeAlias = GameFeed[Match, MatchEvent]

UNNAMING: Final = Unnaming[Match, MatchEvent](GameStarted)


def showing_of(machine: MatchMachine) -> Showing[Match, MatchEvent]:
    """Matches, as the machine has told of them."""
    return Showing(machine.tellings, views.view_of, _live, views.you_of, _changes_the_picture, UNNAMING)


def _live(match: Match, viewer: PlayerId | None, company: Company) -> Mapping[str, object]:
    return views.live_parts(match, viewer, company)


def _changes_the_picture(before: Match, event: MatchEvent) -> bool:
    """Plans change the live parts of a view alone, unless they end an autopilot: that everybody sees at once."""
    if not isinstance(event, PlanAccepted | ReadyAccepted):
        return True
    return before.game is None or before.game.heroes[event.player_id].autopilot
