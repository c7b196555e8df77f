"""Nobody gets what the game does not give them, and numbers tell nothing."""

from clew.game import Seat
from clew.tables.commands import RegisterPlan
from clew.tables.creating import NewTable
from clew.testing.sitting import P1, P2, P3, Sitting
from tests.clew.tables.duel import Aim, Duel

VIEWERS: tuple[Seat | None, ...] = (P1, P2, P3, None)


def duel() -> Sitting:
    return Sitting(Duel(), NewTable(seats=3)).begin()


def test_a_plan_is_in_the_state_and_shown_to_its_player_alone() -> None:
    sitting = duel()
    before = {viewer: sitting.view(viewer) for viewer in VIEWERS}

    sitting.plan(P2, Aim(P3))

    assert sitting.table.plans == {P2: Aim(P3)}
    assert [viewer for viewer in VIEWERS if sitting.view(viewer).you != before[viewer].you] == [P2]
    for viewer in VIEWERS:
        changed = [player for player in sitting.view(viewer).players if player not in before[viewer].players]
        assert [(player.player_id, player.has_plan, player.ready) for player in changed] == [(P2, True, False)]
        assert sitting.view(viewer).game == before[viewer].game
    you = sitting.view(P2).you
    assert you is not None
    assert you.plan == Aim(P3)


def test_a_plan_and_a_ready_are_told_to_their_player_alone() -> None:
    sitting = duel()
    before = {viewer: sitting.told(viewer) for viewer in VIEWERS}

    sitting.plan(P2, Aim(P3))
    sitting.ready(P2)

    news = {viewer: sitting.told(viewer)[len(before[viewer]) :] for viewer in VIEWERS}
    assert news == {
        P1: [],
        P2: [b'{"type":"plan_accepted","round":1,"plan":{"at":"p3"}}', b'{"type":"ready_accepted","round":1}'],
        P3: [],
        None: [],
    }


def test_a_private_event_is_told_to_whom_it_concerns() -> None:
    sitting = duel()

    sitting.end_round()

    flinched = {viewer: [text for text in sitting.told(viewer) if b"Flinched" in text] for viewer in VIEWERS}
    assert {viewer: len(texts) for viewer, texts in flinched.items()} == {P1: 1, P2: 1, P3: 1, None: 0}
    assert flinched[P1] == [b'{"type":"happened","round":1,"event":{"type":"Flinched","seat":"p1"}}']


def test_the_log_has_what_each_viewer_was_told_numbered_without_a_gap() -> None:
    sitting = duel()
    sitting.plan(P2, Aim(P3))
    sitting.ready(P2)
    sitting.end_round()

    log = sitting.table.events_log
    for viewer in VIEWERS:
        told = log.shown_to(viewer)
        assert [bytes(text) for _, text in told] == sitting.told(viewer)
        assert log.last_number(viewer, len(sitting.journal)) == len(told)


def test_who_sits_down_goes_on_from_what_all_were_told() -> None:
    sitting = duel()
    log = sitting.table.events_log

    assert [log.last_number(viewer, len(sitting.journal)) for viewer in VIEWERS] == [3, 3, 3, 3]


def test_numbers_of_others_do_not_move_when_somebody_plans() -> None:
    sitting = duel()
    before = len(sitting.journal)

    sitting.plan(P2, Aim(P3))

    log = sitting.table.events_log
    assert [log.last_number(viewer, len(sitting.journal)) for viewer in VIEWERS] == [3, 4, 3, 3]
    assert [log.was_told_since(viewer, before) for viewer in VIEWERS] == [False, True, False, False]


def test_what_a_bot_is_told_is_not_kept() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2, bots=1)).begin(people=1)

    sitting.ready(P1)

    kept = bytes(sitting.table.events_log.lines)
    assert P2 not in sitting.table.events_log.private
    assert (kept.count(b"Flinched"), kept.count(b'"seat":"p2"')) == (1, 0)


def test_the_log_stays_short_and_its_numbers_right() -> None:
    sitting = Sitting(Duel(), NewTable(seats=2, options={"rounds": 50})).begin()
    for _ in range(40):
        sitting.plan(P1, Aim())
        sitting.end_round()

    log = sitting.table.events_log
    told = log.shown_to(P1)
    assert log.count <= 96
    assert log.since is not None
    assert log.last_number(P1, len(sitting.journal)) == len(sitting.told(P1))
    assert [bytes(text) for _, text in told] == sitting.told(P1)[-len(told) :]
    assert told[0][0] > log.since
    log.check()


def test_who_has_no_seat_sees_what_all_see() -> None:
    sitting = duel()
    stranger = Seat("p9")

    assert sitting.view(stranger) == sitting.view(None)
    log, seq = sitting.table.events_log, len(sitting.journal)
    assert log.last_number(stranger, seq) == log.last_number(None, seq)
    assert sitting.machine.says_anew(RegisterPlan(P1, 1, Aim()))
