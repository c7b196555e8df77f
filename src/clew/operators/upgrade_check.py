"""Every stored session tried out by this release, before it runs any of them. Nothing is written."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from clew.operators.ports import OperatedGames
from clew.operators.rehearsal import Finding, Verdict, rehearse
from clew.sessions.bounds import JOURNAL_PAGE_MAX, LEAF_PAGE_MAX
from clew.sessions.faults import Unreadable
from clew.sessions.ids import GameId, Kind
from clew.sessions.kinds import Reads
from clew.sessions.ports.journal import Journal
from clew.sessions.ports.listings import Listings
from clew.sessions.ports.store import Store
from clew.sessions.records import OPEN, Mark, Stored, StoredEntry, StoredStatus

OPEN_IN_TURN: Final[tuple[StoredStatus, ...]] = ("lobby", "active")
"""In the order in which a session goes through them, so that none is missed that begins meanwhile."""
CLOSED_IN_TURN: Final[tuple[StoredStatus, ...]] = ("concluded", "canceled")
FIRST: Final = Mark(0, 0)

Progress: TypeAlias = Callable[[int, int], None]
"""Told again and again how many sessions were tried, of how many."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How the sessions of one game and state version fared, the open ones or the closed ones."""

    kind: Kind
    state_version: int
    is_open: bool
    fine: int
    failing: int
    unreadable: int
    newer: int


@dataclass(frozen=True, slots=True)
class Report:
    """``reads``: the newest state that this release reads, of each game it has. ``findings``: of those sessions that
    are not fine. Of the ``closed`` ones in the store a sample was tried; those in quarantine were left out: they are
    out of service already. So were ``others``: sessions of games that this release does not have, by their kind.
    """

    reads: Reads
    tallies: tuple[Tally, ...]
    findings: tuple[Finding, ...]
    closed: int
    quarantined: int
    others: Mapping[Kind, int]

    @property
    def fine(self) -> bool:
        """Whether this release would go on with everything that was tried."""
        return not self.findings

    def tried(self, *, is_open: bool) -> int:
        """How many were tried of the open ones, or of the closed ones."""
        return sum(
            each.fine + each.failing + each.unreadable + each.newer for each in self.tallies if each.is_open == is_open
        )


async def try_all(games: OperatedGames, store: Store, closed: int, told: Progress) -> Report:
    """Try out every open session, and ``closed`` of the closed ones, or a few less. Nodes may play on meanwhile.

    Raises the store's ``Busy``; a session's own trouble is in the report.
    """
    counts = await store.listings.count_sessions()
    shares = _shares(counts, closed)
    total = sum(counts.get(status, 0) for status in OPEN_IN_TURN) + sum(shares.values())
    tallied, findings = Counter[tuple[Kind, int, bool, Verdict]](), list[Finding]()
    others = Counter[Kind]()
    done = 0
    async for stored, journal in _chosen(store, counts, shares):
        done += 1
        game = games.get(stored.kind)
        if game is None:
            others[stored.kind] += 1
            continue
        finding = rehearse(game, stored, journal)
        tallied[stored.kind, finding.state_version, finding.game_status in OPEN, finding.verdict] += 1
        if finding.verdict != "fine":
            findings.append(finding)
        told(done, max(done, total))
    return Report(
        {kind: game.codec.state_version for kind, game in games.items()},
        _tallies(tallied),
        tuple(findings),
        sum(counts.get(status, 0) for status in CLOSED_IN_TURN),
        counts.get("quarantined", 0),
        others,
    )


async def _chosen(
    store: Store, counts: Mapping[StoredStatus, int], shares: Mapping[StoredStatus, int]
) -> AsyncIterator[tuple[Stored, list[StoredEntry] | Unreadable]]:
    """Each session to try, once; a concluded one with its journal."""
    lobbies = set[str]()
    for status in OPEN_IN_TURN:
        async for stored in _all(store.listings, status):
            if stored.game_id not in lobbies:
                yield stored, []
            if status == "lobby":
                lobbies.add(stored.game_id)
    for status, share in shares.items():
        some = _all(store.listings, status) if share >= counts[status] else _spread(store.listings, status, share)
        async for stored in some:
            yield stored, await _entries(store.journal, stored) if status == "concluded" else []


async def _all(listings: Listings, status: StoredStatus) -> AsyncIterator[Stored]:
    last: Mark | None = FIRST
    while last is not None:
        page = await listings.leaf(status, last, LEAF_PAGE_MAX)
        for stored in page.items:
            yield stored
        last = page.last


async def _spread(listings: Listings, status: StoredStatus, share: int) -> AsyncIterator[Stored]:
    """So many, spread evenly over the time they are from; where that gives too few, the oldest besides.

    The newest alone would all be of the newest versions, which the running release reads every day; what a release
    forgets to read is old.
    """
    newest = (await listings.list_sessions([status], None, None, 1)).items
    taken = set[GameId]()
    last: Mark | None = FIRST
    while newest and last is not None and len(taken) < share:
        page = await listings.leaf(status, last, 1)
        for stored in page.items:
            taken.add(stored.game_id)
            yield stored
        last = page.last
        if last is not None and len(taken) < share:
            step_ms = (newest[0].inserted_at - last.inserted_at) // (share - len(taken))
            last = max(last, Mark(last.inserted_at + step_ms, 0), key=_place)
    async for stored in _all(listings, status):
        if len(taken) >= share:
            return
        if stored.game_id not in taken:
            taken.add(stored.game_id)
            yield stored


def _place(mark: Mark) -> tuple[int, int]:
    return mark.inserted_at, mark.row


async def _entries(journal: Journal, stored: Stored) -> list[StoredEntry] | Unreadable:
    """All of a closed session's, which grows no more; or why it can't be read, compacted as it is."""
    entries = list[StoredEntry]()
    while len(entries) < stored.seq:
        try:
            page = await journal.entries(stored.game_id, len(entries), JOURNAL_PAGE_MAX)
        except Unreadable as damaged:
            return damaged
        if not page:
            break  # it is shorter than its row says: that is for the rehearsal to tell
        entries += page
    return entries


def _shares(counts: Mapping[StoredStatus, int], closed: int) -> dict[StoredStatus, int]:
    """How many of each closed status to try: in proportion, and one at least of what there is."""
    there: dict[StoredStatus, int] = {status: counts[status] for status in CLOSED_IN_TURN if counts.get(status)}
    if not closed:
        return {}
    total = sum(there.values())
    return {status: min(count, max(1, closed * count // total)) for status, count in there.items()}


def _tallies(tallied: Mapping[tuple[Kind, int, bool, Verdict], int]) -> tuple[Tally, ...]:
    """By kind and state version, the open ones first."""
    sorts = sorted({(kind, version, not is_open) for kind, version, is_open, _ in tallied})
    return tuple(
        Tally(
            kind,
            version,
            not closed,
            *(
                tallied.get((kind, version, not closed, verdict), 0)
                for verdict in ("fine", "failing", "unreadable", "newer")
            ),
        )
        for kind, version, closed in sorts
    )
