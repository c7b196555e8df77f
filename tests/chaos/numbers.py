"""A viewer counts what they were told; a replay counts everything. From the one count to the other."""

from dataclasses import replace

from tests.chaos.truth import Message, Truth
from tests.kit.record import Record


def as_replay_counts(truth: Truth, viewer: str | None, record: Record) -> Record:
    """The record with the replay's numbers, and a ``skip`` for each event that was not for this viewer.

    Releases before 0.3.0 tell everybody the replay's numbers, and which they skip: up to the last that was skipped the
    numbers are the same. From there on, nothing having been skipped, both ways of counting are one.
    """
    last_skip = max((seq for seq, event in record.events.items() if event["type"] == "skip"), default=0)
    told = dict[int, bool]()
    told |= {event["seq"]: truth.told_aside(event)["type"] != "skip" for event in truth.aside}
    for stage in truth.stages:
        told |= {event["seq"]: truth.told(stage, event, viewer) is not None for event in stage.events}
    counted = [seq for seq in sorted(told) if told[seq] and seq > last_skip]
    numbers = {number: number for number in range(last_skip + 1)}
    numbers |= {last_skip + place: seq for place, seq in enumerate(counted, start=1)}
    end = max(told)

    def of_replay(number: int) -> int:
        return numbers.get(number, end + number - len(numbers) + 1)  # what is beyond the game stays beyond it

    began = None if record.began_after is None else of_replay(record.began_after)
    events: dict[int, Message] = {
        seq: {"seq": seq, "type": "skip"} for seq in sorted(told) if not told[seq] and seq > max(last_skip, began or 0)
    }
    events |= {of_replay(n): {**event, "seq": of_replay(n)} for n, event in record.events.items()}
    return replace(
        record,
        events=events,
        views=[replace(shown, seq=of_replay(shown.seq)) for shown in record.views],
        accepted={command_id: of_replay(n) for command_id, n in record.accepted.items()},
        began_after=began,
    )
