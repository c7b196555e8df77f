"""What one viewer may know now, in the shape of the wire.

A viewer is the player id of a member, or None for anyone else. Everything about the board comes from ``rules.sight``;
the rest (names, who still plays) is public.
"""

from functools import partial
from typing import TypedDict

from clew.gateway.company import ALL_HERE, Company, RoundSoFar
from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.ids import UserId
from clew.tables.agreeing.counting import Circle
from clew.tables.agreeing.telling import AgreementsSeen, agreements_seen, shown_end
from clew.tables.lobby.listing import PlayerInfo, PlayerSeen, PlayerStatus, kept_of, waited_for
from clew.tables.lobby.listing import players_of as lobby_players
from clew.tables.lobby.listing import seen as players_seen
from clew.wire.moments import rfc3339
from clew.wire.shapes import ViewerKind
from minotaur.hexgrid.hexset import HexSet
from minotaur.play.match import Match
from minotaur.play.wire import Character, View, ViewHex, You
from minotaur.play.wire_shapes import Terrain
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.sight import Sight, sight


def view_of(match: Match, viewer: SeatId | None, company: Company = ALL_HERE) -> View:
    """All that this viewer may know now; places are relative to their hero while it lives, else to the lair."""
    game = match.game
    seen = None if game is None else sight(game, hero_of(viewer))
    return View(
        game_status=match.status,
        round=0 if game is None else game.round,
        round_ends_at=round_ends_at(match),
        **live_parts(match, viewer, company),
        hexes=[] if seen is None else hexes_of(seen),
        characters=[] if seen is None else characters_of(seen),
        winner_id=None if game is None else game.winner_id,
        viewer=viewer_kind(viewer, seen),
        host_id=match.host.player_id,
        seats=match.settings.seats,
        shown_round=shown_round(seen),
        round_ms=round_ms(match),
        seed_chosen=match.seed_chosen,
        over_why=None if game is None else game.over_why,
        kept=kept_of(match),
    )


def round_ends_at(match: Match) -> str | None:
    """Until when plans are taken; None where no round is on."""
    game = match.game
    if game is None or match.status != "active":
        return None
    return rfc3339(shown_end(game.round_ends_at, match.agreements))


def round_ms(match: Match) -> int | None:
    """How long the round is that is on now, without the time for which the clock was stopped."""
    game = match.game
    return None if game is None or match.status != "active" else game.round_ms


def you_of(match: Match, viewer: SeatId | None) -> You | None:
    """The viewer's own hero, dead or alive; None for who has no hero, or not yet."""
    player = hero_of(viewer)
    if player is None or match.game is None:
        return None
    hero = match.game.heroes[player]
    return You(
        player_id=player,
        health=hero.health if hero.alive else 0,
        ap=hero.ap,
        player_status=status_of(match.game, player),
        autopilot=hero.autopilot,
        plan=hero.plan or (),
        ready=hero.ready,
    )


def hexes_of(seen: Sight) -> list[ViewHex]:
    """Every hex of this sight: in sight first, then what is remembered."""
    cracked = seen.cracked
    layers: tuple[tuple[HexSet, Terrain, bool], ...] = (
        (seen.floor, "floor", True),
        (seen.rock, "rock", True),
        (seen.chasm, "chasm", True),
        (seen.floor_remembered, "floor", False),
        (seen.rock_remembered, "rock", False),
        (seen.chasm_remembered, "chasm", False),
    )
    return [
        ViewHex(place.q, place.r, terrain, in_sight and place in cracked, in_sight)
        for places, terrain, in_sight in layers
        for place in places
    ]


def characters_of(seen: Sight) -> list[Character]:
    """Everyone of this sight."""
    return [Character(each.id, each.kind, each.at.q, each.at.r, each.health) for each in seen.figures]


def players_of(match: Match) -> tuple[PlayerInfo, ...]:
    """All seats taken so far, in their order."""
    return lobby_players(match, partial(status_of, match.game), autopilots(match))


def waiting_for(match: Match) -> tuple[SeatId, ...]:
    """Whom the round waits for."""
    return waited_for(standing_of(match), autopilots(match))


class Live(TypedDict):
    """Those parts of a view that change with a plan, or with who is here."""

    you: You | None
    players: tuple[PlayerSeen, ...]
    waiting_for: tuple[SeatId, ...]
    agreements: AgreementsSeen | None


def live_parts(match: Match, viewer: SeatId | None, company: Company) -> Live:
    """As this viewer is shown them, in the order in which a view has them."""
    standing, pilots = company.standing or standing_of(match), autopilots(match)
    return Live(
        you=you_of(match, viewer),
        players=players_seen(match, partial(status_of, match.game), pilots, standing, company),
        waiting_for=waited_for(standing, pilots),
        agreements=agreements_seen(circle_of(match), company.away),
    )


def circle_of(match: Match) -> Circle | None:
    """Those who play, as they agree on something; None where no round is on."""
    game = match.game
    if game is None or match.status != "active":
        return None
    people: dict[SeatId, UserId] = {}
    for player, hero in game.heroes.items():
        user_id = match.member_at(SeatId(player)).user_id if hero.alive else None
        if user_id is not None:
            people[SeatId(player)] = user_id
    pilots = [SeatId(player) for player in autopilots(match)]
    return Circle(match.agreements, game.round, game.round_ends_at, game.round_ms, people, pilots)


def standing_of(match: Match) -> RoundSoFar:
    """How far the people are whose heroes live. Who is ready without a plan has one: to wait."""
    game = match.game
    if game is None or match.status != "active":
        return RoundSoFar()
    heroes = game.heroes.items()
    return RoundSoFar(
        game.round,
        {
            SeatId(player): (hero.plan is not None, hero.ready)
            for player, hero in heroes
            if hero.alive and not hero.is_bot
        },
    )


def status_of(game: Game | None, seat: str) -> PlayerStatus:
    """What has become of a player."""
    if game is None:
        return "waiting"
    player_id = PlayerId(seat)
    hero = game.heroes[player_id]
    if not hero.alive:
        return "resigned" if hero.resigned else "eliminated"
    if game.status == "active":
        return "playing"
    return "won" if game.winner_id == player_id else "survived"


def shown_round(seen: Sight | None) -> int | None:
    """The round whose board a sight shows."""
    if seen is None:
        return None
    return seen.round if seen.you is not None else seen.round_seen


def viewer_kind(viewer: SeatId | None, seen: Sight | None) -> ViewerKind:
    """Whether places are relative to the viewer's hero (in the lobby: will be), or to the lair."""
    return "player" if viewer is not None and (seen is None or seen.you is not None) else "spectator"


def hero_of(viewer: SeatId | None) -> PlayerId | None:
    """By which id a viewer's hero goes in the rules: that of their seat."""
    return None if viewer is None else PlayerId(viewer)


def autopilots(match: Match) -> tuple[PlayerId, ...]:
    """The seats a bot plans for because nobody else does."""
    game = match.game
    return () if game is None else tuple(player for player, hero in game.heroes.items() if hero.autopilot)
