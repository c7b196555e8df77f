"""A table as the listings show it: what one user may know of it without watching."""

from __future__ import annotations

from typing import Any

from clew.game import AnyGame
from clew.sessions.ids import UserId
from clew.tables import views
from clew.tables.lobby.listing import listed
from clew.tables.serving.wire import TableInfo
from clew.tables.table import AnyTable


def info_of(game: AnyGame, info: type[Any], table: AnyTable, user_id: UserId | None) -> TableInfo:
    """As ``info``, which is of this game, to this user."""
    return info(
        **listed(table, user_id),
        latest_round=table.round,
        round_ends_at=views.round_ends_at(table),
        players=views.players_of(game, table),
        winner_ids=table.winner_ids,
        over_why=table.over_why,
        round_seconds=table.settings.round_seconds,
        options=table.options,
        away_after=table.settings.away_after,
        waiting_for=views.waiting_for(game, table),
    )
