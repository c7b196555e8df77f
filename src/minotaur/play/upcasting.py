"""What earlier releases stored, brought to this release's versions by steps (``clew.tables.stepping``).

Bytes of every version stand in ``tests/golden/stored``.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from clew.tables.stepping import check_version, stepped

Plain = dict[str, Any]
Step = Callable[[Plain], Plain]


def _begin_a_log(state: Plain) -> Plain:
    """1 to 2: the match keeps a log. What came before it is in the journal, which is read where the log ends."""
    return {**state, "events_log": {"since": None, "count": 0, "lines": []}}


def _say_how_long_the_round_is(state: Plain) -> Plain:
    """2 to 3: a game knows how long its round is. It was what the settings say, but 3 s where only bots were left."""
    game = state["game"]
    if game is None:
        return state
    round_ms = 1_000 * game["settings"]["round_seconds"]
    began = [hero for hero in game["heroes"].values() if hero["alive"] or hero["died_in_round"] == game["round"]]
    if game["round"] > 1 and all(hero["is_bot"] for hero in began):
        round_ms = min(round_ms, 3_000)
    return {**state, "game": {**game, "round_ms": round_ms}}


def _say_how_long_rounds_are(event: Plain) -> Plain:
    """1 to 2: so does the event that begins a round; of the past nobody wrote it down, but for the first round."""
    match event["type"]:
        case "round_started":
            return {**event, "length_ms": None}
        case "game_started":
            game = event["game"]
            return {**event, "game": {**game, "round_ms": 1_000 * game["settings"]["round_seconds"]}}
        case _:
            return event


def _number_by_viewer_and_count_who_plays(state: Plain) -> Plain:
    """3 to 4: the log counts what each viewer was told, and its lines have no numbers. Until now all numbers were the
    journal's, and stay so until the next round begins. And a match says whether its maker chose the seed; of those
    before nobody knows, and it is not claimed. It ends once no person has played for 20 rounds: nobody counted those
    before, so they begin now. People sat down from the first seat on and stayed, its maker being the host, and bots
    were all of the match's one kind. Nobody was on autopilot the sooner for being away. All went by the first
    revision of the rules, which does not tell falls apart within a round.
    """
    log = state["events_log"]
    lines = [[seq, to, {key: value for key, value in shown.items() if key != "seq"}] for seq, to, shown in log["lines"]]
    counting: Plain = {**log, "lines": lines, "own_since": None, "public": 0, "last_public": 0, "private": {}}
    settings, game = _of_the_first_revision(state["settings"]), state["game"]
    counted = None if game is None else _counting_who_plays(game)
    arrived = [member["player_id"] for member in state["members"] if member["user_id"] is not None]
    people: Plain = {"members": [_of_usual_kind(member) for member in state["members"]], "host_id": "p1"}
    people |= {"arrived": arrived, "sent_away": [], "seed_chosen": False}
    return {**state, **people, "settings": settings, "game": counted, "events_log": counting}


def _say_why_and_who(event: Plain) -> Plain:
    """2 to 3: a credit says why (before, only time without an owner was given back), a creation who chose the seed.

    An end says why too: all there were came by what happened. A game knows after how long without people it ends. Bots
    were all of the match's one kind. Why an attack missed nobody wrote down.
    """
    match event["type"]:
        case "pc_attacked":
            return {**event, "missed": None}
        case "clock_credited":
            return {**event, "why": "restart"}
        case "match_created":
            host = _of_usual_kind(event["host"])
            return {**event, "host": host, "settings": _of_the_first_revision(event["settings"]), "seed_chosen": False}
        case "player_joined":
            return {**event, "member": _of_usual_kind(event["member"])}
        case "game_started":
            return {**event, "game": _counting_who_plays(event["game"])}
        case "round_started":
            return {**event, "watched": False}
        case "game_over":
            return {**event, "why": None}
        case _:
            return event


def _of_usual_kind(member: Plain) -> Plain:
    return {**member, "bot": None}


def _of_the_first_revision(settings: Plain) -> Plain:
    return {**settings, "untouched_max": 20, "away_after": 0, "rules_revision": 1}


def _counting_who_plays(game: Plain) -> Plain:
    heroes = {player: {**hero, "died_in_step": None, "fell_after": None} for player, hero in game["heroes"].items()}
    counting: Plain = {"settings": _of_the_first_revision(game["settings"]), "heroes": heroes}
    return {**game, **counting, "touched_in": game["round"], "over_why": None}


STATES: Final[Mapping[int, Step]] = {
    1: _begin_a_log,
    2: _say_how_long_the_round_is,
    3: _number_by_viewer_and_count_who_plays,
}
"""By the version a step begins at."""
EVENTS: Final[Mapping[int, Step]] = {1: _say_how_long_rounds_are, 2: _say_why_and_who}


def upcast(what: str, raw: bytes, version: int, newest: int, steps: Mapping[int, Step]) -> bytes:
    """Bytes of an earlier version as the newest would have written them.

    Raises what ``check_version`` does, and ``msgspec.MsgspecError``.
    """
    check_version(what, version, newest)
    return msgspec.json.encode(stepped(msgspec.json.decode(raw, type=Plain), version, newest, steps))
