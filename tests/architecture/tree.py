"""The tracked files of this checkout, as the architecture's tests look at them."""

import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCE: Final = ROOT / "src"
TESTS: Final = ROOT / "tests"


def tracked_files(*suffixes: str) -> list[Path]:
    """Every file git knows, and every new one it would not ignore, with one of the suffixes (all files if none given).

    A file removed from the disk but not yet from the index is left out.
    """
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = sorted({ROOT / name for name in listing.split("\0") if name})
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def python_modules() -> list[Path]:
    """Every Python file of the two wings."""
    return [path for path in tracked_files(".py") if path.is_relative_to(SOURCE)]


def name_of(path: Path) -> str:
    """The path as a reader of a failure wants it: from the checkout's top."""
    return path.relative_to(ROOT).as_posix()
