"""Non-interference: change what a viewer may not know, and every byte that viewer gets stays the same.

Each check takes the ``sight`` and ``tell`` that it holds to this, so that leaks can be planted and must be caught. It
compares encoded bytes; numbers of events are no part of them. The checks that play a round on two worlds return whether
the viewer may learn the same of both (``tests.rules.oracle`` says so): only then must the bytes be equal.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec
import pytest
from msgspec.structs import replace

from minotaur.hexgrid import walk
from minotaur.hexgrid.coord import Vector
from minotaur.rules.coding import enc_hook
from minotaur.rules.events import Event
from minotaur.rules.evolve import evolve
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.sight import Sight, sight
from minotaur.rules.told import ToldEvent, tell
from tests.rules.crowds import round_of
from tests.rules.oracle import knowledge
from tests.rules.transforms import TURNED_DIRECTIONS, shifted_game, turned_back_sight, turned_back_told, turned_game

_encode = msgspec.json.Encoder(enc_hook=enc_hook).encode


class Senses(NamedTuple):
    """Everything through which a viewer learns of a game."""

    sight: Callable[[Game, PlayerId | None], Sight] = sight
    tell: Callable[[Event, PlayerId | None], ToldEvent | None] = tell

    @property
    def name(self) -> str:
        """What was planted."""
        return self.sight.__name__ if self.sight is not sight else self.tell.__name__


HONEST = Senses()


def check_hidden_state(game: Game, other: Game, viewer: PlayerId | None, senses: Senses = HONEST) -> None:
    """Two worlds that differ only in what is hidden from the viewer look the same."""
    assert _encode(senses.sight(game, viewer)) == _encode(senses.sight(other, viewer))


def check_round(game: Game, other: Game, viewer: PlayerId, senses: Senses = HONEST) -> bool:
    """A round played on two worlds looks and reads the same to a viewer who may learn the same of both."""
    events, other_events = round_of(game), round_of(other)
    if knowledge(game, events, viewer) != knowledge(other, other_events, viewer):
        return False
    assert _experience(game, events, viewer, senses) == _experience(other, other_events, viewer, senses)
    return True


def check_shift(game: Game, vector: Vector, viewer: PlayerId | None, senses: Senses = HONEST) -> None:
    """Nobody can tell where on the field the board lies."""
    elsewhere = shifted_game(game, vector)
    here, there = round_of(game), round_of(elsewhere)
    assert _experience(game, here, viewer, senses) == _experience(elsewhere, there, viewer, senses)


def check_turn(game: Game, viewer: PlayerId | None, senses: Senses = HONEST) -> None:
    """Nobody can tell how the board is turned, once their views are turned back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "_FIRST", walk.firsts(TURNED_DIRECTIONS))
        turned = turned_game(game)
        turned_events = round_of(turned)

    def tell_back(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
        telling = senses.tell(event, viewer)
        return None if telling is None else turned_back_told(telling)

    def sight_back(game: Game, viewer: PlayerId | None) -> Sight:
        return turned_back_sight(senses.sight(game, viewer))

    there = _experience(turned, turned_events, viewer, Senses(sight_back, tell_back))
    assert _experience(game, round_of(game), viewer, senses) == there


def _experience(game: Game, events: Sequence[Event], viewer: PlayerId | None, senses: Senses) -> list[bytes]:
    """Every byte a viewer gets in a round: what they see at first, what they are told, what they see after it.

    It ends with the game, after which everything is open, and with the viewer's death, after which they watch from the
    gallery: that is a viewer of its own.
    """
    bytes_ = [_encode(senses.sight(game, viewer))]
    for event in events:
        game = evolve(game, event)
        telling = senses.tell(event, viewer)
        if telling is not None:
            bytes_.append(_encode(telling))
        if game.status == "over" or (viewer is not None and not game.heroes[viewer].alive):
            break
    else:
        bytes_.append(_encode(senses.sight(game, viewer)))
    return bytes_


def reseeded(game: Game, seed: int) -> Game:
    """The same game, in which other lots are drawn."""
    return replace(game, seed=seed)
