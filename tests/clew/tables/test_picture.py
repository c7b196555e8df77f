"""The end of any game as a picture: its own where it draws one, else a card with who won."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping

import pytest

from clew.catalogue.catalogue import Catalogue
from clew.catalogue.voice import Voice
from clew.game import AnyGame, Seat
from clew.gateway.ports import Fresh
from clew.people.user import User
from clew.sessions.ids import GameId, UserId
from clew.sessions.records import Accepted, Entry
from clew.tables.bounds import PICTURE_BYTES_MAX
from clew.tables.commands import Resign
from clew.tables.events import AnyEvent
from clew.tables.lobby.commands import Join, Start
from clew.tables.lobby.members import seat_at
from clew.tables.serving.served import ServedTable
from examples.bids.game import Bids, State

RUDE = '"><script>&'


class Drawn(Bids):
    """Bids that draw themselves."""

    kind = "drawn"

    def picture(self, state: State, names: Mapping[Seat, str]) -> str | None:
        return f'<svg xmlns="http://www.w3.org/2000/svg"><text>{names[seat_at(1)]}</text></svg>'


class Huge(Bids):
    """Bids that draw more than a chat takes."""

    kind = "huge"

    def picture(self, state: State, names: Mapping[Seat, str]) -> str | None:
        return "x" * (PICTURE_BYTES_MAX + 1)


def picture(game: AnyGame, language: str = "en") -> bytes:
    """Of a table at which the host gave up."""
    served = ServedTable(game)
    ada, ben = UserId("u1"), UserId("u2")
    request = served.shapes.request(seats=2)
    created = served.create(User(ada, RUDE), request, Fresh(GameId("g1"), "ABC234", 7))
    entries: list[Entry[AnyEvent]] = [Entry(1, 1_000, created)]
    table = served.machine.evolve(None, created, 1)
    for command in (Join(ben, "Ben"), Start(ada), Resign(seat_at(1))):
        answer = served.machine.decide(table, command, 2_000)
        assert isinstance(answer, Accepted)
        for event in answer.events:
            entries.append(Entry(len(entries) + 1, 2_000, event))
            table = served.machine.evolve(table, event, len(entries))
    assert table.status == "concluded"
    return served.picture(entries, Voice(Catalogue(), language))


def texts(svg: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg) if each.tag.endswith("text")]


@pytest.mark.parametrize("game", [Bids(), Huge()], ids=lambda game: game.kind)
def test_a_game_that_draws_none_or_too_much_has_a_card_with_who_won(game: AnyGame) -> None:
    assert texts(picture(game)) == [f"{game.kind.title()}, 1 round", "Ben won", "Benwon", f"{RUDE}gave up"]


def test_a_card_says_it_in_the_language_of_whoever_asks() -> None:
    assert texts(picture(Bids(), "de")) == ["Bids, 1 Runde", "Ben hat gewonnen", "Bengewonnen", f"{RUDE}aufgegeben"]
    assert b' direction="rtl" text-anchor="end"' in picture(Bids(), "he")


def test_a_game_that_draws_itself_is_given_names_that_are_text() -> None:
    assert texts(picture(Drawn())) == [RUDE]
