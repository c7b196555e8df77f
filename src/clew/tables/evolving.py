"""From one table to the next: what each event means. Never refuses, never chooses: a replay cannot differ."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

from msgspec.structs import replace

from clew.game import AnyGame, Seat
from clew.tables.agreeing.events import Agreed, AgreementEvent, AutopilotBegan, Paused, WentOn
from clew.tables.agreeing.evolving import evolve_agreements
from clew.tables.events import (
    AnyEvent,
    ClockCredited,
    GameOver,
    GameStarted,
    Happened,
    PlanAccepted,
    ReadyAccepted,
    Resigned,
    RoundStarted,
    SettingsChanged,
    TableCreated,
)
from clew.tables.lobby.events import LobbyEvent
from clew.tables.lobby.evolving import evolve_lobby
from clew.tables.lobby.gathering import founded
from clew.tables.table import AnyTable, Player, Table


def evolve_table(game: AnyGame, table: AnyTable | None, event: AnyEvent) -> AnyTable:
    """Apply one past event; ``None`` only before the first. The log is kept by the machine, which knows its number."""
    if isinstance(event, TableCreated):
        assert table is None, "a table is made once"
        return _created(event)
    assert table is not None, "a table begins with its creation"
    if isinstance(event, LobbyEvent):
        return evolve_lobby(table, event)
    if isinstance(event, AgreementEvent):
        return _agreed(table, event)
    match event:
        case SettingsChanged(settings, options, bots, public):
            return replace(table, settings=settings, options=options, bots=bots, public=public)
        case GameStarted(state, ends_at, length_ms, on_turn):
            players = {seat: Player() for seat in table.seats}
            begun = replace(table, status="active", game=state, round=1, touched_in=1, players=players)
            return replace(begun, round_ends_at=ends_at, round_ms=length_ms, on_turn=on_turn)
        case PlanAccepted():
            return _planned(table, event)
        case ReadyAccepted(_, seat):
            player = replace(table.players[seat], ready=True, autopilot=False, missed_rounds=0)
            return _with_player(replace(table, touched_in=table.round), seat, player)
        case Resigned(_, seat):
            plans = {other: plan for other, plan in table.plans.items() if other != seat}
            gone = replace(table.players[seat], resigned=True)
            return _with_player(replace(table, plans=plans, touched_in=table.round), seat, gone)
        case Happened(_, inner):
            return replace(table, game=game.evolve(table.game, inner))
        case RoundStarted():
            return _next_round(table, event)
        case ClockCredited(_, ms):
            return replace(table, round_ends_at=table.round_ends_at + ms, agreements=table.agreements.moved(ms))
        case GameOver(_, winner_ids, why):
            # Plans that were never resolved are dropped: a table that is over has nothing left that is secret.
            over = replace(table, status="concluded", winner_ids=winner_ids, over_why=why)
            return replace(over, plans={}, on_turn=(), agreements=table.agreements.without_round())
        case _:
            assert_never(event)


def _created(event: TableCreated[object]) -> AnyTable:
    return Table(**founded(event), settings=event.settings, options=event.options)


def _agreed(table: AnyTable, event: AgreementEvent) -> AnyTable:
    after = replace(table, agreements=evolve_agreements(table.agreements, event))
    match event:
        case AutopilotBegan(_, seat):
            return _with_player(after, seat, replace(table.players[seat], autopilot=True))
        case Agreed() | Paused() | WentOn():
            return after
        case _:
            assert_never(event)


def _planned(table: AnyTable, event: PlanAccepted[object]) -> AnyTable:
    seat = event.player_id
    planned = replace(table, plans={**table.plans, seat: event.plan})
    if event.by_bot:
        return planned
    player = replace(table.players[seat], ready=False, autopilot=False, missed_rounds=0)
    return _with_player(replace(planned, touched_in=table.round), seat, player)


def _next_round(table: AnyTable, event: RoundStarted) -> AnyTable:
    """Clear the plans, and count the round for those who let it pass."""
    players = {seat: after_round(table, seat, event.away) for seat in table.players}
    begun = replace(table, round=event.round, round_ends_at=event.ends_at, round_ms=event.length_ms, plans={})
    touched_in = table.round if event.watched else table.touched_in
    begun = replace(begun, on_turn=event.on_turn, players=players, touched_in=touched_in)
    return replace(begun, agreements=table.agreements.without_round())


def after_round(table: AnyTable, seat: Seat, away: Collection[Seat]) -> Player:
    """How a round leaves them, these being away."""
    player, settings = table.players[seat], table.settings
    if not _plans_alone(table, seat):
        return replace(player, ready=False)
    missed = player.missed_rounds + 1 if lets_pass(table, seat) else 0
    gone = seat in away and 0 < settings.away_after <= missed
    return replace(player, ready=False, missed_rounds=missed, autopilot=gone or missed >= settings.autopilot_after)


def lets_pass(table: AnyTable, seat: Seat) -> bool:
    """Whether they are on turn and have neither planned nor said that they are done."""
    return _plans_alone(table, seat) and seat not in table.plans and not table.players[seat].ready


def _plans_alone(table: AnyTable, seat: Seat) -> bool:
    player = table.players[seat]
    return seat in table.on_turn and not (table.is_bot(seat) or player.autopilot or player.resigned)


def _with_player(table: AnyTable, seat: Seat, player: Player) -> AnyTable:
    return replace(table, players={**table.players, seat: player})
