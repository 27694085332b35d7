"""What tests and trials are made with: small content of every sort, files of a library, forms as a browser sends them.

Tests and the programs in ``tools`` both stand on it and know nothing of each other; the site itself never imports it.
"""
