"""Who asks: roles, keys, tokens of an identity provider, limits for each, and where the server may listen."""
