"""The dashboard: pages for liaisons and committee members, served by Streamlit. A client of the API and nothing more.

It asks through :mod:`api.client` and decides nothing of law: what is met, missing or unknown is told by the API and
only shown here. It loads nothing from any other host.

* ``app.py``: the frame around all pages, and which there are
* ``app_pages/``: one module for each page, with a function ``page``
* ``components/``: what Streamlit has not: the map with its years, and the drawing of a path
* :mod:`dashboard.serving`, :mod:`dashboard.running`: the process that shows them
* :mod:`dashboard.answers`: questions to the API, remembered by release
* :mod:`dashboard.links`: what is chosen on a page, to and from its address
* :mod:`dashboard.texts` and ``words/``: all fixed words, in four languages
"""
