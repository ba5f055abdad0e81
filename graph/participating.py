"""A deposit or a denunciation that is assumed: whether it can be, and the participation that it makes."""

from __future__ import annotations

from datetime import date

import msgspec

from graph.answers import HYPOTHETICAL
from graph.assumptions import Assumption, AssumptionError
from graph.dates import NOT_MET, span
from graph.entry import after, in_force_from
from graph.model import Instrument, Participation
from graph.network import EUROPEAN_UNION, Network

ENDS = "ended_on:"
"""How the rule of a participation begins whose end is assumed."""

UNION_ACT = "eu-act"


def may_deposit(network: Network, instrument: Instrument, party: str, assumption: Assumption) -> None:
    """Refuse a deposit that the law does not allow or that changes nothing.

    Raises:
        AssumptionError: it cannot be; the message says why.
    """
    name, state = network.state_name(party), network.states[party]
    reason = _not_open(network, instrument, party)
    readings = network.parties(instrument.id).get(party, [])
    bound = next((held for held in readings if held.standing == "party" and not _over(held, assumption.day)), None)
    if instrument.signed_on and span(instrument.signed_on)[0] > date.fromisoformat(assumption.day).toordinal():
        reason = f"{instrument.short_name} is of {instrument.signed_on}: nobody was bound by it before"
    elif instrument.ended_on or instrument.status == "ended":
        reason = f"{instrument.short_name} has ended"
    elif bound is not None:
        when = f" ({bound.action or 'bound'} {bound.bound_on})" if bound.bound_on else ""
        reason = f"{name} is already bound by {instrument.short_name}{when}"
    elif state.kind == "territory" and party not in network.parties(instrument.id):
        reason = f"{name} is a territory: name the State whose participation would extend to it"
    if reason is not None:
        raise AssumptionError(f"{assumption.text}: {reason}")


def _not_open(network: Network, instrument: Instrument, party: str) -> str | None:
    """Why ``party`` cannot become a party at all."""
    name = network.state_name(party)
    parties = network.parties(instrument.id)
    if instrument.kind == "scheme":
        return f"{instrument.short_name} is not binding: nobody is bound by it"
    if instrument.kind == UNION_ACT and not _member_of_union(network, party):
        return f"{instrument.short_name} binds member States of the European Union only; {name} is none on record"
    if instrument.kind in ("bilateral", "executive-agreement") and party not in parties:
        between = " and ".join(network.state_name(one) for one in parties)
        instead = f"a treaty like it for {name}: {party}+STATE:like:{instrument.id}:DAY"
        return f"{instrument.short_name} is between {between}; {instead}"
    if party == EUROPEAN_UNION and instrument.extends_to_members:
        return f"the Union's participation in {instrument.short_name} binds its members: name each of them"
    return None


def _member_of_union(network: Network, party: str) -> bool:
    return any(held.status == "member" and not held.left_on for held in network.memberships.get(("eu", party), ()))


def _over(reading: Participation, day: str) -> bool:
    return reading.ended_on is not None and span(reading.ended_on)[1] <= date.fromisoformat(day).toordinal()


def deposited(network: Network, instrument: Instrument, party: str, day: str) -> Participation:
    """The participation of ``party`` that deposits on ``day``; what it signed stays."""
    readings = network.parties(instrument.id).get(party, [])
    signed_on = readings[0].signed_on if readings else None
    # A protocol for the parties of its convention is signed and ratified, not acceded to (cets-224 article 16(1)-(2)).
    action = "ratification" if signed_on or instrument.entry_counts == "parent-parties" else "accession"
    return Participation(
        id=f"{instrument.id}/{party}/assumed",
        instrument=instrument.id,
        party=party,
        standing="party",
        signed_on=signed_on,
        bound_on=day,
        action="application" if instrument.kind == UNION_ACT else action,
        basis=HYPOTHETICAL,
    )


def with_entry(reading: Participation, instrument: Instrument) -> Participation:
    """``reading`` with the day on which the instrument enters into force for its party, by the instrument's own rule.

    Where the instrument is in force and its rule is not on record, the day of the deposit itself.
    """
    counted = reading.basis == HYPOTHETICAL or instrument.basis == HYPOTHETICAL
    if not counted or reading.standing != "party" or not reading.bound_on or reading.ended_on:
        return reading
    if instrument.status == "not-in-force" and instrument.in_force_on is None:
        return reading
    rule, delay = instrument.entry_rule, instrument.entry_delay
    if rule and delay:
        own = instrument.in_force_on or ("0001-01-01" if instrument.status == "in-force" else None)
        found, how = in_force_from(reading.bound_on, rule, delay, own), f"{rule} {delay}"
    elif instrument.in_force_on or instrument.status == "in-force" or instrument.kind == UNION_ACT:
        found, how = max(reading.bound_on, instrument.in_force_on or ""), "no rule on record, the day of the deposit"
    else:
        return reading
    if found is None:
        return reading
    said = f"in_force_on: {how}, counted from bound_on {reading.bound_on}"
    return msgspec.structs.replace(reading, in_force_on=found, basis=HYPOTHETICAL, rule=said)


def may_withdraw(network: Network, instrument: Instrument, party: str, assumption: Assumption) -> None:
    """Refuse a denunciation by a State that is not bound, and of an act that is not a treaty.

    Raises:
        AssumptionError: it cannot be; the message says why.
    """
    standing = network.standings(party).get(instrument.id)
    name = network.state_name(party)
    step = standing.timeline.on(date.fromisoformat(assumption.day).toordinal()) if standing else None
    if instrument.kind == UNION_ACT:
        reason = f"{instrument.short_name} is an act of the European Union: a member State does not denounce it"
    elif step is None:
        reason = f"{name} has no participation in {instrument.short_name} on record"
    elif step.result == NOT_MET:
        reason = f"{instrument.short_name} is not in force for {name} on {assumption.day}: {step.text}"
    else:
        return
    raise AssumptionError(f"{assumption.text}: {reason}")


def withdrawn(reading: Participation, instrument: Instrument, day: str) -> Participation:
    """``reading`` ended by a denunciation received on ``day``, from the day that the instrument's own rule gives."""
    rule, delay = instrument.withdrawal_rule, instrument.withdrawal_delay
    ends = after(date.fromisoformat(day), rule, delay).isoformat() if rule and delay else day
    how = f"{rule} {delay}" if rule and delay else "no rule on record, the day itself"
    said = f"{ENDS} {how}, counted from the denunciation received on {day}"
    return msgspec.structs.replace(reading, ended_on=ends, basis=HYPOTHETICAL, rule=said)
