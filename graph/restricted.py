"""Restricted contacts: those that an agency adds for its own liaisons, kept apart from every release.

They are no records of the model: they have no class in the ontology, so that no release, RDF, store, export or network
can hold one. They stand in one file of the data directory, which only its owner may read, and which only the import
command and the part of the API that checks the role open. Contact details are those of an office, never of a person.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from graph.durable import replace_file
from graph.model import Record

FOLDER = "restricted"
FILE = "contacts.json"


class RestrictedContactsBroken(RuntimeError):
    """The file of the restricted contacts cannot be read; one line, with the cure."""


class RestrictedContact(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How an office is reached, for liaisons only.

    The office is either an authority on record (``authority``, its id), or the one of its ``kind`` in ``state`` that
    is not on record, such as the 24/7 contact point of a State. ``origin`` says where it is from and ``as_of`` for
    which day that speaks; both stay with the agency that added it.
    """

    name: str
    origin: str
    as_of: str
    authority: str | None = None
    state: str | None = None
    kind: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    languages: tuple[str, ...] = ()
    available_24_7: bool = False


class RestrictedContacts:
    """Restricted contacts by the office that each belongs to."""

    def __init__(self, contacts: tuple[RestrictedContact, ...]) -> None:
        self.contacts = contacts
        self._of_authority: dict[str, list[RestrictedContact]] = {}
        self._of_kind: dict[tuple[str, str], list[RestrictedContact]] = {}
        for contact in contacts:
            if contact.authority is not None:
                self._of_authority.setdefault(contact.authority, []).append(contact)
            elif contact.state is not None and contact.kind is not None:
                self._of_kind.setdefault((contact.state, contact.kind), []).append(contact)

    def of(self, office: str | None, state: str | None, kind: str | None) -> tuple[RestrictedContact, ...]:
        """Those of an office, given by its id, and by its State and kind where it has any."""
        by_id = self._of_authority.get(office, []) if office is not None else []
        by_kind = self._of_kind.get((state, kind), []) if state is not None and kind is not None else []
        return (*by_id, *by_kind)


def file_of(data_dir: Path) -> Path:
    """Where the restricted contacts of a data directory stand."""
    return data_dir / FOLDER / FILE


def read(data_dir: Path) -> RestrictedContacts:
    """The restricted contacts of a data directory; none where nothing was imported.

    Raises:
        RestrictedContactsBroken: the file is there but cannot be read.
    """
    file = file_of(data_dir)
    try:
        return RestrictedContacts(msgspec.json.decode(file.read_bytes(), type=tuple[RestrictedContact, ...]))
    except FileNotFoundError:
        return RestrictedContacts(())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise RestrictedContactsBroken(f"{file} cannot be read: import the contacts again") from None


def write(data_dir: Path, contacts: tuple[RestrictedContact, ...]) -> Path:
    """Put ``contacts`` in the place of those that were there, in one step; returns the file.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    file = file_of(data_dir)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(file, msgspec.json.format(msgspec.json.encode(contacts), indent=1), 0o600)
    return file
