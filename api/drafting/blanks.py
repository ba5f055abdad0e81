"""The blanks of a draft: what only the drafter knows. Each comes from a rule on record, or is marked as customary.

A blank is a label and empty room. It is never filled from anywhere, and nothing that is typed into it comes back.
"""

from __future__ import annotations

from api.documents.blocks import Blank, Blanks, Block, Paragraph
from graph.request_kit import RequestKit
from graph.request_rules import AppliedRule
from locales.texts import _

ROOM = 4
"""Lines of a blank that takes an account."""


def blanks(kit: RequestKit) -> tuple[Block, ...]:
    """The blanks of ``kit`` in the order in which a request is read, with a word on where they come from."""
    rules = kit.of_kind("content")
    blocks: list[Block] = [Blanks(_head())]
    if rules:
        told = _("What the instrument asks a request to say, point by point:")
        blocks += [Paragraph(told), Blanks(tuple(_of_rule(rule) for rule in rules))]
    if kit.unread or not rules:
        blocks += [Paragraph(_without_record(kit), "warning"), Blanks(_customary(kit))]
    blocks.append(Blanks(_foot()))
    return tuple(blocks)


def _without_record(kit: RequestKit) -> str:
    if kit.form == "information":
        return _("Nothing is asked for. What is customary to say:")
    names = {entry.instrument: entry.name for entry in kit.basis}
    unread = "; ".join(names.get(instrument, instrument) for instrument in kit.unread)
    if not unread:
        return _("No rule on the contents is on record. What is customary to say:")
    told = _("No list of contents is on record for {instruments}: see the instrument. What is customary to say:")
    return told.format(instruments=unread)


def _of_rule(rule: AppliedRule) -> Blank:
    limit = f" ({_('if it applies')})" if rule.conditional else ""
    return Blank(rule.summary, origin_of(rule) + limit, ROOM)


def origin_of(rule: AppliedRule) -> str:
    """``Budapest Convention on Cybercrime, article 29(2)(a)``."""
    return _("{instrument}, article {article}").format(instrument=rule.name, article=rule.article)


def _head() -> tuple[Blank, ...]:
    return (Blank(_("Own reference")), Blank(_("Date")))


def _foot() -> tuple[Blank, ...]:
    return (
        Blank(_("Where the answer should go: office, telephone, e-mail")),
        Blank(_("Authority and function of the signatory")),
        Blank(_("Place, date and signature")),
    )


def _customary(kit: RequestKit) -> tuple[Blank, ...]:
    if kit.form == "information":
        said = [_("The information, and how it may matter"), _("Conditions on its use, if any")]
    else:
        said = [
            _("The authority that asks, and the proceedings that it conducts"),
            _("The offence, and the provisions of law that apply"),
            _("The facts, as far as they are needed to carry out the request"),
            _("What exactly is asked for, and where it is to be found"),
            _("What the answer is for, and why it is needed"),
            _("Persons concerned, as far as known"),
            _("A particular procedure that should be followed, if any"),
        ]
    return tuple(Blank(label, _("customary, not from the record"), ROOM) for label in said)
