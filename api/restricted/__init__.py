"""Restricted contacts in answers: put into them last of all, for roles that may see them, and recorded first."""
