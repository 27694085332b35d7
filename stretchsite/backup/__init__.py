"""A copy of the whole site that can be checked and brought back: the database, and what was uploaded."""
