"""Performs the deployment guide, with what is in ``deploy``, in a folder that is gone afterwards.

    python -m tools.rehearse                an environment of its own for each release, PostgreSQL, the starter library
    python -m tools.rehearse --short        this checkout's environment, SQLite and a small library
    python -m tools.rehearse --sample       of the short one what is done up to the upgrade, without content
    python -m tools.rehearse --from COMMIT  the release that is there before the upgrade; else the same as after it

What is installed is what is committed. Installed by ``release.sh`` as an account without rights where this is root and
such an account has a Python; two processes behind nginx with TLS, and the worker; the starter library and share links;
a backup; an upgrade and the way back while visitors ask; decisions; the database lost; the backup brought back
elsewhere and the journal replayed; moved to the other kind of database; every log file searched for what must not be
in it. A line for each step with its seconds; what is not at hand on this machine is said loudly as NOT RUN. The exit
status tells.
"""
