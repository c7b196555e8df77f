"""What viewers are told of what people agree on, as ``minotaur.v1`` has it, whose events all have a step."""

from minotaur.rules import told


class AgreedTold(told.Telling, frozen=True, kw_only=True, tag="agreed"):
    """Someone would have it so (``pause``, ``go_on``, ``autopilot:SEAT``), as soon as all who are here agree."""

    step: int = 0
    id: str
    to: str


class PausedTold(told.Telling, frozen=True, kw_only=True, tag="paused"):
    """All agreed: the clock stands."""

    step: int = 0


class WentOnTold(told.Telling, frozen=True, kw_only=True, tag="went_on"):
    """The clock goes on."""

    step: int = 0


class AutopilotBeganTold(told.Telling, frozen=True, kw_only=True, tag="autopilot_began"):
    """The others agreed: a bot plans for this player, who is away."""

    step: int = 0
    id: str


class AgreedShown(AgreedTold, frozen=True, kw_only=True, tag="agreed"):
    """Someone would have it so (``pause``, ``go_on``, ``autopilot:SEAT``), as soon as all who are here agree."""

    seq: int


class PausedShown(PausedTold, frozen=True, kw_only=True, tag="paused"):
    """All agreed: the clock stands."""

    seq: int


class WentOnShown(WentOnTold, frozen=True, kw_only=True, tag="went_on"):
    """The clock goes on."""

    seq: int


class AutopilotBeganShown(AutopilotBeganTold, frozen=True, kw_only=True, tag="autopilot_began"):
    """The others agreed: a bot plans for this player, who is away."""

    seq: int
