"""What is declared to be counted is counted: a metric that stays 0 says that all is well, whatever happens."""

import re
from pathlib import Path
from typing import Final

import pytest

CLEW: Final = Path(__file__).parents[2] / "src" / "clew"
DECLARES: Final = re.compile(r'(?:Counter|Gauge|Histogram)\(\s*"clew_')
DECLARING: Final = sorted(path for path in CLEW.rglob("*.py") if DECLARES.search(path.read_text("utf-8")))
DECLARED: Final = r"self\.(\w+) = (?:Counter|Gauge|Histogram|\w+(?:\.\w+)?\.labels)\("
SAME_UNDER_LABELS: Final = r"self\.(\w+) = \w+\.\1\.labels\("
COUNTED: Final = r"(labels\(|inc\(|dec\(|set\(|observe\(|set_function\()"


def declared(text: str) -> list[str]:
    """The attributes of a module that are metrics, or metrics under some of their labels."""
    return re.findall(DECLARED, text)


def test_every_module_with_metrics_was_found() -> None:
    assert len(DECLARING) >= 5
    assert {"sessions/metrics.py", "web/metrics.py"} <= {str(path.relative_to(CLEW)) for path in DECLARING}


@pytest.mark.parametrize("module", DECLARING, ids=lambda path: str(path.relative_to(CLEW)))
def test_every_metric_is_counted_somewhere(module: Path) -> None:
    own = module.read_text("utf-8")
    others = "\n".join(path.read_text("utf-8") for path in CLEW.rglob("*.py") if path != module)
    names = declared(own)

    counting = re.sub(SAME_UNDER_LABELS, "", own) + others
    silent = [name for name in names if not re.search(rf"\.{name}\s*\.\s*{COUNTED}", counting)]

    assert names
    assert silent == []
