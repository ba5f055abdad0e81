"""The way to a Neo4j server: an account, checks before anything is done, retries, and errors that say the cure.

Reading goes through :meth:`Connection.read`, whose sessions the server itself keeps from writing, whatever the account
may do. Addresses ``neo4j://`` and ``neo4j+s://`` route within a cluster; ``+s`` means TLS with a certificate that the
system trusts, ``+ssc`` one that nobody vouches for. Never in here: queries about the law.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import msgspec
import neo4j
from neo4j import exceptions as driver_errors

from graph.settings import Settings

T = TypeVar("T")

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # retries are no news for the terminal

OLDEST = (5, 7)
"""First server version with unique properties of relationships, which keep a record from being there twice."""

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_SECURITY = "Neo.ClientError.Security."
_PASSING = (driver_errors.ServiceUnavailable, driver_errors.SessionExpired, driver_errors.TransientError)
"""What may be gone a moment later: a dropped connection, a new leader, a deadlock, an unsure commit."""


class Neo4jProblem(RuntimeError):
    """What stands in the way, in one line, with the cure. Nothing has been changed."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Where the server is and who asks. Times are in seconds: to connect, for one read, for one load."""

    uri: str
    user: str
    password: str
    database: str = "neo4j"
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 60.0
    write_timeout_s: float = 1800.0
    retry_s: float = 30.0

    def __repr__(self) -> str:
        """Without the password: this ends up in logs."""
        return f"Account({self.user} at {self.uri}, database {self.database})"

    __str__ = __repr__


def account(settings: Settings, *, loading: bool = False) -> Account:
    """The account that the settings give: the reader's, or for ``loading`` the writer's where there is one.

    Raises:
        Neo4jProblem: no server is set, or no password.
    """
    if not settings.neo4j_uri:
        raise Neo4jProblem("no Neo4j server is set: set COMITY_NEO4J_URI, for example bolt://localhost:7687")
    writer = loading and bool(settings.neo4j_writer_user)
    password = settings.neo4j_writer_password if writer else settings.neo4j_password
    if not password:
        variable = "COMITY_NEO4J_WRITER_PASSWORD" if writer else "COMITY_NEO4J_PASSWORD"
        raise Neo4jProblem(f"no password is set for the Neo4j server at {settings.neo4j_uri}: set {variable}")
    return Account(
        uri=settings.neo4j_uri,
        user=settings.neo4j_writer_user if writer else settings.neo4j_user,
        password=password,
        database=settings.neo4j_database,
        read_timeout_s=settings.neo4j_read_timeout_s,
        write_timeout_s=settings.neo4j_load_timeout_s,
    )


class Connection:
    """An open way to one database. Checked when made: address, password, database, version."""

    def __init__(self, account: Account) -> None:
        """Connect.

        Raises:
            Neo4jProblem: there is no such server or database, it is too old, or it refuses the account.
        """
        self.account = account
        if not is_address(account.uri):
            shown = re.sub(r"//.*@", "//", account.uri)  # a password is not repeated
            raise Neo4jProblem(
                f"{shown!r} is no address of a Neo4j server: write it like bolt://localhost:7687 or "
                "neo4j+s://host:7687 (COMITY_NEO4J_URI)"
            )
        with one_line(account):
            self._driver = neo4j.GraphDatabase.driver(
                account.uri,
                auth=(account.user, account.password),
                connection_timeout=account.connect_timeout_s,
                connection_acquisition_timeout=account.connect_timeout_s,
                max_transaction_retry_time=account.retry_s,
                notifications_min_severity="OFF",
                user_agent="comity",
            )
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        try:
            self.server_version = self._checked_version()
        except BaseException:
            self._driver.close()
            raise

    def read(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """What ``work`` reads in one transaction that cannot write; repeated after passing failures."""
        timed = neo4j.unit_of_work(timeout=self.account.read_timeout_s)(work)
        with one_line(self.account), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(timed)

    def write(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Do ``work`` in one transaction, all or nothing. It is repeated after passing failures.

        Where the connection breaks while the transaction is committed nobody can tell whether it was: ``work`` is
        done again then too, and must come to the same.
        """
        timed = neo4j.unit_of_work(timeout=self.account.write_timeout_s)(self._fitting(work))
        with one_line(self.account):
            until = time.monotonic() + self.account.retry_s
            while True:
                try:
                    with self._session(neo4j.WRITE_ACCESS) as session:
                        return session.execute_write(timed)
                except _PASSING:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.5)

    def glance(self, query: str) -> tuple[neo4j.Record | None, str | None]:
        """The one row of a query that changes nothing, and the bookmark of the state that it saw.

        It is asked where transactions are written, since other members of a cluster may be behind, and once; both are
        ``None`` where nobody answers.
        """
        with self._driver.session(database=self.account.database, default_access_mode=neo4j.WRITE_ACCESS) as session:
            try:
                with session.begin_transaction(timeout=self.account.read_timeout_s) as tx:
                    row = tx.run(query).single()
                bookmarks = session.last_bookmarks().raw_values
            except (*_PASSING, driver_errors.ClientError):
                return None, None
        return row, next(iter(bookmarks)) if len(bookmarks) == 1 else None

    def close(self) -> None:
        """Let go of the server."""
        self._driver.close()

    def __enter__(self) -> Self:
        """Use the connection in a ``with`` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the server."""
        self.close()

    def _fitting(self, work: Callable[[neo4j.ManagedTransaction], T]) -> Callable[[neo4j.ManagedTransaction], T]:
        """``work``, given up at once where it is too large for the server, which calls that a passing failure."""

        def fitting(tx: neo4j.ManagedTransaction) -> T:
            try:
                return work(tx)
            except driver_errors.TransientError as error:
                if _out_of_memory(error):
                    raise Neo4jProblem(explained(error, self.account)) from error
                raise

        return fitting

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(
            database=self.account.database, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    def _checked_version(self) -> str:
        # Straight from the session: a wrong address is not worth half a minute of retries.
        with one_line(self.account), self._session(neo4j.READ_ACCESS) as session:
            rows: list[dict[str, Any]] = session.run("CALL dbms.components() YIELD name, versions").data()
        version = next((str(row["versions"][0]) for row in rows if "Kernel" in row["name"]), "unknown")
        check_version(version, self.account)
        return version


def is_address(uri: str) -> bool:
    """Whether ``uri`` has a scheme of :data:`SCHEMES`, a host, and a port or none."""
    try:
        parts = urlsplit(uri)
        return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0 and not parts.username
    except ValueError:
        return False


def check_version(version: str, account: Account) -> None:
    """Raise :class:`Neo4jProblem` where the server is older than :data:`OLDEST` or does not say."""
    found = re.match(r"(\d+)\.(\d+)", version)
    if found is None or (int(found[1]), int(found[2])) < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise Neo4jProblem(
            f"the server at {account.uri} is Neo4j {version}; Comity needs {wanted} or newer: upgrade it"
        )


@contextmanager
def one_line(account: Account) -> Iterator[None]:
    """Turn errors of the driver and the server into one line with the cure."""
    try:
        yield
    except (driver_errors.Neo4jError, driver_errors.DriverError, driver_errors.GqlError, OSError) as error:
        raise Neo4jProblem(explained(error, account)) from error


def explained(error: BaseException, account: Account) -> str:
    """What went wrong and what to do, in one line without the password."""
    code = str(getattr(error, "code", "") or "")
    said = " ".join(str(getattr(error, "message", "") or error).split())
    where = f"the Neo4j server at {account.uri}"
    if code.startswith("Neo.ClientError.Database.DatabaseNotFound"):
        return f"{where} has no database {account.database!r}: set COMITY_NEO4J_DATABASE to one that it has"
    if code.endswith("ReadOnlyDatabase"):
        return f"the database {account.database!r} at {account.uri} takes no writes: load into one that does"
    if code == _SECURITY + "Unauthorized":
        return (
            f"{where} refuses user {account.user!r} or the password: set COMITY_NEO4J_USER and COMITY_NEO4J_PASSWORD, "
            "for loading those of COMITY_NEO4J_WRITER_ where they are set"
        )
    if code == _SECURITY + "AuthenticationRateLimit":
        return f"{where} locked user {account.user!r} after wrong passwords: wait a moment, then give the right one"
    if code == _SECURITY + "CredentialsExpired":
        return f"the password of user {account.user!r} must be changed first, in Neo4j Browser or cypher-shell"
    if code.startswith(_SECURITY) or code == "Neo.ClientError.Statement.AccessMode":
        return (
            f"user {account.user!r} may not do this at {account.uri}: use the writer's account. It says: {said[:200]}"
        )
    if _out_of_memory(error):
        return (
            f"{where} has too little memory for one transaction: raise server.memory.heap.max_size and "
            "dbms.memory.transaction.total.max"
        )
    if "TransactionTimedOut" in code:
        return f"{where} took too long for the time allowed: try again when it is less busy"
    if isinstance(error, driver_errors.ServiceUnavailable | driver_errors.SessionExpired | OSError):
        return f"no Neo4j answers at {account.uri}: start it, or set COMITY_NEO4J_URI. It says: {said[:200]}"
    return f"{where} failed: {said[:300]}"


def _out_of_memory(error: BaseException) -> bool:
    return "OutOfMemory" in str(getattr(error, "code", "") or "")
