"""The docs lead somewhere: links resolve, every decision is listed, every target that is named exists."""

import re
from pathlib import Path
from typing import Final

from tests.architecture.tree import ROOT, SOURCE, name_of, tracked_files

LINK: Final = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
TARGET: Final = re.compile(r"`make ([a-z]+)")
RULE: Final = re.compile(r"^([a-z]+):", re.MULTILINE)
DECISIONS: Final = ROOT / "docs" / "decisions"
GLOSSARY: Final = ROOT / "docs" / "glossary.md"
WINGS: Final = (SOURCE / "clew", SOURCE / "minotaur")


def documents() -> list[Path]:
    return tracked_files(".md")


def test_every_link_between_documents_leads_to_a_file() -> None:
    links = [
        (path, link)
        for path in documents()
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in link
    ]

    assert links
    assert [f"{name_of(path)}: {link}" for path, link in links if not (path.parent / link).exists()] == []


def test_every_decision_has_its_line_in_the_index_and_its_number_once() -> None:
    records = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")

    assert [name for name in records if f"]({name})" not in index] == []
    assert len({name[:4] for name in records}) == len(records)


def test_every_record_says_what_it_cost_and_what_would_change_our_mind() -> None:
    unfinished = [
        f"{path.name}: {part}"
        for path in DECISIONS.glob("[0-9]*.md")
        for part in ("context", "choice", "price", "what would change our mind")
        if part not in path.read_text(encoding="utf-8").lower()
    ]

    assert unfinished == []


def test_every_make_target_the_documents_name_exists() -> None:
    rules = set(RULE.findall((ROOT / "Makefile").read_text(encoding="utf-8")))

    named = {target for path in documents() for target in TARGET.findall(path.read_text(encoding="utf-8"))}

    assert named
    assert named - rules == set()


def test_every_word_of_the_glossary_lives_where_it_says_and_has_one_line() -> None:
    rows = [
        line.strip("| ").split(" | ") for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if " | " in line
    ]
    homes = [(word, home) for word, _, where in rows if word != "word" for home in re.findall(r"`([^`]+)`", where)]
    words = [word for word, *_ in rows if word not in {"word", "---"}]

    assert homes
    assert [f"{word}: {home}" for word, home in homes if not any((wing / home).exists() for wing in WINGS)] == []
    assert sorted(words) == sorted(set(words))


def test_a_decision_that_was_overtaken_says_so_at_its_top() -> None:
    late = [
        path.name
        for path in sorted(DECISIONS.glob("[0-9]*.md"))
        if "vertaken" in (text := path.read_text(encoding="utf-8"))
        and not text.split("\n\n")[1].startswith("Overtaken")
    ]

    assert late == []
