"""Two releases, each built once for all tests that deploy one beside the other, however many processes run them."""

import pytest

from tests.kit.once import folder_of_run
from tests.kit.releases import Release, build_present, build_release_before, built_once


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release before this one, from the commit that the changelog names."""
    return built_once(folder_of_run(tmp_path_factory) / "before", build_release_before)


@pytest.fixture(scope="session")
def present(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """This checkout, as a release."""
    return built_once(folder_of_run(tmp_path_factory) / "present", build_present)
