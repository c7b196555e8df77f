"""One moment of a replay on a screen: the board, everyone's state and plan, and what has happened in this round."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from minotaur.cli.replay.board import board_of
from minotaur.cli.replay.cast import Cast
from minotaur.cli.replay.sentences import plan_in_words, sentence_of
from minotaur.play.retelling import AFTERMATH, Moment
from minotaur.rules.game import Hero
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.sight import sight


def title_of(moment: Moment) -> str:
    """Which moment it is."""
    match moment.step:
        case 0:
            return f"Round {moment.round} · the plans"
        case step if step < AFTERMATH:
            return f"Round {moment.round} · step {step}"
        case _:
            return f"Round {moment.round} · its end"


def page_of(moment: Moment, so_far: Sequence[Moment], viewer: PlayerId | None, cast: Cast) -> RenderableType:
    """``so_far``: the moments of this round up to this one."""
    board = board_of(moment.game, viewer, cast)
    told = [line for each in so_far for line in sentences_of(each, viewer, cast)]
    side = Group(people_of(moment, viewer, cast), Text(), *told)
    page = Table.grid(padding=(0, 4))
    page.add_row(board, side)
    return Group(Text(title_of(moment), "bold #ffb454"), Text(), page)


def sentences_of(moment: Moment, viewer: PlayerId | None, cast: Cast) -> list[Text]:
    """What happened on the way to this moment, as far as this viewer was told; None: all of it."""
    lines = [sentence_of(event, viewer, cast) for event in moment.events]
    return [Text(line) for line in lines if line is not None]


def people_of(moment: Moment, viewer: PlayerId | None, cast: Cast) -> Table:
    """Everyone's health and plan; or, with a viewer, what they could know of that."""
    game = moment.game
    seen = None if viewer is None else {figure.id: figure.health for figure in sight(game, viewer).figures}
    table = Table.grid(padding=(0, 2))
    for player, hero in game.heroes.items():
        is_own = viewer in {None, player}
        known = is_own or (seen is not None and player in seen)
        plan = plan_in_words(moment.plans[player], cast) if is_own and player in moment.plans else ""
        table.add_row(cast.mark(player), Text(cast.name(player)), Text(_state(hero, known)), Text(plan, "dim"))
    minotaur = game.minotaur
    if minotaur is not None and (seen is None or MINOTAUR in seen or not minotaur.alive):
        table.add_row(
            cast.mark(MINOTAUR),
            Text("The Minotaur"),
            Text(f"{minotaur.health} health" if minotaur.alive else "slain"),
            Text(),
        )
    return table


def _state(hero: Hero, known: bool) -> str:
    if not hero.alive:
        return "gave up" if hero.resigned else f"fell in round {hero.died_in_round}"
    words = [f"{hero.health} health"] if known else []
    return " · ".join([*words, *(["autopilot"] if hero.autopilot else [])])
