"""Moving a site from one database to another of the other sort: every row, or none."""
