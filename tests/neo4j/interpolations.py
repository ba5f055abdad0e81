"""Finds, in Python source, Cypher texts that are glued together from anything but constants and quoted names.

A text is followed back through local variables, module constants and functions of the same tree. What cannot be
followed (an argument, an attribute, a call of something else) may be handed to a server as a whole, since it is looked
at where it is made, but must never become part of a text.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

CYPHER = re.compile(
    r"\b(OPTIONAL MATCH|MATCH\s*\(|MATCH \w+ ?=|MERGE \(|CREATE (\(|CONSTRAINT|\w*\s?INDEX)|UNWIND|DETACH DELETE"
    r"|DELETE \w|DROP (INDEX|CONSTRAINT)|SHOW \w+|CALL [\w.]+\(|SET \w+\.|RETURN \w|YIELD|LOAD CSV|FOREACH \()"
)
"""What makes a text Cypher; any English text in capitals would have to be very unlucky."""

SINKS = {"run", "execute_query", "query", "evaluate", "frame"}
"""Methods that hand a statement to a server, as their first argument or as one of :data:`TEXTS`."""

TEXTS = {"query", "query_", "cypher"}

QUOTING = {"quoted"}
"""Functions that let nothing but plain names pass."""

MESSAGES = re.compile(r"(Problem|Error|NotOurs)$")
"""Classes whose texts are for people, to whom they may name a statement."""

_END = re.compile(r";\s*")
"""What ends a statement: whole statements in a row, as in a script, are not glued."""

_GLUE = {"format", "format_map", "replace", "substitute", "safe_substitute", "join"}

UNKNOWN: ast.expr = ast.Yield()
"""Stands for what cannot be followed."""

Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Assignment = tuple[ast.expr, ast.expr, bool]
"""Target, value, and whether the target gets the elements of the value one by one."""


class Tree:
    """The modules of a source tree by dotted name, as their imports name them."""

    def __init__(self, modules: dict[str, str]) -> None:
        self.modules = {name: ast.parse(text) for name, text in modules.items()}

    @classmethod
    def of(cls, root: Path, *rooms: str) -> Tree:
        """The modules under ``rooms`` (folders, or single files) of ``root``."""
        files = [
            file for room in rooms for file in ([root / room] if room.endswith(".py") else (root / room).rglob("*.py"))
        ]
        return cls({".".join(file.relative_to(root).with_suffix("").parts): file.read_text("utf-8") for file in files})

    def complaints(self) -> list[str]:
        """Each text that is glued from something that is no constant and no quoted name, with its place."""
        return [one for name, module in self.modules.items() for one in _Module(self, name, module).complaints()]


class _Module:
    def __init__(self, tree: Tree, name: str, module: ast.Module) -> None:
        self.tree, self.name, self.module = tree, name, module
        self.imported = {
            alias.asname or alias.name: (node.module, alias.name)
            for node in ast.walk(module)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        self.scopes: dict[ast.AST, tuple[Scope, ...]] = {}
        self.assignments: dict[tuple[Scope, str], list[_Assignment]] = defaultdict(list)
        self._enter(module, (module,))

    def _enter(self, node: ast.AST, scopes: tuple[Scope, ...]) -> None:
        self.scopes[node] = scopes
        for one in _assignments(node):
            for name in _names(one[0]):
                self.assignments[scopes[-1], name].append(one)
        inner = (*scopes, node) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) else scopes
        for child in ast.iter_child_nodes(node):
            self._enter(child, inner)

    def complaints(self) -> Iterator[str]:
        messages = {
            part
            for node in ast.walk(self.module)
            if isinstance(node, ast.Call) and MESSAGES.search(ast.unparse(node.func))
            for part in ast.walk(node)
        }
        for node in ast.walk(self.module):
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                lists = any(isinstance(one, ast.List | ast.ListComp) for one in self.values(node.target))
                bad = not lists and CYPHER.search(self.said(node.target)) and not self.safe(node.value)
            elif isinstance(node, ast.expr) and _is_glue(node) and node not in messages:
                bad = CYPHER.search(self.said(node)) and not self.safe(node)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SINKS:
                texts = [*node.args[:1], *(one.value for one in node.keywords if one.arg in TEXTS)]
                bad = ast.unparse(node.func.value) != "subprocess" and any(self._glued(text) for text in texts)
            else:
                continue
            if bad:
                yield f"{self.name}, line {node.lineno}: {ast.unparse(node)[:160]}"

    def _glued(self, text: ast.expr) -> bool:
        """Whether a text handed to a server is, or is made from, a gluing that is not safe."""
        return any(_is_glue(one) and not self.safe(one) for one in (text, *self.values(text)))

    def safe(self, text: ast.expr, seen: frozenset[int] = frozenset()) -> bool:
        """Whether ``text`` is made of constants and quoted names alone."""
        if id(text) in seen:
            return True  # a text added to itself
        seen |= {id(text)}
        match text:
            case ast.Constant():
                return True
            case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.BoolOp(values=parts):
                return all(self.safe(part, seen) for part in parts)
            case ast.FormattedValue(value=part):
                return self.safe(part, seen)
            case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, op=ast.Add(), right=other):
                return self.safe(one, seen) and self.safe(other, seen)
            case ast.GeneratorExp(elt=part) | ast.ListComp(elt=part) | ast.SetComp(elt=part):
                return self.safe(part, seen)
            case ast.Call(func=ast.Attribute(value=glue, attr="join"), args=[parts]):
                return self.safe(glue, seen) and self.safe(parts, seen)
            case ast.Call(func=ast.Name(id="sorted"), args=[parts]):
                return self.safe(parts, seen)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                returned = self._returned(name) if isinstance(text.func, ast.Name) else []
                return name in QUOTING or (bool(returned) and all(self.safe(one, seen) for one in returned))
            case ast.Name():
                return self._constant(text, seen)
        return False

    def _constant(self, name: ast.Name, seen: frozenset[int]) -> bool:
        """Whether a name stands for nothing but safe texts, here or where it is imported from."""
        found = self.values(name)
        if found:
            return all(self.safe(one, seen) for one in found)
        where, original = self.imported.get(name.id, ("", ""))
        if where not in self.tree.modules:
            return False
        other = _Module(self.tree, where, self.tree.modules[where])
        values = other.assigned(original, other.module)
        return bool(values) and all(other.safe(one, seen) for one in values)

    def _returned(self, name: str) -> list[ast.expr]:
        """What a function of this module returns."""
        for node in self.module.body:
            if isinstance(node, ast.FunctionDef) and node.name == name:
                returns = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
                return [one for one in returns if one is not None]
        return []

    def values(self, text: ast.expr) -> list[ast.expr]:
        """Everything that a local or module variable may stand for; nothing where that cannot be known."""
        if not isinstance(text, ast.Name):
            return []
        for scope in reversed(self.scopes.get(text, ())):
            if not isinstance(scope, ast.Module):
                arguments = scope.args
                if text.id in {one.arg for one in (*arguments.args, *arguments.kwonlyargs, *arguments.posonlyargs)}:
                    return []
            if found := self.assigned(text.id, scope):
                return found
        return []

    def assigned(self, name: str, scope: Scope) -> list[ast.expr]:
        """What is assigned to ``name`` within ``scope``, by any statement."""
        found: list[ast.expr] = []
        for target, value, looped in self.assignments.get((scope, name), ()):
            for one in _elements(target, value) if looped else (value,):
                found += _matched(target, one, name)
        return found

    def said(self, text: ast.expr) -> str:
        """The constant parts of ``text``, those of the variables in it included."""
        parts, todo, seen = [], [text], set()
        while todo:
            for node in ast.walk(todo.pop()):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    parts.append(node.value)
                elif isinstance(node, ast.Name) and node.id not in seen:
                    seen.add(node.id)
                    todo += self.values(node)
        return " ".join(parts)


def _is_glue(node: ast.expr) -> bool:
    match node:
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(end))]) if _END.fullmatch(end):
            return False
        case ast.JoinedStr(values=parts):
            return any(isinstance(part, ast.FormattedValue) for part in parts)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=""), attr="join"), args=[ast.GeneratorExp(elt=whole)]
        ):
            return not isinstance(whole, ast.JoinedStr) or _is_glue(whole)
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return True
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in _GLUE
    return False


def _elements(target: ast.expr, values: ast.expr) -> list[ast.expr]:
    """What a loop over ``values`` gives its target; of a collection that is no literal, the whole for each element."""
    if isinstance(values, ast.Tuple | ast.List):
        return values.elts
    return [values] if isinstance(target, ast.Name) else [UNKNOWN]


def _names(node: ast.expr) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _assignments(node: ast.AST) -> Iterator[_Assignment]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target, value, False) for target in targets)
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            yield target, value, False
        case ast.AugAssign(target=ast.Name() as target, value=value):
            yield target, value, False
        case ast.For(target=target, iter=values) | ast.comprehension(target=target, iter=values):
            yield target, values, True
        case ast.withitem(optional_vars=ast.expr() as target):
            yield target, UNKNOWN, False


def _matched(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    """What ``name`` gets where ``value`` is assigned to ``target``."""
    if isinstance(target, ast.Name):
        if target.id == name:
            yield value
    elif isinstance(target, ast.Tuple | ast.List):
        parts = value.elts if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts) else None
        for index, one in enumerate(target.elts):
            yield from _matched(one, parts[index] if parts else UNKNOWN, name)
