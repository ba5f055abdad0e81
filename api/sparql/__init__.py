"""SPARQL over HTTP: the protocol, the processes that answer, and what is said of the service and the data set."""
