"""Two releases, each built once for all tests that deploy one beside the other."""

import pytest

from tests.kit.releases import Release, build_present, build_release_before


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release before this one, from the commit that the changelog names."""
    return build_release_before(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="session")
def present(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """This checkout, as a release."""
    return build_present(tmp_path_factory.mktemp("present"))
