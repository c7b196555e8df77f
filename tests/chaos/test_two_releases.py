"""This release is deployed over the one before, under play, and rolled back, and deployed again: nothing is lost."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

import pytest

from tests.chaos.fleet import AT_GATEWAY, GATE
from tests.chaos.moments import Moments
from tests.chaos.quiet_games import Lobby, Quiet, QuietGames
from tests.chaos.tables import Order, Report, Tables
from tests.chaos.trial import seed_for, try_out
from tests.chaos.two_releases import WAIT_TOLD, WAITS, WITHIN_S, Pair, pair_in
from tests.kit.client import Person
from tests.kit.cluster import wait_for
from tests.kit.releases import Release

STOPPED: Final = "stopped"
KILLED: Final = "killed"


async def test_a_deploy_and_its_rollback_lose_nothing_and_old_nodes_leave_new_states_alone(
    before: Release, present: Release, tmp_path: Path
) -> None:
    seed = seed_for("a_deploy_and_its_rollback", default=3)

    async with pair_in(tmp_path, seed, before, present) as pair:
        report = await Deploys(pair, Order(seed, tables=2)).run([STOPPED, KILLED])
        wrongs = await pair.wrongs()

    assert report.complaints == []
    assert wrongs == []
    assert report.games >= 2


@pytest.mark.long
async def test_deploys_and_rollbacks_in_every_way_again_and_again_lose_nothing(
    before: Release, present: Release, tmp_path: Path
) -> None:
    seed = seed_for("in_every_way_again_and_again")

    async with pair_in(tmp_path, seed, before, present) as pair:
        report = await Deploys(pair, Order(seed, tables=8), Random(seed)).run([STOPPED, KILLED] * 6)
        wrongs = await pair.wrongs()

    assert report.complaints == []
    assert wrongs == []
    assert report.games >= 8


class Deploys:
    """Forward, back and forward again while tables play. What is wrong is added to the report's complaints."""

    def __init__(self, pair: Pair, order: Order, chance: Random | None = None) -> None:
        """With ``chance`` some deploys are undone half-way, and the gateway is replaced after the hosts each time."""
        self._pair = pair
        self._fleet = pair.fleet
        self._order = order
        self._chance = chance
        self._complaints = list[str]()

    async def run(self, ways_back: Sequence[str]) -> Report:
        """The new nodes leave in each of these ways, and come again each time."""

        async def trouble(tables: Tables, moments: Moments) -> None:
            quiet = QuietGames(self._fleet.doors(0, 0))
            try:
                await self._deploy_and_back(quiet, tables, moments, ways_back)
            finally:
                await quiet.close()
            tables.report.complaints += self._complaints

        return await try_out(self._order, self._fleet, trouble)

    async def _deploy_and_back(
        self, quiet: QuietGames, tables: Tables, moments: Moments, ways_back: Sequence[str]
    ) -> None:
        at_old, at_both = await quiet.game("At old"), await quiet.game("At both")
        for_replay = await quiet.game("For replay")
        lobby, lobby_written = await quiet.lobby(), await quiet.lobby()
        await self._migrate_before(moments)
        await self._newcomer_and_old_ones_see_each_others_games(at_old)
        await self._replace_the_old_ones(tables, moments)
        await self._complain_of_what_a_deploy_may_not_cost(tables)

        await at_both.act()  # one entry that no row tells of, but for the version of the state
        at_new = await quiet.game("At new")
        await lobby_written.joined_by(await quiet.person("Joined at new"))
        await for_replay.give_up()
        await self._is_replayed(for_replay)

        for number, way in enumerate(ways_back):
            await self._roll_back(way, moments)
            if self._pair.upgrades:
                await self._wait_untouched([at_both.game_id, at_new.game_id, lobby_written.game_id], at_new, for_replay)
            if number == 0:
                await self._go_on_at_old_ones(at_old, lobby, await quiet.person("Joined at old"))
            await self._roll_the_gate(self._pair.old)
            await self._deploy_again(moments, to_the_end=number == len(ways_back) - 1)
            await self._roll_the_gate(self._pair.new)
            await at_new.play_a_round()
        await self._pair.swap_gate(self._pair.new, self._pair.newest_label())
        await lobby_written.begin()
        for game in (at_old, at_both, at_new):
            self._complaints += await game.end(self._fleet)

    # --- forward -----------------------------------------------------------------------------------------------------

    async def _migrate_before(self, moments: Moments) -> None:
        """With the new release, while the old one serves."""
        await moments.strike(lambda: None)
        await self._pair.told(self._pair.new, "migrate", "--before")
        assert await self._pair.revision() == self._pair.new.facts.revision_needed

    async def _newcomer_and_old_ones_see_each_others_games(self, at_old: Quiet) -> None:
        newcomer = await self._pair.add(self._pair.new)
        assert await self._fleet.cluster.held_by(newcomer) == set(), "balance waits while a deploy is under way"
        await self._shows(newcomer, at_old)

    async def _replace_the_old_ones(self, tables: Tables, moments: Moments) -> None:
        for name in self._pair.olds():
            await moments.strike(lambda: None)
            await self._let_go(name)
        await wait_for(self._all_games_are_on_new_nodes, WITHIN_S)
        if self._pair.upgrades:
            await wait_for(lambda: self._the_tables_games_are_upgraded(tables), WITHIN_S)

    async def _complain_of_what_a_deploy_may_not_cost(self, tables: Tables) -> None:
        if tables.report.put_off:
            self._complaints.append(f"the deploy put off {dict(tables.report.put_off)}")
        at_gate = [p for players in tables.playing.values() for p in players if p.person.doors.name == AT_GATEWAY]
        if sent_away := [p for p in at_gate if p.connections - 1 - p.drops > 0]:
            self._complaints.append(f"the deploy sent {len(sent_away)} players at the old gateway away")

    async def _is_replayed(self, closed: Quiet) -> None:
        """Or, where an old one can't read it, somebody is told to come again: gateways come last in a deploy."""
        path = f"{closed.join_code}/replay"
        answers = [await self._pair.ask(name, closed.person, path) for name in (GATE, *self._pair.news())]
        if self._pair.upgrades:
            at_gate = answers.pop(0)
            assert (at_gate.status_code, at_gate.headers.get("retry-after")) == (503, "5"), at_gate.text
        for answer in answers:
            assert answer.status_code == 200, answer.text
            assert {event.get("command_id") for event in answer.json()["events"]} >= set(closed.acted)

    async def _shows(self, name: str, game: Quiet) -> None:
        answer = await self._pair.ask(name, game.person, game.join_code)
        assert (answer.status_code, answer.json()["game_id"]) == (200, game.game_id), f"{name}: {answer.text}"

    async def _let_go(self, name: str) -> None:
        if (code := await self._fleet.let_go(name)) != 0:
            self._complaints.append(f"{name} ended with {code}")

    async def _all_games_are_on_new_nodes(self) -> bool:
        held = set[str]().union(*[await self._fleet.cluster.held_by(name) for name in self._pair.news()])
        return set(await self._pair.versions()) <= held

    async def _the_tables_games_are_upgraded(self, tables: Tables) -> bool:
        written = await self._pair.upgraded()
        return len(written) >= len(tables.playing) > 0

    # --- back --------------------------------------------------------------------------------------------------------

    async def _roll_back(self, way: str, moments: Moments) -> None:
        """Old nodes come under a newer label as the manual says, and under their own; the new one leaves between."""
        await self._pair.add(self._pair.old, self._pair.newest_label())
        for name in self._pair.news():
            if way == KILLED:
                await self._fleet.kill([name], moments)
                self._fleet.close(name)
            else:
                await self._let_go(name)
                self._fleet.left(name)
        await self._pair.add(self._pair.old)

    async def _wait_untouched(self, written: Sequence[str], one: Quiet, closed: Quiet) -> None:
        """What was written by the new release waits: visible, answered for, and as it was to the byte."""
        pair = self._pair
        assert await pair.wrongs() == []
        waiting = await pair.upgraded()
        assert set(written) <= waiting, waiting
        stored = {game_id: await pair.rows(game_id) for game_id in waiting}

        said = await pair.wait_logged(self._pair.olds()[-1], WAITS)
        assert said["sessions"] == len(waiting), said
        assert said["state_version_max"] == pair.old.facts.state_version
        listed = await pair.told(pair.old, "sessions", "list", "--status", "active", "--status", "lobby")
        wanted = f"nobody: waits for a release that reads state v{pair.new.facts.state_version}"
        assert listed.count(wanted) == len(waiting), listed
        for name in (self._fleet.gate, *pair.olds()):
            assert await pair.what_is_told(name, one.person, one.join_code) == WAIT_TOLD, name
        replay = await pair.ask(pair.olds()[0], closed.person, f"{closed.join_code}/replay")
        assert (replay.status_code, replay.headers.get("retry-after")) == (503, "5"), replay.text

        assert {game_id: await pair.rows(game_id) for game_id in waiting} == stored

    async def _go_on_at_old_ones(self, at_old: Quiet, lobby: Lobby, second: Person) -> None:
        """Nothing of the new release is in them, though its node held them for a time."""
        versions = await self._pair.versions()
        assert {versions[at_old.game_id], versions[lobby.game_id]} == {self._pair.old.facts.state_version}
        await at_old.play_a_round()
        await lobby.joined_by(second)
        await lobby.begin()
        versions = await self._pair.versions()
        assert {versions[at_old.game_id], versions[lobby.game_id]} == {self._pair.old.facts.state_version}

    async def _roll_the_gate(self, to: Release) -> None:
        if self._chance is not None:
            await self._pair.swap_gate(to, self._pair.newest_label())

    async def _deploy_again(self, moments: Moments, *, to_the_end: bool) -> None:
        await self._pair.add(self._pair.new, self._pair.newest_label())
        leaving = self._pair.olds()
        if self._chance is not None:
            await moments.strike(lambda: None)
            leaving = leaving if to_the_end else self._chance.sample(leaving, self._chance.randint(0, len(leaving)))
        await asyncio.gather(*(self._let_go(name) for name in leaving))
        if not self._pair.olds():
            await wait_for(self._all_games_are_on_new_nodes, WITHIN_S)
