"""The rules of the second example, and its secrets."""

from typing import Any

from clew.game import Seat
from clew.sessions.records import Refused
from clew.tables.commands import RegisterPlan
from clew.tables.creating import NewTable
from clew.tables.events import GameOver
from clew.testing.sitting import P1, P2, P3, Sitting
from examples.hanabi.game import HINTS, Card, Discard, Discarded, Drew, Hanabi, Hint, Play, Played, State, View


def hanabi(seats: int = 3, seed: int = 7, **options: int) -> Sitting:
    return Sitting(Hanabi(), NewTable(seats=seats, options=options), seed).begin()


def state(sitting: Sitting) -> State:
    return sitting.table.state


def seen(sitting: Sitting, viewer: Seat | None) -> View:
    view = sitting.view(viewer).game
    assert isinstance(view, View)
    return view


def turn(sitting: Sitting, plan: Any) -> None:
    """Whoever is on turn does this."""
    (seat,) = sitting.table.on_turn
    sitting.plan(seat, plan)
    sitting.ready(seat)


def refusal(sitting: Sitting, plan: Any) -> str | None:
    (seat,) = sitting.table.on_turn
    answer = sitting.ask(RegisterPlan(seat, sitting.table.round, plan))
    return answer.code if isinstance(answer, Refused) else None


def test_turns_go_round() -> None:
    sitting = hanabi()
    on_turn = [sitting.table.on_turn]
    for _ in range(3):
        turn(sitting, Play(0))
        on_turn.append(sitting.table.on_turn)

    assert on_turn[:3] == [(P1,), (P2,), (P3,)]


def test_a_hand_is_seen_by_all_but_its_owner() -> None:
    sitting = hanabi()

    shown = {viewer: seen(sitting, viewer).hands[P1] for viewer in (P1, P2, P3, None)}

    cards = [held.card for held in state(sitting).hands[P1]]
    assert [card.card for card in shown[P2]] == [card.card for card in shown[P3]] == cards
    assert {card.card for card in (*shown[P1], *shown[None])} == {None}


def test_what_somebody_drew_is_told_to_all_others() -> None:
    sitting = hanabi()

    turn(sitting, Play(0))

    drawn = next(event for event in sitting.happened if isinstance(event, Drew))
    assert drawn.card is not None
    text = f'"card":{{"colour":"{drawn.card.colour}","rank":{drawn.card.rank}}}'.encode()
    news = {viewer: sitting.told(viewer)[-4:] for viewer in (P1, P2, None)}
    drew = {viewer: next(each for each in texts if b'"Drew"' in each) for viewer, texts in news.items()}
    assert text in drew[P2]
    assert drew[P1] == drew[None]
    assert b'"card":null' in drew[P1]


def test_a_hint_marks_every_card_it_is_about_for_everyone() -> None:
    sitting = hanabi()
    rank = state(sitting).hands[P2][0].card.rank

    turn(sitting, Hint(P2, rank))

    marks = [shown.rank for shown in seen(sitting, P2).hands[P2]]
    assert marks == [rank if held.card.rank == rank else None for held in state(sitting).hands[P2]]
    assert state(sitting).hints == HINTS - 1


def test_a_card_that_fits_is_built_and_another_burns_a_fuse() -> None:
    sitting = hanabi()
    card = state(sitting).hands[P1][0].card

    turn(sitting, Play(0))

    fits = card.rank == 1
    assert Played(P1, 0, card, fits) in sitting.happened
    assert (state(sitting).score, state(sitting).fuses) == ((1, 3) if fits else (0, 2))


def test_what_cannot_be_done_is_refused() -> None:
    sitting = hanabi(seats=4)
    missing = next(rank for rank in range(1, 6) if all(h.card.rank != rank for h in state(sitting).hands[P2]))

    assert refusal(sitting, Play(4)) == "no_card"
    assert refusal(sitting, Discard(0)) == "hints_full"
    assert refusal(sitting, Hint(P1, 1)) == "no_hint"
    assert refusal(sitting, Hint(P2, missing)) == "no_hint"
    assert refusal(sitting, Hint(Seat("p9"), 1)) == "no_hint"


def test_a_discard_wins_a_hint_back() -> None:
    sitting = hanabi()
    turn(sitting, Hint(P2, state(sitting).hands[P2][0].card.rank))
    card = state(sitting).hands[P2][0].card

    turn(sitting, Discard(0))

    assert Discarded(P2, 0, card) in sitting.happened
    assert (state(sitting).hints, state(sitting).discards) == (HINTS, (card,))


def test_the_last_fuse_ends_it_and_nobody_has_won() -> None:
    sitting = hanabi()
    while sitting.table.status == "active":
        (seat,) = sitting.table.on_turn
        built, hand = state(sitting).built, state(sitting).hands[seat]
        wrong = [at for at, held in enumerate(hand) if held.card.rank != built[held.card.colour] + 1]
        turn(sitting, Play(wrong[0]))

    assert sitting.journal[-1] == GameOver(sitting.table.round, ())
    assert state(sitting).fuses == 0


def test_all_win_together_or_not_at_all() -> None:
    won = Sitting(Hanabi(), NewTable(seats=3, bots=2, options={"goal": 1}), seed=7).begin(people=1)
    lost = Sitting(Hanabi(), NewTable(seats=3, bots=2, options={"goal": 25}), seed=7).begin(people=1)
    for sitting in (won, lost):
        while sitting.table.status == "active":
            sitting.end_round(watched=True)

    assert (state(won).score, state(won).fuses > 0) == (state(lost).score, True)
    assert (won.table.winner_ids, lost.table.winner_ids) == ((P1, P2, P3), ())


def test_one_who_is_left_alone_plays_to_the_end() -> None:
    sitting = hanabi(seats=5)
    for seat in ("p2", "p3", "p4", "p5"):
        sitting.resign(Seat(seat))
    for _ in range(300):
        if sitting.table.status == "active":
            sitting.end_round(watched=True)

    assert sitting.table.status == "concluded"


def test_the_deck_is_whole() -> None:
    table = state(hanabi())
    cards = [*table.deck, *(held.card for hand in table.hands.values() for held in hand)]

    assert len(cards) == 50
    assert {cards.count(Card("red", rank)) for rank in (2, 3, 4)} == {2}
    assert (cards.count(Card("white", 1)), cards.count(Card("white", 5))) == (3, 1)
