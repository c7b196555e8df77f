"""What people say and signal: told to all who look on, at every gateway, once, not too often, and kept nowhere."""

from typing import Any

import pytest

from clew.gateway.talking import SAYINGS_MAX, SIGNS_MAX, TALK_KEPT, TALK_WITHIN_S, cleaned
from clew.testing.hosts.life import BOTH
from tests.clew.gateway.street import GATEWAY, Home, Street, Viewer, open_street


def heard(viewer: Viewer, *kinds: str) -> list[tuple[str, str]]:
    told = [aside for message in viewer.messages for aside in message.get("asides", [])]
    return [(aside["id"], aside.get("text") or aside["sign"]) for aside in told if aside["type"] in kinds]


def outcome(answer: dict[str, Any]) -> str:
    return answer["type"] if answer["type"] == "accepted" else answer["error"]["code"]


async def say(viewer: Viewer, text: str, name: str | None = None) -> str:
    return outcome(await viewer.ask(type="say", command_id=name or f"say {text}", text=text))


async def sign(viewer: Viewer, sign: str, name: str) -> str:
    return outcome(await viewer.ask(type="sign", command_id=name, sign=sign))


class Talking:
    """A lobby on a host, its two people on two gateways, somebody who only watches on a third node."""

    def __init__(self, street: Street, homes: list[Home], code: str, viewers: list[Viewer]) -> None:
        self.street = street
        self.homes = homes
        self.code = code
        self.ada, self.bo, self.spectator = viewers

    @classmethod
    async def begun(cls, street: Street) -> "Talking":
        homes = await street.begin_all(a=BOTH, b=BOTH, east=GATEWAY, west=GATEWAY)
        people = [await street.person(homes[2], name) for name in ("Ada", "Bo", "Cy")]
        code = await street.lobby(homes[0], *people[:2])
        at = (homes[2], homes[3], homes[1])
        return cls(
            street, homes, code, [await street.connect(home, code, who) for home, who in zip(at, people, strict=True)]
        )

    async def end(self) -> None:
        await self.street.run(self.homes[0].service.start(self.code, self.ada.user or self.nobody()))
        await self.bo.ask(type="resign", command_id="resign")
        await self.street.until(lambda: self.ada.view["game_status"] == "concluded")

    def nobody(self) -> Any:
        raise AssertionError("they are people")


async def test_a_lobby_talks_across_gateways_and_nobodys_numbers_change() -> None:
    async with open_street() as street:
        talking = await Talking.begun(street)
        viewers = [talking.ada, talking.bo, talking.spectator]
        places = [viewer.place for viewer in viewers]

        said = await say(talking.ada, "Hello,  there\n\u202eall")
        signed = await sign(talking.bo, "hello", "s1")
        await street.pass_s(0.1)

        assert (said, signed) == ("accepted", "accepted")
        for viewer in viewers:
            assert heard(viewer, "said", "signed") == [("p1", "Hello, there all"), ("p2", "hello")]
        assert [viewer.place for viewer in viewers] == places


async def test_what_was_said_is_of_who_said_it_though_another_sits_there_by_now() -> None:
    async with open_street() as street:
        talking = await Talking.begun(street)
        assert talking.bo.user is not None
        await say(talking.bo, "I have to go")
        await street.run(talking.homes[3].service.leave(talking.code, talking.bo.user))
        dee = await street.person(talking.homes[2], "Dee")
        await street.run(talking.homes[2].service.join(talking.code, dee))

        late = await street.connect(talking.homes[3], talking.code, dee)
        await say(late, "Hello")
        await street.pass_s(0.1)

        told = [aside for message in late.messages for aside in message.get("asides", []) if aside["type"] == "said"]
        assert [(each["id"], each["display_name"], each["text"]) for each in told] == [
            ("p2", "Bo", "I have to go"),
            ("p2", "Dee", "Hello"),
        ]


async def test_the_same_is_told_once_however_often_it_is_sent() -> None:
    async with open_street() as street:
        talking = await Talking.begun(street)

        answers = [await say(talking.ada, "Hello", "one") for _ in range(3)]
        again = await street.connect(talking.homes[3], talking.code, talking.ada.user)
        answers.append(await say(again, "Hello", "one"))
        await street.pass_s(0.1)

        assert answers == ["accepted"] * 4
        assert heard(talking.bo, "said") == [("p1", "Hello")]


async def test_nobody_talks_too_often_not_by_another_gateway_either_and_others_still_do() -> None:
    async with open_street() as street:
        talking = await Talking.begun(street)
        elsewhere = await street.connect(talking.homes[3], talking.code, talking.ada.user)

        first = [await say(talking.ada, f"{nth}") for nth in range(SAYINGS_MAX)]
        more = [await say(talking.ada, "more"), await say(elsewhere, "and more")]
        signs = [await sign(elsewhere, "wow", f"w{nth}") for nth in range(SIGNS_MAX + 1)]
        other = await say(talking.bo, "My turn")
        await street.pass_s(TALK_WITHIN_S)
        later = await say(talking.ada, "more")

        assert (first, more) == (["accepted"] * SAYINGS_MAX, ["too_often"] * 2)
        assert signs == ["accepted"] * SIGNS_MAX + ["too_often"]
        assert (other, later) == ("accepted", "accepted")


async def test_while_a_game_is_on_there_are_signs_only_and_only_from_who_plays() -> None:
    async with open_street() as street:
        homes = await street.begin_all(a=BOTH, east=GATEWAY)
        people = [await street.person(homes[1], name) for name in ("Ada", "Bo", "Cy", "Di")]
        code = await street.table(homes[0], *people[:3])
        ada, bo, cy, di = [await street.connect(homes[1], code, person) for person in people]
        await cy.ask(type="resign", command_id="gone")

        answers = [
            await say(ada, "Psst"),
            await sign(ada, "well_met", "1"),
            await sign(cy, "well_met", "2"),
            await sign(di, "well_met", "3"),
            await say(di, "I only watch"),
        ]
        await street.pass_s(0.1)

        assert answers == ["game_started", "accepted", "not_playing", "not_playing", "not_playing"]
        assert heard(bo, "said", "signed") == [("p1", "well_met")]


async def test_after_the_end_all_meet_again_whoever_comes_from_wherever() -> None:
    async with open_street() as street:
        talking = await Talking.begun(street)
        await talking.end()
        late = await street.connect(talking.homes[3], talking.code, talking.bo.user)
        first, owner = talking.homes[0], await street.owner_at(talking.code)
        assert owner == first.owner

        said = [await say(talking.ada, "Well played"), await say(late, "You too")]
        await street.pass_s(0.1)
        before = [heard(viewer, "said") for viewer in (talking.ada, talking.bo, talking.spectator, late)]
        await first.kill()
        await street.pass_s(20)
        said += [await say(talking.ada, "Still here"), await say(late, "So am I")]
        await street.pass_s(0.1)

        assert said == ["accepted"] * 4
        assert before == [[("p1", "Well played"), ("p2", "You too")]] * 4
        for viewer in (talking.ada, talking.bo, talking.spectator, late):
            assert heard(viewer, "said")[2:] == [("p1", "Still here"), ("p2", "So am I")]


async def test_who_comes_back_is_told_the_latest_that_was_said() -> None:
    async with open_street() as street:
        talking = await Talking.begun(street)
        for nth in range(TALK_KEPT + 2):
            await say((talking.ada, talking.bo)[nth % 2], f"{nth}")
            await street.pass_s(TALK_WITHIN_S / SAYINGS_MAX)
        await sign(talking.ada, "wow", "w")

        back = await street.connect(talking.homes[3], talking.code, talking.bo.user)
        await street.pass_s(0.1)

        assert [text for _, text in heard(back, "said", "signed")] == [f"{nth}" for nth in range(2, TALK_KEPT + 2)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  Hello \t\r\n you  ", "Hello you"),
        ("a\u0000b\u202ec\u2066d\ufeffe", "a bcde"),
        ("\u200b\u200d \u00ad", ""),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("e\u0301", "\u00e9"),
        ("z" + "\u0335" * 40, "z" + "\u0335" * 2),
        ("<b>&", "<b>&"),
    ],
)
def test_what_is_said_is_one_line_that_can_be_seen(text: str, shown: str) -> None:
    assert cleaned(text) == shown


async def test_nothing_to_see_is_nothing_said() -> None:
    async with open_street() as street:
        talking = await Talking.begun(street)

        answers = [await say(talking.ada, "\u202e \u200b"), await sign(talking.ada, "hello", "h")]

        assert answers == ["invalid", "accepted"]
