"""The browser's client as npm packs it: installed beside a page's own code it is whole, and its README compiles."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from tests.architecture.tree import ROOT
from tests.kit.once import folder_of_run, made_once

CLIENT: Final = ROOT / "clients" / "ts"
EXAMPLE: Final = re.compile(r"^```ts\n(.*?)^```", re.DOTALL | re.MULTILINE)
STRICT: Final = {
    "target": "ES2022",
    "module": "NodeNext",
    "lib": ["ES2023", "DOM"],
    "types": [],
    "strict": True,
    "noEmit": True,
}


def node(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([ROOT / "tools" / "node.sh", *command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of somebody's page with the package installed, and nothing else."""
    # Once for a run: what one process builds in the client's folder another would take away under its hands.
    made = made_once(folder_of_run(tmp_path_factory) / "npm-page", _install_into)
    return shutil.copytree(made, tmp_path_factory.mktemp("npm") / "page", symlinks=True)


def _install_into(folder: Path) -> None:
    node("npm", "run", "--silent", "build", cwd=CLIENT)
    (packed,) = json.loads(node("npm", "pack", "--json", "--pack-destination", folder, cwd=CLIENT))
    (folder / "package.json").write_text('{"type": "module"}')
    node("npm", "install", "--offline", "--no-audit", "--no-fund", folder / packed["filename"], cwd=folder)


def test_it_brings_nothing_with_it(page: Path) -> None:
    installed = [path.name for path in (page / "node_modules").iterdir() if not path.name.startswith(".")]
    package: dict[str, Any] = json.loads((page / "node_modules" / "@clew" / "client" / "package.json").read_text())

    assert installed == ["@clew"]
    assert {"dependencies", "peerDependencies", "optionalDependencies"} & package.keys() == set()


def test_it_holds_what_is_built_and_no_tests(page: Path) -> None:
    package = page / "node_modules" / "@clew" / "client"
    files = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}

    assert {"LICENSE", "README.md", "package.json", "dist/index.js", "dist/index.d.ts"} <= files
    assert [name for name in files if ".test." in name or (name.endswith(".ts") and not name.endswith(".d.ts"))] == []


def test_its_modules_load_as_they_stand(page: Path) -> None:
    script = 'for (const of of ["", "/testing"]) console.log(Object.keys(await import("@clew/client" + of)).join(" "))'

    names = node("node", "--input-type=module", "--eval", script, cwd=page).split()

    assert {"Api", "ApiError", "Connection", "connect", "FakeWorld"} <= set(names)


def test_its_readme_compiles_in_strict_mode(page: Path) -> None:
    (example,) = EXAMPLE.findall((CLIENT / "README.md").read_text(encoding="utf-8"))
    (page / "page.ts").write_text(example)
    (page / "tsconfig.json").write_text(json.dumps({"compilerOptions": STRICT, "files": ["page.ts"]}))

    node(CLIENT / "node_modules" / ".bin" / "tsc", "--project", page, cwd=page)


def test_a_command_the_game_does_not_have_does_not_compile(page: Path) -> None:
    (example,) = EXAMPLE.findall((CLIENT / "README.md").read_text(encoding="utf-8"))
    (page / "page.ts").write_text(example.replace("bid: 7", 'bid: "seven"'))
    (page / "tsconfig.json").write_text(json.dumps({"compilerOptions": STRICT, "files": ["page.ts"]}))

    with pytest.raises(AssertionError, match="Type 'string' is not assignable to type 'number'"):
        node(CLIENT / "node_modules" / ".bin" / "tsc", "--project", page, cwd=page)
