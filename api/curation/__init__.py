"""Proposals over HTTP: who may, what is recorded before it is done, and the process beside the server that does it."""
