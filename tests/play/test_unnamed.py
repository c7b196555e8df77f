"""Who is gone is told without their name, whatever a journal says of them, and nothing else is told otherwise."""

from itertools import permutations
from typing import Final

from msgspec.structs import replace

from clew.people.departed import SOMEBODY_WHO_LEFT
from clew.sessions.ids import GameId, Millis, PlayerId, UserId
from clew.sessions.records import Entry
from clew.tables.lobby.events import Left, PlayerJoined, Released, SeatChanged, SentAway
from clew.tables.lobby.members import Member, bot_at, seat_at
from clew.tables.lobby.unnamed import named_in, names_of, roll_of, told_without, without_names
from minotaur.play.machine import MatchMachine
from minotaur.play.match import Match, MatchCreated, MatchEvent
from minotaur.rules.settings import labyrinth

ADA, BOB, CY, DAN = (UserId(name) for name in ("ada", "bob", "cy", "dan"))
P2, P3 = PlayerId(seat_at(2)), PlayerId(seat_at(3))


def person(place: int, user_id: UserId) -> Member:
    return Member(seat_at(place), user_id, user_id.title())


EVENTS: Final[tuple[MatchEvent, ...]] = (
    MatchCreated(
        game_id=GameId("g2"),
        join_code="ABC234",
        settings=labyrinth(4),
        seed=1,
        bots=0,
        bot="hunter",
        host=person(1, ADA),
        others=(person(2, BOB), person(3, CY)),
        follows=GameId("g1"),
    ),
    PlayerJoined(person(2, BOB)),
    SentAway(P2, "Bob"),
    PlayerJoined(person(2, DAN)),
    Left(P2, "Dan"),
    SeatChanged(P2, bot_at(2, "hunter", ["Ada"])),
    Released(P3, "Cy"),
)
JOURNAL: Final = [Entry(seq, Millis(seq), event) for seq, event in enumerate(EVENTS, 1)]


def state_after(entries: int) -> Match:
    machine, at = MatchMachine(), None
    for entry in JOURNAL[:entries]:
        assert entry.event is not None
        at = machine.evolve(at, entry.event, entry.seq)
    assert at is not None
    return at


def test_a_journal_tells_each_of_them_apart_and_everybody_else_as_they_are() -> None:
    roll = roll_of(JOURNAL)
    told = told_without(JOURNAL, roll.names({BOB, CY}))

    text = str(told)
    assert roll.people == {ADA, BOB, CY, DAN}
    assert "Bob" not in text and "Cy" not in text
    assert text.count("Ada") and text.count("Dan") == 2
    assert told[6].event == Released(P3, f"{SOMEBODY_WHO_LEFT} (4)")
    assert told[2].event == SentAway(P2, f"{SOMEBODY_WHO_LEFT} (3)")
    assert [one is other for one, other in zip(told, JOURNAL, strict=True)].count(True) == 3
    assert told_without(JOURNAL, {}) == JOURNAL


def test_a_state_names_nobody_who_is_gone_for_whom_a_seat_is_kept_neither() -> None:
    at = state_after(1)

    told = without_names(at, names_of(at, {ADA, CY}))

    assert named_in(at) == {ADA, BOB, CY}
    assert [each.display_name for each in (*told.members, *told.kept)] == [
        SOMEBODY_WHO_LEFT,
        "Bob",
        f"{SOMEBODY_WHO_LEFT} (3)",
    ]
    assert without_names(at, names_of(at, {DAN})) is at


def test_whoever_goes_keeps_the_number_they_got_when_others_go_after_them() -> None:
    people = (ADA, BOB, CY, DAN)
    at, roll = state_after(4), roll_of(JOURNAL)

    for order in permutations(people):
        kept = (dict[UserId, str](), dict[UserId, str]())
        for going in range(len(order)):
            gone = order[: going + 1]
            for names, before in zip((names_of(at, gone), roll.names(gone)), kept, strict=True):
                assert before.items() <= names.items()
                assert len(set(names.values())) == len(names)
                before.update(names)


def test_who_is_called_so_since_an_earlier_release_is_told_apart_from_who_has_gone() -> None:
    at = replace(state_after(4), members=(person(1, ADA), Member(P2, BOB, SOMEBODY_WHO_LEFT), person(3, CY)))

    names = names_of(at, {ADA, CY})

    assert names == {ADA: f"{SOMEBODY_WHO_LEFT} (2)", CY: f"{SOMEBODY_WHO_LEFT} (3)"}


def test_a_commit_is_told_by_who_sat_there_before_it() -> None:
    before = state_after(6)

    (told,) = told_without(JOURNAL[6:], names_of(before, {CY}), before)

    assert told.event == Released(P3, f"{SOMEBODY_WHO_LEFT} (3)")
