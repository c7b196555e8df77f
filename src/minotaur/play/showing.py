"""How a match is shown to its viewers."""

from typing import TypeAlias

from clew.tables.feed import GameFeed, Showing
from minotaur.play import views
from minotaur.play.machine import MatchMachine
from minotaur.play.match import Match, MatchEvent
from minotaur.rules.events import PlanAccepted, ReadyAccepted

MatchFeed: TypeAlias = GameFeed[Match, MatchEvent]


def showing_of(machine: MatchMachine) -> Showing[Match, MatchEvent]:
    """Matches, as the machine has told of them."""
    return Showing(machine.tellings, views.view_of, views.you_of, _changes_the_picture)


def _changes_the_picture(before: Match, event: MatchEvent) -> bool:
    """Plans change nothing of a view but ``you``, unless they end an autopilot, which everybody may see."""
    if not isinstance(event, PlanAccepted | ReadyAccepted):
        return True
    return before.game is None or before.game.heroes[event.player_id].autopilot
