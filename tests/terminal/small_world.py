"""A few records that read like the real ones, for tests of what is printed. Never a source of law."""

from __future__ import annotations

from graph.model import (
    Authority,
    Concept,
    Conflict,
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


def _concept(scheme: str, key: str, label: str, **fields: object) -> Concept:
    return Concept(id=f"{scheme}/{key}", scheme=scheme, key=key, label=label, definition=f"{label}.", **fields)  # type: ignore[arg-type]


CONCEPTS = (
    _concept("channel", "central-authority", "central authority", offices=4, evidential_use="evidence", rank=6),
    _concept("channel", "contact-point-24-7", "24/7 contact point", offices=3, evidential_use="evidence", rank=1),
    _concept("channel", "police", "police", offices=4, evidential_use="intelligence", rank=2),
    _concept("channel", "provider-direct", "direct to the provider", offices=2, evidential_use="unknown", rank=4),
    _concept("evidential-use", "evidence", "evidence"),
    _concept("evidential-use", "intelligence", "intelligence only"),
    _concept("language-condition", "always", "always"),
    _concept("measure", "content-data", "content data", under_general_clause=True, coercive="depends"),
    _concept("measure", "general-mutual-assistance", "mutual assistance in general", coercive="no"),
    _concept("measure", "police-information", "police information", coercive="no"),
    _concept("measure", "preservation", "expedited preservation", under_general_clause=True, coercive="no"),
    _concept("membership-status", "member", "member"),
    _concept("offence", "csam-possession", "possession of CSAM"),
)

STATES = (
    State(id="CIV", name="Ivory Coast", official_name="Republic of Côte d'Ivoire", alpha2="CI", numeric="384",
          kind="state", official_languages=("fr",), sources=("iso",)),
    State(id="FRA", name="France", official_name="French Republic", alpha2="FR", numeric="250", kind="state",
          official_languages=("fr",), sources=("iso",)),
    State(id="KOR", name="South Korea", official_name="Republic of Korea", alpha2="KR", numeric="410", kind="state",
          official_languages=("ko",), sources=("iso",)),
    State(id="PRK", name="North Korea", official_name="Democratic People's Republic of Korea", alpha2="KP",
          numeric="408", kind="state", official_languages=("ko",), sources=("iso",)),
    State(id="TUV", name="Tuvalu", alpha2="TV", numeric="798", kind="state", official_languages=("en",),
          sources=("iso",)),
    State(id="USA", name="United States", official_name="United States of America", alpha2="US", numeric="840",
          kind="state", official_languages=("en",), sources=("iso",)),
)  # fmt: skip

RECORDS = Records(
    concepts=CONCEPTS,
    publishers=(Publisher(id="coe", name="Council of Europe", official=True), Publisher(id="web", name="A web site")),
    sources=(
        Source(id="chart", url="https://example.org/chart?of=signatures&and=ratifications", publisher="coe",
               as_of="2024-06-20"),
        Source(id="iso", url="https://example.org/iso", publisher="web", as_of="2026-04-27"),
        Source(id="old", url="https://example.org/old", publisher="web", as_of="2019"),
    ),
    states=STATES,
    organisations=(Organisation(id="interpol", name="INTERPOL", kind="network", sources=("iso",)),),
    memberships=tuple(
        Membership(id=f"interpol/{state}/member", organisation="interpol", state=state, status="member",
                   sources=("iso",))
        for state in ("FRA", "USA")
    ),
    network_channels=(
        NetworkChannel(id="interpol-police", organisation="interpol", measures=("police-information",),
                       channel="police", statuses=("member",), evidential_use="intelligence", hub=True,
                       sources=("iso",)),
    ),
    instruments=(
        Instrument(id="cets-185", short_name="Budapest Convention", title="Convention on Cybercrime",
                   kind="multilateral", subject="cybercrime", in_force_on="2004-07-01", offence_scope="any",
                   parties_complete_on="2024-06-20", sources=("chart",)),
        Instrument(id="cets-224", short_name="Second Protocol", title="Second Additional Protocol",
                   kind="multilateral", subject="cybercrime", parent="cets-185", offence_scope="any",
                   status="not-in-force", entry_threshold=5, sources=("chart",)),
        Instrument(id="mlat", short_name="MLAT France – United States", title="Treaty on mutual legal assistance",
                   kind="bilateral", subject="mutual-assistance", in_force_on="2001-12-01", offence_scope="any",
                   sources=("old",)),
    ),
    participations=(
        Participation(id="cets-185/FRA", instrument="cets-185", party="FRA", standing="party", signed_on="2001-11-23",
                      bound_on="2006-01-10", action="ratification", in_force_on="2006-05-01", sources=("chart",)),
        Participation(id="cets-185/KOR", instrument="cets-185", party="KOR", standing="signatory",
                      signed_on="2022-10", sources=("chart",)),
        Participation(id="cets-185/USA", instrument="cets-185", party="USA", standing="party", signed_on="2001-11-23",
                      bound_on="2006-09-29", action="ratification", in_force_on="2007-01-01", sources=("chart",)),
        Participation(id="cets-224/FRA", instrument="cets-224", party="FRA", standing="signatory",
                      signed_on="2022-05-12", sources=("chart",)),
        Participation(id="cets-224/USA", instrument="cets-224", party="USA", standing="signatory",
                      signed_on="2022-05-12", sources=("chart",)),
        Participation(id="mlat/FRA", instrument="mlat", party="FRA", standing="party", in_force_on="2001-12-01",
                      sources=("old",)),
        Participation(id="mlat/USA", instrument="mlat", party="USA", standing="party", in_force_on="2001-12-01",
                      sources=("old",)),
    ),
    provisions=(
        Provision(id="cets-185/29", instrument="cets-185", article="29", heading="Expedited preservation",
                  role="cooperation", measures=("preservation",), dual_criminality="reservable", sources=("chart",)),
        Provision(id="cets-185/35", instrument="cets-185", article="35", heading="24/7 network", role="channel",
                  channels=("contact-point-24-7",), sources=("chart",)),
        Provision(id="cets-224/6", instrument="cets-224", article="6", role="cooperation",
                  measures=("preservation",), channels=("provider-direct",), sources=("chart",)),
        Provision(id="mlat/1", instrument="mlat", article="1", role="cooperation",
                  measures=("general-mutual-assistance",), channels=("central-authority",), sources=("old",)),
    ),
    declarations=(
        Declaration(id="cets-185/USA/1", instrument="cets-185", party="USA", kind="language", summary="in English",
                    languages=("en",), language_condition="always", sources=("chart",)),
    ),
    authorities=(
        Authority(id="usa-ccips", state="USA", name="Computer Crime and Intellectual Property Section",
                  kind="contact-point-24-7", phone="+1 202 555 0100", available_24_7=True, sources=("old",)),
        Authority(id="fra-oclctic", state="FRA", name="Office central de lutte contre la criminalité [OCLCTIC]",
                  local_name="مكتب مركزي", kind="contact-point-24-7", sources=("chart",)),
    ),
    designations=(
        Designation(id="usa-ccips/cets-185/35", authority="usa-ccips", state="USA", function="contact-point-24-7",
                    instrument="cets-185", article="35", sources=("old",)),
        Designation(id="fra-oclctic/cets-185/35", authority="fra-oclctic", state="FRA",
                    function="contact-point-24-7", instrument="cets-185", article="35", sources=("chart",)),
    ),
    statutes=(Statute(id="usa-2252a", state="USA", title="18 U.S.C. § 2252A", sources=("old",)),),
    statutory_offences=(
        StatutoryOffence(id="USA/csam-possession/1", state="USA", offence="csam-possession", statute="usa-2252a",
                         child_age_below=18, max_penalty_years=float("inf"), sources=("old",)),
    ),
    review_findings=(
        ReviewFinding(id="FRA/csam-defined/1", state="FRA", review="icmec", criterion="csam-defined", value="yes",
                      sources=("old",)),
    ),
    providers=(Provider(id="google", name="Google", sources=("old",)),),
    establishments=(
        Establishment(id="google-us", provider="google", service="Gmail", jurisdiction="USA", entity="Google LLC",
                      accepts=("preservation",), sources=("old",)),
    ),
    conflicts=(Conflict(id="mlat/FRA/in_force_on", about=("mlat/FRA",), field="in_force_on",
                        readings=("2001-12-01", "2001-11"), sources=("old",)),),
)  # fmt: skip
"""Sorted by id within each list, as a release keeps them."""
