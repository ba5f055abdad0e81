"""What an instrument is: kind, subject, status, dates, its rule of entry into force in words, depositary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from dashboard import answers, frame, links
from dashboard.texts import label, word

Profile = Mapping[str, Any]

COUNTS = ("in_force", "bound", "signed_only", "unknown")
FIGURE_PX = 163
"""Two figures fit beside each other on a telephone."""
LINKED = 12
"""Related instruments that are listed at first; the rest unfolds."""
UNITS = {"D": "days", "M": "months", "Y": "years"}


def show(profile: Profile) -> None:
    """Draw it."""
    frame.title(profile["short_name"], _under(profile))
    with st.container(horizontal=True):
        for name in COUNTS:
            st.metric(word(f"instrument.count.{name}"), profile["counts"][name], border=True, width=FIGURE_PX)
    told = list(_facts(profile))
    middle = (len(told) + 1) // 2
    for column, lines in zip(st.columns(2), (told[:middle], told[middle:]), strict=True):
        with column:
            st.markdown("\n".join(f"- **{name}:** {text}" for name, text in lines))
    frame.sources(profile["sources"])
    _related(profile)


def _under(profile: Profile) -> str:
    kinds, subjects = answers.vocabulary("instrument-kind"), answers.vocabulary("instrument-subject")
    kind, subject = profile["kind"], profile["subject"]
    told = [profile["title"], label("instrument-kind", kind, kinds[kind]["label"])]
    told += [label("instrument-subject", subject, subjects[subject]["label"])] if subject else []
    return " · ".join([*told, profile["id"], word("on_day", day=profile["on"])])


def _facts(profile: Profile) -> Iterator[tuple[str, str]]:
    """What is on record, each with its name; what is not on record is told as that where it matters."""
    status = profile["status"]
    statuses = answers.vocabulary("instrument-status")
    yield (
        word("instrument.status"),
        label("instrument-status", status, statuses[status]["label"]) if status else word("no_record"),
    )
    opened = " · ".join(filter(None, (profile["signed_on"], profile["place"])))
    yield word("instrument.opened"), opened or word("no_record")
    yield word("instrument.since"), profile["in_force_on"] or word("no_record")
    if profile["ended_on"]:
        yield word("ended_on"), profile["ended_on"]
    entry = " ".join(entry_in_words(profile))
    yield word("instrument.entry"), entry or word("no_record")
    if profile["withdrawal_rule"]:
        yield (
            word("instrument.withdrawal"),
            _rule(
                "withdrawn_from", profile["withdrawal_rule"], profile["withdrawal_delay"], profile["withdrawal_article"]
            ),
        )
    yield word("instrument.depositary"), profile["depositary"] or word("no_record")
    if profile["registration"]:
        yield word("instrument.registration"), profile["registration"]
    if profile["parties_complete_on"]:
        yield word("instrument.complete"), profile["parties_complete_on"]
    if profile["official_url"]:
        yield word("instrument.official"), f"[{word('open')}]({profile['official_url']})"
    if profile["note"]:
        yield word("instrument.note"), profile["note"]


def entry_in_words(profile: Profile) -> Iterator[str]:
    """How the instrument enters into force, for itself and for a later party, as far as the rule is on record."""
    threshold = profile["entry_threshold"]
    if threshold is not None:
        who = word(f"instrument.who.{profile['entry_counts'] or 'any'}")
        text = word("instrument.threshold", many=threshold, who=who)
        if profile["entry_members"]:
            organisation = answers.organisations().get(profile["entry_organisation"], {}).get("name", "")
            text += word("instrument.threshold_members", many=profile["entry_members"], organisation=organisation)
        yield f"{text}."
    if profile["entry_rule"] and profile["entry_delay"]:
        first = profile["entry_first_delay"]
        if first:
            yield _rule("first", profile["entry_rule"], first, None)
        yield _rule("later", profile["entry_rule"], profile["entry_delay"], profile["entry_article"])
    if profile["entry"]:
        yield word("instrument.counted", **profile["entry"])


def _rule(which: str, rule: str, delay: str, article: str | None) -> str:
    begins = word(f"instrument.rule.{rule}", delay=_delay(delay, rule))
    return word(f"instrument.{which}", when=begins, article=f" (art. {article})" if article else "")


def _delay(text: str, rule: str) -> str:
    """A delay such as ``P3M`` in words; a bare number counts days or months, as the rule does."""
    found = re.fullmatch(r"P?(\d+)\s*([DMY])?.*", text.upper())
    if found is None:
        return text
    unit = found[2] or ("D" if rule == "days-after" else "M")
    return word(f"instrument.{UNITS[unit]}", many=found[1])


def _related(profile: Profile) -> None:
    known = answers.instruments()
    id_ = profile["id"]
    related = {
        "needs": [profile["parent"]] if profile["parent"] else [],
        "protocols": profile["protocols"],
        "replaces": profile["replaces"],
        "replaced_by": [key for key, row in known.items() if id_ in row["replaces"]],
    }
    for name, ids in related.items():
        if not ids:
            continue
        article = profile["replaces_article"] if name == "replaces" else None
        told = [f"[{known[one]['short_name']}]({_address(one)})" for one in ids if one in known]
        lead = f"**{word(f'instrument.{name}')}**{f' (art. {article})' if article else ''}: "
        st.markdown(lead + " · ".join(told[:LINKED]))
        if len(told) > LINKED:
            with st.expander(word("paths.more", many=len(told) - LINKED)):
                st.markdown(" · ".join(told[LINKED:]))


def _address(instrument: str) -> str:
    return links.to("instrument", instrument=instrument)
