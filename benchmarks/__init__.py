"""Repeatable measurements, printed as figures and as ratios against a peer in the same run.

``python -m benchmarks`` runs all; ``python -m benchmarks answers`` one. They never fail on a figure: the
targets are printed beside it.
"""
