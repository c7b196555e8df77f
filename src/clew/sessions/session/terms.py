"""Which memory wrote which part of a session's journal: what tells one history of it from another.

A database can come back older than it was, and be written on: then two histories share their first numbers and nothing
after them. A *term* is what one memory of a session writes, from its coming into a node (or its doubt what is stored)
to its end; each has a *mark*, drawn by chance when it begins, and its first entry carries that mark in the journal.
Sessions that were claimed together have one mark for it: marks are compared within one session only. So:

* entries of one term are of one unbroken memory, and a number is written by a term once at most: what follows a memory
  that may not be what is stored is another term (``Session``);
* two histories that both hold an entry of a term are the same up to the shorter one's last entry of it, since what came
  before was in that memory;
* two histories that differ at a number have different terms there, however often one backup was restored, and whatever
  else of the row (epoch, owner, number) came back with it.

A mark is chance and nothing else: it says nothing of what it stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import msgspec

from clew.sessions.bounds import TERMS_KEPT_MAX

UNMARKED: Final = "0"
"""The mark of all entries from before there were marks, or terms too long ago to be kept."""


class Term(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Began with entry ``first``, and holds all up to the next one's."""

    first: int
    mark: str


Terms: TypeAlias = tuple[Term, ...]
"""The latest ``TERMS_KEPT_MAX``, oldest first; never none. Whole where the first one begins with entry 1."""

BEFORE_MARKS: Final[Terms] = (Term(1, UNMARKED),)


def begun(terms: Terms, first: int, mark: str) -> Terms:
    """Gives the terms with one more, which begins with this entry; the oldest beyond the bound is forgotten."""
    return (*terms, Term(first, mark))[-TERMS_KEPT_MAX:]


def mark_at(terms: Terms, seq: int) -> str:
    """The mark of the term that wrote this entry; of an entry too old to be known, the oldest mark that is."""
    return next((term.mark for term in reversed(terms) if term.first <= seq), terms[0].mark)


def last_of(terms: Terms, mark: str, seq: int) -> int | None:
    """The last entry of the term with this mark, in a journal that ends with ``seq``; None: no such term is known."""
    end = seq
    for term in reversed(terms):
        if term.mark == mark:
            return end
        end = term.first - 1
    return None


def shared(mine: Terms, mine_seq: int, others: Terms, others_seq: int) -> int:
    """The last entry that two journals of one session have in common; what is too old to be known is taken for it."""
    for term in reversed(mine):
        end = last_of(others, term.mark, others_seq)
        if end is not None:
            return min(end, last_of(mine, term.mark, mine_seq) or 0)
    return min(mine_seq, others_seq, max(mine[0].first, others[0].first) - 1)


def check_terms(terms: Sequence[Term], seq: int) -> None:
    """Raises ``ValueError`` for terms that can't be those of a journal that ends with ``seq``."""
    firsts = [term.first for term in terms]
    if not terms or firsts != sorted(set(firsts)) or firsts[0] < 1 or (firsts[-1] > seq > 0):
        raise ValueError(f"its terms begin with entries {', '.join(map(str, firsts[:9])) or 'none'} of {seq}")
