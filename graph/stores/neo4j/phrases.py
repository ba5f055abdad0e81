"""Search phrases for Bloom: questions of the guide to Neo4j whose answer is a picture, with what they ask for.

Bloom draws nodes, relationships and paths, so each statement returns nothing else. They show what is on record; whether
a request is possible on a day is for ``comity path`` to say.
"""

from __future__ import annotations

from typing import NamedTuple


class Asked(NamedTuple):
    """What a phrase asks for. ``suggested`` is a label and property, or a statement, that gives what may be chosen.

    ``example`` finds something in the packaged release.
    """

    example: str
    suggested: tuple[str, str] | str | None


class Phrase(NamedTuple):
    """What is typed, with ``$names`` for what is asked; the statement; and what is asked, by name."""

    text: str
    cypher: str
    asks: dict[str, Asked]


_STATE, _OTHER = Asked("France", ("State", "name")), Asked("United States", ("State", "name"))
_INSTRUMENT = Asked("cets-185", ("Instrument", "id"))  # three short names are those of two instruments each
_DAY = Asked("2026-11-24", None)
_MEASURE = Asked("preservation", "MATCH (c:Concept {scheme: 'measure'}) RETURN c.key ORDER BY c.key")
_OFFENCE = Asked("grooming", "MATCH (c:Concept {scheme: 'offence'}) RETURN c.key ORDER BY c.key")
_BOTH = {"a": _STATE, "b": _OTHER}

PHRASES = (
    Phrase("Release that is held", "MATCH (r:Release) RETURN r", {}),
    Phrase(
        "Instruments that bind both $a and $b",
        """
MATCH path = (:State {name: $a})-[:PARTICIPATES_IN {standing: 'party'}]->(:Instrument)
  <-[:PARTICIPATES_IN {standing: 'party'}]-(:State {name: $b})
RETURN path""",
        _BOTH,
    ),
    Phrase(
        "In force between $a and $b on $day, certainly or possibly",
        """
MATCH path = (:State {name: $a})-[p:PARTICIPATES_IN {standing: 'party'}]->(i:Instrument)
  <-[q:PARTICIPATES_IN {standing: 'party'}]-(:State {name: $b})
WHERE none(x IN [p, q, i] WHERE coalesce(x.inForceOnEarliest > date($day), false)
  OR coalesce(x.endedOnLatest <= date($day), false) OR coalesce(x.suspendedOnLatest <= date($day), false))
RETURN path""",
        _BOTH | {"day": _DAY},
    ),
    Phrase(
        "Signed $instrument and not bound as far as any source says",
        """
MATCH path = (s:State)-[p:PARTICIPATES_IN]->(i:Instrument {id: $instrument})
WHERE p.signedOn IS NOT NULL
  AND NOT EXISTS { MATCH (s)-[r:PARTICIPATES_IN]->(i) WHERE r.boundOn IS NOT NULL OR r.standing = 'party' }
RETURN path""",
        {"instrument": _INSTRUMENT},
    ),
    Phrase(
        "Articles through which $measure can be asked",
        """
MATCH path = (:Concept {scheme: 'measure', key: $measure})<-[:ENABLES]-(:Provision {role: 'cooperation'})
  -[:UNDER_INSTRUMENT]->(:Instrument)
RETURN path""",
        {"measure": _MEASURE},
    ),
    Phrase(
        "Articles that carry $measure between $a and $b, kindred measures included",
        """
MATCH path = (:Concept {scheme: 'measure', key: $measure})-[:SERVED_BY*0..1]->(:Concept)
  <-[:ENABLES]-(:Provision {role: 'cooperation'})-[:UNDER_INSTRUMENT]->(i:Instrument)
MATCH between = (:State {name: $a})-[:PARTICIPATES_IN {standing: 'party'}]->(i)
  <-[:PARTICIPATES_IN {standing: 'party'}]-(:State {name: $b})
RETURN path, between""",
        _BOTH | {"measure": _MEASURE},
    ),
    Phrase(
        "Declarations of $state that narrow cooperation, none of them certainly withdrawn by $day",
        """
MATCH path = (:State {name: $state})<-[:BY_PARTY]-(d:Declaration)-[:UNDER_INSTRUMENT]->(:Instrument)
WHERE d.effect IN ['excludes', 'dual-criminality', 'limits', 'central-authority-only']
  AND NOT coalesce(d.withdrawnOnLatest <= date($day), false)
RETURN path""",
        {"state": _OTHER, "day": _DAY},
    ),
    Phrase(
        "Offices of $state and what they are designated for",
        """
MATCH office = (:State {name: $state})<-[:OF_STATE]-(a:Authority)
OPTIONAL MATCH designation = (a)<-[:DESIGNATES]-(d:Designation)
OPTIONAL MATCH under = (d)-[:UNDER_INSTRUMENT]->(:Instrument)
RETURN office, designation, under""",
        {"state": _STATE},
    ),
    Phrase(
        "States with a contact point at all hours on record",
        "MATCH path = (:State)<-[:OF_STATE]-(:Designation {function: 'contact-point-24-7'}) RETURN path",
        {},
    ),
    Phrase(
        "Conduct that is an offence in $a and in $b",
        """
MATCH path = (:State {name: $a})<-[:OF_STATE]-(:StatutoryOffence)-[:CRIMINALISES]->(:Concept)
  <-[:CRIMINALISES]-(:StatutoryOffence)-[:OF_STATE]->(:State {name: $b})
RETURN path""",
        _BOTH,
    ),
    Phrase(
        "States without a record of $offence: that is not a no",
        """
MATCH (s:State {kind: 'state'})
WHERE NOT EXISTS { MATCH (s)<-[:OF_STATE]-(:StatutoryOffence {offence: $offence}) }
RETURN s""",
        {"offence": _OFFENCE},
    ),
    Phrase(
        "What reviews found for $state",
        "MATCH path = (:State {name: $state})<-[:OF_STATE]-(:ReviewFinding) RETURN path",
        {"state": _STATE},
    ),
    Phrase(
        "Organisations in which both $a and $b are members",
        """
MATCH path = (:State {name: $a})-[:HOLDS_STATUS_IN {status: 'member'}]->(:Organisation)
  <-[:HOLDS_STATUS_IN {status: 'member'}]-(:State {name: $b})
RETURN path""",
        _BOTH,
    ),
    Phrase(
        "Contradictions between sources",
        "MATCH (c:Conflict) OPTIONAL MATCH path = (c)-[:ABOUT]->() RETURN c, path",
        {},
    ),
    Phrase(
        "Protocols and the instruments that they need",
        "MATCH path = (:Instrument)-[:PROTOCOL_TO]->(:Instrument) RETURN path",
        {},
    ),
    Phrase(
        "Providers and where they answer",
        """
MATCH entity = (:Provider)<-[:OF_PROVIDER]-(e:Establishment)
OPTIONAL MATCH place = (e)-[:ESTABLISHED_IN]->(:State)
RETURN entity, place""",
        {},
    ),
)
