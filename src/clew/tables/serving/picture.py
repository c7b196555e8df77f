"""The end of a table as a picture, for a chat: the game's own where it draws one, else a card with the standings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clew.game import AnyGame
from clew.sessions.records import Entry
from clew.tables import views
from clew.tables.bounds import PICTURE_BYTES_MAX
from clew.tables.events import AnyEvent
from clew.tables.evolving import evolve_table
from clew.tables.table import AnyTable
from clew.wire.svg import HEIGHT, SIZED, WIDTH, safe

_ROWS_MAX: Final = 12
_WORDS: Final = {"won": "won", "survived": "in it to the end", "resigned": "gave up", "eliminated": "out of it"}


def picture_of(game: AnyGame, title: str, entries: Iterable[Entry[AnyEvent]]) -> str:
    """From the whole journal of a game that is over. Of at most ``PICTURE_BYTES_MAX``."""
    table: AnyTable | None = None
    for entry in entries:
        if entry.event is not None:
            table = evolve_table(game, table, entry.event)
    assert table is not None, "a table begins with its creation"
    drawn = None
    if table.game is not None:
        drawn = game.picture(table.game, {each.player_id: safe(each.display_name) for each in table.members})
    if drawn is not None and len(drawn.encode()) > PICTURE_BYTES_MAX:
        drawn = None
    return _card(game, title, table) if drawn is None else drawn


def _card(game: AnyGame, title: str, table: AnyTable) -> str:
    players = sorted(views.players_of(game, table), key=lambda each: each.player_status != "won")
    winners = [each.display_name for each in players if each.player_status == "won"]
    head = f"{' and '.join(winners)} won" if winners else "Nobody won"
    rows = [(each.display_name, _WORDS.get(each.player_status, "")) for each in players[:_ROWS_MAX]]
    step = min(64, 380 // max(1, len(rows)))
    rounds = "1 round" if table.round == 1 else f"{table.round} rounds"
    lines = [
        f'<text x="80" y="{230 + at * step}" font-size="{min(32, step - 4)}" fill="#1d1c1a">{safe(name)}'
        f'<tspan dx="16" fill="#625e57">{words}</tspan></text>'
        for at, (name, words) in enumerate(rows)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {SIZED} font-family="sans-serif" role="img">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#faf9f7"/><rect width="16" height="{HEIGHT}" fill="#2b59c3"/>'
        f'<text x="80" y="90" font-size="32" fill="#2b59c3" font-weight="700">{safe(title)}, {rounds}'
        f'</text><text x="80" y="160" font-size="{48 if len(head) < 40 else 28}" font-weight="700" fill="#1d1c1a">'
        f"{safe(head)}</text>{''.join(lines)}</svg>"
    )
