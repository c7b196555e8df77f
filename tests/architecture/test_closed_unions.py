"""Whoever adds a member to a closed union is told wherever it matters.

The type checker says where a ``match`` is not exhaustive (``reportMatchNotExhaustive``). What it can't say is found
here: tests one after the other, of which a new member passes none, and a ``case _`` that takes it in.
"""

import ast
import tomllib
from collections.abc import Iterator
from typing import Final

from tests.architecture.tree import ROOT, name_of, tracked_files

WINGS: Final = ("src/minotaur/", "src/clew/tables/")
"""Where games are decided and told."""

Unions = list[frozenset[str]]


def modules() -> dict[str, ast.Module]:
    return {
        name_of(path): ast.parse(path.read_text(encoding="utf-8"))
        for path in tracked_files(".py")
        if name_of(path).startswith(WINGS)
    }


def unions_of(trees: list[ast.Module]) -> Unions:
    """The members of every union that has a name; a union within one counts by its members."""
    named = {name: members for tree in trees for name, members in _named_unions(tree)}
    return [_flat(members, named) for members in named.values()]


def found_in(tree: ast.Module, unions: Unions) -> list[str]:
    """Chains and silent wildcards, by line."""
    return [*_chains(tree, unions), *_wildcards(tree, unions)]


def test_no_closed_union_of_a_game_is_taken_apart_by_isinstance_or_let_pass() -> None:
    trees = modules()
    unions = unions_of(list(trees.values()))

    assert any({"Move", "Attack", "Wait"} == members for members in unions)
    assert any({"PcEnteredHex", "GameStarted"} <= members for members in unions), (
        "unions within unions are seen through"
    )
    assert [f"{name}:{found}" for name, tree in trees.items() for found in found_in(tree, unions)] == []


def test_the_type_checker_refuses_a_match_that_leaves_a_member_out() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pyright"]

    assert settings["reportMatchNotExhaustive"] == "error"


UNION: Final = "Step = Move | Attack | Wait\n"


def planted(body: str) -> list[str]:
    tree = ast.parse(UNION + body)
    return found_in(tree, unions_of([tree]))


def test_a_chain_is_found_also_where_it_is_spread_over_functions() -> None:
    chain = (
        "def f(step):\n    if isinstance(step, Move):\n        go()\n"
        "    elif isinstance(step, Attack):\n        hit()\n"
    )
    spread = (
        "def f(act):\n    if isinstance(act, Move):\n        go()\n"
        "def g(act):\n    if not isinstance(act, (Attack, Wait)):\n        go()\n"
    )

    assert planted(chain) == ["3: step is tested for Attack, Move"]
    assert planted(spread) == ["3: act is tested for Attack, Move, Wait"]


def test_one_question_is_no_chain() -> None:
    again = "def f(step):\n    if isinstance(step, Move) or isinstance(step, Move):\n        go()\n"
    answers = "def f(step):\n    return isinstance(step, Move)\ndef g(step):\n    return isinstance(step, Attack)\n"

    assert planted(again) == planted(answers) == []
    assert planted("def f(step):\n    if isinstance(step, Move | Attack):\n        go()\n") == []
    assert planted("def f(a, b):\n    if isinstance(a, Move) or isinstance(b, Attack):\n        go()\n") == []
    assert planted("def f(a):\n    if isinstance(a, Move) or isinstance(a, str):\n        go()\n") == []


def test_a_wildcard_that_lets_a_member_pass_is_found() -> None:
    silent = (
        "def f(step):\n    match step:\n        case Move():\n            go()\n        case _:\n            pass\n"
    )
    never = silent.replace("pass", "assert_never(step)")
    handed_on = silent.replace("pass", "return rest(step)")

    assert planted(silent) == ["3: a new member of step's union would pass by case _"]
    assert planted(never) == planted(handed_on) == []


def _named_unions(tree: ast.Module) -> Iterator[tuple[str, frozenset[str]]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(op=ast.BitOr()) as value):
                yield name, frozenset(_classes(value))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.BinOp(op=ast.BitOr()) as value):
                yield name, frozenset(_classes(value))
            case _:
                pass


def _flat(members: frozenset[str], named: dict[str, frozenset[str]]) -> frozenset[str]:
    within = [_flat(named[name], named) for name in members if name in named and named[name] != members]
    return frozenset(name for name in members if name not in named).union(*within)


def _classes(node: ast.expr) -> list[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return [name]
        case ast.Subscript(value=value):
            return _classes(value)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _classes(left) + _classes(right)
        case ast.Tuple(elts=elements):
            return [name for element in elements for name in _classes(element)]
        case _:
            return []


def _chains(tree: ast.Module, unions: Unions) -> Iterator[str]:
    tested: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for node in _without_questions(tree):
        match node:
            case ast.Call(func=ast.Name(id="isinstance"), args=[subject, classes]):
                tested.setdefault(ast.unparse(subject), []).append((node.lineno, tuple(_classes(classes))))
            case _:
                pass
    for subject, tests in tested.items():
        for members in unions:
            within = {classes: line for line, classes in reversed(tests) if classes and members.issuperset(classes)}
            if len(within) > 1:
                names = sorted({name for classes in within for name in classes})
                yield f"{min(within.values())}: {subject} is tested for {', '.join(names)}"
                break


def _without_questions(tree: ast.Module) -> Iterator[ast.AST]:
    """All nodes but those of functions that only answer something: one return."""
    return _walk(tree)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return) and len(_told(node)) == 1:
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def _told(function: ast.FunctionDef) -> list[ast.stmt]:
    """Its statements, without a docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def _wildcards(tree: ast.Module, unions: Unions) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Match):
            continue
        *before, last = node.cases
        classes = {name for case in before for name in _patterns(case.pattern)}
        is_closed = classes and any(classes <= members for members in unions)
        if is_closed and _is_wildcard(last) and not _hands_on(last, ast.unparse(node.subject)):
            yield f"{node.lineno}: a new member of {ast.unparse(node.subject)}'s union would pass by case _"


def _patterns(pattern: ast.pattern) -> list[str]:
    match pattern:
        case ast.MatchClass(cls=cls):
            return _classes(cls)
        case ast.MatchOr(patterns=patterns):
            return [name for each in patterns for name in _patterns(each)]
        case ast.MatchAs(pattern=ast.pattern() as inner):
            return _patterns(inner)
        case _:
            return []


def _is_wildcard(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None


def _hands_on(case: ast.match_case, subject: str) -> bool:
    """To ``assert_never``, or to a function that takes the members left, and nothing else."""
    calls = [node for statement in case.body for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return any(subject in map(ast.unparse, call.args) for call in calls)
