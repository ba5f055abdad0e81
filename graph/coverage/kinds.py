"""What an account of coverage can go by. Apart from the rest, so that naming them loads no numpy."""

KINDS = ("measure", "state", "region", "continent", "group", "organisation", "instrument")
"""``region`` and ``continent`` as in :mod:`graph.regions`; ``group``: the groups of the Inter-Parliamentary Union."""
