"""A site of an earlier version, kept as a file and upgraded by the tests. How it is made: ``making.py``."""
