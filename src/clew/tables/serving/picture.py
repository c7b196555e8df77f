"""The end of a table as a picture, for a chat: the game's own where it draws one, else a card with the standings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clew.catalogue.voice import Voice
from clew.game import AnyGame
from clew.sessions.records import Entry
from clew.tables import views
from clew.tables.bounds import PICTURE_BYTES_MAX
from clew.tables.events import AnyEvent
from clew.tables.evolving import evolve_table
from clew.tables.table import AnyTable
from clew.wire.svg import HEIGHT, SIZED, WIDTH, beginning_left, safe

_ROWS_MAX: Final = 12
_SAID: Final = {
    "won": "drawn-status-won",
    "survived": "drawn-status-survived",
    "resigned": "drawn-status-resigned",
    "eliminated": "drawn-status-eliminated",
}


def picture_of(game: AnyGame, title: str, entries: Iterable[Entry[AnyEvent]], voice: Voice) -> str:
    """From the whole journal of a game that is over, of at most ``PICTURE_BYTES_MAX``; ``voice`` is of a card."""
    table: AnyTable | None = None
    for entry in entries:
        if entry.event is not None:
            table = evolve_table(game, table, entry.event)
    assert table is not None, "a table begins with its creation"
    drawn = None
    if table.game is not None:
        drawn = game.picture(
            table.game, {each.player_id: safe(voice.called(each.display_name)) for each in table.members}
        )
    if drawn is not None and len(drawn.encode()) > PICTURE_BYTES_MAX:
        drawn = None
    return _card(game, title, table, voice) if drawn is None else drawn


def _card(game: AnyGame, title: str, table: AnyTable, voice: Voice) -> str:
    players = sorted(views.players_of(game, table), key=lambda each: each.player_status != "won")
    winners = [each.display_name for each in players if each.player_status == "won"]
    won = {"names": voice.listed(winners), "count": len(winners)}
    head = voice.say("drawn-won", won) if winners else voice.say("drawn-nobody-won")
    rows = [(each.display_name, _said(voice, each.player_status)) for each in players[:_ROWS_MAX]]
    step = min(64, 380 // max(1, len(rows)))
    rounds = voice.say("drawn-rounds", {"count": table.round})
    gap = -16 if voice.right_to_left else 16
    lines = [
        f'<text x="80" y="{230 + at * step}" font-size="{min(32, step - 4)}" fill="#1d1c1a">{safe(voice.called(name))}'
        f'<tspan dx="{gap}" fill="#625e57">{safe(words)}</tspan></text>'
        for at, (name, words) in enumerate(rows)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {SIZED} font-family="sans-serif" role="img"'
        f"{beginning_left(right_to_left=voice.right_to_left)}>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#faf9f7"/><rect width="16" height="{HEIGHT}" fill="#2b59c3"/>'
        f'<text x="80" y="90" font-size="32" fill="#2b59c3" font-weight="700">{safe(title)}, {rounds}'
        f'</text><text x="80" y="160" font-size="{48 if len(head) < 40 else 28}" font-weight="700" fill="#1d1c1a">'
        f"{safe(head)}</text>{''.join(lines)}</svg>"
    )


def _said(voice: Voice, status: str) -> str:
    """What became of somebody; nothing of who is still in it."""
    return voice.say(_SAID[status]) if status in _SAID else ""
