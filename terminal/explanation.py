"""An explanation as a tree: every statement with what it rests on below it, sources as numbered footnotes."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from rich.tree import Tree

from graph.answers import Answer, WhyNot
from graph.explanations import Because, explain
from graph.network import Network
from locales.texts import _, plural
from terminal.answer import WHY_NOT_SHOWN, footer, result_word, show_alternatives, show_overview, show_question
from terminal.screen import Screen
from terminal.sources import Footnotes

RULE_STYLE = "dim"


def show_explained_answer(
    screen: Screen, answer: Answer, network: Network, today: str, limit: int | None = None, rank: int = 1
) -> None:
    """Write an answer with the path of ``rank`` and the nearest reasons as trees; ``limit`` bounds the paths listed."""
    show_question(screen, answer, network, today)
    if answer.paths:
        show_overview(screen, answer.paths[:limit], len(answer.paths), network)
    else:
        show_alternatives(screen, answer.alternatives, network)
    told = answer.paths[min(rank, len(answer.paths)) - 1 :][:1]
    reasons = answer.why_not[:WHY_NOT_SHOWN]
    trees = explain(network, told, reasons)
    notes = Footnotes()
    _show(screen, _("Why this path holds, and what stays open"), trees.paths, notes)
    _show(screen, _("Why not otherwise"), trees.why_not, notes)
    if more := len(answer.why_not) - len(reasons):
        screen.line(plural("{count} more: use why-not", "{count} more: use why-not", more), style="dim", indent=2)
    notes.show(screen)
    footer(screen, answer.release, answer.as_of)


def show_explained_reasons(screen: Screen, answer: Answer, lines: Sequence[WhyNot], network: Network) -> None:
    """Write the reasons ``lines`` of an answer as trees."""
    notes = Footnotes()
    show_question(screen, answer, network, "")
    _show(screen, _("Why not"), explain(network, (), lines).why_not, notes)
    notes.show(screen)
    footer(screen, answer.release, answer.as_of)


def _show(screen: Screen, heading: str, trees: Sequence[Because], notes: Footnotes) -> None:
    if trees:
        screen.heading(heading)
    for tree in trees:
        screen.tree(_grown(screen, tree, notes))


def _grown(screen: Screen, node: Because, notes: Footnotes) -> Tree:
    tree = Tree(_line(screen, node, notes), guide_style="dim")
    for below in node.because:
        tree.children.append(_grown(screen, below, notes))
    return tree


def _line(screen: Screen, node: Because, notes: Footnotes) -> Text:
    """The statement with its result, its code and its footnotes."""
    line = Text()
    if node.status is not None:
        line.append_text(screen.result(node.status, result_word(node.status))).append(": ")
    if node.kind == "rule":
        return line.append(_("rule: {says}").format(says=node.text), style=RULE_STYLE)
    line.append(node.text)
    if node.code is not None and node.kind in ("condition", "requirement", "reason", "record", "assumption"):
        line.append(f" [{node.code}]", style="dim")
    return line.append(notes.refer(node.sources))
