"""How the site answers when it is large: lists, search, suggestions, admin, site map and audit, at two sizes or more.

    python -m tools.bench_scale                       1,000 and 20,000 exercises on SQLite
    python -m tools.bench_scale 1000 100000 postgres  as many as wanted, on a PostgreSQL server of its own
    python -m tools.bench_scale 1000 5000 audit       with ``audit_live`` at every size, and not at the smallest alone

One site grows from size to size, and one server with one process answers the same questions at each, so that each row
also says how many times slower the largest site is than the smallest. To twenty exercises there is a routine. They are
rows written below the forms, copies of those of the starter library under other names: they stand for amounts, and no
gate has seen them. The site is made in a temporary folder and goes with it.
"""
