"""How a feed tells of those who have gone for good: what of a game's past names them is read from its journal.

That is read where somebody has gone, or may have who gave a seat up; of all other games nothing is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Generic, TypeVar

from clew.gateway.ports import Comer, Journal
from clew.sessions.bounds import JOURNAL_PAGE_MAX
from clew.sessions.ids import GameId, UserId
from clew.sessions.records import Committed, Entry
from clew.tables.lobby.events import LobbyEvent
from clew.tables.lobby.gathering import Gathering
from clew.tables.lobby.unnamed import named_in, names_of, roll_of, told_without, without_names

G = TypeVar("G", bound=Gathering)
E = TypeVar("E")

FIRST_PAGE: Final = 64
"""Most lobbies take fewer entries; of others a whole page is read at a time."""
_GAVE_UP: Final = (b'"type":"left"', b'"type":"sent_away"', b'"type":"released"')
"""What stands in a log of a seat that was given up."""


class Unnaming(Generic[G, E]):
    """Keeps ``tables.feed.Nameless``'s promises. ``begun``: the event with which the game begins."""

    def __init__(self, begun: type[E]) -> None:
        self._begun = begun

    def shown(self, state: G, gone: Collection[UserId]) -> G:
        return without_names(state, names_of(state, gone))

    def followed(self, committed: Committed[G, E], gone: Collection[UserId]) -> Mapping[int, E]:
        if not any(isinstance(entry.event, LobbyEvent) for entry in committed.entries):
            return {}
        before = committed.before
        return _changed(committed.entries, told_without(committed.entries, names_of(before, gone), before))

    async def past(self, game_id: GameId, journal: Journal[E], gone: Collection[UserId]) -> Mapping[int, E]:
        entries = await self._lobby(game_id, journal)
        return _changed(entries, told_without(entries, roll_of(entries).names(gone)))

    async def named_ever(self, game_id: GameId, state: G, comer: Comer, journal: Journal[E]) -> frozenset[UserId]:
        """Everybody whom a comer's view or past may name."""
        named = named_in(state)
        if not self._reads_back(state, comer) and not any(word in bytes(state.events_log.lines) for word in _GAVE_UP):
            return named
        return named | roll_of(await self._lobby(game_id, journal)).people

    def _reads_back(self, state: G, comer: Comer) -> bool:
        """Whether the journal may be read for what the comer missed: then whoever is named there is told too."""
        log = state.events_log
        if comer.after is None or log.since == 0:
            return False
        # Of a log that began late, or of which the numbers are the journal's, more is read than there has to be.
        viewer = state.seat_of(comer.user_id)
        return log.own_since != 0 or comer.after <= log.last_number(viewer, 0) - len(log.shown_to(viewer))

    async def _lobby(self, game_id: GameId, journal: Journal[E]) -> list[Entry[E]]:
        """All entries up to the game's beginning, or to the last there is: nobody is named in a later one."""
        entries = list[Entry[E]]()
        limit = FIRST_PAGE
        while page := await journal(game_id, entries[-1].seq if entries else 0, limit):
            entries += page
            if any(isinstance(entry.event, self._begun) for entry in page):
                break
            limit = JOURNAL_PAGE_MAX
        return entries


def _changed(entries: Collection[Entry[E]], told: Collection[Entry[E]]) -> Mapping[int, E]:
    """What is told otherwise than it was written, by entry."""
    pairs = zip(entries, told, strict=True)
    return {now.seq: now.event for before, now in pairs if now is not before and now.event is not None}
