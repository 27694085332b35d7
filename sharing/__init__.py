"""Sharing: a routine handed to one patient by link, code or paper, and what becomes of it."""
