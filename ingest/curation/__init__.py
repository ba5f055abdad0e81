"""Corrections: from a curator's proposal to a release that holds it, each step checked as the tables themselves are."""
