"""The page makes forms of what msgspec says of a plan: its tests are given what msgspec really says."""

from tests.clew.tables import odd_plans


def test_the_pages_tests_know_the_schemas_that_games_have() -> None:
    found = odd_plans.PATH.read_text(encoding="utf-8")

    assert found == odd_plans.fixture(), "run `python -m tests.clew.tables.odd_plans` and see the page's tests"
