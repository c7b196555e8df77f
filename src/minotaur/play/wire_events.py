"""The events as a viewer is shown them on the socket: numbered, relative, and nothing they may not know.

``step`` is 1 to 4 for what happens in a step of the round and 0 for everything else. Vectors are displacements:
``from_vector`` points from the hex entered back to the one left, ``to_vector`` the other way round. What the rules tell
gets its number here, which is the viewer's own; the lobby's events are told by nobody else.
"""

import msgspec

from minotaur.play.wire_agreed import AgreedShown, AutopilotBeganShown, PausedShown, WentOnShown
from minotaur.rules import told


class Skip(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="skip",
):
    """A number whose event this viewer may not know. Only of games that a release began which numbered all alike, and
    only until the end of the round that was on then.
    """

    seq: int


class PlayerJoinedTold(told.Telling, frozen=True, kw_only=True, tag="player_joined"):
    """Someone took a seat in the lobby."""

    step: int = 0
    id: str
    display_name: str


class GameStartedTold(told.Telling, frozen=True, kw_only=True, tag="game_started"):
    """The lobby is closed; round 1 is next."""

    step: int = 0


class LeftTold(told.Telling, frozen=True, kw_only=True, tag="left"):
    """Someone gave up their seat in the lobby."""

    step: int = 0
    id: str
    display_name: str


class SentAwayTold(told.Telling, frozen=True, kw_only=True, tag="sent_away"):
    """The host sent someone away from the lobby."""

    step: int = 0
    id: str
    display_name: str


class HostPassedTold(told.Telling, frozen=True, kw_only=True, tag="host_passed"):
    """Someone else is host now."""

    step: int = 0
    id: str


class SeatChangedTold(told.Telling, frozen=True, kw_only=True, tag="seat_changed"):
    """A bot of this kind took a seat in the lobby; null: it is empty again."""

    step: int = 0
    seat: int
    bot: str | None


class ReleasedTold(told.Telling, frozen=True, kw_only=True, tag="released"):
    """A seat is kept no more for who is named."""

    step: int = 0
    id: str
    display_name: str


class SettingsChangedTold(told.Telling, frozen=True, kw_only=True, tag="settings_changed"):
    """The host changed the rules of the game; the listing has them."""

    step: int = 0


class GameCanceledTold(told.Telling, frozen=True, kw_only=True, tag="game_canceled"):
    """The host called the game off before it began."""

    step: int = 0


class PlayerJoinedShown(PlayerJoinedTold, frozen=True, kw_only=True, tag="player_joined"):
    """Someone took a seat in the lobby."""

    seq: int


class GameStartedShown(GameStartedTold, frozen=True, kw_only=True, tag="game_started"):
    """The lobby is closed; round 1 is next."""

    seq: int


class GameCanceledShown(GameCanceledTold, frozen=True, kw_only=True, tag="game_canceled"):
    """The host called the game off before it began."""

    seq: int


class LeftShown(LeftTold, frozen=True, kw_only=True, tag="left"):
    """Someone gave up their seat in the lobby."""

    seq: int


class SentAwayShown(SentAwayTold, frozen=True, kw_only=True, tag="sent_away"):
    """The host sent someone away from the lobby."""

    seq: int


class HostPassedShown(HostPassedTold, frozen=True, kw_only=True, tag="host_passed"):
    """Someone else is host now."""

    seq: int


class SeatChangedShown(SeatChangedTold, frozen=True, kw_only=True, tag="seat_changed"):
    """A bot of this kind took a seat in the lobby; null: it is empty again."""

    seq: int


class ReleasedShown(ReleasedTold, frozen=True, kw_only=True, tag="released"):
    """A seat is kept no more for who is named."""

    seq: int


class SettingsChangedShown(SettingsChangedTold, frozen=True, kw_only=True, tag="settings_changed"):
    """The host changed the rules of the game; the listing has them."""

    seq: int


class RoundStartedShown(told.RoundStartedTold, frozen=True, kw_only=True, tag="round_started"):
    """A round began; ``round_ends_at`` of the view says until when plans are taken."""

    seq: int


class PlanAcceptedShown(told.PlanAcceptedTold, frozen=True, kw_only=True, tag="plan_accepted"):
    """Your plan was taken; nobody else is told."""

    seq: int


class ReadyAcceptedShown(told.ReadyAcceptedTold, frozen=True, kw_only=True, tag="ready_accepted"):
    """You are done with this round; nobody else is told."""

    seq: int


class PcLeftHexShown(told.PcLeftHexTold, frozen=True, kw_only=True, tag="pc_left_hex"):
    """Somebody who was with you in your hex went away."""

    seq: int


class PcEnteredHexShown(told.PcEnteredHexTold, frozen=True, kw_only=True, tag="pc_entered_hex"):
    """Somebody, perhaps you, came into the hex where you now are."""

    seq: int


class PcAttackedShown(told.PcAttackedTold, frozen=True, kw_only=True, tag="pc_attacked"):
    """An attack by someone in your hex. ``damage`` is 0 for a miss, and ``missed`` says why."""

    seq: int


class PcBumpedShown(told.PcBumpedTold, frozen=True, kw_only=True, tag="pc_bumped"):
    """You walked against rock, a chasm or the outside."""

    seq: int


class NoiseShown(told.NoiseTold, frozen=True, kw_only=True, tag="noise"):
    """Fighting, somewhere in this direction."""

    seq: int


class KilledShown(told.KilledTold, frozen=True, kw_only=True, tag="killed"):
    """A hero died; ``by`` lists the killers' ids, or is ``["collapse"]`` or ``["lair"]``."""

    seq: int


class ResignedShown(told.ResignedTold, frozen=True, kw_only=True, tag="resigned"):
    """A hero gave up."""

    seq: int


class MinotaurSlainShown(told.MinotaurSlainTold, frozen=True, kw_only=True, tag="minotaur_slain"):
    """The Minotaur is dead; ``by`` lists who struck the last blows."""

    seq: int


class TremorShown(told.TremorTold, frozen=True, kw_only=True, tag="tremor"):
    """The outermost ring cracks: it collapses at the end of the next round."""

    seq: int


class CollapsedShown(told.CollapsedTold, frozen=True, kw_only=True, tag="collapsed"):
    """The cracked ring fell into the chasm."""

    seq: int


class DrainedShown(told.DrainedTold, frozen=True, kw_only=True, tag="drained"):
    """The lair itself takes health from every living hero, now that nothing else is left."""

    seq: int


class ClockCreditedShown(told.ClockCreditedTold, frozen=True, kw_only=True, tag="clock_credited"):
    """Nobody could be heard for a while, so the round ends that much later; a clock set back makes ``ms`` negative."""

    seq: int


class GameOverShown(told.GameOverTold, frozen=True, kw_only=True, tag="game_over"):
    """The end; ``winner_id`` is null for a draw. ``why`` is ``untouched`` where no person had played for long."""

    seq: int


ShownEvent = (
    Skip
    | PlayerJoinedShown
    | GameStartedShown
    | GameCanceledShown
    | LeftShown
    | SentAwayShown
    | HostPassedShown
    | SeatChangedShown
    | ReleasedShown
    | SettingsChangedShown
    | RoundStartedShown
    | PlanAcceptedShown
    | ReadyAcceptedShown
    | PcLeftHexShown
    | PcEnteredHexShown
    | PcAttackedShown
    | PcBumpedShown
    | NoiseShown
    | KilledShown
    | ResignedShown
    | MinotaurSlainShown
    | TremorShown
    | CollapsedShown
    | DrainedShown
    | ClockCreditedShown
    | AgreedShown
    | PausedShown
    | WentOnShown
    | AutopilotBeganShown
    | GameOverShown
)
