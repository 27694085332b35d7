"""How long searching takes on a large site: a site of many exercises, and twenty questions asked of it.

    python -m tools.bench_scale                 20,000 exercises on SQLite
    python -m tools.bench_scale 1000            as many as wanted
    python -m tools.bench_scale 20000 postgres  on a PostgreSQL server of its own

The exercises are rows written below the forms, copies of those of the starter library under other names: they stand for
amounts, and no gate has seen them. The site is made in a temporary folder and goes with it.
"""
