"""What was promised to each viewer, checked against the replay once the game is over.

Pure functions from evidence to complaints; an empty list is a kept promise. They share no code with the server.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from minotaur.rules.settings import SIGHT_ALL
from tests.chaos.numbers import as_replay_counts
from tests.chaos.referee import judge
from tests.chaos.served import Outage, check_clock
from tests.chaos.truth import MINOTAUR, REFUSED, Board, Hex, Message, Truth
from tests.kit.record import PASSING_REFUSALS, Record, Shown

ANSWER_TYPES: Final = {"plan": "plan_accepted", "ready": "ready_accepted", "resign": "resigned"}


@dataclass(frozen=True)
class Evidence:
    """One finished game: its replay, what each viewer was told, and when nobody was home."""

    replay: Message
    records: Sequence[tuple[str | None, Record]]
    outages: Sequence[Outage]


def check(evidence: Evidence) -> list[str]:
    """All complaints about one game, each a sentence that begins with the viewer it is about."""
    truth = Truth(evidence.replay)
    complaints = [*judge(truth), *check_clock(truth, evidence.outages)]
    for viewer, told in evidence.records:
        record = as_replay_counts(truth, viewer, told)
        found = [*record.complaints, *check_shown(truth, viewer, record), *check_views(truth, viewer, record)]
        if viewer is not None:
            found += [*check_answers(truth, viewer, record), *check_refusals(truth, viewer, record)]
        complaints += [f"{viewer or 'spectator'}: {complaint}" for complaint in found]
    return complaints


def check_answers(truth: Truth, viewer: str, record: Record) -> Iterator[str]:
    """Every accepted command is in the replay exactly once, at the number told; every refused one is not there."""
    by_seq = {event["seq"]: event for event in truth.events}
    places: dict[str, list[int]] = {}
    for event in truth.events:
        if event["type"] in ANSWER_TYPES.values() and event["id"] == viewer and event["command_id"] is not None:
            places.setdefault(event["command_id"], []).append(event["seq"])
    for command_id, seq in record.accepted.items():
        if places.get(command_id, []) != [seq]:
            yield f"{command_id} was accepted at {seq}, the replay has it at {places.get(command_id, [])}"
            continue
        event, sent = by_seq[seq], record.sent[command_id]
        if event["type"] != ANSWER_TYPES[sent["type"]]:
            yield f"{command_id} was a {sent['type']}, the replay has a {event['type']}"
        if sent["type"] == "plan" and (event["steps"], event["round"]) != (sent["steps"], sent["round"]):
            yield f"{command_id} asked for {sent['steps']} in round {sent['round']}, the replay has {event}"
    for command_id, found in places.items():
        refusal = record.refused.get(command_id, {"code": "busy"})["code"]
        if command_id not in record.accepted and refusal not in PASSING_REFUSALS:
            yield f"{command_id} was refused, yet the replay has it at {found}"
        if command_id not in record.sent:
            yield f"the replay has {command_id} at {found}, which was never sent"
        if len(found) > 1:
            yield f"{command_id} took effect {len(found)} times: {found}"


def check_refusals(truth: Truth, viewer: str, record: Record) -> Iterator[str]:
    """A refusal that is in the replay is the one answer its player was ever given."""
    for event in truth.aside:
        if event["type"] != REFUSED or event["id"] != viewer:
            continue
        command_id, code = event["command_id"], event["code"]
        if command_id in record.accepted:
            yield f"{command_id} was accepted, the replay has it refused as {code}"
        told = record.refused.get(command_id, {"code": code})["code"]
        if told != code and told not in PASSING_REFUSALS:
            yield f"{command_id} was refused as {told}, the replay says {code}"


def check_shown(truth: Truth, viewer: str | None, record: Record) -> Iterator[str]:
    """All numbers from the first to the game's end were shown, each as this viewer may know it and no other way."""
    last = truth.events[-1]["seq"]
    first = (record.began_after or 0) + 1
    if missing := set(range(first, last + 1)) - set(record.events):
        yield f"never shown: {sorted(missing)}"
    if beyond := set(record.events) - set(range(first, last + 1)):
        yield f"shown beyond the game: {sorted(beyond)}"
    may_know = {event["seq"]: truth.told_aside(event) for event in truth.aside}
    for stage in truth.stages:
        for event in stage.events:
            may_know[event["seq"]] = truth.told(stage, event, viewer) or {"seq": event["seq"], "type": "skip"}
    for seq, shown in record.events.items():
        if seq not in may_know:
            yield f"shown {shown}, of which the replay knows nothing"
        elif _whole(shown) != _whole(may_know[seq]):
            yield f"shown {shown}, but what they may know is {may_know[seq]}"


def _whole(event: Message) -> Message:
    """With what a release leaves out that does not know it yet."""
    unsaid = {"game_over": {"why": None}, "clock_credited": {"why": "restart"}, "pc_attacked": {"missed": None}}
    return {"step": 0, **unsaid.get(event["type"], {}), **event}


def check_views(truth: Truth, viewer: str | None, record: Record) -> Iterator[str]:
    """Every view of a round showed the board of that round as this viewer may see it, and their own last plan."""
    for shown in record.views:
        view = shown.view
        board = truth.round_board(view["round"])
        if view["game_status"] != "active" or board is None:
            continue
        you = view["you"]
        if you is None or you["player_status"] != "playing":
            yield from _check_gallery(truth, view)
            continue
        me = board.pcs[you["player_id"]]
        if you["player_id"] != viewer or you["health"] != me.health:
            yield f"round {view['round']}: told to be {you['player_id']} with health {you['health']}, is {viewer}: {me}"
        yield from _check_board(truth, view, board, me.at)
        yield from _check_plan(truth, you["player_id"], shown)


def _check_gallery(truth: Truth, view: Message) -> Iterator[str]:
    """A fallen or watching viewer sees a whole board of earlier, relative to the lair: of now where all see all."""
    if view["shown_round"] is None:
        if view["characters"] or view["hexes"]:
            yield f"round {view['round']}: the gallery sees {view['characters']} of no round"
        return
    board = truth.round_board(view["shown_round"])
    if board is None or view["shown_round"] != view["round"] - _gallery_delay(truth.settings):
        yield f"round {view['round']}: the gallery sees round {view['shown_round']}"
        return
    expected = {(name, *_minus(pc.at, truth.lair), pc.health) for name, pc in board.living().items()}
    if _characters(view) != expected:
        yield f"round {view['round']}: the gallery sees {sorted(_characters(view))}, true is {sorted(expected)}"


def _gallery_delay(settings: Message) -> int:
    """In rounds. Nothing is kept from the gallery that all who play see, by the second revision of the rules."""
    sees_all = settings["sight"] == SIGHT_ALL and settings.get("rules_revision", 1) >= 2
    return 0 if sees_all else settings["gallery_delay"]


def _check_board(truth: Truth, view: Message, board: Board, me: Hex) -> Iterator[str]:
    where = f"round {view['round']}"
    lit = {(hex_["q"], hex_["r"]) for hex_ in view["hexes"] if hex_["in_sight"]}
    there = {(name, *_minus(pc.at, me), pc.health) for name, pc in board.living().items()}
    in_sight = {pc for pc in there if (pc[1], pc[2]) in lit}
    gone = {event["id"] for event in truth.events if event["type"] == "resigned" and event["round"] == view["round"]}
    told = _characters(view)
    if not told <= in_sight or any(pc[0] not in gone for pc in in_sight - told):
        yield f"{where}: sees {sorted(told)}, in sight are {sorted(in_sight)}"
    for hex_ in view["hexes"]:
        place = (hex_["q"] + me[0], hex_["r"] + me[1])
        if hex_["in_sight"] and hex_["terrain"] not in truth.terrains_at(place, board):
            yield f"{where}: sees {hex_['terrain']} at {place}, true is {sorted(truth.terrains_at(place, board))}"


def _check_plan(truth: Truth, viewer: str, shown: Shown) -> Iterator[str]:
    """The plan in a view is the last one accepted by then; a welcome's view may be newer than its number."""
    number: int = shown.view["round"]
    plans = [e for e in truth.events if e["type"] == "plan_accepted" and e["id"] == viewer and e["round"] == number]
    before = [event["steps"] for event in plans if event["seq"] <= shown.seq]
    possible: list[list[Message]] = [before[-1] if before else []]
    if shown.is_welcome:
        possible += [event["steps"] for event in plans if event["seq"] > shown.seq]
    if shown.view["you"]["plan"] not in possible:
        yield f"round {number} at {shown.seq}: the plan is {shown.view['you']['plan']}, it should be {possible}"


def _characters(view: Message) -> set[tuple[str, int, int, int]]:
    found = {(pc["id"], pc["q"], pc["r"], pc["health"]) for pc in view["characters"]}
    assert all((pc["kind"] == "minotaur") == (pc["id"] == MINOTAUR) for pc in view["characters"])
    return found


def _minus(place: Hex, origin: Hex) -> Hex:
    return (place[0] - origin[0], place[1] - origin[1])
