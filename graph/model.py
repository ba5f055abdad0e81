"""The records: what the sources say, typed, before any question is asked of it.

This is the narrow waist of the house: ``ingest`` makes records, the RDF release carries them, the stores
give them back, the network is compiled from them. Every class and field has its counterpart in
``ontologies/comity.ttl`` (annotations ``comity:record`` and ``comity:field``); a test holds the two together.

Nothing here searches, judges or formats. Records are immutable. Conventions of all of them:

* ``id`` is unique within its class and stable from release to release; references hold the ``id`` of
  another record or the key of a concept in ``ontologies/vocabularies/`` and are named after what they mean.
* Dates are partial dates (see :mod:`graph.dates`); ``None`` means that no source says.
* ``sources`` lists the ids of the :class:`Source` records that state the record; where one field is stated
  by other sources than the record as a whole, ``evidence`` names them: ``(field, source ids)`` pairs.
* ``basis`` is ``stated`` (a source says so) or ``derived`` (it follows by ``rule``).
"""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, cache_hash=True):
    """What every record carries: identity and provenance."""

    id: str
    sources: tuple[str, ...] = ()
    evidence: tuple[tuple[str, tuple[str, ...]], ...] = ()
    basis: str = "stated"
    rule: str | None = None
    note: str | None = None

    def sources_of(self, field: str) -> tuple[str, ...]:
        """Ids of the sources that state ``field``."""
        for name, ids in self.evidence:
            if name == field:
                return ids
        return self.sources


class Publisher(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who publishes sources: a treaty office, a gazette, a repository that keeps copies."""

    name: str
    url: str | None = None
    licence: str | None = None
    official: bool = False


class Source(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A page or file that states facts, with the date for which it speaks (``None``: undated)."""

    url: str
    publisher: str
    as_of: str | None = None


class State(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A State or territory by ISO 3166-1 alpha-3 (``id``); also Kosovo ``XKX`` and the European Union ``EUE``.

    ``kind``: ``state``, ``territory`` or ``union``. ``un_member``: ``yes``, ``no`` or ``observer``.
    ``official_languages``: BCP 47 codes. ``eu_authority`` and ``wikidata`` are outside identifiers.
    """

    name: str
    kind: str
    official_name: str | None = None
    alpha2: str | None = None
    numeric: str | None = None
    un_member: str | None = None
    ipu_group: str | None = None
    official_languages: tuple[str, ...] = ()
    eu_authority: str | None = None
    wikidata: str | None = None


class Organisation(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A body or network that States, offices or hotlines belong to."""

    name: str
    kind: str | None = None
    seat: str | None = None
    website: str | None = None
    founded_on: str | None = None


class Membership(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A State's relation to an organisation; ``status`` is a key of the membership-status vocabulary."""

    organisation: str
    state: str
    status: str
    joined_on: str | None = None
    left_on: str | None = None


class NetworkChannel(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What an organisation lets its members do for each other, under which of its own rules.

    ``statuses`` are the membership statuses that open the channel on both sides; ``partner_statuses`` those
    that open it to a State on one side while the other side holds one of ``statuses``.
    ``excluding_statuses`` are relations that look alike but do not open it (shown as the reason why not).
    ``office_kind`` is the kind of authority through which the channel runs on either side.
    ``hub`` tells that requests pass through the organisation's own seat or desk.
    """

    organisation: str
    instrument: str | None = None
    article: str | None = None
    measures: tuple[str, ...] = ()
    channel: str
    office_kind: str | None = None
    statuses: tuple[str, ...] = ()
    partner_statuses: tuple[str, ...] = ()
    excluding_statuses: tuple[str, ...] = ()
    evidential_use: str = "unknown"
    hub: bool = False


class Instrument(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A treaty, protocol, EU act, executive agreement or non-binding scheme.

    ``signed_on`` is the date of signature, opening or adoption. ``status`` is ``in-force``,
    ``not-in-force`` or ``ended`` where a source says so, as of its date. ``parent`` is the instrument that
    a protocol needs. ``replaces`` are instruments that it replaces between States bound by both, for the
    measures that it carries itself, by its ``replaces_article``. ``subject``: ``mutual-assistance``,
    ``extradition``, ``direct-orders`` … ``entry_threshold`` parties are needed before the instrument binds
    anybody; ``entry_delay`` and ``entry_rule`` say when a later party is bound in force after its deposit, by
    ``entry_article``. ``entry_first_delay`` is the delay of the instrument's own entry where it is another.
    ``entry_counts`` says whose consent counts, and ``entry_members`` of them must be members of
    ``entry_organisation``. ``withdrawal_rule``, ``withdrawal_delay`` and ``withdrawal_article`` say when a
    denunciation takes effect after its receipt (see :mod:`graph.entry`). ``parties_complete_on``: a source lists *all*
    signatories and parties as of this date, so that a State not listed was not a party then. ``extends_to_members``:
    the European Union's participation binds its member States too. ``offence_scope``: ``any``, ``listed`` (the
    provision's offences) or ``serious-crime`` …, keys of the offence-scope vocabulary.
    """

    short_name: str
    title: str
    kind: str
    subject: str | None = None
    depositary: str | None = None
    place: str | None = None
    signed_on: str | None = None
    in_force_on: str | None = None
    ended_on: str | None = None
    status: str | None = None
    registration: str | None = None
    official_url: str | None = None
    parent: str | None = None
    replaces: tuple[str, ...] = ()
    replaces_article: str | None = None
    entry_threshold: int | None = None
    entry_delay: str | None = None
    entry_rule: str | None = None
    entry_article: str | None = None
    entry_first_delay: str | None = None
    entry_counts: str | None = None
    entry_members: int | None = None
    entry_organisation: str | None = None
    withdrawal_rule: str | None = None
    withdrawal_delay: str | None = None
    withdrawal_article: str | None = None
    parties_complete_on: str | None = None
    extends_to_members: bool = False
    offence_scope: str | None = None
    offences: tuple[str, ...] = ()


class Participation(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One party's relation to one instrument, as one consistent reading of the sources.

    Where sources contradict each other there is one record for each reading, all with ``contested`` true;
    what holds on a date is then what all readings agree on, else unknown.
    ``standing``: ``party`` (a source names it as bound or the act applies to it), ``signatory`` (signed, and
    the source says not bound), ``signed`` (a signature is on record and nothing more), ``not-in-force`` (the
    source says so), ``excluded`` (opt-out), ``named`` (listed by a source that does not say how).
    """

    instrument: str
    party: str
    standing: str
    signed_on: str | None = None
    bound_on: str | None = None
    action: str | None = None
    in_force_on: str | None = None
    ended_on: str | None = None
    suspended_on: str | None = None
    territorial_note: str | None = None
    contested: bool = False


class Provision(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An article of an instrument and what it does.

    ``role``: ``cooperation`` (lets a State ask another for ``measures``), ``channel`` (says how requests under
    the instrument or its parent travel), ``criminalisation``, ``domestic-power``, ``procedure``, ``scope``.
    ``article`` is ``None`` where the source does not give the number. ``channels`` are those the article opens;
    ``channel_articles`` name the articles that say so where they are others. ``urgency``: ``only`` (usable in
    urgent cases only) or ``expedited``. ``dual_criminality``, ``requirements`` and ``offence_scope`` are keys of
    vocabularies; ``min_penalty_years`` is the maximum penalty that the offence must at least carry.
    ``subsidiary``: applies where no other assistance treaty binds the two, unless both agree.
    ``deadline_days`` counts to the answer (8 hours = 0.33). ``text_status``: ``read``, ``summary`` (another's
    summary was read), ``heading`` or ``title`` (only the instrument's title is known).
    """

    instrument: str
    article: str | None = None
    heading: str | None = None
    role: str
    measures: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    channel_articles: tuple[str, ...] = ()
    dual_criminality: str | None = None
    min_penalty_years: float | None = None
    offence_scope: str | None = None
    requirements: tuple[str, ...] = ()
    urgency: str | None = None
    subsidiary: bool = False
    deadline_days: float | None = None
    deadline_note: str | None = None
    evidential_use: str | None = None
    text_status: str = "read"


class Declaration(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A party's reservation, declaration, notification or objection under articles of an instrument.

    ``effect``: ``excludes`` (``effect_articles`` do not apply towards this party), ``dual-criminality``
    (the party may demand it under them), ``central-authority-only`` (the direct channels of them are closed),
    ``limits`` (applies in part: the condition stays open), ``languages``, ``designation``, ``text-not-read``,
    ``territories-left-out``, ``territory-in-doubt`` (see :mod:`graph.territory`) or ``None`` (no effect on
    cooperation). ``except_offences`` are offences that the effect spares. ``withdrawn_on``: no effect from that day.
    """

    instrument: str
    party: str
    kind: str
    summary: str
    articles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    language_condition: str | None = None
    effect: str | None = None
    effect_articles: tuple[str, ...] = ()
    except_offences: tuple[str, ...] = ()
    withdrawn_on: str | None = None


class RequestRule(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What an article demands of a request, or allows to be done with the answer, in our own words.

    ``kind``: ``content`` (the request must say it), ``document`` (must go with it), ``form``, ``language``,
    ``confidentiality``, ``use`` (what the answer may be used for) or ``contact`` (who keeps the contacts of the
    offices); keys of the request-rule vocabulary.
    ``request_articles`` are the articles under which the request is made, where the rule is not about all of the
    instrument; ``measures`` those of which it is true, where not of all. ``conditional``: only where possible or
    where the summary says so.
    """

    instrument: str
    article: str
    kind: str
    summary: str
    request_articles: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    conditional: bool = False


class Authority(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An office. Contact details are those of the office as published, never of a person."""

    state: str
    name: str
    kind: str
    local_name: str | None = None
    parent: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    languages: tuple[str, ...] = ()
    available_24_7: bool = False


class Designation(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An office named by its State for a role, under an article of an instrument or generally.

    ``function``: ``mutual-assistance``, ``extradition``, ``contact-point-24-7``, ``police``, … (key of the
    designation-function vocabulary); ``role`` is the source's account in our words.
    """

    authority: str
    state: str
    function: str
    instrument: str | None = None
    article: str | None = None
    role: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None


class Statute(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A law of a State that matters to the field."""

    state: str
    title: str
    local_title: str | None = None
    citation: str | None = None
    provision: str | None = None
    enacted_on: str | None = None
    in_force_on: str | None = None
    repealed_on: str | None = None
    url: str | None = None


class StatutoryOffence(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A State's law makes a conduct an offence. ``max_penalty_years`` is ``inf`` for life imprisonment."""

    state: str
    offence: str
    statute: str | None = None
    provision: str | None = None
    conduct: str | None = None
    child_age_below: int | None = None
    max_penalty_years: float | None = None
    technology_specific: bool | None = None


class ReviewFinding(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a published review found for a State on one criterion (``yes``, ``no``, ``partial`` or its own word)."""

    state: str
    review: str
    criterion: str
    value: str
    edition: str | None = None


class Provider(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A service provider as the public knows it (a group of establishments)."""

    name: str


class Establishment(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A provider's legal entity that answers requests for some of its services, in a jurisdiction."""

    provider: str
    service: str | None = None
    jurisdiction: str | None = None
    entity: str | None = None
    legal_request_channel: str | None = None
    accepts: tuple[str, ...] = ()
    preservation: str | None = None
    emergency: str | None = None
    user_notice: str | None = None


class Concept(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A key of a vocabulary; ``id`` is ``scheme/key``, for example ``measure/preservation``.

    Measures: ``served_by`` lists kindred measures whose articles carry this one too; ``under_general_clause``
    tells that it can be asked under an article on assistance in general; ``coercive`` (``yes``, ``no``,
    ``depends``) whether carrying it out needs compulsion. Channels: ``offices`` counts the offices that
    handle the request, ``evidential_use`` what the answer is good for. ``rank`` orders a scheme's concepts
    where order means something (1 first). ``notation`` is an outside code, such as ICCS for offences.
    """

    scheme: str
    key: str
    label: str
    definition: str
    notation: str | None = None
    broader: str | None = None
    served_by: tuple[str, ...] = ()
    under_general_clause: bool = False
    coercive: str | None = None
    offices: int | None = None
    evidential_use: str | None = None
    rank: int | None = None


class Conflict(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Sources contradict each other about records of one subject; the readings stay side by side."""

    about: tuple[str, ...]
    field: str
    readings: tuple[str, ...]
