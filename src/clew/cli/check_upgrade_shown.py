"""What ``check-upgrade`` found: JSON for scripts (docs/operating.md), tables and sentences for people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
from rich.markup import escape
from rich.table import Table

from clew.operators.rehearsal import Verdict
from clew.operators.upgrade_check import Report
from clew.sessions.kinds import FIRST_KIND, Reads

SHOWN_MAX: Final = 50
"""Findings shown to people; the rest is counted, and in the JSON."""

_IN_WORDS: Final[dict[Verdict, str]] = {
    "fine": "fine",
    "failing": "failing",
    "unreadable": "unreadable",
    "newer": "left for a newer release",
}


class TallyJson(msgspec.Struct, frozen=True):
    """How the games of one kind and state version fared, the open ones or those that are over."""

    kind: str
    state_version: int
    open: bool
    fine: int
    failing: int
    unreadable: int
    newer: int


class FindingJson(msgspec.Struct, frozen=True):
    """One game that is not fine; ``found`` is ``failing``, ``unreadable`` or ``newer``."""

    game_id: str
    join_code: str
    game_status: str
    state_version: int
    found: str
    reason: str


class ReportJson(msgspec.Struct, frozen=True):
    """What ``check-upgrade --json`` prints. ``closed``: games in the store that are over, of which some were tried.

    ``reads``: the newest state that this release reads, by kind; ``state_version_max``: of the game that
    releases before kinds had, -1 where it does not have that.
    """

    fine: bool
    state_version_max: int
    reads: Mapping[str, int]
    versions: tuple[TallyJson, ...]
    findings: tuple[FindingJson, ...]
    closed: int
    quarantined: int
    others: Mapping[str, int]
    """Games of other kinds, which this release does not have and did not try, by their kind."""


def report_json(report: Report) -> ReportJson:
    """All of it."""
    return ReportJson(
        fine=report.fine,
        state_version_max=report.reads.get(FIRST_KIND, -1),
        reads={str(kind): version for kind, version in report.reads.items()},
        versions=tuple(
            TallyJson(each.kind, each.state_version, each.is_open, each.fine, each.failing, each.unreadable, each.newer)
            for each in report.tallies
        ),
        findings=tuple(
            FindingJson(
                each.game_id, each.join_code, each.game_status, each.state_version, each.verdict, each.reason or ""
            )
            for each in report.findings
        ),
        closed=report.closed,
        quarantined=report.quarantined,
        others={str(kind): count for kind, count in report.others.items()},
    )


def tallies_table(report: Report) -> Table:
    """One line for each state version, of open games and of those that are over; with its kind if there are several."""
    several = len(report.reads) > 1
    table = Table(box=None, header_style="bold")
    if several:
        table.add_column("game", no_wrap=True)
    table.add_column("state version", justify="right", no_wrap=True)
    table.add_column("games", no_wrap=True)
    for column in ("fine", "failing", "unreadable", "newer"):
        table.add_column(column, justify="right", no_wrap=True)
    for each in report.tallies:
        counts = (each.fine, each.failing, each.unreadable, each.newer)
        cells = (str(each.state_version), "open" if each.is_open else "over", *(f"{count:,}" for count in counts))
        table.add_row(*((each.kind, *cells) if several else cells))
    return table


def findings_table(report: Report) -> Table:
    """One line for each of the first that are not fine."""
    table = Table(box=None, header_style="bold")
    for column in ("game", "code", "status"):
        table.add_column(column, no_wrap=True)
    table.add_column("version", justify="right", no_wrap=True)
    table.add_column("found", no_wrap=True)
    table.add_column("why")
    for each in report.findings[:SHOWN_MAX]:
        table.add_row(
            each.game_id,
            escape(each.join_code),
            each.game_status,
            str(each.state_version),
            each.verdict,
            escape(each.reason or ""),
        )
    return table


def report_in_words(report: Report) -> Iterator[str]:
    """What the tables leave open, and the answer last."""
    if len(report.findings) > SHOWN_MAX:
        yield f"… and {len(report.findings) - SHOWN_MAX:,} more: --json lists all."
    tried_open, tried_closed = report.tried(is_open=True), report.tried(is_open=False)
    yield (
        f"Tried {tried_open:,} open {'game' if tried_open == 1 else 'games'}"
        f" and {tried_closed:,} of {report.closed:,} that are over."
    )
    if report.quarantined:
        one = report.quarantined == 1
        yield f"Left out: {report.quarantined:,} {'game that is' if one else 'games that are'} out of service already."
    for kind, count in sorted(report.others.items()):
        yield f"Left out: {count:,} of the game {kind}, which this release does not have."
    reads = _reads_in_words(report.reads)
    if report.fine:
        yield f"{reads} and would go on with all of them."
        return
    found = Counter(each.verdict for each in report.findings)
    counts = ", ".join(f"{found[verdict]:,} {words}" for verdict, words in _IN_WORDS.items() if found[verdict])
    yield f"{reads} and would NOT go on with all of them: {counts}."


def _reads_in_words(reads: Reads) -> str:
    if len(reads) == 1:
        return f"This release reads states up to version {next(iter(reads.values()))}"
    each = ", ".join(f"{version} of {kind}" for kind, version in sorted(reads.items()))
    return f"This release reads states up to version {each},"
