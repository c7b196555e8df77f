"""What happened, in sentences: as somebody tells it who saw everything, or as it was told to one of the players."""

from typing import assert_never

from minotaur.cli.replay.cast import Cast
from minotaur.hexgrid.coord import DIRECTION_OF, Direction, Vector
from minotaur.rules import events
from minotaur.rules.commands import Attack, Move, Step, Steps, Wait
from minotaur.rules.names import COLLAPSE, LAIR, PlayerId
from minotaur.rules.told import tell

_DIRECTIONS = {
    Direction.E: "east",
    Direction.SE: "south-east",
    Direction.SW: "south-west",
    Direction.W: "west",
    Direction.NW: "north-west",
    Direction.NE: "north-east",
}


def sentence_of(event: events.Event, viewer: PlayerId | None, cast: Cast) -> str | None:
    """None for what is not worth a line, and for what this viewer was not told."""
    if viewer is not None and tell(event, viewer) is None:
        return None
    words = _words(event, viewer, cast)
    return None if words is None else f"{words[0].upper()}{words[1:]}."


def plan_in_words(steps: Steps, cast: Cast) -> str:
    """``east, strike Ada, wait``."""
    return ", ".join(_step(step, cast) for step in steps) or "wait"


def _step(step: Step, cast: Cast) -> str:
    match step:
        case Move(vector):
            return _towards(vector.vector)
        case Attack(target):
            return f"strike {cast.name(target)}"
        case Wait():
            return "wait"
        case _:
            assert_never(step)


def _towards(vector: Vector) -> str:
    return _DIRECTIONS[DIRECTION_OF[vector]]


def _words(event: events.Event, viewer: PlayerId | None, cast: Cast) -> str | None:
    match event:
        case events.PcEnteredHex(id=who, from_hex=start, to_hex=end):
            return f"{cast.name(who)} goes {_towards(end - start)}"
        case events.PcAttacked(id=who, target_id=target, hit=True, damage=damage):
            return f"{cast.name(who)} strikes {cast.name(target)}: −{damage}"
        case events.PcAttacked(id=who, target_id=target, missed=missed):
            return _miss(cast.name(who), cast.name(target), missed)
        case events.PcBumped(id=who, vector=vector):
            return f"{cast.name(who)} runs into a wall in the {_towards(vector)}"
        case events.Noise(heard=heard):
            return None if viewer is None else f"{cast.name(viewer)} hears fighting to the {_towards(heard[viewer])}"
        case events.Killed(id=who, by=by):
            return _death(cast.name(who), by, cast)
        case events.Resigned(id=who):
            return f"{cast.name(who)} gives up"
        case events.MinotaurSlain(by=by):
            return f"{cast.names(by)} {'slays' if len(by) == 1 else 'slay'} the Minotaur"
        case events.GameOver(winner_id=winner, why=why):
            if why == "untouched":
                return "nobody plays any more: the game is ended"
            return "nobody wins" if winner is None else f"{cast.name(winner)} wins"
        case _:
            return _deep(event)


Deep = (
    events.RoundStarted
    | events.PlanAccepted
    | events.ReadyAccepted
    | events.PcLeftHex
    | events.Tremor
    | events.Collapsed
    | events.Drained
    | events.ClockCredited
)


def _deep(event: Deep) -> str | None:
    """What the lair does, and the clock; plans stand beside the log, leaving is told by arriving."""
    match event:
        case events.Tremor():
            return "the ground trembles: a ring cracks"
        case events.Collapsed():
            return "a ring falls into the chasm"
        case events.Drained(damage=damage):
            return f"the lair takes {damage} health from everyone"
        case events.ClockCredited(ms=ms, why=why):
            if why == "clock_step":
                return "the server's clock was put right"
            return f"the game stood still for {max(1, round(ms / 1000))} s"
        case events.RoundStarted() | events.PlanAccepted() | events.ReadyAccepted() | events.PcLeftHex():
            return None
        case _:
            assert_never(event)


def _miss(who: str, target: str, missed: events.MissCause | None) -> str:
    match missed:
        case "moved_on":
            return f"{who} strikes at {target}, who has moved on"
        case "fell":
            return f"{who} strikes at {target}, who has fallen"
        case None:
            return f"{who} strikes at {target} and misses"
        case _:
            assert_never(missed)


def _death(name: str, by: tuple[str, ...], cast: Cast) -> str:
    if by[:1] == (COLLAPSE,):
        return f"{name} falls into the chasm"
    if by[:1] == (LAIR,):
        return f"{name} wastes away"
    return f"{name} is slain by {cast.names(by)}"
