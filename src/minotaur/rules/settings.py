"""The settings of one game: every number that RULES marks as one, the two presets, and the bounds of each.

Each number stands here and nowhere else: the wire takes it from here, the browser's form from what ``make wire``
writes, and the docs are held to it by tests/architecture/test_numbers.py.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple, TypedDict, Unpack, cast

import msgspec

from minotaur.rules.revisions import NEWEST, REVISIONS, Revision, RevisionNumber

Preset = Literal["labyrinth", "classic"]
Gallery = Literal["delayed", "closed"]

STEPS_MAX: Final = 4
"""A plan has at most this many steps, and a round resolves exactly this many."""
MINOTAUR_STEPS: Final = 2
"""The Minotaur acts in the first two steps of a round."""
DRAIN: Final = 2
"""What each hero loses at a round's end once only the lair is left."""
BOTS_ROUND_MS: Final = 3_000
"""The longest a round lasts once every living hero is a bot's: long enough to be told to whoever watches."""
SLEEPERS_SHARE: Final = 10
"""A round in which only bots plan, for themselves and for who is away, lasts a tenth of its time, if somebody who
played waits for its end; no less than its revision says."""
SIGHT_ALL: Final = -1
"""As ``sight``: every hex, however far."""


class Bounds(NamedTuple):
    """The least and the greatest value a number may have."""

    least: int
    greatest: int


SEATS: Final = Bounds(2, 8)
SEATS_USUAL: Final = 4
"""How many seats a game has whose maker does not say."""
BOUNDS: Final[dict[str, Bounds]] = {
    "radius": Bounds(3, 7),
    "health": Bounds(1, 100),
    "ap_start": Bounds(0, 10),
    "ap_gain": Bounds(0, 10),
    "ap_cap": Bounds(1, 10),
    "hero_damage": Bounds(1, 100),
    "minotaur_health": Bounds(1, 1000),
    "minotaur_damage": Bounds(1, 100),
    "minotaur_reach": Bounds(0, 20),
    "round_seconds": Bounds(5, 86_400),
    "collapse_first": Bounds(3, 100),
    "collapse_every": Bounds(1, 20),
    "rounds_max": Bounds(1, 1000),
    "autopilot_after": Bounds(1, 100),
    "away_after": Bounds(0, 100),
    "untouched_max": Bounds(3, 50),
    "sight": Bounds(SIGHT_ALL, 20),
    "hearing": Bounds(0, 20),
    "gallery_delay": Bounds(1, 10),
}
"""Outside its bounds a setting is refused with ``InvalidSettings``. A radius over 7 would not fit a ``HexSet``."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One game's settings, fixed when it is created. Defaults are those of the first revision's labyrinth.

    ``rules_revision``: which rules it goes by; who does not say was made before there was a second.
    """

    seats: int
    radius: int
    preset: Preset = "labyrinth"
    rules_revision: RevisionNumber = 1
    rock: bool = True
    minotaur: bool = True
    collapse: bool = True
    health: int = 10
    ap_start: int = 2
    ap_gain: int = 2
    ap_cap: int = 4
    hero_damage: int = 3
    minotaur_health: int = 20
    minotaur_damage: int = 4
    minotaur_reach: int = 3
    round_seconds: int = 30
    collapse_first: int = 10
    collapse_every: int = 3
    rounds_max: int = 100
    autopilot_after: int = 3
    away_after: int = 1
    """A bot plans sooner for who is away when a round ends that they let pass; 0: no sooner than for who is here."""
    untouched_max: int = 20
    """The game ends after so many rounds in a row in which no person did anything: seldom before it would by itself."""
    sight: int = 2
    hearing: int = 5
    gallery: Gallery = "delayed"
    gallery_delay: int = 3

    @property
    def rules(self) -> Revision:
        """What its revision says where revisions differ."""
        return REVISIONS[self.rules_revision]

    @property
    def round_ms(self) -> int:
        return self.round_seconds * 1000

    def collapse_round(self, ring: int) -> int:
        """At the end of which round this ring falls, where rings fall at all. The lair, ring 0, never does."""
        return self.collapse_first + self.collapse_every * (self.radius - ring)

    def falling(self, round_number: int) -> int | None:
        """The ring that falls at the end of this round, if any."""
        if not self.collapse:
            return None
        past, rest = divmod(round_number - self.collapse_first, self.collapse_every)
        ring = self.radius - past
        return ring if rest == 0 and 1 <= ring <= self.radius else None

    def cracked(self, round_number: int) -> tuple[int, ...]:
        """The rings that are cracked in this round: those that fall at its end or at the end of the next."""
        if not self.collapse or round_number + 1 < self.collapse_first:
            return ()
        rings = self.falling(round_number), self.falling(round_number + 1)
        return tuple(ring for ring in rings if ring is not None)

    def drains(self, round_number: int) -> bool:
        """Whether heroes lose health at the end of this round because ring 1 fell in an earlier one."""
        return self.collapse and round_number > self.collapse_round(1)


class Overrides(TypedDict, total=False):
    """What whoever creates a game may choose instead of the preset's values."""

    radius: int
    rock: bool
    minotaur: bool
    collapse: bool
    health: int
    ap_start: int
    ap_gain: int
    ap_cap: int
    hero_damage: int
    minotaur_health: int
    minotaur_damage: int
    minotaur_reach: int
    round_seconds: int
    collapse_first: int
    collapse_every: int
    rounds_max: int
    autopilot_after: int
    away_after: int
    untouched_max: int
    sight: int
    hearing: int
    gallery: Gallery
    gallery_delay: int


class InvalidSettings(ValueError):
    """A setting is out of its bounds: choose another. ``field`` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


_OPEN: Final = Overrides(rock=False, minotaur=False, ap_start=1, ap_gain=1, ap_cap=1, sight=SIGHT_ALL)
"""In what the original game differs: an open hexagon, one action point a round and none kept, and all in sight."""

_PRESETS: Final[Mapping[RevisionNumber, Mapping[Preset, Overrides]]] = {
    1: {"labyrinth": {}, "classic": {**_OPEN, "collapse": False}},
    2: {
        "labyrinth": {"ap_start": 3, "minotaur_health": 13, "collapse_every": 1},
        "classic": {**_OPEN, "minotaur_health": 13, "collapse_first": 12},
    },
}
"""What each revision's presets have otherwise than ``Settings``, but for the radius."""


def labyrinth(seats: int, **overrides: Unpack[Overrides]) -> Settings:
    """The default game. Raises ``InvalidSettings`` for a number out of its bounds."""
    return preset("labyrinth", seats, overrides)


def classic(seats: int, **overrides: Unpack[Overrides]) -> Settings:
    """The original game. Raises ``InvalidSettings`` for a number out of its bounds."""
    return preset("classic", seats, overrides)


def preset(name: Preset, seats: int, overrides: Overrides, revision: RevisionNumber = NEWEST) -> Settings:
    """The named preset of this revision with some values chosen otherwise.

    Raises ``InvalidSettings`` for a number out of its bounds.
    """
    if not SEATS.least <= seats <= SEATS.greatest:
        raise InvalidSettings("seats", f"seats must be {SEATS.least} to {SEATS.greatest}, not {seats}")
    chosen: Overrides = {"radius": _usual_radius(seats), **_PRESETS[revision][name], **overrides}
    settings = Settings(seats=seats, preset=name, rules_revision=revision, **chosen)
    for field, bounds in BOUNDS.items():
        value: int = getattr(settings, field)
        if not bounds.least <= value <= bounds.greatest:
            raise InvalidSettings(field, f"{field} must be {bounds.least} to {bounds.greatest}, not {value}")
    if settings.ap_start > settings.ap_cap:
        raise InvalidSettings("ap_start", f"ap_start must not exceed ap_cap, which is {settings.ap_cap}")
    return settings


def chosen_in(settings: Settings) -> Overrides:
    """What was chosen otherwise than the preset has it for so many seats, in the revision of these settings."""
    usual = preset(settings.preset, settings.seats, {}, settings.rules_revision)
    values: dict[str, Any] = {field: getattr(settings, field) for field in Overrides.__annotations__}
    return cast("Overrides", {field: value for field, value in values.items() if value != getattr(usual, field)})


def renewed(settings: Settings) -> Settings:
    """Settings for another such game, under the newest revision: what was chosen stays, the usual is today's."""
    return preset(settings.preset, settings.seats, chosen_in(settings))


def _usual_radius(seats: int) -> int:
    if seats <= 3:
        return 4
    return 5 if seats <= 5 else 6
