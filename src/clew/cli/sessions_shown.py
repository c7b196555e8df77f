"""Sessions as operators see them: JSON for scripts (docs/operating.md), tables for people."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from rich.markup import escape
from rich.table import Table

from clew.cli.advice import WAITING, advice_for
from clew.cli.operators import rfc3339, rfc3339_or_none, short_time
from clew.operators.inspecting import Line, Seat
from clew.sessions.census import Census
from clew.sessions.cluster.peers import HOST
from clew.sessions.flaws import flaw_of
from clew.sessions.history_records import Setback
from clew.sessions.ids import Kind
from clew.sessions.kinds import Reads
from clew.sessions.node_records import NodeRow
from clew.sessions.records import OPEN, SessionRow, Stored
from clew.wiring.words import Words


class SessionJson(msgspec.Struct, frozen=True):
    """A session's row. Times are RFC 3339 in UTC; ``seq`` is also the length of its journal."""

    game_id: str
    join_code: str
    kind: str
    """Which game it is."""
    game_status: str
    latest_round: int
    state_version: int
    seq: int
    snapshot_seq: int
    owner: str | None
    epoch: int
    wake_at: str | None
    asleep: bool
    unowned_since: str | None
    quarantine_reason: str | None
    quarantine_kind: str | None
    """The closed set that reasons begin with; None for a reason written otherwise."""
    quarantine_advice: str | None
    inserted_at: str
    updated_at: str
    waits_for_state_version: int | None
    """Set where nobody holds it and no node there is reads its state: it waits for a newer release, or for one that has
    its game.
    """


class SessionsJson(msgspec.Struct, frozen=True):
    """What ``list --json`` and ``quarantined --json`` print, newest first; ``more``: the limit cut it."""

    sessions: tuple[SessionJson, ...]
    more: bool
    sums: "SumsJson | None" = None
    """All there is in the store, whatever is listed; with ``list`` only."""


class SumsJson(msgspec.Struct, frozen=True):
    """Open games by kind (``people``: at least one person plays), users, and ways to sign in."""

    lobbies: int
    people: int
    bots_alone: int
    users: int
    sign_ins: int


def sums_json(census: Census | None) -> SumsJson | None:
    """For scripts."""
    if census is None:
        return None
    return SumsJson(census.lobbies, census.active, census.alone, census.users, census.sign_ins)


def sums_in_words(census: Census) -> str:
    """For people."""
    return (
        f"Open in all: {census.lobbies} lobbies, {census.active} games of people, {census.alone} of bots alone."
        f" {census.users} users, {census.sign_ins} sign-ins."
    )


class SeatJson(msgspec.Struct, frozen=True):
    """One player; ``user_id`` is null for a bot."""

    player_id: str
    user_id: str | None
    display_name: str
    player_status: str


class LineJson(msgspec.Struct, frozen=True):
    """One entry of the journal in the one-line notation."""

    seq: int
    recorded_at: str
    text: str


class SetbackJson(msgspec.Struct, frozen=True):
    """That the store had less of the game than was told; ``told_seq`` is null where nobody knows how much that was."""

    noticed_at: str
    told_seq: int | None
    kept_seq: int
    latest_round: int
    said_by: str
    node: str | None


class SessionDetailJson(msgspec.Struct, frozen=True):
    """What ``show --json`` prints; ``players`` is null, and ``unreadable`` says why, where the state can't be read."""

    session: SessionJson
    state_bytes: int
    players: tuple[SeatJson, ...] | None
    unreadable: str | None
    events: tuple[LineJson, ...]
    setbacks: tuple[SetbackJson, ...]


@dataclass(frozen=True)
class Nodes:
    """The nodes there are; ``own``: what this release reads."""

    rows: Sequence[NodeRow]
    own: Reads

    def reads(self, kind: Kind) -> int | None:
        """The newest state of a game that the living hosts read; where there are none, that this release does.

        None: none of them has that game.
        """
        hosts = [row.reads for row in self.rows if row.alive and HOST in row.roles] or [self.own]
        return max((reads[kind] for reads in hosts if kind in reads), default=None)


def waits_for(row: SessionRow | Stored, nodes: Nodes) -> int | None:
    """The state version that no node there is reads, where that is why nobody holds it."""
    held = any(node.alive for node in nodes.rows if node.owner == row.owner)
    newest = nodes.reads(row.kind)
    waits = row.game_status in OPEN and not held and (newest is None or row.state_version > newest)
    return row.state_version if waits else None


def session_json(row: SessionRow | Stored, nodes: Nodes, words: Words) -> SessionJson:
    """The row as scripts read it."""
    return SessionJson(
        game_id=row.game_id,
        join_code=row.join_code,
        kind=row.kind,
        game_status=row.game_status,
        latest_round=row.latest_round,
        state_version=row.state_version,
        seq=row.seq,
        snapshot_seq=row.snapshot_seq,
        owner=row.owner,
        epoch=row.epoch,
        wake_at=rfc3339_or_none(row.wake_at),
        asleep=row.asleep,
        unowned_since=rfc3339_or_none(row.unowned_since),
        quarantine_reason=row.quarantine_reason,
        quarantine_kind=flaw_of(row.quarantine_reason),
        quarantine_advice=advice_for(row.quarantine_reason, words) if row.game_status == "quarantined" else None,
        inserted_at=rfc3339(row.inserted_at),
        updated_at=rfc3339(row.updated_at),
        waits_for_state_version=waits_for(row, nodes),
    )


def detail_json(
    stored: Stored,
    nodes: Nodes,
    words: Words,
    seats: Sequence[Seat] | None,
    unreadable: str | None,
    lines: Sequence[Line],
    setbacks: Sequence[Setback],
) -> SessionDetailJson:
    """All that is known of one session."""
    return SessionDetailJson(
        session=session_json(stored, nodes, words),
        state_bytes=stored.state_bytes,
        players=None
        if seats is None
        else tuple(SeatJson(seat.player_id, seat.user_id, seat.display_name, seat.player_status) for seat in seats),
        unreadable=unreadable,
        events=tuple(LineJson(line.seq, rfc3339(line.recorded_at), line.text) for line in lines),
        setbacks=tuple(
            SetbackJson(rfc3339(one.noticed_at), one.told_seq, one.kept_seq, one.latest_round, one.said_by, one.node)
            for one in setbacks
        ),
    )


def sessions_table(rows: Sequence[SessionRow], nodes: Nodes, *, reasons: bool) -> Table:
    """One line a session; with ``reasons``, why it is out of service instead of who holds it."""
    table = Table(box=None, header_style="bold")
    for column in ("game", "code", "kind", "status"):
        table.add_column(column, no_wrap=True)
    for column in ("round", "entries", "state"):
        table.add_column(column, justify="right", no_wrap=True)
    for column in ("why",) if reasons else ("owner", "wakes"):
        table.add_column(column, no_wrap=not reasons)
    table.add_column("last written", no_wrap=True)
    for row in rows:
        cells = (why_out_of_play(row, nodes),) if reasons else (owner_in_words(row, nodes), short_time(row.wake_at))
        table.add_row(
            row.game_id,
            row.join_code,
            escape(row.kind),
            row.game_status,
            str(row.latest_round),
            str(row.seq),
            f"v{row.state_version}",
            *map(escape, cells),
            short_time(row.updated_at),
        )
    return table


def detail_table(stored: Stored, nodes: Nodes, setbacks: Sequence[Setback]) -> Table:
    """The row, field by field."""
    facts = {
        "game": stored.game_id,
        "join code": stored.join_code,
        "kind": stored.kind,
        "status": stored.game_status,
        "out of service": stored.quarantine_reason,
        "round": str(stored.latest_round),
        "owner": f"{owner_in_words(stored, nodes)}, epoch {stored.epoch}",
        "journal": f"{stored.seq} {'entry' if stored.seq == 1 else 'entries'}, snapshot after {stored.snapshot_seq}",
        "state": f"{stored.state_bytes} bytes of version {stored.state_version}",
        "wakes": short_time(stored.wake_at),
        "made": short_time(stored.inserted_at),
        "last written": short_time(stored.updated_at),
    }
    table = Table(box=None, show_header=False)
    table.add_column(style="bold")
    table.add_column()
    for name, fact in facts.items():
        if fact:
            table.add_row(name, escape(fact))
    for setback in setbacks:
        table.add_row("set back", escape(setback_in_words(setback)))
    return table


def setback_in_words(setback: Setback) -> str:
    """When, to where, from where if that is known, and who said so."""
    where = f"{short_time(setback.noticed_at)}  to entry {setback.kept_seq}, round {setback.latest_round}"
    if setback.said_by == "restore":
        return f"{where}: a backup was restored"
    return f"{where}: the database had less than the {setback.told_seq} entries that {setback.node} had told"


def seats_table(seats: Sequence[Seat]) -> Table:
    """One line a player."""
    table = Table(box=None, header_style="bold")
    for column in ("seat", "name", "user", "status"):
        table.add_column(column, no_wrap=True)
    for seat in seats:
        table.add_row(seat.player_id, escape(seat.display_name), seat.user_id or "bot", seat.player_status)
    return table


def lines_table(lines: Sequence[Line]) -> Table:
    """One line an entry, oldest first."""
    table = Table(box=None, header_style="bold")
    table.add_column("entry", justify="right", no_wrap=True)
    table.add_column("recorded", no_wrap=True)
    table.add_column("event")
    for line in lines:
        table.add_row(str(line.seq), short_time(line.recorded_at), escape(line.text))
    return table


def why_out_of_play(row: SessionRow | Stored, nodes: Nodes) -> str:
    """Why it is in quarantine, or waits."""
    if row.game_status not in OPEN:
        return row.quarantine_reason or ""
    newest = nodes.reads(row.kind)
    if newest is None:
        return f"waits: no node has the game {row.kind}"
    return f"waits: state v{row.state_version} is newer than v{newest}, which is all the nodes read"


def advice_in_words(row: SessionRow, words: Words) -> str:
    """What to do about one that is out of play, by the first word of why."""
    if row.game_status in OPEN:
        return f"waits: {WAITING}."
    return f"{flaw_of(row.quarantine_reason) or 'other'}: {advice_for(row.quarantine_reason, words)}."


def owner_in_words(row: SessionRow | Stored, nodes: Nodes) -> str:
    """Who holds it, and whether it is in their memory; or for whom it waits."""
    if waits_for(row, nodes) is not None:
        newest = nodes.reads(row.kind)
        if newest is None:
            return f"nobody: waits for a node that has the game {row.kind}"
        return f"nobody: waits for a release that reads state v{row.state_version} (here: v{newest})"
    if row.owner is None:
        return "nobody"
    return f"{row.owner}, asleep" if row.asleep else row.owner
