"""Every bound of a table, and what happens when it is reached."""

from __future__ import annotations

from typing import Final

BOTS_ROUND_MS: Final = 3_000
"""The longest a round lasts in which bots alone are on turn: long enough to be told to whoever watches."""

AUTOPILOT_AFTER: Final = 3
"""Rounds that a player lets pass before a bot plans for them, until they say something again."""

AWAY_AFTER: Final = 1
"""Rounds that a player who is away lets pass before a bot plans for them, where a table does not say otherwise."""

AWAY_AFTER_MAX: Final = 100
"""So many a table may say at most; 0: being away makes no difference."""

SLEEPERS_SHARE: Final = 10
"""A round in which only bots plan, for themselves and for who is away, lasts a tenth of its time, if somebody who sat
down with them waits for its end; no less than ``BOTS_ROUND_MS``."""

UNTOUCHED_MAX: Final = 20
"""A game of people ends after so many rounds in a row in which none of them did anything and nobody watched."""

MILLIS_MAX: Final = 2**53 - 1
"""Moments up to what a browser can count, which is 285,000 years."""

PICTURE_BYTES_MAX: Final = 256 * 1024
"""A larger picture of a game's end is not shown, but the card that every game has."""

SEED_MAX: Final = 2**53 - 1
"""Seeds too."""

REPLAY_STATES_BYTES_MAX: Final = 4 * 1024 * 1024
"""A replay has the game's state after every round as long as they are no more than this together; of more, every second
one is left out, again and again, and the first and the last stay. What happened is told in full all the same."""
