"""The ontology of Comity and what reads it.

``comity.ttl`` says what there is (OWL), ``answers.ttl`` how answers speak of it, ``vocabularies/`` which keys there are
(SKOS), ``shapes.ttl`` what a release must satisfy (SHACL), ``context.jsonld`` how JSON speaks of it. The modules beside
them load those files and write documents from them. Nothing here knows a fact, a State or a treaty, and nothing here
imports another room of the project.
"""
