"""What each release reached beside its peers, a line each, so that the next one can be compared with it.

    python -m bench.trend                      what the last two lines say
    python -m bench.trend --add RESULT.json    one line more, from what `make peers` wrote

Machines and days differ, so it is the ratio to others of the same run that is compared, not the clock: how many actions
the same processor time carries here and there.
"""

import argparse
import json
from pathlib import Path
from typing import Any, Final

RECORD: Final = Path(__file__).with_name("record.jsonl")
OURS: Final = ("ours", "ours-postgres", "ours-cluster")
KEPT: Final = ("release", "commit", "python", "demand", "medians")
Line = dict[str, Any]


def line_of(result: Line) -> str:
    """What is kept of a run: all but the single trials."""
    return json.dumps({name: result[name] for name in KEPT}, separators=(",", ":"))


def lines_in(record: Path) -> list[Line]:
    return [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines() if line]


def ratios(line: Line) -> dict[tuple[str, str], float]:
    """By one of ours and one of the others: how many actions we do in the processor time of one of theirs."""
    medians: dict[str, dict[str, float]] = line["medians"]
    return {
        (ours, other): theirs["processor_us"] / medians[ours]["processor_us"]
        for ours in OURS
        if ours in medians
        for other, theirs in medians.items()
        if other not in OURS
    }


def table_of(before: Line, now: Line) -> str:
    """Both lines' ratios in Markdown, and what became of them. More than 1 in the last column: better than before."""
    then, since = ratios(before), ratios(now)
    rows = [
        f"| {ours} | {other} | {then[ours, other]:.2f} | {since[ours, other]:.2f}"
        f" | {since[ours, other] / then[ours, other]:.2f} |"
        for ours, other in since
        if (ours, other) in then
    ]
    names = [f"{line['release']} ({line['commit']})" for line in (before, now)]
    return "\n".join([f"| ours | beside | {names[0]} | {names[1]} | |", "| --- | --- | ---: | ---: | ---: |", *rows])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--add", type=Path, metavar="RESULT", help="what `make peers` wrote")
    parser.add_argument("--record", type=Path, default=RECORD, help="the lines")
    options = parser.parse_args(arguments)
    record: Path = options.record
    if options.add is not None:
        result: Line = json.loads(options.add.read_text(encoding="utf-8"))
        with record.open("a", encoding="utf-8") as lines:
            lines.write(f"{line_of(result)}\n")
    lines = lines_in(record)
    print(
        table_of(lines[-2], lines[-1]) if len(lines) > 1 else f"one line, of {lines[0]['release']}: nothing before it"
    )


if __name__ == "__main__":
    main()
