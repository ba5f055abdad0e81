"""Gaps and good practice: where a State stands against treaties and review criteria, and who closed the same gap.

Law on paper throughout: nothing in here says how a law or a treaty works in practice. Every module is pure over a
:class:`graph.network.Network`; the words of this package are explained in ``docs/gaps.md``.
"""
