"""Hanabi: fireworks built together, out of hands that everyone sees but their owner.

The rules are those of the card game by Antoine Bauza. In turn each plays a card, discards one, or spends a hint to tell
somebody which of their cards have a colour, or a rank. A card that fits nowhere burns a fuse; the last ends it all.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from clew import Game, Lot, Outcome, Refused, Seat

Colour = Literal["red", "yellow", "green", "blue", "white"]
Rank = Annotated[int, Meta(ge=1, le=5)]
Place = Annotated[int, Meta(ge=0, le=4, description="Which card of the hand, the oldest first")]
COLOURS: tuple[Colour, ...] = ("red", "yellow", "green", "blue", "white")
RANKS = (1, 1, 1, 2, 2, 3, 3, 4, 4, 5)
HINTS, FUSES, PERFECT = 8, 3, 25


class Options(msgspec.Struct, frozen=True):
    """What the host may choose."""

    goal: Annotated[int, Meta(ge=1, le=PERFECT, description="The score with which all have won")] = 15


class Card(msgspec.Struct, frozen=True):
    colour: Colour
    rank: Rank


class Held(msgspec.Struct, frozen=True):
    """A card in a hand, and what its owner was told of it, which everyone has heard."""

    card: Card
    colour: Colour | None = None
    rank: Rank | None = None


# --- plans: what a seat does in its turn -----------------------------------------------------------------------------


class Play(msgspec.Struct, frozen=True, tag=True):
    place: Place


class Discard(msgspec.Struct, frozen=True, tag=True):
    place: Place


class Hint(msgspec.Struct, frozen=True, tag=True):
    to: Seat
    about: Colour | Rank


Plan = Play | Discard | Hint

# --- events ----------------------------------------------------------------------------------------------------------


class Played(msgspec.Struct, frozen=True, tag=True):
    """``fits``: it is part of a firework now; else it is among the discards, and a fuse is burnt."""

    seat: Seat
    place: int
    card: Card
    fits: bool


class Discarded(msgspec.Struct, frozen=True, tag=True):
    seat: Seat
    place: int
    card: Card


class Hinted(msgspec.Struct, frozen=True, tag=True):
    seat: Seat
    to: Seat
    about: Colour | Rank
    places: tuple[int, ...]


class Drew(msgspec.Struct, frozen=True, tag=True):
    """``card``: None as its owner is told of it, and whoever only watches: they may be friends."""

    seat: Seat
    card: Card | None


class TurnEnded(msgspec.Struct, frozen=True, tag=True):
    seat: Seat


Event = Played | Discarded | Hinted | Drew | TurnEnded


class State(msgspec.Struct, frozen=True):
    """``last`` is what happened in the turn before; ``turns_left``: None as long as there are cards to draw."""

    goal: int
    deck: tuple[Card, ...]
    hands: dict[Seat, tuple[Held, ...]]
    built: dict[Colour, int]
    discards: tuple[Card, ...] = ()
    hints: int = HINTS
    fuses: int = FUSES
    next_place: int = 0
    turns_left: int | None = None
    last: tuple[Event, ...] = ()

    @property
    def score(self) -> int:
        return sum(self.built.values())


class Shown(msgspec.Struct, frozen=True):
    """A card as a viewer sees it: what its owner was told, and the card itself where it is somebody else's."""

    card: Card | None
    colour: Colour | None
    rank: Rank | None


class View(msgspec.Struct, frozen=True):
    hands: dict[Seat, tuple[Shown, ...]]
    built: dict[Colour, int]
    discards: tuple[Card, ...]
    hints: int
    fuses: int
    deck_left: int
    turns_left: int | None
    goal: int
    last: tuple[Event, ...]


class Hanabi(Game[State, Plan, Event, View]):
    """Turns are rounds with one seat on turn; the table waits for nobody else."""

    kind = "hanabi"
    seats = (2, 5)
    round_seconds = 60
    options = Options
    last_one_wins = False

    def setup(self, seats: Sequence[Seat], options: Options, lot: Lot) -> State:
        deck = lot.shuffled([Card(colour, rank) for colour in COLOURS for rank in RANKS], "deck")
        size = 5 if len(seats) < 4 else 4
        hands = {seat: tuple(Held(deck.pop()) for _ in range(size)) for seat in seats}
        return State(options.goal, tuple(deck), hands, dict.fromkeys(COLOURS, 0))

    def on_turn(self, state: State, playing: Sequence[Seat]) -> Collection[Seat]:
        seats = list(state.hands)
        order = seats[state.next_place :] + seats[: state.next_place]
        return [seat for seat in order if seat in playing and state.hands[seat]][:1]

    def legal(self, state: State, seat: Seat, plan: Plan) -> Refused | None:
        match plan:
            case Play(place) | Discard(place) if place >= len(state.hands[seat]):
                return Refused("no_card", "You have no card there.")
            case Discard() if state.hints == HINTS:
                return Refused("hints_full", "No hint has been spent, so nothing is won by a discard.")
            case Hint() if state.hints == 0:
                return Refused("no_hints", "There are no hints left.")
            case Hint(to, about) if to == seat or not pointed_at(state, to, about):
                return Refused("no_hint", "A hint is for somebody else, about cards that they have.")
            case _:
                return None

    def idle(self, state: State, seat: Seat) -> Plan:
        if state.hints < HINTS:
            return Discard(0)
        other = next(each for each, hand in state.hands.items() if each != seat and hand)
        return Hint(other, state.hands[other][0].card.rank)

    def resolve(self, state: State, plans: Mapping[Seat, Plan], lot: Lot) -> Iterator[Event]:
        if not plans:  # nobody who plays has a card left
            yield TurnEnded(list(state.hands)[state.next_place])
        for seat, plan in plans.items():
            match plan:
                case Play(place):
                    card = state.hands[seat][place].card
                    yield Played(seat, place, card, state.built[card.colour] == card.rank - 1)
                case Discard(place):
                    yield Discarded(seat, place, state.hands[seat][place].card)
                case Hint(to, about):
                    yield Hinted(seat, to, about, pointed_at(state, to, about))
            if state.deck and not isinstance(plan, Hint):
                yield Drew(seat, state.deck[-1])
            yield TurnEnded(seat)

    def evolve(self, state: State, event: Event) -> State:
        last = (event,) if isinstance(event, Played | Discarded | Hinted) else (*state.last, event)
        after = replace(state, last=last)
        match event:
            case Played(seat, place, card, fits):
                after = without_card(after, seat, place)
                if not fits:
                    return replace(after, fuses=state.fuses - 1, discards=(*state.discards, card))
                bonus = card.rank == 5 and state.hints < HINTS
                return replace(after, built={**state.built, card.colour: card.rank}, hints=state.hints + bonus)
            case Discarded(seat, place, card):
                return replace(
                    without_card(after, seat, place), hints=state.hints + 1, discards=(*state.discards, card)
                )
            case Hinted(_, to, about, places):
                hand = tuple(told(held, about) if at in places else held for at, held in enumerate(state.hands[to]))
                return replace(after, hands={**state.hands, to: hand}, hints=state.hints - 1)
            case Drew(seat, card):
                assert card is not None, "what happened is known"
                hands = {**state.hands, seat: (*state.hands[seat], Held(card))}
                turns_left = len(state.hands) + 1 if len(state.deck) == 1 else None
                return replace(after, hands=hands, deck=state.deck[:-1], turns_left=turns_left)
            case TurnEnded(seat):
                place = (list(state.hands).index(seat) + 1) % len(state.hands)
                left = None if state.turns_left is None else state.turns_left - 1
                return replace(after, next_place=place, turns_left=left)

    def view(self, state: State, viewer: Seat | None) -> View:
        return View(
            hands={
                seat: tuple(Shown(None if viewer in {seat, None} else h.card, h.colour, h.rank) for h in hand)
                for seat, hand in state.hands.items()
            },
            built=state.built,
            discards=state.discards,
            hints=state.hints,
            fuses=state.fuses,
            deck_left=len(state.deck),
            turns_left=state.turns_left,
            goal=state.goal,
            last=tuple(self.tell(event, viewer) for event in state.last),
        )

    def tell(self, event: Event, viewer: Seat | None) -> Event:
        return replace(event, card=None) if isinstance(event, Drew) and viewer in {event.seat, None} else event

    def outcome(self, state: State) -> Outcome | None:
        if state.fuses == 0:
            return Outcome()
        if state.score < PERFECT and state.turns_left != 0:
            return None
        return Outcome(tuple(state.hands) if state.score >= state.goal else ())

    def bot(self, view: View, seat: Seat, lot: Lot) -> Plan:
        """Play what surely fits, point at what would, and discard the oldest that nobody spoke of."""
        for place, mine in enumerate(view.hands[seat]):
            if mine.colour is not None and mine.rank == view.built[mine.colour] + 1:
                return Play(place)
        for other, hand in view.hands.items() if view.hints else ():
            for shown in hand if other != seat else ():
                wanted = shown.card is not None and shown.card.rank == view.built[shown.card.colour] + 1
                if shown.card is not None and wanted and None in {shown.rank, shown.colour}:
                    return Hint(other, shown.card.rank if shown.rank is None else shown.card.colour)
        if view.hints == HINTS:
            other = next(each for each, hand in view.hands.items() if each != seat and hand)
            card = view.hands[other][0].card
            assert card is not None, "the hands of others are shown"
            return Hint(other, card.rank)
        silent = [place for place, mine in enumerate(view.hands[seat]) if mine.colour is None and mine.rank is None]
        return Discard(silent[0] if silent else 0)


def pointed_at(state: State, to: Seat, about: Colour | Rank) -> tuple[int, ...]:
    """Which cards of a hand have this colour, or this rank."""
    hand = state.hands.get(to, ())
    return tuple(at for at, held in enumerate(hand) if about in {held.card.colour, held.card.rank})


def told(held: Held, about: Colour | Rank) -> Held:
    return replace(held, rank=about) if isinstance(about, int) else replace(held, colour=about)


def without_card(state: State, seat: Seat, place: int) -> State:
    hand = state.hands[seat]
    return replace(state, hands={**state.hands, seat: hand[:place] + hand[place + 1 :]})
