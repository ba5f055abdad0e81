"""One router for each topic; every one is named once in :mod:`api.application`."""
