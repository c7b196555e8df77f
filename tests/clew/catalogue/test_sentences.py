"""One language's sentences: each is parsed alone, and says what it says in a text that is parsed whole."""

from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from clew.catalogue.catalogue import OURS
from clew.catalogue.sentences import Sentences
from tests.architecture.tree import ROOT

FOLDERS = sorted(
    language
    for texts in (OURS, ROOT / "src" / "minotaur" / "texts")
    for language in texts.iterdir()
    if language.is_dir()
)
TEXT = """
# A comment = no sentence
-brand = Clew
told = { -brand } says { again }.
again = hello
    = and goes on
    .title = again
    { $name }
counted = { $n ->
    [one] one
   *[other] { $n } of them
  }
again = later
## The last comment
"""


def test_a_sentence_is_said_with_what_it_refers_to_and_the_later_of_two_is_the_one() -> None:
    sentences = Sentences("en", TEXT, None)

    assert sentences.say("told", {}) == "Clew says later."
    assert sentences.say("counted", {"n": 3}) == "3 of them"
    assert sentences.ids == {"told", "again", "counted"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: f"{each.parents[1].name}-{each.name}")
def test_taken_one_by_one_they_are_what_the_whole_text_is(folder: Path) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ftl")))
    resource = FluentResource(source)
    whole = FluentBundle([folder.name], use_isolating=False)
    whole.add_resource(resource, allow_overrides=True)
    sentences = Sentences(folder.name, source, None)
    assert not [each for each in resource.body if isinstance(each, ast.Junk)]
    assert sentences.ids == {each.id.name for each in resource.body if isinstance(each, ast.Message)}

    for sentence_id in sorted(sentences.ids):
        pattern = whole.get_message(sentence_id).value
        assert pattern is not None
        values = dict.fromkeys(_variables(source), 1)
        said, _ = whole.format_pattern(pattern, values)
        assert sentences.say(sentence_id, values) == said


def _variables(source: str) -> set[str]:
    return {part.split(maxsplit=1)[0].strip("},)") for part in source.split("$")[1:]}
