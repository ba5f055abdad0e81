"""The commands for keys, the audit trail and restricted contacts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from api.audit.log import AuditLog
from api.identity.keys import KeyStore
from graph import restricted
from tests.terminal.conftest import Run

DATA = Path(".comity")
HEADER = "id,authority,state,kind,name,phone,as_of,origin\n"


def test_a_key_is_shown_once_and_works(run: Run) -> None:
    made = run("keys", "create", "Unit 7", "--role", "liaison", "--days", "30")
    assert made.code == 0
    written = next(word for word in made.out.split() if word.startswith("comity_"))
    key = KeyStore(DATA).check(written)
    assert key is not None
    assert (key.holder, key.role) == ("Unit 7", "liaison")
    assert written not in run("keys", "list").out


def test_keys_for_programs(run: Run) -> None:
    made = run("keys", "create", "Unit 7", "--role", "researcher", "--json").json
    assert made["key"].startswith(f"comity_{made['prefix']}_")
    (listed,) = run("keys", "list", "--json").json
    assert listed["state"] == "valid"
    assert "key" not in listed
    rotated = run("keys", "rotate", made["prefix"], "--overlap", "0", "--json").json
    assert rotated["replaces"] == made["prefix"]
    assert KeyStore(DATA).check(made["key"]) is None
    assert KeyStore(DATA).check(rotated["key"]) is not None
    assert run("keys", "revoke", rotated["prefix"], "--json").json["revoked_at"]
    assert KeyStore(DATA).check(rotated["key"]) is None


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("keys", "create", "x", "--role", "admin"), "'admin' is no role"),
        (("keys", "create", " ", "--role", "liaison"), "the holder needs a name"),
        (("keys", "create", "x", "--role", "liaison", "--days", "9999"), "out of bounds"),
        (("keys", "rotate", "deadbeef"), "there is no key 'deadbeef'"),
        (("keys", "revoke", "deadbeef"), "there is no key 'deadbeef'"),
        (("audit", "verify", "--head", "1:x"), "is no head"),
        (("audit", "export", "out.xml", "--format", "xml"), "choose from json, csv"),
        (("restricted", "import", "none.csv"), "No such file"),
    ],
)
def test_bad_input_gets_one_line(run: Run, words: tuple[str, ...], complaint: str) -> None:
    done = run(*words)
    assert done.code == 2
    assert complaint in done.complaint


def test_what_an_operator_does_is_recorded(run: Run) -> None:
    made = run("keys", "create", "Unit 7", "--role", "liaison", "--json").json
    run("keys", "revoke", made["prefix"])
    first, second = AuditLog(DATA).entries()
    assert (first.role, first.route) == ("operator", "comity keys create")
    assert made["prefix"] in first.asked
    assert made["key"] not in first.asked
    assert (second.route, second.asked) == ("comity keys revoke", made["prefix"])


def test_a_key_that_cannot_be_recorded_is_never_shown(run: Run) -> None:
    DATA.mkdir()
    (DATA / "audit").write_text("no folder")
    done = run("keys", "create", "Unit 7", "--role", "liaison")
    assert done.code == 2
    assert "cannot be written" in done.complaint
    assert "comity_" not in done.out


def test_the_trail_is_verified_and_its_head_kept(run: Run) -> None:
    run("keys", "create", "Unit 7", "--role", "liaison")
    verdict = run("audit", "verify", "--json").json
    assert verdict["entries"] == 1
    assert verdict["broken"] is None
    head = f"{verdict['head']['sequence']}:{verdict['head']['hash']}"
    assert head in run("audit", "verify").out
    run("keys", "create", "Unit 8", "--role", "liaison")
    assert run("audit", "verify", "--head", head).code == 0
    assert run("audit", "verify", "--head", head.replace("1:", "7:")).code == 1


def test_a_broken_trail_is_named_and_not_exported(run: Run) -> None:
    for holder in ("a", "b", "c"):
        run("keys", "create", holder, "--role", "liaison")
    log = AuditLog(DATA).file
    log.write_bytes(log.read_bytes().replace(b"for b", b"for x"))
    done = run("audit", "verify")
    assert done.code == 1
    assert "log.jsonl:2: the chain does not hold" in done.out.replace("\n", " ")
    assert run("audit", "verify", "--json").json["broken"]["line"] == 2
    assert run("audit", "export", "out.json").code == 2
    assert not Path("out.json").exists()


def test_the_trail_is_exported(run: Run) -> None:
    run("keys", "create", "Unit 7", "--role", "liaison")
    assert run("audit", "export", "out.json").code == 0
    assert json.loads(Path("out.json").read_text())[0]["route"] == "comity keys create"
    assert run("audit", "export", "out.csv", "--format", "csv", "--json").json["entries"] == 1
    with Path("out.csv").open(newline="") as table:
        assert [row["sequence"] for row in csv.DictReader(table)] == ["1"]
    assert Path("out.csv").stat().st_mode & 0o077 == 0
    assert run("audit", "export", "out.csv", "--format", "csv").code == 2
    assert run("audit", "export", "out.csv", "--format", "csv", "--force").code == 0


def test_a_table_of_contacts_is_imported_and_recorded(run: Run) -> None:
    Path("ours.csv").write_text(f"{HEADER}us-1,usa-ccips,,,Desk,+1 202 555 0199,2026-11,our own list\n")
    assert run("restricted", "import", "ours.csv", "--json").json["imported"] == 1
    assert [one.phone for one in restricted.read(DATA).contacts] == ["+1 202 555 0199"]
    (entry,) = AuditLog(DATA).entries()
    assert entry.asked.startswith("1 contacts of ours.csv, SHA-256 ")
    assert "0199" not in entry.asked
    assert "+1 202 555 0199" in run("restricted", "list").out


def test_a_bad_row_changes_nothing(run: Run) -> None:
    Path("ours.csv").write_text(f"{HEADER}us-1,usa-ccips,,,Desk,+1,2026-11,list\n")
    run("restricted", "import", "ours.csv")
    Path("ours.csv").write_text(
        f"{HEADER}us-2,usa-ccips,,,Desk,+2,2026-11,list\nus-3,usa-ccip,,,Desk,+3,2026-11,list\n"
    )
    done = run("restricted", "import", "ours.csv")
    assert done.code == 2
    assert "ours.csv:3: authority: 'usa-ccip' is no authority on record. Cure: Did you mean usa-ccips?" in done.err
    assert [one.id for one in restricted.read(DATA).contacts] == ["us-1"]
    assert len(list(AuditLog(DATA).entries())) == 1


def test_an_empty_table_takes_all_away(run: Run) -> None:
    Path("ours.csv").write_text(f"{HEADER}us-1,usa-ccips,,,Desk,+1,2026-11,list\n")
    run("restricted", "import", "ours.csv")
    Path("ours.csv").write_text(HEADER)
    assert run("restricted", "import", "ours.csv").code == 0
    assert restricted.read(DATA).contacts == ()
