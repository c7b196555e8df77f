"""The end of a match as a picture, for a chat: the board as it is left, and what became of everyone."""

import math
from collections.abc import Iterable
from typing import Final, NamedTuple, assert_never

from clew.catalogue.voice import Voice
from clew.sessions.records import Entry
from clew.tables.agreeing.events import AgreementEvent
from clew.tables.lobby.events import LobbyEvent
from clew.wire.svg import HEIGHT, SIZED, WIDTH, beginning_left, safe
from minotaur.hexgrid.coord import Coord
from minotaur.play.machine import MatchMachine
from minotaur.play.match import GameStarted, Match, MatchCreated, MatchEvent, SettingsChanged
from minotaur.rules import events
from minotaur.rules.game import Game
from minotaur.rules.names import COLLAPSE, LAIR, MINOTAUR

_MACHINE: Final = MatchMachine()
GROUND: Final = "#14110f"
TERRAINS: Final = {"floor": ("#4a4038", "#5d5147"), "rock": ("#1b1714", "#3a322c"), "chasm": ("#000000", "#7a2e1d")}
HUES: Final = ("#6ec6ff", "#ffe169", "#f07fc1", "#4fd1a1", "#b59bff", "#ff8f5c", "#f4f1ea", "#8fa3b8")
"""By seat, as in ui/src/theme.css."""
_BOARD: Final = 560
"""Across the board, in the picture's own units."""


def _around(radii: Iterable[float]) -> str:
    corners = list(radii)
    angles = (2 * math.pi * at / len(corners) - math.pi / 2 for at in range(len(corners)))
    places = (f"{r * math.cos(a):.2f} {r * math.sin(a):.2f}" for r, a in zip(corners, angles, strict=True))
    return f"M{'L'.join(places)}Z"


SHAPES: Final = (
    "M0 -9.4A9.4 9.4 0 1 1 0 9.4A9.4 9.4 0 1 1 0 -9.4Z",
    "M0 -10.6L10.4 7.6H-10.4Z",
    "M-8.4 -8.4H8.4V8.4H-8.4Z",
    "M0 -11.4L9.4 0L0 11.4L-9.4 0Z",
    _around([11.6, 5.4] * 5),
    "M-3.6 -10H3.6V-3.6H10V3.6H3.6V10H-3.6V3.6H-10V-3.6H-3.6Z",
    _around([10.6] * 5),
    "M0 -12C3.4 -6.4 8.4 -2.4 8.4 3A8.4 8.4 0 0 1 -8.4 3C-8.4 -2.4 -3.4 -6.4 0 -12Z",
)
"""By seat, as in ui/src/lib/heroes.ts."""
HORNS: Final = "M-13 -11C-12 -4-8 -2-4 -2H4C8 -2 12 -4 13 -11L5 -6H-5ZM-5 -1 0 10 5 -1Z"


class Fall(NamedTuple):
    """When somebody fell, and how."""

    round: int
    words: str


def picture_of(entries: Iterable[Entry[MatchEvent]], voice: Voice) -> str:
    """From the whole journal of a match that is over; ``voice`` says what is written in it."""
    match: Match | None = None
    falls = dict[str, Fall]()
    for entry in entries:
        event = entry.event
        if event is None:
            continue
        match = _MACHINE.evolve(match, event, entry.seq)
        for who, fall in _falls(match, event, voice):
            falls.setdefault(who, fall)
    assert match is not None and match.game is not None, "only a game that was played is over"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {SIZED} font-family="sans-serif" role="img"'
        f"{beginning_left(right_to_left=voice.right_to_left)}>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>'
        f"{_board(match.game)}{_told(match, match.game, falls, voice)}</svg>"
    )


def _falls(match: Match, event: MatchEvent, voice: Voice) -> list[tuple[str, Fall]]:
    """Who falls by it."""
    if isinstance(event, LobbyEvent | AgreementEvent):
        return []
    match event:
        case events.Killed(id=who, by=by):
            return [(who, _fell(match, event.round, by, voice))]
        case events.Resigned(id=who):
            return [(who, Fall(event.round, voice.say("drawn-gave-up", {"round": event.round})))]
        case MatchCreated() | SettingsChanged() | GameStarted():
            return []
        case (
            events.PlanAccepted()
            | events.ReadyAccepted()
            | events.RoundStarted()
            | events.PcLeftHex()
            | events.PcEnteredHex()
            | events.PcAttacked()
            | events.PcBumped()
            | events.Noise()
            | events.MinotaurSlain()
            | events.Tremor()
            | events.Collapsed()
            | events.Drained()
            | events.ClockCredited()
            | events.GameOver()
        ):
            return []
        case _:
            assert_never(event)


def _board(game: Game) -> str:
    radius = game.settings.radius
    size = min(_BOARD / (math.sqrt(3) * (2 * radius + 1)), _BOARD / (3 * radius + 2))
    hexagon = _around([size * 0.96] * 6)

    def middle(place: Coord) -> tuple[float, float]:
        q, r = place.q - game.lair.q, place.r - game.lair.r
        return 315 + size * math.sqrt(3) * (q + r / 2), 315 + size * 1.5 * r

    def put(place: Coord, drawn: str, scale: float = 1) -> str:
        x, y = middle(place)
        return f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})">{drawn}</g>'

    parts = list[str]()
    for place in game.board:
        fill, edge = TERRAINS["floor" if place in game.floor else "chasm" if place in game.collapsed else "rock"]
        parts.append(put(place, f'<path d="{hexagon}" fill="{fill}" stroke="{edge}"/>'))
    share = size / 20
    for player, hero in sorted(game.heroes.items(), key=lambda each: each[1].alive):
        parts.append(put(hero.at, _mark(player, faded=not hero.alive), share))
    if game.minotaur is not None:
        faded = ' opacity="0.4"' if not game.minotaur.alive else ""
        parts.append(put(game.minotaur.at, f'<path d="{HORNS}" fill="#e5484d"{faded}/>', share))
    return "".join(parts)


def _told(match: Match, game: Game, falls: dict[str, Fall], voice: Voice) -> str:
    names = {str(each.player_id): each.display_name for each in match.members}
    head = voice.say("end-draw") if game.winner_id is None else voice.say("end-won", {"name": names[game.winner_id]})
    rounds = voice.say("drawn-head", {"count": game.round})
    size = 44 if len(head) <= 18 else 30
    parts = [
        f'<text x="660" y="66" font-size="24" fill="#a89a8c">{safe(rounds)}</text>',
        f'<text x="660" y="120" font-size="{size}" font-weight="700" fill="#ffb454">{safe(head)}</text>',
    ]
    order = sorted(names, key=lambda each: (each != game.winner_id, -falls[each].round if each in falls else -math.inf))
    for at, player in enumerate(order):
        y = 178 + at * 56
        name = safe(voice.called(names[player]))
        words = falls[player].words if player in falls else voice.say("fate-won")
        parts.append(
            f'<g transform="translate(678 {y})">{_mark(player, faded=player in falls)}</g>'
            f'<text x="708" y="{y}" font-size="22" font-weight="700" fill="#f2e9df">{name}</text>'
            f'<text x="708" y="{y + 22}" font-size="17" fill="#a89a8c">{safe(words)}</text>'
        )
    return "".join(parts)


def _mark(player: str, *, faded: bool) -> str:
    seat = int(player[1:]) - 1
    opacity = ' opacity="0.45"' if faded else ""
    return f'<path d="{SHAPES[seat]}" fill="{HUES[seat]}"{opacity}/>'


def _fell(match: Match, round_number: int, by: tuple[str, ...], voice: Voice) -> Fall:
    at = {"round": round_number}
    match by:
        case (one,) if one == COLLAPSE:
            words = voice.say("drawn-chasm", at)
        case (one,) if one == LAIR:
            words = voice.say("drawn-lair", at)
        case _:
            names = {str(each.player_id): each.display_name for each in match.members}
            slayers = [voice.say("game-minotaur-by") if each == MINOTAUR else names[each] for each in by]
            words = voice.say("drawn-slain", {"names": voice.listed(slayers), **at})
    return Fall(round_number, words)
