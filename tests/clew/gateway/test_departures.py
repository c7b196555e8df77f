"""Who goes for good is named no more to whoever looks on, at any node, whatever becomes of the node that was told."""

from collections.abc import AsyncGenerator

import pytest
from structlog.testing import capture_logs

from clew.gateway.departures import LOOK_EVERY_S, PEOPLE_CHANNEL, SIGN_OUTS_FEED
from clew.people.departed import SOMEBODY_WHO_LEFT
from clew.people.user import User
from tests.clew.gateway.company_match import Match
from tests.clew.gateway.street import Home, Street, Viewer, open_street


@pytest.fixture
async def street() -> AsyncGenerator[Street]:
    with capture_logs():
        async with open_street() as opened:
            yield opened


async def delete(street: Street, user: User) -> None:
    assert await street.store.account_book.delete_user(user.user_id, None)


def tell(home: Home, user: User) -> None:
    """As the node does where somebody was signed out, whichever release it is."""
    assert home.membership is not None
    home.membership.bus.publish(PEOPLE_CHANNEL, SIGN_OUTS_FEED, user.user_id.encode())


def named(viewer: Viewer) -> list[str]:
    return [player["display_name"] for player in viewer.view["players"]]


async def test_who_looks_on_anywhere_is_shown_it_as_soon_as_any_node_says_so(street: Street) -> None:
    match = await Match.begun(street)
    ada, bo = match.people
    await delete(street, ada)

    tell(match.west, ada)
    took_s = await street.until(lambda: all("Ada" not in named(viewer) for viewer in street.viewers))

    assert took_s < 1
    assert {tuple(named(viewer)) for viewer in street.viewers} == {(SOMEBODY_WHO_LEFT, bo.display_name)}
    await match.is_whole(match.second)


async def test_what_nobody_said_is_found_in_time(street: Street) -> None:
    match = await Match.begun(street)
    await delete(street, match.people[0])

    took_s = await street.until(lambda: all("Ada" not in named(viewer) for viewer in street.viewers))

    assert took_s <= LOOK_EVERY_S + 1


async def test_who_is_only_signed_out_keeps_their_name(street: Street) -> None:
    match = await Match.begun(street)

    tell(match.west, match.people[0])
    await street.pass_s(1)

    assert all("Ada" in named(viewer) for viewer in street.viewers)


@pytest.mark.parametrize("how", ["kill", "hand over"])
async def test_no_node_that_goes_on_with_the_game_brings_the_name_back(street: Street, how: str) -> None:
    match = await Match.begun(street)
    ada, _ = match.people
    bos = match.players[1]
    await delete(street, ada)
    owner = await street.owner_at(match.code)

    await (match.first.kill() if how == "kill" else match.first.leave())
    await street.until(lambda: "Ada" not in named(bos))
    comer = await street.connect(match.west, match.code, None)

    assert await street.owner_at(match.code) != owner
    assert named(comer)[0] == SOMEBODY_WHO_LEFT
    assert "Ada" not in str(comer.messages)


async def test_a_store_that_does_not_answer_hides_nobody_and_names_nobody_who_is_gone(street: Street) -> None:
    match = await Match.begun(street)
    await delete(street, match.people[0])
    match.first.line.refused.add("remembered")

    tell(match.west, match.people[0])
    await street.pass_s(1)
    meanwhile = {tuple(named(viewer)) for viewer in street.viewers}
    match.first.line.refused.clear()
    await street.until(lambda: all("Ada" not in named(viewer) for viewer in street.viewers))

    assert meanwhile == {("Ada", "Bo")}


async def test_in_a_lobby_who_gave_a_seat_up_and_went_is_not_named_to_who_comes(street: Street) -> None:
    homes = await street.begin_all(a=("host", "gateway"), b=("host", "gateway"))
    ada, bo, ada_too = [await street.person(homes[0], name) for name in ("Ada", "Bo", "Ada")]
    code = await street.lobby(homes[0], bo, ada)
    await street.run(homes[1].service.leave(code, ada))
    await street.run(homes[1].service.join(code, ada_too))
    await delete(street, ada)

    for after in (None, 0):
        comer = await street.connect(homes[1], code, None, after=after)
        await street.until(lambda comer=comer: "left" in str(comer.messages))
        told = [event for message in comer.messages for event in (*message.get("log", ()), *message.get("events", ()))]

        assert [(event["type"], event.get("display_name")) for event in told] == [
            ("player_joined", f"{SOMEBODY_WHO_LEFT} (3)"),
            ("left", f"{SOMEBODY_WHO_LEFT} (3)"),
            ("player_joined", "Ada"),
        ]
        assert named(comer) == ["Bo", "Ada"]
