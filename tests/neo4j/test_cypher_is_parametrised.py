"""No value is ever written into a Cypher text: what is glued together is constants and quoted names, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.neo4j.interpolations import CYPHER, Tree

ROOT = Path(__file__).parents[2]
ROOMS = ("graph", "ingest", "ontologies", "terminal", "api", "comity.py")

KNOWN = """
from graph.names import quoted
LABEL = "State"
MATCHING = f"MATCH (n:{LABEL})"
BOTH = ("MATCH (a) RETURN a", "MATCH (b) RETURN b")
"""

BAD = {
    "f-string, argument": 'def f(tx, id): tx.run(f"MATCH (n {{id: \'{id}\'}}) RETURN n")',
    "f-string, attribute": 'def f(tx, one): return f"MATCH (n:{one.label}) RETURN n"',
    "f-string, through a variable": 'def f(tx, id):\n'
    '    where = f"n.id = \'{id}\'"\n    tx.run("MATCH (n) WHERE " + where)',
    "f-string without a keyword, handed over": 'def f(tx, what):\n    text = f"{what} n"\n    tx.run(text)',
    "f-string in a constant": 'import os\nSTATEMENT = f"MATCH (n:{os.environ[\'LABEL\']}) RETURN n"',
    "f-string, in a name that is imported from elsewhere": 'from other import THING\nX = f"MATCH (n:{THING}) RETURN n"',
    "f-string, call": 'def f(tx, one): tx.run(f"MATCH (n:{str(one)}) RETURN n")',
    "f-string, lowered": 'def f(tx, one): tx.run(f"MATCH (n:{LABEL.lower()}{one.lower()}) RETURN n")',
    "f-string, quoted once and not once": 'def f(tx, a, b): tx.run(f"MATCH (n:{quoted(a)}) RETURN n.{b}")',
    "f-string, one way of two": 'def f(tx, a): tx.run(f"MATCH (n:{LABEL if a else a}) RETURN n")',
    "percent": 'def f(tx, id): tx.run("MATCH (n {id: \'%s\'}) RETURN n" % id)',
    "percent of a constant": 'def f(tx, id): tx.run(MATCHING % id)',
    "format": 'def f(tx, id): tx.run("MATCH (n:{}) RETURN n".format(id))',
    "format of a variable": 'def f(tx, id):\n    text = "MATCH (n:{label}) RETURN n"\n    return text.format(label=id)',
    "format_map": 'def f(tx, it): tx.run("MATCH (n:{label}) RETURN n".format_map(it))',
    "plus": 'def f(tx, id): tx.run("MATCH (n) WHERE n.id = \'" + id + "\' RETURN n")',
    "plus, to a constant": 'def f(tx, id): return MATCHING + " WHERE n.id = " + id',
    "plus equals": 'def f(tx, id):\n    text = "MATCH (n)"\n    text += f" WHERE n.id = \'{id}\'"\n    tx.run(text)',
    "plus equals, bare": 'def f(tx, more):\n    text = "MATCH (n) RETURN n"\n    text += more\n    return text',
    "replace": 'def f(tx, id): tx.run("MATCH (n:LABEL) RETURN n".replace("LABEL", id))',
    "replace of a constant": 'def f(tx, id): tx.run(MATCHING.replace("State", id))',
    "join": 'def f(tx, parts): tx.run("MATCH (n) WHERE " + " AND ".join(parts) + " RETURN n")',
    "join of a list": 'def f(tx, id): tx.run(" ".join(["MATCH (n)", id, "RETURN n"]))',
    "join of a comprehension": 'def f(tx, keys): tx.run('
    'f"MATCH (n) RETURN {\', \'.join(f\'n.{key}\' for key in keys)}")',
    "execute_query": 'def f(driver, what): driver.execute_query(f"{what} n")',
    "execute_query, by name": 'def f(driver, what): driver.execute_query(query_=f"{what} n")',
    "several of a function's arguments": 'def f(tx, *parts): tx.run("MATCH (n) " + " ".join(parts))',
    "a function that is not safe": 'def g(x): return f"(n:{x})"\ndef f(tx, x): tx.run(f"MATCH {g(x)} RETURN n")',
    "a loop over what is not known": 'def f(tx, them):\n    for one in them: tx.run(f"MATCH (n:{one}) RETURN n")',
    "a loop over pairs": 'def f(tx, it):\n    for a, b in it.items(): tx.run(f"DROP INDEX {quoted(a)} {b}")',
    "an argument that hides a constant": 'def f(tx, LABEL): tx.run(f"MATCH (n:{LABEL}) RETURN n")',
    "a lambda": 'def f(c, id): c.read(lambda tx: tx.run(f"MATCH (n:{id}) RETURN n").data())',
    "a template": 'from string import Template\n'
    'def f(tx, id): tx.run(Template("MATCH (n:$x) RETURN n").substitute(x=id))',
    "a method": 'class A:\n    def f(self, tx): tx.run(f"MATCH (n:{self.label}) RETURN n")',
    "parts in a row": 'def f(tx, one): tx.run("".join(f"{part} " for part in ("MATCH (n)", one)))',
    "a walrus": 'def f(tx, id):\n    if part := id.strip(): tx.run(f"MATCH (n:{part}) RETURN n")',
}  # fmt: skip

GOOD = {
    "parameters": 'def f(tx, id): tx.run("MATCH (n {id: $id}) RETURN n", id=id)',
    "constants": 'def f(tx): tx.run(MATCHING + " RETURN n"); tx.run(f"{MATCHING} RETURN n")',
    "an imported constant": 'from known import LABEL as WHAT\nX = f"MATCH (n:{WHAT}) RETURN n"',
    "quoted names": 'def f(tx, label): tx.run(f"MATCH (n:{quoted(label)}) RETURN n")',
    "quoted names, joined": 'def f(tx, all):\n'
    '    labels = "|".join(quoted(one) for one in sorted(all))\n    tx.run(f"MATCH (n:{labels}) RETURN n")',
    "quoted names, through a function": 'def g(x): return f"(n:{quoted(x)})"\n'
    'def f(tx, x): tx.run(f"MATCH {g(x)} RETURN n")',
    "one way or the other": 'def f(tx, a):\n'
    '    by = "n.id" if a else "n.name"\n    tx.run(f"MATCH (n) RETURN n ORDER BY {by}")',
    "a loop over constants": 'def f(tx):\n'
    '    for kind, text in (("a", "MATCH (n)"), ("b", "MATCH (m)")): tx.run(f"{text} RETURN 1")',
    "a loop over a constant": 'def f(tx):\n    for text in BOTH: tx.run(f"{text} LIMIT 1")',
    "what was made elsewhere": 'def f(tx, step, text): tx.run(step.statement); tx.run(text)',
    "a script of whole statements": 'def f(all):\n'
    '    all = [MATCHING]\n    all += all\n    return "".join(f"{one};\\n" for one in all)',
    "a message": 'def f(x): raise ValueProblem(f"{x} is wrong: MATCH (n) DETACH DELETE n")',
    "no Cypher": 'def f(n): return f"nothing to match in {n}" + str(n) + "x".replace("x", n)',
    "a process": 'import subprocess\ndef f(name): subprocess.run(["echo", f"MATCH {name}"])',
}  # fmt: skip


def complaints(source: str) -> list[str]:
    """What is said of ``source``, in a module of its own that begins with what :data:`KNOWN` has."""
    names = "def quoted(name): return '`' + name + '`'"
    tree = Tree({"known": KNOWN, "graph.names": names, "here": KNOWN + source})
    return [one for one in tree.complaints() if one.startswith("here")]


@pytest.mark.parametrize("form", BAD)
def test_a_value_in_a_text_is_found(form: str) -> None:
    found = complaints(BAD[form])
    assert found, BAD[form]
    assert ", line " in found[0]


@pytest.mark.parametrize("form", GOOD)
def test_what_is_right_is_let_pass(form: str) -> None:
    assert not complaints(GOOD[form])


def test_no_value_is_written_into_cypher() -> None:
    assert Tree.of(ROOT, *ROOMS).complaints() == []


def test_the_scan_sees_the_texts_that_there_are() -> None:
    """A scan that finds no Cypher at all would be content for the wrong reason."""
    changes = (ROOT / "graph/stores/neo4j/changes.py").read_text(encoding="utf-8")
    loading = (ROOT / "graph/stores/neo4j/loading.py").read_text(encoding="utf-8")
    assert len(CYPHER.findall(changes + loading)) > 10
    worse = changes.replace("{quoted(label)}", "{label}")
    assert worse != changes
    names = (ROOT / "graph/stores/neo4j/names.py").read_text(encoding="utf-8")
    tree = Tree({"graph.stores.neo4j.names": names, "graph.stores.neo4j.changes": worse})
    assert [one for one in tree.complaints() if "DETACH DELETE" in one]
