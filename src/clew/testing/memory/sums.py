"""The sums of somebody's results, for the store in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clew.sessions.result_records import NewResult, Rating


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one game, in a month or altogether."""

    played: int
    won: int
    drawn: int
    rated: int
    rating: Rating

    def and_one(self, result: NewResult) -> Sums:
        """With one more result."""
        return replace(
            self,
            played=self.played + 1,
            won=self.won + (result.outcome == "won"),
            drawn=self.drawn + (result.outcome == "drawn"),
            rated=self.rated + result.rated,
            rating=result.rating,
        )


def first_of(result: NewResult) -> Sums:
    """With this one alone."""
    return Sums(0, 0, 0, 0, result.rating).and_one(result)
