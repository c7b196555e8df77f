"""What people agree on over sockets: counted where their game runs, by who is here, whatever befalls its servers."""

from typing import Any

import pytest

from clew.sessions.bounds import PRESENCE_GRACE_S
from clew.tables.agreeing.bounds import PAUSE_MS
from tests.clew.gateway.company_match import Match
from tests.clew.gateway.street import Viewer, open_street

KNOWN_S = PRESENCE_GRACE_S + 0.1


async def agree(viewer: Viewer, name: str, to: str) -> str:
    answer = await viewer.ask(type="agree", command_id=name, to=to)
    return "accepted" if answer["type"] == "accepted" else answer["error"]["code"]


def told(viewer: Viewer) -> list[str]:
    """Of what was agreed."""
    kinds = {"agreed", "paused", "went_on", "autopilot_began", "clock_credited"}
    return [event["type"] for event in viewer.events if event["type"] in kinds]


def asked(viewer: Viewer) -> list[Any]:
    return [(each["to"], each["by"], each["missing"]) for each in viewer.view["agreements"]["asked"]]


def gone(match: Match, name: str) -> None:
    """They close every page they have."""
    for viewer in match.street.viewers:
        if viewer.user is not None and viewer.user.display_name == name:
            viewer.close()


async def test_all_see_who_would_have_a_pause_and_that_the_clock_stands_once_all_agree() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada, bo = match.players
        await street.pass_s(KNOWN_S)

        first = await agree(ada, "1", "pause")
        await street.pass_s(0.1)
        waits = asked(bo)
        second = await agree(bo, "2", "pause")
        await street.pass_s(120)

        assert (first, waits, second) == ("accepted", [("pause", ["p1"], ["p2"])], "accepted")
        assert ada.view["round"] == 1, "the clock stands, though a round has 30 s"
        for viewer in street.viewers:
            assert told(viewer) == ["agreed", "agreed", "paused"]
            assert viewer.view["agreements"]["pause"]["left_ms"] > 20_000
        for viewer, name in ((bo, "3"), (ada, "4")):
            assert await agree(viewer, name, "go_on") == "accepted"
        assert told(bo)[-2:] == ["went_on", "clock_credited"]
        await street.pass_s(31)
        assert ada.view["round"] == 2


async def test_the_same_agreement_sent_again_is_answered_as_it_was() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada, bo = match.players
        await street.pass_s(KNOWN_S)

        answers = [await agree(ada, "1", "pause") for _ in range(2)]
        await agree(bo, "2", "pause")

        assert answers == ["accepted", "accepted"]
        assert told(bo) == ["agreed", "agreed", "paused"]


async def test_who_only_watches_agrees_to_nothing_and_what_nobody_could_agree_to_is_not_read() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        spectator = next(viewer for viewer in street.viewers if viewer.user is None)
        ada = match.players[0]

        assert await agree(spectator, "1", "pause") == "not_playing"
        for to in ("stop", "autopilot:", "autopilot:p0", "autopilot:p123", "autopilot:bo", "pause\n", ""):
            before = len(ada.messages)
            ada.connection.take(f'{{"type": "agree", "command_id": "2", "to": {to!r}}}'.replace("'", '"'))
            await street.pass_s(0.1)
            assert [message["type"] for message in ada.messages[before:]] == ["error"], to


async def test_who_goes_away_is_not_waited_for_any_more() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada = match.players[0]
        await street.pass_s(KNOWN_S)

        await agree(ada, "1", "pause")
        gone(match, "Bo")
        await street.pass_s(KNOWN_S + 0.5)

        assert told(ada) == ["agreed", "paused"]


async def test_a_bot_plans_for_who_is_away_once_the_others_agree_and_not_for_who_is_here() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada, bo = match.players
        await street.pass_s(KNOWN_S)
        here = await agree(ada, "1", "autopilot:p2")

        gone(match, "Bo")
        await street.pass_s(KNOWN_S)
        done = await agree(ada, "2", "autopilot:p2")
        await ada.ask(type="ready", command_id="3", round=1)
        await street.pass_s(0.5)

        assert (here, done) == ("not_away", "accepted")
        assert told(ada) == ["agreed", "autopilot_began"]
        assert ada.view["round"] == 2, "nobody else is waited for"
        back = await street.connect(match.first, match.code, bo.user)
        answer = await back.ask(type="plan", command_id="4", round=2, steps=[])
        assert answer["type"] == "accepted"
        assert [player["autopilot"] for player in ada.view["players"]] == [False, False]


async def test_who_was_away_as_a_round_ended_is_on_autopilot_after_it() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada = match.players[0]
        gone(match, "Bo")

        await street.pass_s(31)

        assert ada.view["round"] == 2
        assert [player["autopilot"] for player in ada.view["players"]] == [False, True]


@pytest.mark.parametrize("how", ["kill", "drain"])
async def test_a_pause_stands_through_a_crash_and_a_handoff(how: str) -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada, bo = match.players
        await street.pass_s(KNOWN_S + 4)
        for viewer, name in ((ada, "1"), (bo, "2")):
            await agree(viewer, name, "pause")
        left_ms = ada.view["agreements"]["pause"]["left_ms"]

        await (match.first.kill() if how == "kill" else match.first.leave())
        await street.until(lambda: match.second.feeds > 0)
        await street.pass_s(60)
        for viewer in (ada, bo):
            assert viewer.view["round"] == 1
            assert viewer.view["agreements"]["pause"]["left_ms"] == left_ms
        for viewer, name in ((ada, "3"), (bo, "4")):
            assert await agree(viewer, name, "go_on") == "accepted"

        await street.pass_s(left_ms / 1000 - 1)
        before = ada.view["round"]
        await street.pass_s(2)
        assert (before, ada.view["round"]) == (1, 2)


async def test_what_one_has_agreed_to_is_kept_through_a_crash_and_nobody_else_agrees_by_it() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada, bo = match.players
        await street.pass_s(KNOWN_S)
        await agree(ada, "1", "pause")

        await match.first.kill()
        await street.until(lambda: match.second.feeds > 0)
        await street.pass_s(2 * KNOWN_S)
        waits = asked(bo)
        await agree(bo, "2", "pause")

        assert waits == [("pause", ["p1"], ["p2"])]
        assert told(bo)[-2:] == ["agreed", "paused"]


async def test_a_pause_that_nobody_ends_is_over_in_time() -> None:
    async with open_street() as street:
        match = await Match.begun(street)
        ada, bo = match.players
        await street.pass_s(KNOWN_S)
        for viewer, name in ((ada, "1"), (bo, "2")):
            await agree(viewer, name, "pause")

        await street.pass_s(PAUSE_MS / 1000 - 1)
        stands = ada.view["agreements"]["pause"]
        await street.pass_s(2)

        assert stands is not None
        assert ada.view["agreements"]["pause"] is None
        assert told(ada)[-2:] == ["went_on", "clock_credited"]
        assert ada.view["round"] == 1
