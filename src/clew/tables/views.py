"""What one viewer may know of a table now, in the shape of the wire. A viewer is a member's seat, or None.

Of the game it has what ``view`` gives; the rest (names, who still plays, who is on turn) is public, but for a player's
own plan.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Generic, Literal, TypeAlias, TypedDict, TypeVar

import msgspec

from clew.game import AnyGame, Seat
from clew.gateway.company import ALL_HERE, Company, RoundSoFar
from clew.sessions.records import GameStatus
from clew.tables.agreeing.counting import Circle
from clew.tables.agreeing.telling import AgreementsSeen, agreements_seen, shown_end
from clew.tables.lobby.listing import KeptSeat, PlayerInfo, PlayerSeen, PlayerStatus, kept_of, seen, waited_for
from clew.tables.lobby.listing import players_of as lobby_players
from clew.tables.rounds import circle_of
from clew.tables.table import AnyTable, OverWhy, Player
from clew.tables.tale import planning, playing
from clew.wire.moments import rfc3339

V = TypeVar("V")
P = TypeVar("P")
O = TypeVar("O")  # noqa: E741 - options


class You(msgspec.Struct, Generic[P], frozen=True):
    """The viewer's own seat. ``plan``: None as long as none was accepted in this round, and in the lobby."""

    player_id: Seat
    player_status: PlayerStatus
    on_turn: bool
    autopilot: bool
    plan: P | None
    ready: bool


class TableView(msgspec.Struct, Generic[V, P, O], frozen=True):
    """All that a viewer may know. ``round_ends_at`` and ``round_ms``: None where no round is on. ``round_ms`` is how
    long the round is, without the time for which the clock was stopped; ``round_seconds`` what was asked for.
    While the clock stands by agreement, ``round_ends_at`` is when the round ends at the latest. ``away_after``: after
    how many rounds a bot plans for somebody who is away; 0: after as many as for who is here.
    """

    game_status: GameStatus
    round: int
    round_ends_at: str | None
    round_ms: int | None
    on_turn: tuple[Seat, ...]
    you: You[P] | None
    players: tuple[PlayerSeen, ...]
    host_id: Seat
    seats: int
    winner_ids: tuple[Seat, ...]
    over_why: OverWhy | None
    seed_chosen: bool
    viewer: Literal["player", "spectator"]
    round_seconds: int
    options: O
    waiting_for: tuple[Seat, ...]
    game: V | None
    kept: tuple[KeptSeat, ...] = ()
    agreements: AgreementsSeen | None = None
    away_after: int = 0


AnyView: TypeAlias = TableView[Any, Any, Any]


def table_view(game: AnyGame, table: AnyTable, viewer: Seat | None, company: Company = ALL_HERE) -> AnyView:
    """All that this viewer may know now."""
    seat = viewer if viewer in table.seats else None
    is_on = table.status == "active"
    return TableView(
        game_status=table.status,
        round=table.round,
        round_ends_at=round_ends_at(table),
        round_ms=table.round_ms if is_on else None,
        on_turn=table.on_turn,
        **live_parts(game, table, seat, company),
        host_id=table.host.player_id,
        seats=table.settings.seats,
        winner_ids=table.winner_ids,
        over_why=table.over_why,
        seed_chosen=table.seed_chosen,
        viewer="spectator" if seat is None else "player",
        round_seconds=table.settings.round_seconds,
        options=table.options,
        game=None if table.game is None else game.view(table.game, seat),
        kept=kept_of(table),
        away_after=table.settings.away_after,
    )


def status_of(game: AnyGame, table: AnyTable, seat: Seat) -> PlayerStatus:
    """What has become of a player."""
    if table.game is None:
        return "waiting"
    if seat in table.winner_ids:
        return "won"
    if table.players[seat].resigned:
        return "resigned"
    if seat not in playing(game, table):
        return "eliminated"
    return "playing" if table.status == "active" else "survived"


def round_ends_at(table: AnyTable) -> str | None:
    """Until when plans are taken; None where no round is on."""
    return rfc3339(shown_end(table.round_ends_at, table.agreements)) if table.status == "active" else None


def you_of(game: AnyGame, table: AnyTable, seat: Seat | None) -> You[Any] | None:
    """The viewer's own seat; None for who has none."""
    if seat is None or seat not in table.seats:
        return None
    player = table.players.get(seat, Player())
    return You(
        player_id=seat,
        player_status=status_of(game, table, seat),
        on_turn=seat in table.on_turn,
        autopilot=player.autopilot,
        plan=table.plans.get(seat),
        ready=player.ready,
    )


def waiting_for(game: AnyGame, table: AnyTable) -> tuple[Seat, ...]:
    """Whom the round waits for."""
    return waited_for(standing_of(game, table), _autopilots(table))


class Live(TypedDict):
    """Those parts of a view that change with a plan, or with who is here."""

    you: You[Any] | None
    players: tuple[PlayerSeen, ...]
    waiting_for: tuple[Seat, ...]
    agreements: AgreementsSeen | None


def live_parts(game: AnyGame, table: AnyTable, viewer: Seat | None, company: Company) -> Live:
    """As this viewer is shown them, in the order in which a view has them."""
    standing, autopilots = company.standing or standing_of(game, table), _autopilots(table)
    return Live(
        you=you_of(game, table, viewer),
        players=seen(table, partial(status_of, game, table), autopilots, standing, company),
        waiting_for=waited_for(standing, autopilots),
        agreements=agreements_seen(agreed_about(game, table), company.away),
    )


def standing_of(game: AnyGame, table: AnyTable) -> RoundSoFar:
    """How far those people are who are on turn. Who is ready without a plan counts as having one: that they are idle
    is theirs to know.
    """
    if table.status != "active":
        return RoundSoFar()
    people = {
        seat: (seat in table.plans or table.players[seat].ready, table.players[seat].ready)
        for seat in planning(game, table)
        if not table.is_bot(seat)
    }
    return RoundSoFar(table.round, people)


def agreed_about(game: AnyGame, table: AnyTable) -> Circle | None:
    """Those who play, as they agree on something; None where no round is on."""
    return circle_of(game, table) if table.status == "active" else None


def players_of(game: AnyGame, table: AnyTable) -> tuple[PlayerInfo, ...]:
    """All seats taken so far, in their order."""
    return lobby_players(table, partial(status_of, game, table), _autopilots(table))


def _autopilots(table: AnyTable) -> list[Seat]:
    return [seat for seat, player in table.players.items() if player.autopilot]
