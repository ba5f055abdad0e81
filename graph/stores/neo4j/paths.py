"""Path answers from the database: decided there, told here.

The decision is one Cypher program (:mod:`graph.stores.neo4j.deciding`): which paths hold, under which conditions, in
which order. What the answer says about them, office by office, and why everything else does not serve, is worded by the
functions of :mod:`graph` from the few records around the question. Both must come to the same paths and conditions; a
difference is a defect and stops the answer. Never in here: rules of law.
"""

from __future__ import annotations

from collections.abc import Sequence

import neo4j

from graph.answers import Alternative, Answer, Path, Question
from graph.network import Network
from graph.offers import OfferBook
from graph.paths import neighbours, search, told
from graph.ranking import Candidate
from graph.records import Records
from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.deciding import Decided, Mark, decide
from graph.stores.neo4j.neighbourhood import neighbourhood
from graph.stores.neo4j.projection import NotOurs
from graph.stores.neo4j.reading import changed_by_hand, steadily


class EnginesDisagree(RuntimeError):
    """The decision of the database and its wording differ: a defect of Comity, named with the question."""


class CypherPaths:
    """Answers questions from the release that a Neo4j database holds."""

    def __init__(self, connection: Connection) -> None:
        """Ask over ``connection``, which stays with the caller."""
        self._connection = connection

    def decide(self, questions: Sequence[Question]) -> list[tuple[Decided, ...]]:
        """The paths of each question, best first, without words; all from one release, in one transaction.

        The time that the account allows for a read is for all of them: ask some hundreds at once at most.

        Raises:
            Neo4jProblem: the server cannot be used or holds no release.
            ValueError: a question names neither a State nor a provider, or both.
        """
        return steadily(self._connection, lambda tx: decide(tx, questions))[1]

    def find_paths(self, question: Question) -> Answer:
        """The answer to ``question``, the same as that of :func:`graph.paths.find_paths`.

        Raises:
            Neo4jProblem: the server cannot be used, holds no release, or was changed by something that is no load.
            EnginesDisagree: the paths decided cannot be told.
        """

        def work(
            tx: neo4j.ManagedTransaction,
        ) -> tuple[tuple[Decided, ...], Records, list[tuple[Question, tuple[Decided, ...]]]]:
            (decided,) = decide(tx, [question])
            others = [] if decided else neighbours(question)
            return decided, neighbourhood(tx, question), list(zip(others, decide(tx, others), strict=True))

        try:
            held, (decided, near, others) = steadily(self._connection, work)
        except NotOurs as error:
            raise changed_by_hand(self._connection, error) from None
        network = Network(near, held.id)
        candidates, missing = search(OfferBook(network), question)
        paths = tuple(_worded(question, decided, candidates))
        return told(network, question, paths, missing, tuple(_alternatives(others)))


def _worded(question: Question, decided: Sequence[Decided], candidates: Sequence[Candidate]) -> list[Path]:
    """The paths in words, in the order that the database decided.

    Raises:
        EnginesDisagree: they are not the same paths, or one of them has other conditions.
    """
    by_identity = {candidate.identity: candidate.path for candidate in candidates}
    mine, theirs = {one.identity for one in decided}, set(by_identity)
    if mine != theirs or len(by_identity) != len(candidates):
        extra = f"decided only: {sorted(mine - theirs)}; worded only: {sorted(theirs - mine)}"
        raise EnginesDisagree(f"a defect in Comity: the two path engines differ on {question}: {extra}")
    paths = []
    for one in decided:
        path = by_identity[one.identity]
        if seen(path) != seen(one):
            raise EnginesDisagree(
                f"a defect in Comity: the two path engines differ on {question}, path {one.identity}: "
                f"decided {seen(one)}, worded {seen(path)}"
            )
        path.rank, path.pareto = one.place, one.pareto
        paths.append(path)
    return paths


def seen(path: Path | Decided) -> tuple[object, ...]:
    """What decision and wording of one path must agree on."""
    return (
        path.channel, path.status, path.evidential_use, path.deadline_days, path.specificity, path.offices,
        path.open_questions, path.hub, path.by_consent, path.conditions if isinstance(path, Decided) else marks(path),
    )  # fmt: skip


def marks(path: Path) -> tuple[Mark, ...]:
    """The conditions of a worded path without their words."""
    return tuple(Mark(held.code, held.status, held.party) for leg in path.legs for held in leg.conditions)


def _alternatives(others: Sequence[tuple[Question, tuple[Decided, ...]]]) -> list[Alternative]:
    return [
        Alternative(measure=other.measure, status=paths[0].status, channel=paths[0].channel, paths=len(paths))
        for other, paths in others
        if paths
    ]
