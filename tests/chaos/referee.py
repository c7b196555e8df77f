"""Whether a finished game went by RULES.md, seen from its replay: the plans that counted against what happened.

Each function gives complaints as sentences; an empty list is a clean game. Nothing of the server is imported.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from tests.chaos.truth import DIRECTIONS, MINOTAUR, Board, Hex, Message, Stage, Truth, distance

STEPS: Final = (1, 2, 3, 4)
MINOTAUR_STEPS: Final = (1, 2)


def judge(truth: Truth) -> list[str]:
    """Every complaint about how this game was played and ended."""
    complaints = [*_rounds(truth), *_end(truth), *_more_than_the_end(truth)]
    plans = plans_that_counted(truth)
    for stage in truth.stages:
        if stage.step:
            complaints += _blows(truth, stage, plans)
            complaints += _deaths(truth, stage)
            complaints += _moves(truth, stage, plans)
    return complaints + list(_falls(truth)) + list(_costs(truth, plans))


def plans_that_counted(truth: Truth) -> dict[tuple[int, str], list[Message]]:
    """The last accepted plan of each hero in each round."""
    return {(e["round"], e["id"]): e["steps"] for e in truth.events if e["type"] == "plan_accepted"}


def _rounds(truth: Truth) -> Iterator[str]:
    if truth.numbers != list(range(1, len(truth.numbers) + 1)):
        yield "the replay's numbers do not rise by one"
    began = [event["round"] for event in truth.events if event["type"] == "round_started"]
    if began != list(range(2, len(began) + 2)):
        yield f"rounds began as {began}"
    for stage in truth.stages:
        is_start = stage.events[0]["type"] == "round_started"
        if not is_start and stage.round != stage.before.round:
            yield f"seq {stage.events[0]['seq']} is of round {stage.round} while round {stage.before.round} is on"


def _end(truth: Truth) -> Iterator[str]:
    overs = [event for event in truth.events if event["type"] == "game_over"]
    if len(overs) != 1 or truth.events[-1]["type"] != "game_over":
        yield f"{len(overs)} game_over events, the last event is {truth.events[-1]['type']}"
        return
    heroes = truth.stages[-1].after.living_heroes()
    winner, last_round = overs[0]["winner_id"], truth.stages[-1].round
    if overs[0].get("why") == "untouched":
        yield from _untouched(truth, winner, last_round, len(heroes))
        return
    match len(heroes):
        case 0 if winner is not None:
            yield f"{winner} won, but nobody was left"
        case 1 if winner not in heroes:
            yield f"{winner} won, but {list(heroes)} was left"
        case n if n > 1:
            if last_round < truth.settings["rounds_max"]:
                yield f"it ended in round {last_round} with {sorted(heroes)} alive"
            best = max(pc.health for pc in heroes.values())
            leaders = [name for name, pc in heroes.items() if pc.health == best]
            if winner != (leaders[0] if len(leaders) == 1 else None):
                yield f"{winner} won at the round limit, healthiest were {leaders}"
        case _:
            pass


def _ends_at_once(truth: Truth) -> bool:
    """Whether the game was over as soon as at most one hero was left, in the middle of a round too."""
    return truth.settings.get("rules_revision", 1) >= 2


def _more_than_the_end(truth: Truth) -> Iterator[str]:
    """Once at most one hero is left nothing follows but who falls with the last, and the end."""
    if not _ends_at_once(truth):
        return
    for stage, following in pairwise(truth.stages):
        fell, event = stage.events[-1], following.events[0]
        falls_along = event["type"] == fell["type"] == "killed" and event["by"] == fell["by"] and not stage.step
        if len(stage.after.living_heroes()) <= 1 and event["type"] != "game_over" and not falls_along:
            yield f"round {stage.round}: more happens, {event['type']}, with {list(stage.after.living_heroes())} alive"


def _untouched(truth: Truth, winner: str | None, last_round: int, living: int) -> Iterator[str]:
    """Nobody plays any more: several live, none has won, and no person did anything for so many rounds."""
    acts = [e for e in truth.events if e["type"] in ("plan_accepted", "ready_accepted", "resigned") and e["command_id"]]
    touched_in = max((act["round"] for act in acts), default=1)
    if living < 2 or winner is not None:
        yield f"{winner} won, or nobody could, and yet nobody was said to play"
    if last_round - touched_in < truth.settings["untouched_max"]:
        yield f"it ended in round {last_round} for want of people, who were there in round {touched_in}"


def _blows(truth: Truth, stage: Stage, plans: dict[tuple[int, str], list[Message]]) -> Iterator[str]:
    where = f"round {stage.round} step {stage.step}"
    struck = {e["id"]: e for e in stage.events if e["type"] == "pc_attacked"}
    for name, event in struck.items():
        attacker, target = stage.before.pcs[name], stage.before.pcs[event["target_id"]]
        hits = attacker.alive and target.alive and attacker.at == target.at
        worth = truth.settings["minotaur_damage" if name == MINOTAUR else "hero_damage"]
        if not attacker.alive or (attacker.at != _hex(event["hex"])):
            yield f"{where}: {name} strikes from where it is not"
        if event["hit"] != hits or event["damage"] != (worth if hits else 0):
            yield f"{where}: {name} on {event['target_id']}: told {event['hit']}/{event['damage']}, true is {hits}"
        missed = None if hits or not _ends_at_once(truth) else "moved_on" if target.alive else "fell"
        if event.get("missed") != missed:
            yield f"{where}: {name} missed because {event.get('missed')}, true is {missed}"
    for name, step in _wanted(stage, plans, stage.before):
        planned = step["target_id"] if step["type"] == "attack" else None
        did = struck[name]["target_id"] if name in struck else None
        if planned != did:
            yield f"{where}: {name} planned to strike {planned}, struck {did}"
    if MINOTAUR in stage.before.living():
        prey = stage.before.standing_at(stage.before.pcs[MINOTAUR].at) - {MINOTAUR}
        if (MINOTAUR in struck) != (bool(prey) and stage.step in MINOTAUR_STEPS):
            yield f"{where}: the Minotaur among {sorted(prey)} {'strikes' if MINOTAUR in struck else 'holds back'}"


def _deaths(truth: Truth, stage: Stage) -> Iterator[str]:
    where = f"round {stage.round} step {stage.step}"
    hurt: dict[str, int] = {}
    hitters: dict[str, set[str]] = {}
    for event in stage.events:
        if event["type"] == "pc_attacked" and event["hit"]:
            target = event["target_id"]
            hurt[target] = hurt.get(target, 0) + event["damage"]
            hitters.setdefault(target, set()).add(event["id"])
    told = {e["id"]: set(e["by"]) for e in stage.events if e["type"] == "killed"}
    for event in stage.events:
        if event["type"] == "minotaur_slain":
            told[MINOTAUR] = set(event["by"])
    dead = {name for name, pc in stage.before.living().items() if pc.health - hurt.get(name, 0) <= 0}
    if dead != set(told):
        yield f"{where}: without health are {sorted(dead)}, dead are {sorted(told)}"
    for name in dead & set(told):
        if told[name] != hitters.get(name, set()):
            yield f"{where}: {name} was killed by {sorted(hitters.get(name, set()))}, told is {sorted(told[name])}"
    for name, pc in stage.after.living_heroes().items():
        if not 0 < pc.health <= truth.settings["health"]:
            yield f"{where}: {name} lives with health {pc.health}"


def _moves(truth: Truth, stage: Stage, plans: dict[tuple[int, str], list[Message]]) -> Iterator[str]:
    where = f"round {stage.round} step {stage.step}"
    if _ends_at_once(truth) and len(stage.after_deaths.living_heroes()) <= 1:
        plans = {}  # it was over before anyone moved
    kinds = [event["type"] for event in stage.events]
    if "pc_entered_hex" in kinds and "pc_left_hex" in kinds[kinds.index("pc_entered_hex") :]:
        yield f"{where}: somebody left after somebody entered"
    left = {e["id"]: (_hex(e["hex"]), _hex(e["to_vector"])) for e in stage.events if e["type"] == "pc_left_hex"}
    came = {e["id"]: (_hex(e["hex"]), _hex(e["from_vector"])) for e in stage.events if e["type"] == "pc_entered_hex"}
    bumped = {e["id"]: _hex(e["vector"]) for e in stage.events if e["type"] == "pc_bumped"}
    if set(left) != set(came):
        yield f"{where}: left {sorted(left)}, entered {sorted(came)}"
    for name in set(left) & set(came):
        (origin, vector), (goal, back) = left[name], came[name]
        is_step = vector in DIRECTIONS.values() and goal == _plus(origin, vector) and back == (-vector[0], -vector[1])
        if not is_step or stage.after_deaths.pcs[name].at != origin or not stage.after_deaths.pcs[name].alive:
            yield f"{where}: {name} went from {origin} by {vector} to {goal}, back is {back}"
        if not _is_floor(truth, goal, stage.before):
            yield f"{where}: {name} went into {goal}, which is no floor"
    for name, step in _wanted(stage, plans, stage.after_deaths):
        vector = _hex(step["vector"]) if step["type"] == "move" else None
        open_ = vector is not None and _is_floor(truth, _plus(stage.before.pcs[name].at, vector), stage.before)
        did = left[name][1] if name in left else None
        if did != (vector if open_ else None) or bumped.get(name) != (None if open_ else vector):
            yield f"{where}: {name} planned {step}, went {did}, bumped {bumped.get(name)}"
    movers = (set(left) | set(bumped)) - {MINOTAUR}
    if idle := movers - {name for name, _ in _wanted(stage, plans, stage.after_deaths)}:
        yield f"{where}: {sorted(idle)} moved without a plan"


def _falls(truth: Truth) -> Iterator[str]:
    """Rings fall when the rules say so, and take who stood there; nobody else dies between the steps."""
    settings, radius = truth.settings, truth.settings["radius"]
    for stage in truth.stages:
        event = stage.events[0]
        if event["type"] == "collapsed":
            due = settings["collapse_first"] + settings["collapse_every"] * (radius - event["ring"])
            if not settings["collapse"] or due != stage.round:
                yield f"ring {event['ring']} fell in round {stage.round}, due is {due}"
        if event["type"] == "killed" and not stage.step:
            pc = stage.before.pcs[event["id"]]
            fell = event["by"] == ["collapse"] and distance(pc.at, truth.lair) in stage.before.fallen_rings
            starved = event["by"] == ["lair"] and pc.health <= 0
            if not (fell or starved):
                yield f"round {stage.round}: {event['id']} died by {event['by']} at {pc.at} with health {pc.health}"
        if event["type"] == "round_started":
            doomed = [
                name
                for name, pc in stage.after.living_heroes().items()
                if pc.health <= 0 or distance(pc.at, truth.lair) in stage.after.fallen_rings
            ]
            due = radius - (stage.round - 1 - settings["collapse_first"]) // settings["collapse_every"]
            gone = range(max(1, due), radius + 1) if settings["collapse"] and stage.round > 1 else range(0)
            if doomed or frozenset(gone) != stage.after.fallen_rings:
                yield f"round {stage.round} begins with {doomed} alive, {sorted(stage.after.fallen_rings)} fallen"


def _costs(truth: Truth, plans: dict[tuple[int, str], list[Message]]) -> Iterator[str]:
    """No plan costs more than the hero had."""
    settings = truth.settings
    ap = dict.fromkeys(truth.names, int(settings["ap_start"]))
    for number in range(1, truth.stages[-1].round + 1):
        for name in truth.names:
            if number > 1:
                ap[name] = min(settings["ap_cap"], ap[name] + settings["ap_gain"])
            steps = plans.get((number, name), [])
            cost = sum(step["type"] != "wait" for step in steps)
            if cost > ap[name] or len(steps) > len(STEPS):
                yield f"round {number}: {name} had {ap[name]} AP and a plan of {cost} in {len(steps)} steps"
            ap[name] -= cost


def _wanted(
    stage: Stage, plans: dict[tuple[int, str], list[Message]], board: Board
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each hero alive on this board planned for this step."""
    for name in board.living_heroes():
        steps = plans.get((stage.round, name), [])
        yield name, steps[stage.step - 1] if stage.step <= len(steps) else {"type": "wait"}


def _is_floor(truth: Truth, place: Hex, board: Board) -> bool:
    return truth.terrains_at(place, board) == frozenset({"floor"})


def _hex(place: Message) -> Hex:
    return (place["q"], place["r"])


def _plus(place: Hex, vector: Hex) -> Hex:
    return (place[0] + vector[0], place[1] + vector[1])
