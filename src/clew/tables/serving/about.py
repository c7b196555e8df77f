"""What everybody may know of a game who looks for one: what it is called and about, and what its forms are made of."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import cast

from clew.definition import ROUND_SECONDS_MAX, ROUND_SECONDS_MIN
from clew.game import AnyGame, Game
from clew.tables.bounds import AWAY_AFTER
from clew.tables.schema import options_schema, plan_schema
from clew.wire.http import KindInfo


def about(game: AnyGame) -> KindInfo:
    """As it is listed among the kinds of a server."""
    return KindInfo(
        kind=game.kind,
        title=title_of(game),
        about=_first_paragraph(game),
        subprotocol=subprotocol_of(game),
        seats=game.seats,
        round_seconds=game.round_seconds,
        round_seconds_bounds=(ROUND_SECONDS_MIN, ROUND_SECONDS_MAX),
        bots=type(game).bot is not cast("type[AnyGame]", Game).bot,
        away_after=AWAY_AFTER,
        options=options_schema(game),
        plan=plan_schema(game),
    )


def title_of(game: AnyGame) -> str:
    """What people call it."""
    return type(game).__name__


def subprotocol_of(game: AnyGame) -> str:
    """What is spoken on its sockets."""
    return f"{game.kind}.v1"


def _first_paragraph(game: AnyGame) -> str:
    """Of its module, which most often is about the game as its players know it; else of its class."""
    text = inspect.getdoc(import_module(type(game).__module__)) or type(game).__doc__ or ""
    return " ".join(inspect.cleandoc(text).partition("\n\n")[0].split())
