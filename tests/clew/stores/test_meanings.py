"""Every error of an engine is of one kind, and says what an operator should do about it."""

import sqlite3
import ssl
from collections.abc import Mapping
from typing import Any, cast

import asyncpg
import pytest
from asyncpg import exceptions

from clew.sessions.faults import Busy, Fault, NeedsOperator, OutcomeUnknown
from clew.stores.meanings import FaultKind, Meaning
from clew.stores.postgres import faults as postgres_faults
from clew.stores.sqlite import faults as sqlite_faults
from clew.stores.sqlite.faults import EXTENDED, PRIMARY

NO_RESULTS = frozenset(
    {"DENY", "IGNORE", "RECURSIVE", "TRANSACTION", "SAVEPOINT", "FUNCTION", "SELECT", "READ", "COPY"}
)
"""Names of the module that begin like a result's and are answers or actions of an authorizer."""


def result_codes() -> Mapping[str, int]:
    """All result codes this SQLite knows: the primary ones, and those whose lowest byte is what they are named for."""
    named = {name: value for name, value in vars(sqlite3).items() if name.startswith("SQLITE_")}
    primary = {name: code for name, code in named.items() if code in PRIMARY and name.count("_") == 1}
    extended = {
        name: code
        for name, code in named.items()
        if code > 0xFF and any(name.startswith(f"{base}_") and code & 0xFF == low for base, low in primary.items())
    }
    return extended | {name: code for name, code in primary.items() if name.removeprefix("SQLITE_") not in NO_RESULTS}


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("told so")
    error.sqlite_errorcode, error.sqlite_errorname = code, "SQLITE_TOLD"
    return error


def of_kind(kind: FaultKind) -> type[Fault] | None:
    faults = {
        FaultKind.PASSING: Busy,
        FaultKind.DEFINITE: NeedsOperator,
        FaultKind.UNKNOWN: OutcomeUnknown,
        FaultKind.BUG: None,
    }
    return faults[kind]


def test_every_code_of_sqlite_is_of_one_kind_and_all_but_bugs_say_what_to_do() -> None:
    codes = result_codes()

    meanings = {name: sqlite_faults.meaning_of(sqlite_error(code)) for name, code in codes.items()}

    assert len(codes) > 80, "the walk must not go past them"
    assert set(range(29)) | {100, 101} <= PRIMARY.keys()
    assert {
        name for name, meaning in meanings.items() if meaning.kind is not FaultKind.BUG and not meaning.advice
    } == set()
    for name, code in codes.items():
        fault = sqlite_faults.fault_of(sqlite_error(code))
        assert (None if fault is None else type(fault)) is of_kind(meanings[name].kind), name


def test_every_extended_code_that_means_something_else_is_one_of_sqlite() -> None:
    assert EXTENDED.keys() <= set(result_codes().values())


@pytest.mark.parametrize(
    ("name", "kind", "final"),
    [
        ("BUSY", FaultKind.PASSING, False),
        ("BUSY_SNAPSHOT", FaultKind.PASSING, False),
        ("LOCKED", FaultKind.PASSING, False),
        ("FULL", FaultKind.PASSING, False),
        ("NOMEM", FaultKind.PASSING, False),
        ("IOERR_WRITE", FaultKind.PASSING, False),
        ("IOERR_FSYNC", FaultKind.PASSING, False),
        ("IOERR_READ", FaultKind.PASSING, False),
        ("CANTOPEN", FaultKind.PASSING, False),
        ("READONLY", FaultKind.DEFINITE, False),
        ("READONLY_DBMOVED", FaultKind.DEFINITE, False),
        ("READONLY_DIRECTORY", FaultKind.DEFINITE, False),
        ("PERM", FaultKind.DEFINITE, False),
        ("AUTH", FaultKind.DEFINITE, False),
        ("IOERR_LOCK", FaultKind.DEFINITE, False),
        ("CORRUPT", FaultKind.DEFINITE, True),
        ("CORRUPT_INDEX", FaultKind.DEFINITE, True),
        ("NOTADB", FaultKind.DEFINITE, True),
        ("IOERR_SHORT_READ", FaultKind.DEFINITE, True),
        ("CONSTRAINT_UNIQUE", FaultKind.BUG, False),
        ("MISMATCH", FaultKind.BUG, False),
        ("MISUSE", FaultKind.BUG, False),
        ("ERROR", FaultKind.BUG, False),
    ],
)
def test_a_code_of_sqlite_means(name: str, kind: FaultKind, final: bool) -> None:
    meaning = sqlite_faults.meaning_of(sqlite_error(getattr(sqlite3, f"SQLITE_{name}")))

    assert (meaning.kind, meaning.final) == (kind, final)


def test_memory_that_is_out_is_passing_and_the_drivers_own_complaint_a_bug() -> None:
    assert sqlite_faults.meaning_of(MemoryError()).kind is FaultKind.PASSING
    assert sqlite_faults.meaning_of(sqlite3.ProgrammingError("closed")).kind is FaultKind.BUG
    assert sqlite_faults.meaning_of(ZeroDivisionError()).kind is FaultKind.BUG


def postgres_codes() -> Mapping[str, type[asyncpg.PostgresError]]:
    errors = [cast("Any", each) for each in vars(exceptions).values() if isinstance(each, type)]
    return {str(each.sqlstate): each for each in errors if getattr(each, "sqlstate", None)}


def test_every_code_of_postgresql_is_of_one_kind_and_all_but_bugs_say_what_to_do() -> None:
    codes = postgres_codes()

    meanings: dict[str, Meaning] = {code: postgres_faults.meaning_of(each("told so")) for code, each in codes.items()}

    assert len(codes) > 250, "the walk must not go past them"
    assert {code[:2] for code in codes} <= postgres_faults.CLASSES.keys()
    assert {
        code for code, meaning in meanings.items() if meaning.kind is not FaultKind.BUG and not meaning.advice
    } == set()
    for code, each in codes.items():
        fault = postgres_faults.fault_of(each("told so"), writes=True)
        assert (None if fault is None else type(fault)) is of_kind(meanings[code].kind), code


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (asyncpg.InvalidPasswordError("told so"), FaultKind.DEFINITE),
        (asyncpg.InvalidAuthorizationSpecificationError("told so"), FaultKind.DEFINITE),
        (asyncpg.InvalidCatalogNameError("told so"), FaultKind.DEFINITE),
        (asyncpg.InsufficientPrivilegeError("told so"), FaultKind.DEFINITE),
        (asyncpg.UndefinedTableError("told so"), FaultKind.DEFINITE),
        (asyncpg.DataCorruptedError("told so"), FaultKind.DEFINITE),
        (asyncpg.IndexCorruptedError("told so"), FaultKind.DEFINITE),
        (ssl.SSLCertVerificationError("told so"), FaultKind.DEFINITE),
        (asyncpg.ReadOnlySQLTransactionError("told so"), FaultKind.PASSING),
        (asyncpg.DiskFullError("told so"), FaultKind.PASSING),
        (asyncpg.TooManyConnectionsError("told so"), FaultKind.PASSING),
        (asyncpg.DeadlockDetectedError("told so"), FaultKind.PASSING),
        (asyncpg.CannotConnectNowError("told so"), FaultKind.UNKNOWN),
        (asyncpg.StatementCompletionUnknownError("told so"), FaultKind.UNKNOWN),
        (ConnectionRefusedError("told so"), FaultKind.UNKNOWN),
        (TimeoutError("told so"), FaultKind.UNKNOWN),
        (asyncpg.UniqueViolationError("told so"), FaultKind.BUG),
        (asyncpg.DivisionByZeroError("told so"), FaultKind.BUG),
    ],
)
def test_an_error_of_postgresql_means(error: Exception, kind: FaultKind) -> None:
    assert postgres_faults.meaning_of(error).kind is kind


def test_whoever_is_not_let_in_needs_an_operator_and_a_server_that_is_not_there_may_come() -> None:
    let_in = [
        type(postgres_faults.fault_of_connecting(error("told so")))
        for error in (asyncpg.InvalidPasswordError, asyncpg.CannotConnectNowError, ConnectionRefusedError, KeyError)
    ]

    assert let_in == [NeedsOperator, Busy, Busy, Busy]
