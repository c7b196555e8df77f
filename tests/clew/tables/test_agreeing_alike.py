"""What people agree on is the same of a table and of Minotaur, whatever they say in whatever order."""

from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

from clew.game import Seat
from clew.sessions.ids import Millis, UserId
from clew.sessions.records import Accepted, Refused
from clew.tables.agreeing.bounds import PAUSE_MS, PAUSES_MAX
from clew.tables.agreeing.commands import Agree, CountAgreed
from clew.tables.agreeing.events import AutopilotBegan, Paused
from clew.tables.codec import TableCodec
from clew.tables.commands import CreditClock, EndRound, Ready, RegisterPlan, Resign
from clew.tables.creating import NewTable
from clew.testing.sitting import P1, P2, P3, Sitting, user_at
from minotaur.play.codec import MatchCodec
from minotaur.play.views import view_of
from minotaur.rules import commands as rules
from minotaur.rules.names import PlayerId
from minotaur.rules.settings import labyrinth
from tests.clew.tables.duel import Aim, Duel
from tests.play.driving import MACHINE, Table, user


class Machines:
    """A game of three people and a bot as either machine has it: as much of it as people agree about."""

    def __init__(self, *, minotaur: bool) -> None:
        self.minotaur = minotaur
        self.table = Table.laid(labyrinth(4), bots=1)
        self.table.start(humans=3)
        self.sitting = Sitting(Duel(), NewTable(seats=4, bots=1)).begin()
        self.now: Millis = self.table.now if minotaur else self.sitting.now

    @property
    def state(self) -> Any:
        return self.table.match if self.minotaur else self.sitting.table

    @property
    def round(self) -> Any:
        return self.table.game if self.minotaur else self.sitting.table

    @property
    def on(self) -> bool:
        return self.state.status == "active"

    def user(self, seat: Seat) -> UserId:
        place = int(seat[1:])
        return user(place) if self.minotaur else user_at(place)

    def plans(self) -> dict[Any, Any]:
        if self.minotaur:
            return {
                who: hero.plan for who, hero in self.table.game.heroes.items() if hero.alive and hero.plan is not None
            }
        return dict(self.sitting.table.plans)

    def autopilots(self) -> set[str]:
        of = self.table.game.heroes if self.minotaur else self.sitting.table.players
        return {str(seat) for seat, each in of.items() if each.autopilot}

    def deadline(self) -> Any:
        return (MACHINE if self.minotaur else self.sitting.machine).deadline(self.state)

    def ask(self, command: Any) -> Accepted[Any] | Refused:
        if self.minotaur:
            self.table.now = self.now
            answer = MACHINE.decide(self.table.match, command, self.now)
            if isinstance(answer, Accepted):
                assert self.table.do(command) is None
            return answer
        self.sitting.now = self.now
        answer = self.sitting.ask(command)
        if isinstance(answer, Accepted):
            self.sitting.do(command)
        return answer

    def say(self, what: str, seat: Seat) -> Any:
        number = self.round.round
        if self.minotaur:
            hero = PlayerId(seat)
            say: dict[str, Any] = {
                "plan": rules.RegisterPlan(hero, number, (rules.Wait(),)),
                "ready": rules.Ready(hero, number),
                "resign": rules.Resign(hero),
                "end": rules.EndRound(number),
                "credit": rules.CreditClock(700, "paused"),
            }
        else:
            say = {
                "plan": RegisterPlan(seat, number, Aim()),
                "ready": Ready(seat, number),
                "resign": Resign(seat),
                "end": EndRound(number),
                "credit": CreditClock(700, "paused"),
            }
        return say[what]

    def written(self) -> bytes:
        codec: Any = MatchCodec() if self.minotaur else TableCodec(self.sitting.game)
        raw = codec.encode_state(self.state)
        again = codec.decode_state(raw, codec.state_version)
        assert codec.encode_state(again) == raw
        return raw

    def replayed(self) -> bytes:
        """The state that the journal alone comes to, each event written and read."""
        codec: Any = MatchCodec() if self.minotaur else TableCodec(self.sitting.game)
        machine: Any = MACHINE if self.minotaur else self.sitting.machine
        journal = [entry.event for entry in self.table.journal] if self.minotaur else self.sitting.journal
        state = None
        for seq, event in enumerate(journal, 1):
            state = machine.evolve(state, codec.decode_event(codec.encode_event(event), codec.event_version), seq)
        return codec.encode_state(state)


SEATS: Final = (P1, P2, P3)
WHATS: Final = ("pause", "go_on", "autopilot", "count", "plan", "ready", "resign", "end", "credit", "deadline")
steps: Final = st.lists(
    st.tuples(
        st.sampled_from(
            ["pause", "go_on", "autopilot", "count", "plan", "ready", "resign", "end", "credit", "deadline"]
        ),
        st.sampled_from(SEATS),
        st.sampled_from(SEATS),
        st.frozensets(st.sampled_from(SEATS)),
        st.integers(0, 40_000),
    ),
    max_size=40,
)


@given(minotaur=st.booleans(), steps=steps)
def test_whoever_agrees_to_whatever_in_whatever_order_no_round_is_cut_short_and_no_plan_lost(
    minotaur: bool, steps: list[tuple[str, Seat, Seat, frozenset[Seat], int]]
) -> None:
    game = Machines(minotaur=minotaur)
    number, ran_ms, resigns = 1, 0, 0
    for what, seat, other, away, pass_ms in steps:
        if not game.on:
            break
        before, plans, pilots = game.state.agreements, game.plans(), game.autopilots()
        ran_ms += 0 if before.pause is not None else pass_ms
        game.now += pass_ms
        here = tuple(game.user(each) for each in SEATS if each not in away)
        length_ms, ends_at = game.round.round_ms, game.round.round_ends_at
        if what in ("pause", "go_on", "autopilot"):
            command: Any = Agree(seat, f"autopilot:{other}" if what == "autopilot" else what, here)
        elif what == "count":
            command = CountAgreed(here)
        elif what == "deadline":
            due = game.deadline()
            command = due[1]
        elif what == "resign" and resigns:
            continue
        else:
            resigns += what == "resign"
            command = game.say(what, seat)

        answer = game.ask(command)

        after = game.state.agreements
        events = answer.events if isinstance(answer, Accepted) else ()
        if game.on and game.round.round == number:
            assert game.round.round_ends_at >= ends_at, "deadlines move later, never the other way"
            assert plans.items() <= game.plans().items() or what in ("plan", "resign")
        elif game.on:
            by_clock = isinstance(command, EndRound | rules.EndRound)
            assert not by_clock or (ran_ms >= length_ms and before.pause is None)
            assert after.pause is None and not after.marks
            number, ran_ms = game.round.round, 0
        for event in events:
            if isinstance(event, AutopilotBegan):
                assert event.player_id in away and str(event.player_id) not in pilots
            if isinstance(event, Paused):
                assert before.marks or what == "pause"
                assert event.until - event.since == PAUSE_MS
        assert after.pauses <= PAUSES_MAX
    assert game.written() == game.replayed()


def test_minotaur_shows_what_is_agreed_as_a_table_does() -> None:
    game = Machines(minotaur=True)

    game.ask(Agree(P1, "pause", tuple(game.user(seat) for seat in SEATS)))
    asking = view_of(game.state, P2).agreements
    for seat in (P2, P3):
        game.ask(Agree(seat, "pause", tuple(game.user(seat) for seat in SEATS)))
    view = view_of(game.state, P2)

    assert asking is not None
    assert [(each.to, each.by, each.missing) for each in asking.asked] == [("pause", (P1,), (P2, P3))]
    assert view.agreements is not None and view.agreements.pause is not None
    assert view.agreements.pause.left_ms == 30_000
    assert view.round_ends_at is not None and view.agreements.pause.until < view.round_ends_at


def test_minotaurs_sleepers_are_waited_out_as_a_tables_are() -> None:
    game = Machines(minotaur=True)
    game.ask(game.say("resign", P1))
    game.now = game.round.round_ends_at

    game.ask(rules.EndRound(1, away=frozenset({PlayerId("p2"), PlayerId("p3")})))

    assert game.autopilots() == {"p2", "p3"}
    assert game.round.round_ms == 5_000, "as its second revision has it"
    game.ask(game.say("plan", P2))
    game.now = game.round.round_ends_at
    game.ask(rules.EndRound(2, away=frozenset({PlayerId("p3")})))
    assert game.round.round_ms == 30_000, "somebody is awake again"


def test_minotaurs_agreements_end_with_their_round_too() -> None:
    game = Machines(minotaur=True)
    game.ask(Agree(P1, "pause", tuple(game.user(seat) for seat in SEATS)))
    game.now = game.round.round_ends_at

    game.ask(rules.EndRound(1))

    assert game.round.round == 2
    assert game.state.agreements.is_idle
    assert game.written() == game.replayed()
