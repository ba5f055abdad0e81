"""Invented worlds in which everything that a record may say occurs, in odd combinations that no real data have.

Dates are partial or missing, readings contradict each other, sources are undated, protocols hang on each other,
declarations are withdrawn some time in a year, instruments end on unknown days. Law is no concern here.
"""

from __future__ import annotations

from random import Random
from typing import TypeVar

from graph.canonical import canonical
from graph.model import (
    Authority,
    Declaration,
    Designation,
    Establishment,
    Instrument,
    Membership,
    NetworkChannel,
    Organisation,
    Participation,
    Provider,
    Provision,
    Publisher,
    ReviewFinding,
    Source,
    State,
    Statute,
    StatutoryOffence,
)
from graph.records import Records
from tests.graph.world import CONCEPTS, concept

T = TypeVar("T")

STATES = ("AAA", "BBB", "CCC", "EUE")
OFFENCES = ("csam-possession", "csam-distribution", "grooming", "csam-unspecified")
MEASURES = tuple(one.key for one in CONCEPTS if one.scheme == "measure")
CHANNELS = (*(one.key for one in CONCEPTS if one.scheme == "channel"), "unheard-of")
ARTICLES = ("5", "5(2)", "16", "16(2)", "160", "7", "7-9", "10 bis", "IV", "27(9)(a)", "27(10)", None)
SOURCES = {"s-day": "2016-06-15", "s-month": "2016-06", "s-year": "2016", "s-late": "2021-02-01", "s-undated": None}


def corner_world(seed: int, instruments: int = 30) -> Records:
    """Records of a world, always the same for a seed."""
    return canonical(_World(Random(seed), instruments).records())


class _World:
    def __init__(self, chance: Random, instruments: int) -> None:
        self.chance = chance
        self.ids = [f"i{number:02}" for number in range(instruments)]

    def records(self) -> Records:
        instruments = [self.instrument(number) for number in range(len(self.ids))]
        return Records(
            concepts=(*CONCEPTS, *(concept("offence", key) for key in OFFENCES)),
            publishers=(Publisher(id="p", name="Depositary"),),
            sources=tuple(Source(id=key, url=f"https://example.org/{key}", publisher="p", as_of=as_of)
                          for key, as_of in SOURCES.items()),
            states=tuple(State(id=key, name=key.title(), kind="union" if key == "EUE" else "state",
                               official_languages=("en",), sources=("s-day",)) for key in STATES),
            organisations=tuple(Organisation(id=key, name=key, founded_on=founded)
                                for key, founded in (("eu", "1993-11-01"), ("police-body", "2003"), ("points", None))),
            memberships=tuple(self.memberships()),
            network_channels=tuple(self.network_channels()),
            instruments=tuple(instruments),
            participations=tuple(one for held in self.ids for party in STATES for one in self.readings(held, party)),
            provisions=tuple(one for held in self.ids for one in self.provisions(held)),
            declarations=tuple(self.declaration(number) for number in range(8 * len(self.ids))),
            authorities=tuple(Authority(id=f"{key}-office", state=key, name=f"Office of {key}",
                                        kind="central-authority", sources=("s-day",)) for key in STATES),
            designations=tuple(self.designations()),
            statutes=tuple(Statute(id=f"law-{n}", state=self.one(STATES), title="Law", in_force_on=self.date(),
                                   repealed_on=self.rarely(self.date())) for n in range(12)),
            statutory_offences=tuple(self.offence(number) for number in range(60)),
            review_findings=tuple(self.finding(number) for number in range(14)),
            providers=(Provider(id="provider", name="Provider"), Provider(id="other", name="Other")),
            establishments=tuple(self.establishments()),
        )  # fmt: skip

    def one(self, choices: tuple[T, ...]) -> T:
        return self.chance.choice(choices)

    def some(self, choices: tuple[T, ...], most: int = 2) -> tuple[T, ...]:
        return tuple(self.chance.sample(choices, self.chance.randint(0, min(most, len(choices)))))

    def rarely(self, value: T, share: float = 0.15) -> T | None:
        return value if self.chance.random() < share else None

    def mostly(self, value: T) -> T | None:
        return self.rarely(value, 0.85)

    def date(self) -> str | None:
        """A day, month or year around those of the sources, or none."""
        whole = f"{self.chance.randint(2008, 2022)}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        return self.one((whole, whole, whole[:7], whole[:4], self.one(tuple(SOURCES.values())), None))

    def cited(self) -> tuple[str, ...]:
        return self.some(tuple(SOURCES), 3) or ("s-month",)

    def evidence(self, field: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return ((field, self.cited()),) if self.chance.random() < 0.2 else ()

    def instrument(self, number: int) -> Instrument:
        older = tuple(self.ids[:number])
        return Instrument(
            id=self.ids[number], short_name=self.ids[number], title="Treaty",
            kind=self.one(("multilateral", "multilateral", "bilateral", "eu-act", "executive-agreement", "scheme")),
            subject=self.one(("mutual-assistance",) * 2 + ("extradition", "surrender", "cybercrime", None)),
            signed_on=self.date(), in_force_on=self.mostly(self.date()), ended_on=self.rarely(self.date(), 0.1),
            status=self.one(("in-force", "in-force", None, None, None, self.one(("not-in-force", "ended")))),
            parent=self.rarely(self.one(older), 0.3) if older else None,
            replaces=(self.one(older),) if older and self.chance.random() < 0.2 else (), replaces_article="34",
            extends_to_members=self.chance.random() < 0.2, parties_complete_on=self.rarely("2020-01-01"),
            offence_scope=self.one(("any", "any", None, "listed", "serious-crime", self.rarely("other-field", 0.3))),
            offences=self.some(OFFENCES), sources=self.cited(),
        )  # fmt: skip

    def readings(self, held: str, party: str) -> list[Participation]:
        if self.chance.random() < 0.2:
            return []
        count = self.one((1, 1, 1, 1, 2, 3))
        return [
            Participation(
                id=f"{held}/{party}/{number}", instrument=held, party=party,
                standing=self.one(("party",) * 8 + ("signatory", "signed", "not-in-force", "excluded", "named")),
                signed_on=self.date(), bound_on=self.date(), action=self.one((None, "ratification", "accession")),
                in_force_on=self.mostly(self.date()), ended_on=self.rarely(self.date(), 0.1),
                suspended_on=self.rarely(self.date(), 0.05), contested=count > 1,
                sources=self.cited(), evidence=self.evidence("standing"),
            )
            for number in range(count)
        ]  # fmt: skip

    def provisions(self, held: str) -> list[Provision]:
        return [self.provision(held, number) for number in range(self.chance.randint(1, 8))]

    def provision(self, held: str, number: int) -> Provision:
        role = self.one(("cooperation", "cooperation", "cooperation", "channel", "channel", "procedure"))
        channels = self.some(CHANNELS, 3)
        named = len(channels) if self.chance.random() < 0.8 else 1  # in pairs with the channels, or not
        articles = tuple(self.one(ARTICLES) or "5" for _ in range(named)) if self.chance.random() < 0.4 else ()
        measures = self.some(MEASURES, 3)
        return Provision(
            id=f"{held}/{number}", instrument=held, article=self.one(ARTICLES), role=role,
            measures=measures if role == "channel" else measures or (self.one(MEASURES),),
            channels=channels if role != "cooperation" or self.chance.random() < 0.5 else (), channel_articles=articles,
            offences=self.some(OFFENCES) if self.chance.random() < 0.2 else (),
            dual_criminality=self.one((None, None, "required", "optional-refusal", "as-applicable-law",
                                       "by-declaration",
                                       "required-coercive", "optional-coercive", "reservable")),
            min_penalty_years=self.rarely(self.one((1.0, 4.0)), 0.4),
            offence_scope=self.rarely(self.one(("any", "listed", "electronic-evidence", "other-field"))),
            requirements=self.some(("emergency", "serious-crime", "transnational", "consent-of-data-holder",
                                    "designated-addressee", "something-else")) if self.chance.random() < 0.4 else (),
            urgency=self.one((None, None, "only", "expedited")), subsidiary=self.chance.random() < 0.2,
            deadline_days=self.rarely(self.one((0.33, 10.0, 45.0)), 0.3), evidential_use=self.rarely("intelligence"),
            text_status=self.one(("read", "read", "heading", "title", "summary")), sources=self.cited(),
        )  # fmt: skip

    def declaration(self, number: int) -> Declaration:
        effect = self.one((None, "excludes", "dual-criminality", "central-authority-only", "limits", "languages",
                           "designation", "text-not-read", "territories-left-out", "territory-in-doubt"))  # fmt: skip
        article = self.one(ARTICLES)
        return Declaration(
            id=f"d{number:03}", instrument=self.one(tuple(self.ids)), party=self.one(STATES), summary="said",
            kind=self.one(("reservation", "reservation", "declaration")), effect=effect,
            articles=() if article is None else (article,), effect_articles=() if article is None else (article,),
            except_offences=self.some(OFFENCES), withdrawn_on=self.rarely(self.date(), 0.6),
            languages=self.some(("en", "fr")), sources=self.cited(),
        )  # fmt: skip

    def offence(self, number: int) -> StatutoryOffence:
        return StatutoryOffence(
            id=f"o{number}", state=self.one(STATES), offence=self.one(OFFENCES),
            statute=self.rarely(f"law-{self.chance.randint(0, 11)}", 0.6),
            max_penalty_years=self.one((None, 2.0, 5.0, float("inf"))), sources=self.cited(),
            child_age_below=self.one((None, 14, 16, 18, 21)),
        )  # fmt: skip

    def finding(self, number: int) -> ReviewFinding:
        return ReviewFinding(
            id=f"f{number}", state=self.one(STATES), review="review", value=self.one(("yes", "no", "no", "partial")),
            criterion=self.one(("simple-possession", "grooming-law", "csam-law")), sources=self.cited(),
        )  # fmt: skip

    def memberships(self) -> list[Membership]:
        found = [
            Membership(
                id=f"{body}/{state}/{status}", organisation=body, state=state, status=status, joined_on=self.date(),
                left_on=self.rarely(self.date(), 0.6 if status == "former-member" else 0.1), sources=self.cited(),
            )
            for body in ("police-body", "points")
            for state in STATES
            for status in self.some(("member", "partner", "observer", "former-member", "suspended"), 3)
        ]  # fmt: skip
        union = (Membership(id=f"eu/{state}", organisation="eu", state=state, status="member", sources=("s-day",))
                 for state in ("AAA", "BBB"))  # fmt: skip
        return [*found, *union]

    def network_channels(self) -> list[NetworkChannel]:
        return [
            NetworkChannel(
                id=f"way{number}", organisation=self.one(("police-body", "points")),
                instrument=self.rarely(self.one(tuple(self.ids)), 0.4), measures=self.some(MEASURES, 4),
                channel=self.one(CHANNELS), statuses=("member",), partner_statuses=self.some(("partner", "observer")),
                evidential_use=self.one(("intelligence", "evidence", "unknown")), hub=self.chance.random() < 0.4,
                sources=self.cited(),
            )
            for number in range(5)
        ]  # fmt: skip

    def designations(self) -> list[Designation]:
        return [
            Designation(
                id=f"n{number}", authority=f"{state}-office", state=state, article=self.one(ARTICLES),
                function=self.one(("mutual-assistance", "police", "contact-point-24-7", "extradition")),
                instrument=self.mostly(self.one(tuple(self.ids))), valid_until=self.rarely(self.date()),
                sources=self.cited(),
            )
            for number, state in enumerate(STATES * 3)
        ]  # fmt: skip

    def establishments(self) -> list[Establishment]:
        return [
            Establishment(
                id=f"e{number}", provider=provider, jurisdiction=seat, entity=f"Entity {number}",
                accepts=self.some(("preservation", "emergency-disclosure", "content-data"), 3), sources=self.cited(),
            )
            for number, (provider, seat) in enumerate(
                [("provider", "AAA"), ("provider", "BBB"), ("provider", "BBB"), ("provider", None), ("other", "CCC")]
            )
        ]  # fmt: skip
