"""Where the data lies when nobody says."""

from pathlib import Path

from clew.wiring.settings import default_data_folder


def test_the_data_folder_follows_each_systems_custom() -> None:
    home = {"HOME": "/somebody"}

    assert default_data_folder("minotaur", "linux", home) == Path("/somebody/.local/share/minotaur")
    assert default_data_folder("minotaur", "linux", {**home, "XDG_DATA_HOME": "/data"}) == Path("/data/minotaur")
    assert default_data_folder("minotaur", "linux", {**home, "XDG_DATA_HOME": "relative"}) == Path(
        "/somebody/.local/share/minotaur"
    )
    assert default_data_folder("minotaur", "darwin", home) == Path("/somebody/Library/Application Support/minotaur")
    assert default_data_folder("minotaur", "win32", {**home, "LOCALAPPDATA": "/local"}) == Path("/local/minotaur")
