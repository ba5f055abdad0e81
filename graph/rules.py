"""The rule of law, or of reading the record, behind each code of conditions and of reasons why not.

A rule says in one sentence what must hold and where that is laid down. Codes are what programs rely on; the sentences
are for people. A test holds this table and the codes that answers use together. Nothing here decides anything.
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """What must hold, and the article that says so; ``basis`` is ``RECORD`` where the record itself sets the limit."""

    says: str
    basis: str


RECORD = "how this record is read"

VCLT = "Vienna Convention on the Law of Treaties"

CONDITIONS: dict[str, Rule] = {
    "in-force": Rule(
        "An instrument obliges a State from the day on which it is in force for it, not from signature or deposit",
        f"{VCLT}, articles 24 and 26; for acts of the Union: Treaty on the Functioning of the EU, article 288",
    ),
    "parent-in-force": Rule(
        "A protocol works only between those for whom the treaty that it adds to is in force too",
        "the protocol's own final articles, such as cets-224 article 16(1)",
    ),
    "contested": Rule("Where sources contradict each other, only that holds on which all of them agree", RECORD),
    "replaced": Rule(
        "Between States bound by both, a later instrument that replaces an earlier one governs",
        f"{VCLT}, articles 30 and 59",
    ),
    "reservation": Rule(
        "A reservation changes the article between the State that made it and the others, in both directions",
        f"{VCLT}, articles 2(1)(d) and 21(1)",
    ),
    "territorial-scope": Rule(
        "A treaty binds a party in all of its territory, unless it declared otherwise", f"{VCLT}, article 29"
    ),
    "offence-scope": Rule("An instrument helps only with the offences that it covers", "the instrument's own scope"),
    "dual-criminality": Rule(
        "Where it may be demanded, the conduct must be an offence in both States, whatever each calls it; where their"
        " laws protect children up to different ages, only that of a child below the lower age is one in both",
        "the article itself; for the test: cets-185 article 25(5), UNCAC article 43(2); for the age: CRC article 1,"
        " cets-201 articles 3(a) and 18(2)",
    ),
    "minimum-penalty": Rule(
        "The offence must carry at least the maximum penalty that the instrument names",
        "the article itself, such as ets-024 article 2(1)",
    ),
    "serious-crime": Rule(
        "A serious crime is an offence punishable by a maximum of at least four years", "UNTOC article 2(b)"
    ),
    "transnational": Rule("The offence must touch more than one State", "UNTOC article 3(1) and (2)"),
    "organised-group": Rule("An organised criminal group must be involved", "UNTOC articles 2(a) and 3(1)"),
    "consent-of-data-holder": Rule(
        "Whoever may lawfully disclose the data must consent freely", "cets-185 article 32(b)"
    ),
    "consent-of-person": Rule(
        "The person concerned must consent",
        "the article itself, such as cets-182 article 9(8) or ets-030 article 11(1)",
    ),
    "nationality": Rule(
        "A State may be free not to act against its own nationals", "the article itself, such as ets-024 article 6(1)"
    ),
    "agreement-case-by-case": Rule(
        "Both sides must agree to it in the single case", "the article itself, such as cets-182 article 20(1)"
    ),
    "order-under-other-law": Rule(
        "The article only carries the order; another law has to empower the authority to give it", "the article itself"
    ),
    "designated-addressee": Rule(
        "An order goes to the establishment or representative that the provider designated for it, and to no other",
        "the article itself, such as Regulation (EU) 2023/1543 article 7",
    ),
    "emergency": Rule(
        "There must be a significant and imminent risk to a natural person's life or safety", "cets-224 article 3(2)(c)"
    ),
    "urgent-only": Rule("The channel is open for urgent requests only", "the article that opens the channel"),
    "subsidiary": Rule(
        "The article gives way to another assistance treaty between the two, unless both agree to use it",
        "cets-185 article 27(1), UNTOC article 18(7), UNCAC article 46(7)",
    ),
    "language": Rule(
        "A request is in a language that the requested State takes, or comes with a translation; that is in the"
        " requester's hand and makes no path less certain",
        "the State's declaration or the article itself, such as ets-030 article 16(2) or UNTOC article 18(14)",
    ),
    "form": Rule(
        "A request has the form that the instrument asks for; that is in the requester's hand and makes no path less"
        " certain",
        "the article itself, such as eu-eio-2014-41 article 5(1) or UNTOC article 18(14)",
    ),
    "general-clause": Rule(
        "Under an article on assistance in general, the requested State's law decides whether the measure can be had",
        "the article itself, such as ets-030 article 3(1)",
    ),
    "text-not-read": Rule("Where only a title or heading is on record, the text has to be checked", RECORD),
    "channel-not-stated": Rule("Where no article on record names the channel, the customary one is shown", RECORD),
    "evidential-use": Rule("Whether the answer serves as evidence is for the court that will hear it", RECORD),
    "membership": Rule("A network serves those who belong to it, by its own rules", "the network's own rules"),
    "voluntary": Rule("A provider's published policy is a promise of its own, not law", RECORD),
    "provider-policy": Rule("A provider's published policy tells what it takes, and binds nobody", RECORD),
    "national-law": Rule("Where no border is crossed, the State's own law governs and no treaty is needed", RECORD),
}
"""Rules of conditions, by code."""

REASONS: dict[str, Rule] = {
    "signed-only": Rule("Signature alone does not bind", f"{VCLT}, articles 14 and 18"),
    "not-party": Rule("A treaty creates no obligation for a State that is not party to it", f"{VCLT}, article 34"),
    "not-in-force": Rule(
        "An instrument binds nobody before it enters into force for both sides", f"{VCLT}, articles 24 and 28"
    ),
    "ended": Rule(
        "An instrument that has ended or is suspended for a State obliges to nothing more",
        f"{VCLT}, articles 54, 57, 70 and 72",
    ),
    "reserved": CONDITIONS["reservation"],
    "opted-out": Rule(
        "An act of the Union does not bind the member State that does not take part in it, nor a treaty the territory"
        " that its State left out",
        f"Treaty on the Functioning of the EU, Protocols 21 and 22; {VCLT}, article 29",
    ),
    "measure-not-covered": Rule("An instrument obliges to no more than its articles say", f"{VCLT}, article 26"),
    "offence-out-of-scope": CONDITIONS["offence-scope"],
    "contested": CONDITIONS["contested"],
    "not-met": Rule("Every condition of a path must hold", "the rule of the condition that fails"),
    "no-record": Rule("What is not on record proves nothing, neither that it is nor that it is not", RECORD),
}
"""Rules of reasons why not, by code."""
