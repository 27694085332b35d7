"""The pose editor of the admin: its controls as data, its form field, its preview, and how revisions are compared.

The drawing engine (``figures.engine``) knows nothing of it. The browser's part is in
``static/figures/editor`` and draws nothing by itself: there is one renderer, in one language.
"""
