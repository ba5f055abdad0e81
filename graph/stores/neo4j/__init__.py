"""The release in Neo4j, as nodes and relationships that the ontology names: loading it, and reading it back."""

from graph.stores.neo4j.connection import Account, Connection, Neo4jProblem, account
from graph.stores.neo4j.loading import LoadReport, load
from graph.stores.neo4j.paths import CypherPaths, EnginesDisagree
from graph.stores.neo4j.store import Neo4jStore

__all__ = [
    "Account",
    "Connection",
    "CypherPaths",
    "EnginesDisagree",
    "LoadReport",
    "Neo4jProblem",
    "Neo4jStore",
    "account",
    "load",
]
