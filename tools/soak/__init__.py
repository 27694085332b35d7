"""Lets several people write at once, and kills processes while they write, and counts what is lost or left half done.

    python -m tools.soak              SQLite, then PostgreSQL, each with a fresh database; twenty minutes
    python -m tools.soak sqlite       one of them
    python -m tools.soak few here     a few of each, as the tests run it: in the SQLite file that DATABASE_URL names,
                                      or in a new database on its server

Three trials. Two editors with the same page before them: nothing anybody was told is saved may be missing afterwards.
Eight writers creating and publishing back to back: all of it succeeds, in reasonable time. A process killed at random
moments while it publishes, withdraws or imports: nothing is found half done. The exit status tells.
"""
