"""The body that asks to have a game otherwise before it begins."""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, UnsetType

from clew.wire.changing import ChangeOfGame
from minotaur.play.wire_shapes import BotKind, PresetName


class ChangeGame(ChangeOfGame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the game is to be. What is not said stays as it is. ``seats``: how many there are to be; or, by their
    numbers from 1, which of them a bot is to have, null: nobody. ``host_id``: the seat of who is to be host.
    ``settings`` override single numbers of the rules; with another ``preset`` all others are that preset's.
    ``public``: whether whoever looks for a game finds it.
    """

    bot: BotKind | UnsetType = UNSET
    preset: PresetName | UnsetType = UNSET
    settings: Mapping[str, Any] | UnsetType = UNSET
