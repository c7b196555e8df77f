"""What holds in every round of every game: legal plans on crowded boards, and whole games to their end."""

from collections.abc import Callable
from itertools import accumulate, groupby, pairwise
from math import ceil

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from minotaur.hexgrid.coord import DIRECTION_OF
from minotaur.rules.coding import dec_hook, enc_hook
from minotaur.rules.commands import Steps, cost
from minotaur.rules.decide import Planner
from minotaur.rules.events import (
    Event,
    GameOver,
    Killed,
    Noise,
    PcAttacked,
    PcEnteredHex,
    PcLeftHex,
    PlanAccepted,
    Resigned,
    RoundStarted,
)
from minotaur.rules.evolve import Draft, evolve, evolve_all
from minotaur.rules.game import Game
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.new_game import new_game
from minotaur.rules.notation_event import format_event, parse_event
from minotaur.rules.resolve import Tale, resolve_round
from minotaur.rules.settings import DRAIN, Settings, classic, labyrinth
from minotaur.rules.told import tell
from tests.rules.brawl import ally, brawl, wander
from tests.rules.crowds import living, planned_games, round_of, with_plan
from tests.rules.oracle import lesson, may_learn, moments

Strategy = Callable[[Game, PlayerId, int], Steps]
STRATEGIES: list[Strategy] = [brawl, wander, ally]


def play_out(settings: Settings, seed: int, planner: Planner) -> list[tuple[Game, tuple[Event, ...], Game]]:
    """Every round of a game: the state with the plans, the events, the state after."""
    game = new_game(settings, seed, ("human",) * settings.seats, 0)
    rounds: list[tuple[Game, tuple[Event, ...], Game]] = []
    while game.status == "active":
        planned = game
        for player in living(game):
            planned = with_plan(planned, player, planner(game, player))
        events = round_of(planned)
        game = evolve_all(planned, events)
        rounds.append((planned, events, game))
    return rounds


@given(planned_games())
def test_replaying_the_events_gives_the_same_state(game: Game) -> None:
    tale = Tale(game)
    for event in round_of(game):
        if isinstance(event, PlanAccepted):
            tale.happens(event)
    resolve_round(tale, game.round_ends_at)

    stored = [msgspec.json.encode(event, enc_hook=enc_hook) for event in round_of(game)]
    loaded = [msgspec.json.decode(event, type=Event, dec_hook=dec_hook) for event in stored]

    assert loaded == tale.events
    assert evolve_all(game, loaded) == tale.game
    assert evolve_all(game, [parse_event(format_event(event)) for event in loaded]) == tale.game


@given(planned_games(), st.data())
def test_events_applied_at_a_stretch_are_events_applied_one_by_one(game: Game, data: st.DataObject) -> None:
    events = round_of(game)
    one_by_one = list(accumulate(events, evolve, initial=game))
    written = [msgspec.json.encode(state, enc_hook=enc_hook) for state in one_by_one]

    draft = Draft(game)
    looked_at = [(0, draft.game)]
    for number, event in enumerate(events, start=1):
        draft.apply(event)
        if data.draw(st.booleans()):
            looked_at.append((number, draft.game))

    assert draft.game == evolve_all(game, events) == one_by_one[-1]
    for number, state in looked_at:
        assert msgspec.json.encode(state, enc_hook=enc_hook) == written[number], "what was given out never changes"


@given(planned_games())
def test_a_state_is_read_back_as_it_was_written(game: Game) -> None:
    after = evolve_all(game, round_of(game))

    for state in (game, after):
        assert msgspec.json.decode(msgspec.json.encode(state, enc_hook=enc_hook), type=Game, dec_hook=dec_hook) == state


@given(st.sampled_from([labyrinth, classic]), st.integers(2, 8), st.integers(0, 2**62), st.sampled_from(STRATEGIES))
def test_every_game_ends(make: Callable[[int], Settings], seats: int, seed: int, strategy: Strategy) -> None:
    settings = make(seats)

    def plan(game: Game, player: PlayerId) -> Steps:
        return strategy(game, player, seed)

    rounds = play_out(settings, seed, plan)

    last = rounds[-1][2]
    drained = settings.collapse_round(1) + ceil(settings.health / DRAIN)
    assert last.round <= (drained if settings.collapse else settings.rounds_max)
    assert sum(isinstance(event, GameOver) for _, events, _ in rounds for event in events) == 1
    assert last.winner_id in {None, *living(last)}
    assert len(living(last)) <= 1 or last.round == settings.rounds_max


def test_a_game_in_which_nobody_ever_plans_ends_too() -> None:
    for settings in (labyrinth(2), labyrinth(8), classic(2)):
        rounds = play_out(settings, 3, lambda _game, _player: ())

        assert rounds[-1][2].status == "over"


@given(planned_games())
def test_health_points_and_places_stay_in_range(game: Game) -> None:
    settings = game.settings
    for event in round_of(game):
        game = evolve(game, event)
        board = game.board
        assert not game.floor & game.collapsed
        assert game.lair in game.floor
        for hero in game.heroes.values():
            assert 0 <= hero.health <= settings.health
            assert 0 <= hero.ap <= settings.ap_cap
            assert cost(hero.plan or ()) <= hero.ap
            assert hero.at in board
        if game.minotaur is not None:
            assert 0 <= game.minotaur.health <= settings.minotaur_health
            assert game.minotaur.at in game.floor or not game.minotaur.alive
    for hero in game.heroes.values():
        assert not hero.alive or (hero.at in game.floor and hero.health > 0)


@given(planned_games())
def test_deaths_and_kills_agree(game: Game) -> None:
    events = round_of(game)
    after = evolve_all(game, events)
    killed = [event for event in events if isinstance(event, Killed)]

    assert sorted(event.id for event in killed) == sorted(set(living(game)) - set(living(after)))
    for event in killed:
        hitters = tuple(
            blow.id
            for blow in events
            if isinstance(blow, PcAttacked) and blow.hit and blow.target_id == event.id and blow.step == event.step
        )
        assert event.by == (hitters if event.step else event.by)
        assert event.by in {("collapse",), ("lair",)} if event.step == 0 else hitters
        assert after.heroes[event.id].killed_by == event.by
        assert after.heroes[event.id].died_in_round == game.round


@given(planned_games())
def test_the_dead_do_nothing(game: Game) -> None:
    for moment in moments(game, round_of(game)):
        dead = {player for player, hero in moment.before.heroes.items() if not hero.alive}
        died = {event.id for event in moment.events if isinstance(event, Killed)}
        for event in moment.events:
            if isinstance(event, PcAttacked):
                assert event.id not in dead
            if isinstance(event, PcEnteredHex | PcLeftHex):
                assert event.id not in dead | died


@given(planned_games())
def test_in_every_step_all_left_come_before_all_entered_and_belong_together(game: Game) -> None:
    for _, group in groupby(round_of(game), key=lambda event: (event.round, event.step)):
        walks = [event for event in group if isinstance(event, PcLeftHex | PcEnteredHex)]
        left = [(event.id, event.from_hex, event.to_hex) for event in walks if isinstance(event, PcLeftHex)]
        entered = [(event.id, event.from_hex, event.to_hex) for event in walks if isinstance(event, PcEnteredHex)]
        assert left == entered
        assert walks[: len(left)] == [event for event in walks if isinstance(event, PcLeftHex)]
        assert len({name for name, _, _ in left}) == len(left)
        assert all(end - start in DIRECTION_OF for _, start, end in left)


@given(planned_games())
def test_events_come_step_by_step_and_the_next_round_last(game: Game) -> None:
    events = [event for event in round_of(game) if not isinstance(event, PlanAccepted)]

    steps = [event.step or 9 for event in events]
    assert all(a <= b for a, b in pairwise(steps))
    assert isinstance(events[-1], GameOver) or any(isinstance(event, RoundStarted) for event in events[-2:])
    assert not any(isinstance(event, Resigned) for event in events)
    assert all(event.step <= 2 for event in events if getattr(event, "id", None) == MINOTAUR)


@given(planned_games())
def test_witnesses_and_hearers_follow_the_table_of_the_rules(game: Game) -> None:
    for moment in moments(game, round_of(game)):
        for event in moment.events:
            for viewer in game.heroes:
                telling = tell(event, viewer)
                assert (telling is not None) == may_learn(moment, event, viewer), (format_event(event), viewer)
                if isinstance(event, Noise) and telling is not None:
                    assert format_event(telling).endswith(f"direction={lesson(moment, event, viewer)[-1]}")
            assert (tell(event, None) is not None) == may_learn(moment, event, None)


@given(planned_games())
def test_all_left_at_once_see_each_other_arrive_or_leave_never_both(game: Game) -> None:
    for moment in moments(game, round_of(game)):
        left = {event.id: set(event.witnesses) for event in moment.events if isinstance(event, PcLeftHex)}
        entered = {event.id: set(event.witnesses) for event in moment.events if isinstance(event, PcEnteredHex)}
        assert all(not left[name] & entered[name] for name in left)
