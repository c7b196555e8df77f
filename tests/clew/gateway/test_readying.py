"""Who is ready in a lobby: said, taken back, seen by all wherever they are, and never of another game than they saw."""

from typing import Any

import pytest

from clew.gateway.attendance import STANDING_TOLD_WITHIN_S
from clew.gateway.readying import READY_IDS_KEPT, Readying
from clew.sessions.bounds import PRESENCE_GRACE_S
from clew.sessions.ids import PlayerId, UserId
from clew.testing.hosts.life import BOTH
from clew.wire.changing import SeatChange
from minotaur.play.wire_change import ChangeGame
from tests.clew.gateway.street import GATEWAY, Home, Street, Viewer, open_street

SOON_S = STANDING_TOLD_WITHIN_S + 0.1
KNOWN_S = PRESENCE_GRACE_S + 0.1


def asides(viewer: Viewer) -> list[tuple[str, bool]]:
    told = [aside for message in viewer.messages for aside in message.get("asides", [])]
    return [(aside["id"], aside["ready"]) for aside in told if aside["type"] == "readiness"]


def seen(viewer: Viewer) -> list[str]:
    """Who is ready, as they see it."""
    return [player["player_id"] for player in viewer.view["players"] if player["ready"]]


def outcome(answer: dict[str, Any]) -> str:
    return answer["type"] if answer["type"] == "accepted" else answer["error"]["code"]


async def ready(viewer: Viewer, name: str) -> str:
    return outcome(await viewer.ask(type="ready", command_id=name, round=0))


async def not_ready(viewer: Viewer, name: str) -> str:
    return outcome(await viewer.ask(type="ready", command_id=name, round=0, ready=False))


class Lobby:
    """One on a host, its two people on two gateways, somebody who only watches on a third node."""

    def __init__(self, street: Street, homes: list[Home], code: str, viewers: list[Viewer]) -> None:
        self.street = street
        self.homes = homes
        self.code = code
        self.viewers = viewers
        self.ada, self.bo, self.spectator = viewers

    @classmethod
    async def begun(cls, street: Street) -> "Lobby":
        homes = await street.begin_all(a=BOTH, b=BOTH, east=GATEWAY, west=GATEWAY)
        people = [await street.person(homes[2], name) for name in ("Ada", "Bo", "Cy")]
        code = await street.lobby(homes[0], *people[:2])
        at = (homes[2], homes[3], homes[1])
        viewers = [await street.connect(home, code, who) for home, who in zip(at, people, strict=True)]
        await street.pass_s(KNOWN_S)
        return cls(street, homes, code, viewers)

    async def change(self, **wanted: Any) -> None:
        assert self.ada.user is not None
        change = ChangeGame(**wanted)
        await self.street.run(self.homes[2].service.change(self.code, self.ada.user, lambda _: change))

    async def both_ready(self) -> None:
        assert [await ready(self.ada, "a"), await ready(self.bo, "b")] == ["accepted", "accepted"]
        await self.street.pass_s(SOON_S)
        assert [seen(each) for each in self.viewers] == [["p1", "p2"]] * 3


async def test_who_says_it_is_ready_to_all_on_every_node_until_they_take_it_back() -> None:
    async with open_street() as street:
        lobby = await Lobby.begun(street)
        journal, places = await street.seq(lobby.code), [each.place for each in lobby.viewers]

        await lobby.both_ready()
        taken_back = await not_ready(lobby.bo, "back")
        await street.pass_s(SOON_S)

        assert taken_back == "accepted"
        for viewer in lobby.viewers:
            assert asides(viewer) == [("p1", True), ("p2", True), ("p2", False)]
            assert seen(viewer) == ["p1"]
            assert viewer.view["waiting_for"] == []
        assert [each.place for each in lobby.viewers] == places, "it changes nobody's numbers"
        assert await street.seq(lobby.code) == journal, "and is kept nowhere"


async def test_the_same_id_changes_nothing_again() -> None:
    async with open_street() as street:
        lobby = await Lobby.begun(street)

        await ready(lobby.bo, "1")
        await not_ready(lobby.bo, "2")
        late = await ready(lobby.bo, "1")
        await street.pass_s(SOON_S)

        assert (late, seen(lobby.ada)) == ("accepted", [])


async def test_many_changes_of_mind_are_few_messages() -> None:
    async with open_street() as street:
        lobby = await Lobby.begun(street)
        before = len(lobby.ada.messages)

        for nth in range(20):
            await (not_ready if nth % 2 else ready)(lobby.bo, f"n{nth}")
        await ready(lobby.bo, "last")
        await street.pass_s(SOON_S)

        assert (len(lobby.ada.messages) - before, seen(lobby.ada)) == (1, ["p2"])


@pytest.mark.parametrize(
    "wanted",
    [
        {"round_seconds": 60},
        {"settings": {"sight": 3}},
        {"seats": {3: SeatChange("hunter")}},
        {"seats": 4},
        {"bots": 0},
    ],
    ids=str,
)
async def test_nobody_is_ready_for_another_game_than_they_saw(wanted: dict[str, Any]) -> None:
    async with open_street() as street:
        lobby = await Lobby.begun(street)
        await lobby.change(seats=3)
        await lobby.both_ready()

        await lobby.change(**wanted)
        at_once = [seen(each) for each in lobby.viewers]
        await street.pass_s(SOON_S)

        assert at_once == [[]] * 3, "with the very message that tells of it"
        assert asides(lobby.bo)[-1][1] is False


async def test_who_comes_and_how_the_game_is_found_makes_nobody_unready() -> None:
    async with open_street() as street:
        lobby = await Lobby.begun(street)
        await lobby.change(seats=3)
        await lobby.both_ready()

        await lobby.change(public=True)
        assert lobby.spectator.user is not None
        await street.run(lobby.homes[1].service.join(lobby.code, lobby.spectator.user))
        await street.pass_s(SOON_S)

        assert [seen(each) for each in lobby.viewers] == [["p1", "p2"]] * 3


async def test_who_gives_their_seat_up_or_goes_away_is_not_ready_and_the_next_one_there_is_not_either() -> None:
    async with open_street() as street:
        lobby = await Lobby.begun(street)
        await lobby.both_ready()
        assert lobby.bo.user is not None
        assert lobby.spectator.user is not None

        await street.run(lobby.homes[3].service.leave(lobby.code, lobby.bo.user))
        await street.run(lobby.homes[1].service.join(lobby.code, lobby.spectator.user))
        await street.pass_s(SOON_S)
        after_leaving = seen(lobby.bo)
        lobby.ada.close()
        await street.pass_s(KNOWN_S + SOON_S)

        assert after_leaving == ["p1"]
        assert seen(lobby.bo) == []
        assert asides(lobby.bo)[-1] == ("p1", False)


async def test_it_is_forgotten_where_the_lobby_goes_and_can_be_said_there_again() -> None:
    async with open_street() as street:
        lobby = await Lobby.begun(street)
        await lobby.both_ready()

        await lobby.homes[0].kill()
        await street.until(lambda: lobby.homes[1].feeds > 0)
        await street.pass_s(2 * KNOWN_S)
        forgotten = [seen(lobby.ada), seen(lobby.bo)]
        said = await ready(lobby.bo, "again")
        await street.pass_s(SOON_S)

        assert forgotten == [[], []]
        assert ("p2", False) not in asides(lobby.ada), "nobody took it back"
        assert (said, seen(lobby.ada)) == ("accepted", ["p2"])


async def test_a_game_begins_with_nobody_ready_for_its_first_round() -> None:
    async with open_street() as street:
        lobby = await Lobby.begun(street)
        await lobby.both_ready()
        assert lobby.ada.user is not None

        await street.run(lobby.homes[0].service.start(lobby.code, lobby.ada.user))
        await street.until(lambda: lobby.bo.view["round"] == 1)
        await street.pass_s(SOON_S)
        late = await ready(lobby.bo, "late")
        back = await lobby.bo.ask(type="ready", command_id="back", round=1, ready=False)

        assert seen(lobby.bo) == []
        assert lobby.bo.view["waiting_for"] == ["p1", "p2"]
        assert asides(lobby.bo) == [("p1", True), ("p2", True)], "that a round begins tells it"
        assert late == "stale_round"
        assert (outcome(back), back["error"]["details"]) == ("invalid", {"path": "ready"})


async def test_who_only_watches_has_nothing_to_be_ready_for() -> None:
    async with open_street() as street:
        lobby = await Lobby.begun(street)

        assert await ready(lobby.spectator, "1") == "not_playing"


async def test_of_each_person_so_many_ids_are_known_and_no_more() -> None:
    readying, ada, seat = Readying(), UserId("u1"), PlayerId("p1")

    for nth in range(READY_IDS_KEPT + 1):
        readying.say(ada, seat, f"n{nth}", ready=True)
    readying.say(ada, seat, "n1", ready=False)
    kept = readying.standing.players
    readying.say(ada, seat, "n0", ready=False)

    assert (list(kept), list(readying.standing.players)) == ([seat], [])
