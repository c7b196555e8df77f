"""What an operator can do about a game in quarantine, by the kind of its reason; docs/operating.md has the same."""

from typing import Final

from clew.sessions.flaws import Flaw, flaw_of
from clew.wiring.words import Words

_THEN: Final = "then `clew sessions retry`"

_THE_STATE: Final = (
    "put game_state, state_version and snapshot_seq of its row back from a backup and nothing else, for the journal"
    " brings them up to date"
)
_BOTH: Final = "journal and row from one backup, where what came after it is lost"

ADVICE: Final[dict[Flaw, str]] = {
    Flaw.STATE: f"something other than a node wrote the state: {_THE_STATE}, {_THEN}",
    Flaw.ENTRY: f"something wrote in the journal, or it is a bug: put the entry back from a backup, {_THEN};"
    " or report it with `clew sessions export`",
    Flaw.JOURNAL: f"entries were lost or added: put what is missing back from a backup, or else {_BOTH}; {_THEN}",
    Flaw.ROW: f"row, state and journal are of different moments: mend the column that is named, or put back {_BOTH};"
    f" {_THEN}",
    Flaw.VERSION: f"use a release that reads it, {_THEN}; of a version that never was: {_THE_STATE}",
    Flaw.SIZE: f"no node writes so much: put the entry back from a backup; of a state: {_THE_STATE}; {_THEN}",
    Flaw.CRASHES: f"a bug: report it with the log and `clew sessions export`, install the fix, {_THEN}",
}
WAITING: Final = (
    "start nodes that have its game, of the release that wrote it or a later one: they go on with it by themselves"
)
OTHERWISE: Final = f"see the log; once what it says is mended, {_THEN}"


def advice_for(reason: str | None, words: Words) -> str:
    """What to do about it, in the words of the program that is to be run."""
    flaw = flaw_of(reason)
    return words.named_in(OTHERWISE if flaw is None else ADVICE[flaw])
