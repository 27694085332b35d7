"""Measures the main pages beside an empty view, in one interleaved run, on SQLite and on PostgreSQL.

    python -m tools.bench             figures, then both databases, each a fresh site in a temporary folder
    python -m tools.bench sqlite      one of them
    python -m tools.bench figures     only what drawing costs

Milliseconds differ from machine to machine and from hour to hour. What can be compared is N: how many times an empty
Django view a page costs, measured in the same run. wrk makes the load where it is installed.

At the end an exercise is withdrawn a hundred times, and readers at two servers are asked what they see.
"""
